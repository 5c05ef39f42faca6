"""What was typed, in the forms it is compared in, and how a slip in it is read."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from tongban.contexts.catalogue.core.search import text
from tongban.contexts.catalogue.core.search.grams import key
from tongban.contexts.catalogue.core.search.index import Index

#: Words typed beyond this are not read: nobody asks in more.
MOST_CHARACTERS = 100
_MOST_UNITS = 24
#: What a word that no phrase has counts: less than a rare known one.
_UNKNOWN = 2.5
_SLIP_FROM = 4  # letters; shorter English words are too near to each other


@dataclass(frozen=True)
class Unit:
    """One word of what was typed, and how much it tells. `stem` is its number in the vocabulary, -1 for none."""

    word: str
    weight: float
    stem: int
    within: int  # which other units hold it, as bits


@dataclass(frozen=True)
class Typed:
    """What was typed. `mended`: how it is read where it was a slip, "" where it is read as written. `literally`: what
    only sounds so will not do."""

    squeezed: str
    chinese: bool
    pinyin: str
    alike: str
    units: tuple[Unit, ...]
    total: float
    mended: str = ""
    literally: bool = False

    @property
    def full(self) -> int:
        """All units, as bits."""
        return (1 << len(self.units)) - 1

    @cached_property
    def trigrams(self) -> tuple[str, ...]:
        """Three letters each of how it sounds."""
        return text.trigrams(self.alike)

    def covered(self, mask: int) -> float:
        """How much of what was typed the units of `mask` are, 0..1."""
        found = sum(unit.weight for at, unit in enumerate(self.units) if mask >> at & 1)
        return found / self.total if self.total else 0.0


def read(index: Index, words: str, *, literally: bool = False) -> Typed:
    """`words` without those that say nothing; English slips are mended at once, unless `literally`."""
    kept = _telling(index, text.plain(words)[:MOST_CHARACTERS])
    squeezed = text.squeeze(kept)
    chinese = text.is_chinese(squeezed)
    pinyin = text.pinyin(kept)
    units, mended = _units(index, kept, literally=literally)
    return Typed(
        squeezed, chinese, pinyin, text.alike(pinyin), units, sum(unit.weight for unit in units), mended, literally
    )


def _telling(index: Index, plain: str) -> str:
    kept = f" {plain} "
    for ignored in index.ignore:
        kept = kept.replace(f" {ignored} " if ignored.isascii() else ignored, " ")
    kept = _ONE.sub("", kept)
    return kept if text.squeeze(kept) else plain


#: 开个饭店, 办一张卡: the measure word says nothing.
_ONE = re.compile(r"(?<=[开办做搞弄买卖养装建盖打拍补换领])(?:了?一?[个家间张本点些下]|了)(?=[\u4e00-\u9fff])")


def _units(index: Index, kept: str, *, literally: bool = False) -> tuple[tuple[Unit, ...], str]:
    found: dict[str, tuple[float, int]] = {}
    mended: list[str] = []
    for stem, word in text.english_words(kept):
        number, read_as = _stem(index, stem) if not literally else (index.vocabulary.get(stem, -1), "")
        mended.append(read_as or word)
        found[read_as or word] = (
            _rarity(index, index.stems.count(number) if number >= 0 else 0),
            number,
        )
    slip = " ".join(mended) if any(word not in kept for word in mended) else ""
    words = [word for word in text.segments(kept) if text.is_chinese(word)]
    counts = {word: known(index, word) for word in words}
    for word in words:
        weight = _rarity(index, counts[word]) * (1.0 if len(word) > 1 else 0.6)
        if not counts[word]:
            if any(word != other and word in other for other in words):
                continue  # a part that no phrase has says nothing beside the whole
            if any(counts[part] for part in words if part != word and part in word):
                weight *= 0.3  # its parts are known and speak for it
        found[word] = (weight, -1)
    for pair in _across(kept, found):
        if count := index.characters.count(key(pair)):
            found[pair] = (0.3 * _rarity(index, count), -1)
    chosen = list(found.items())[:_MOST_UNITS]
    within = [
        sum(1 << n for n, (other, _) in enumerate(chosen) if other != word and word in other) for word, _ in chosen
    ]
    return tuple(Unit(word, weight, stem, within[at]) for at, (word, (weight, stem)) in enumerate(chosen)), slip


def _across(kept: str, found: dict[str, tuple[float, int]]) -> Iterator[str]:
    """Neighbouring Chinese characters that no word holds: where segmentation cuts otherwise than the phrases do."""
    for pair in text.bigrams(kept):
        if text.is_chinese(pair[0]) and text.is_chinese(pair[1]) and not any(pair in word for word in found):
            yield pair


def known(index: Index, word: str) -> int:
    """About how many phrases have a Chinese word: as many as its rarest pair of characters."""
    grams = [word] if len(word) == 1 else [word[at : at + 2] for at in range(len(word) - 1)]
    return min(index.characters.count(key(gram)) for gram in grams)


def _rarity(index: Index, count: int) -> float:
    return math.log(1 + len(index.shown) / count) if count else _UNKNOWN


def _stem(index: Index, stem: str) -> tuple[int, str]:
    """The number of a stem; where it is unknown, that of the word it is a slip or the beginning of, and that word."""
    number = index.vocabulary.get(stem, -1)
    if number >= 0 or len(stem) < _SLIP_FROM:
        return number, ""
    near = {word for trigram in text.trigrams(stem) for word in index.near.get(trigram, ())}
    meant = [word for word in near if text.one_edit_apart(stem, word)] or [
        word for word in near if word.startswith(stem) or (len(stem) > 7 and text.two_edits_apart(stem, word))
    ]
    if not meant:
        return -1, ""
    best = max(meant, key=lambda word: (index.stems.count(index.vocabulary[word]), word))
    return index.vocabulary[best], index.written[index.vocabulary[best]]


def mend(index: Index, typed: Typed) -> Typed | None:
    """What was typed, its Chinese words that no phrase has read as words that sound so; None where there are none."""
    squeezed, at, changed = typed.squeezed, 0, False
    read_as: list[str] = []
    while at < len(squeezed):
        length, word = _sounding(index, squeezed, at)
        changed = changed or bool(length)
        read_as.append(word if length else squeezed[at])
        at += length or 1
    if not changed:
        return None
    again = "".join(read_as)
    units, _ = _units(index, again)
    pinyin = text.pinyin(again)
    total = sum(unit.weight for unit in units)
    return Typed(again, True, pinyin, text.alike(pinyin), units, total, again)


def _sounding(index: Index, squeezed: str, at: int) -> tuple[int, str]:
    """The longest run from `at` that no phrase has but that sounds like a word, and that word."""
    for length in (6, 5, 4, 3, 2):
        run = squeezed[at : at + length]
        if len(run) == length and text.all_chinese(run) and not known(index, run):
            word = index.said.get(text.alike(text.pinyin(run)))
            if (
                word is not None
                and word != run
                and len(word) == length
                and any(a == b for a, b in zip(word, run, strict=True))
            ):
                return length, word
    return 0, ""
