"""The index: every phrase an item may be called by, kept once however many items share it, and postings of its grams.

Fifty thousand items have some four hundred thousand phrases; as objects they would take gigabytes. Here texts lie in a
few long strings and everything else in arrays.
"""

from __future__ import annotations

import re
from array import array
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np
import numpy.typing as npt

from tongban.contexts.catalogue.core.beside import Package
from tongban.contexts.catalogue.core.items import Item
from tongban.contexts.catalogue.core.search import text
from tongban.contexts.catalogue.core.search.grams import Keys, Postings, Sorted, Texts, postings, windows
from tongban.contexts.catalogue.core.synonyms import Synonyms

Kind = Literal["code", "name", "word", "synonym", "result", "summary"]

#: How much a phrase of each kind speaks for its item.
WEIGHT: dict[Kind, float] = {"code": 1.0, "name": 1.0, "word": 0.95, "synonym": 0.93, "result": 0.8, "summary": 0.35}
KINDS: tuple[Kind, ...] = tuple(WEIGHT)
#: A synonym's later items are less likely meant than its first.
_LATER = 0.06
_PARENTHESIS = re.compile(r"[（(]([^（）()]*)[）)]")
#: Words of this many characters are remembered by their sound, for characters mistaken for others.
_SOUND_FROM, _SOUND_TO = 2, 6


@dataclass(frozen=True)
class Uses:
    """For each phrase the entries it calls: entry, kind (place in `KINDS`) and weight."""

    starts: npt.NDArray[np.int64]
    entries: npt.NDArray[np.int32]
    kinds: npt.NDArray[np.int8]
    weights: npt.NDArray[np.float32]


@dataclass(frozen=True)
class Index:
    """Made by `build`; never changed. Entries are the items, then the packages."""

    items: tuple[Item, ...]
    packages: tuple[Package, ...]
    shown: tuple[str, ...]  # each phrase as it is written
    squeezed: Texts
    pinyin: Texts  # "" for phrases without Chinese and for summaries
    alike: Texts  # `pinyin` by `text.alike`
    initials: Texts
    best: npt.NDArray[np.float32]  # each phrase's weight for the entry it speaks for most
    uses: Uses
    characters: Postings  # one and two characters of Chinese phrases
    sounds: Postings  # three letters of `alike`
    letters: Postings  # three letters of `initials`
    stems: Postings  # numbers of English stems
    sizes: npt.NDArray[np.int16]  # how many stems each phrase has
    vocabulary: Mapping[str, int]  # English stem -> its number
    written: tuple[str, ...]  # each stem as a word that is written so
    near: Mapping[str, tuple[str, ...]]  # three letters -> English stems that have them
    said: Mapping[str, str]  # how a Chinese word sounds -> the word
    spellings: tuple[Sorted, ...]  # all spellings of the phrases, sorted
    ignore: tuple[str, ...]

    @property
    def entries(self) -> int:
        return len(self.items) + len(self.packages)


class _Phrases:
    """Collects phrases, each spelling once, and what they are used for, a line a use."""

    def __init__(self) -> None:
        self.numbers: dict[str, int] = {}
        self.shown: list[str] = []
        self.phrase, self.entry, self.kind, self.weight = array("i"), array("i"), array("b"), array("f")

    def add(self, entry: int, kind: Kind, shown: str, later: int = 0) -> None:
        squeezed = text.squeeze(shown)
        if not squeezed:
            return
        number = self.numbers.setdefault(squeezed, len(self.shown))
        if number == len(self.shown):
            self.shown.append(shown)
        self.phrase.append(number)
        self.entry.append(entry)
        self.kind.append(KINDS.index(kind))
        self.weight.append(WEIGHT[kind] - _LATER * min(later, 5))

    def summaries(self) -> npt.NDArray[np.bool_]:
        """Which phrases are nothing but summaries."""
        others = np.frombuffer(self.kind, np.int8) != KINDS.index("summary")
        used = np.bincount(np.frombuffer(self.phrase, np.int32)[others], minlength=len(self.shown))
        return np.asarray(used == 0, np.bool_)

    def uses(self, order: npt.NDArray[np.int64]) -> Uses:
        """The uses of the phrases in their new `order`, the weightiest first, each (entry, kind) once."""
        place = np.empty(len(order), np.int32)
        place[order] = np.arange(len(order), dtype=np.int32)
        phrase, entry = place[np.frombuffer(self.phrase, np.int32)], np.frombuffer(self.entry, np.int32)
        kind, weight = np.frombuffer(self.kind, np.int8), np.frombuffer(self.weight, np.float32)
        by = np.lexsort((-weight, kind, entry, phrase))
        phrase, entry, kind, weight = phrase[by], entry[by], kind[by], weight[by]
        once = np.ones(len(by), bool)
        once[1:] = (np.diff(phrase) != 0) | (np.diff(entry) != 0) | (np.diff(kind) != 0)
        phrase, entry, kind, weight = phrase[once], entry[once], kind[once], weight[once]
        by = np.lexsort((-weight, phrase))
        starts = np.zeros(len(order) + 1, np.int64)
        starts[1:] = np.cumsum(np.bincount(phrase, minlength=len(order)))
        return Uses(starts, entry[by], kind[by], weight[by])


def build(items: Sequence[Item], synonyms: Synonyms, packages: Sequence[Package] = ()) -> Index:
    """Index `items` and `packages`; synonyms for items not among them are left out."""
    found = _Phrases()
    _collect(found, items, synonyms, packages)
    summaries = found.summaries()
    # Short phrases first: where a posting is too long to be read to its end, what is read are the closest.
    forms = list(found.numbers)
    order = np.lexsort((np.array([len(form) for form in forms]), summaries)) if forms else np.empty(0, np.int64)
    squeezed = [forms[at] for at in order]
    spelled = len(forms) - int(summaries.sum())
    chinese = [text.is_chinese(form) for form in squeezed]
    words, pinyin, initials = _spell(squeezed, chinese, spelled)
    alike = [text.alike(letters) for letters in pinyin]
    shown = tuple(found.shown[at] for at in order)
    uses = found.uses(order)
    stems, vocabulary, written = _stems(shown, chinese)
    texts = tuple(Texts(forms) for forms in (squeezed, pinyin, alike, initials))
    return Index(
        items=tuple(items),
        packages=tuple(packages),
        shown=shown,
        squeezed=texts[0],
        pinyin=texts[1],
        alike=texts[2],
        initials=texts[3],
        best=np.maximum.reduceat(uses.weights, uses.starts[:-1]) if len(uses.weights) else np.empty(0, np.float32),
        uses=uses,
        characters=_characters(squeezed, chinese, spelled),
        sounds=postings([_trigrams(alike)]),
        letters=postings([_trigrams(initials)]),
        stems=stems,
        sizes=np.bincount(stems.ids, minlength=len(shown)).astype(np.int16),
        vocabulary=vocabulary,
        written=written,
        near=_near(vocabulary),
        said=_said(words),
        spellings=_spellings(texts, spelled),
        ignore=tuple(sorted((text.plain(word) for word in synonyms.ignore), key=len, reverse=True)),
    )


def _collect(found: _Phrases, items: Sequence[Item], synonyms: Synonyms, packages: Sequence[Package]) -> None:
    positions = {item.code: at for at, item in enumerate(items)}
    for at, item in enumerate(items):
        found.add(at, "code", item.code)
        for kind, said in _of_item(item):
            found.add(at, kind, said)
    for at, package in enumerate(packages, len(items)):
        positions.setdefault(package.id, at)
        for name in (package.name.zh, package.name.en):
            found.add(at, "name", name)
        for word in package.words:
            found.add(at, "word", word)
        for summary in (package.short.zh, package.short.en):
            found.add(at, "summary", summary)
    for phrase in synonyms.phrases:
        known = [positions[code] for code in phrase.items if code in positions]
        for later, at in enumerate(known):
            for said in phrase.say:
                found.add(at, "synonym", said, later)


def _of_item(item: Item) -> Iterator[tuple[Kind, str]]:
    for name in (item.name.zh, item.name.en):
        yield "name", name
        yield "name", _PARENTHESIS.sub("", name)
    for word in item.words:
        yield "word", word
    for result in (item.result.name.zh, item.result.name.en):
        yield "result", result
    for summary in (item.short.zh, item.short.en):
        yield "summary", summary


def _spell(squeezed: list[str], chinese: list[bool], spelled: int) -> tuple[Counter[str], list[str], list[str]]:
    """The Chinese words met, and the pinyin and initials of each phrase."""
    words: Counter[str] = Counter()
    pinyin, initials = [""] * len(squeezed), [""] * len(squeezed)
    for at in range(spelled):
        if chinese[at]:
            parts, syllables = text.syllables(squeezed[at])
            pinyin[at] = "".join(syllables)
            initials[at] = "".join([syllable[0] for syllable in syllables])
            words.update(parts)
            if len(squeezed[at]) <= _SOUND_TO:
                words[squeezed[at]] += 1
    return words, pinyin, initials


def _characters(squeezed: list[str], chinese: list[bool], spelled: int) -> Postings:
    with_names = [at for at in range(spelled) if chinese[at]]
    every = [at for at in range(len(squeezed)) if chinese[at]]
    return postings(
        [
            windows([squeezed[at] for at in with_names], with_names, 1),
            windows([squeezed[at] for at in every], every, 2),
        ]
    )


def _trigrams(forms: list[str]) -> tuple[Keys, npt.NDArray[np.int32]]:
    known = [at for at, form in enumerate(forms) if form]
    return windows([f"^{forms[at]}" for at in known], known, 3)


def _stems(shown: Sequence[str], chinese: list[bool]) -> tuple[Postings, dict[str, int], tuple[str, ...]]:
    vocabulary: dict[str, int] = {}
    written: list[str] = []
    keys: list[int] = []
    ids: list[int] = []
    for at, phrase in enumerate(shown):
        if chinese[at]:
            continue
        for stem, word in text.english_words(phrase):
            number = vocabulary.setdefault(stem, len(written))
            if number == len(written):
                written.append(word)
            keys.append(number)
            ids.append(at)
    return postings([(np.array(keys, np.int64), np.array(ids, np.int32))]), vocabulary, tuple(written)


def _near(stems: Iterable[str]) -> dict[str, tuple[str, ...]]:
    found: dict[str, list[str]] = defaultdict(list)
    for stem in stems:
        if stem.isdecimal():
            continue
        for trigram in text.trigrams(stem):
            found[trigram].append(stem)
    return {trigram: tuple(words) for trigram, words in found.items()}


def _said(words: Counter[str]) -> dict[str, str]:
    """For each sound the Chinese word that is written most, of `_SOUND_FROM` to `_SOUND_TO` characters."""
    found: dict[str, str] = {}
    for word, _ in words.most_common():
        if _SOUND_FROM <= len(word) <= _SOUND_TO and text.is_chinese(word):
            found.setdefault(text.alike(text.pinyin(word)), word)
    return found


def _spellings(texts: tuple[Texts, ...], spelled: int) -> tuple[Sorted, ...]:
    squeezed, pinyin, alike, initials = texts
    with_pinyin = [at for at in range(spelled) if pinyin[at]]
    others = [at for at in with_pinyin if alike[at] != pinyin[at]]
    return (
        Sorted(squeezed, range(spelled)),
        Sorted(pinyin, with_pinyin),
        Sorted(initials, with_pinyin),
        Sorted(alike, others),
    )
