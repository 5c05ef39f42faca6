"""Finding and ranking: candidates by shared grams, then each candidate phrase is compared with the words as a whole."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from tongban.contexts.catalogue.core.items import Item
from tongban.contexts.catalogue.core.search import text
from tongban.contexts.catalogue.core.search.index import Index, Phrase

How = Literal["exact", "part", "words", "pinyin", "initials", "sound", "slip"]

#: Below this a phrase has nothing to do with the words.
ENOUGH = 0.30
#: Below this, what was found is offered as a nearby word only.
_NEARBY = 0.16
#: An item must be about half as good as the best one to stand beside it.
_BESIDE_THE_BEST = 0.5
_CANDIDATES = 400


@dataclass(frozen=True)
class Reason:
    """Why an item was found: its phrase `matched` (of `kind`), and `how` the words meet it."""

    kind: Literal["code", "name", "word", "synonym", "result", "summary"]
    how: How
    matched: str


@dataclass(frozen=True)
class Hit:
    """One item found. `score`: the more the better, comparable within one result only."""

    item: Item
    score: float
    reasons: tuple[Reason, ...]


@dataclass(frozen=True)
class SearchResult:
    """`understood` says how mistyped words were read, None where they were read as written; `suggestions` are nearby
    words for when nothing was found."""

    hits: tuple[Hit, ...]
    understood: str | None
    suggestions: tuple[str, ...]


@dataclass(frozen=True)
class _Words:
    """What was typed, in the forms it is compared in."""

    squeezed: str
    chinese: bool
    pinyin: str
    grams: tuple[str, ...]
    mended: bool  # an English word was a slip and was replaced


@dataclass(frozen=True)
class _Match:
    phrase: Phrase
    score: float
    how: How


def search(index: Index, words: str, *, language: str, serves: int | None = None, limit: int = 20) -> SearchResult:
    """Rank the items of `index` for `words`. Nothing typed finds nothing."""
    typed = _read(index, words)
    if not typed.squeezed:
        return SearchResult((), None, ())
    best: dict[int, list[_Match]] = defaultdict(list)
    for at in _candidates(index, typed):
        phrase = index.phrases[at]
        score, how = _compare(index, typed, phrase)
        if score >= _NEARBY:
            best[phrase.item].append(_Match(phrase, score * phrase.weight, how))
    scored = sorted(
        ((_total(matches), item, matches) for item, matches in best.items()),
        key=lambda entry: (-entry[0], index.items[entry[1]].code),
    )
    kept = [entry for entry in scored if serves is None or serves in index.items[entry[1]].serves]
    least = max(ENOUGH, kept[0][0] * _BESIDE_THE_BEST) if kept else ENOUGH
    hits = tuple(
        Hit(index.items[item], round(score, 4), _reasons(matches)) for score, item, matches in kept if score >= least
    )
    nearby = () if hits else tuple(index.items[item].name.in_language(language) for _, item, _ in kept[:5])
    return SearchResult(hits[:limit], _understood(typed, hits, language), nearby)


def _read(index: Index, words: str) -> _Words:
    kept = f" {text.plain(words)[:100]} "
    for ignored in index.ignore:
        kept = kept.replace(f" {ignored} " if ignored.isascii() else ignored, " ")
    kept = kept if text.squeeze(kept) else text.plain(words)[:100]
    squeezed = text.squeeze(kept)
    if text.is_chinese(squeezed):
        return _Words(squeezed, True, text.pinyin(kept), (*text.bigrams(kept), *text.segments(kept)), mended=False)
    stems = text.english(kept)
    mended = tuple(_mend(index, stem) for stem in stems)
    return _Words(squeezed, False, squeezed, mended, mended=mended != stems)


def _mend(index: Index, stem: str) -> str:
    """The English word of the index that `stem` is a slip of, or `stem`."""
    if f"w:{stem}" in index.postings or len(stem) < 4:
        return stem
    near = {
        word
        for trigram in text.trigrams(stem)
        for word in index.words.get(trigram, ())
        if text.one_edit_apart(stem, word)
    }
    return max(near, key=lambda word: (len(index.postings[f"w:{word}"]), word), default=stem)


def _candidates(index: Index, typed: _Words) -> Iterable[int]:
    """The phrases that share most with the words, the rare grams counting most."""
    found: dict[int, float] = defaultdict(float)
    grams = [f"w:{gram}" for gram in typed.grams]
    grams += [f"p:{gram}" for gram in text.trigrams(typed.pinyin)]
    if not typed.chinese:
        grams += [f"i:{typed.squeezed[at : at + 2]}" for at in range(len(typed.squeezed) - 1)]
    for gram in dict.fromkeys(grams):
        rarity = index.rarity(gram)
        for at in index.postings.get(gram, ()):
            found[at] += rarity
    return sorted(found, key=lambda at: -found[at])[:_CANDIDATES]


def _compare(index: Index, typed: _Words, phrase: Phrase) -> tuple[float, How]:
    if typed.chinese != phrase.chinese:
        return _compare_letters(typed, phrase) if phrase.chinese else (0.0, "words")
    if typed.squeezed == phrase.squeezed:
        return 1.0, "exact"
    if not typed.chinese:
        return _compare_english(index, typed, phrase)
    if len(typed.squeezed) > 1 and typed.squeezed in phrase.squeezed:
        return 0.62 + 0.33 * len(typed.squeezed) / len(phrase.squeezed), "part"
    if len(phrase.squeezed) > 1 and phrase.squeezed in typed.squeezed:
        return 0.55 + 0.4 * len(phrase.squeezed) / len(typed.squeezed), "part"
    by_words = 0.85 * _shared(index, typed, phrase), "words"
    return max(by_words, _sound(typed, phrase), key=lambda pair: pair[0])  # type: ignore[return-value]


def _sound(typed: _Words, phrase: Phrase) -> tuple[float, How]:
    """The same sound in other characters: 需可 for 许可."""
    if len(typed.squeezed) < 3 or not phrase.pinyin:
        return 0.0, "sound"
    if typed.pinyin == phrase.pinyin:
        return 0.93, "sound"
    if len(typed.pinyin) >= 8 and typed.pinyin in phrase.pinyin:
        return 0.55 + 0.33 * len(typed.pinyin) / len(phrase.pinyin), "sound"
    if text.one_edit_apart(typed.pinyin, phrase.pinyin):
        return 0.85, "sound"
    return 0.0, "sound"


def _compare_letters(typed: _Words, phrase: Phrase) -> tuple[float, How]:
    """Latin letters against a Chinese phrase: pinyin, initials, or a slip in either."""
    letters = typed.squeezed
    if len(letters) < 2 or not phrase.pinyin:
        return 0.0, "pinyin"
    if letters == phrase.pinyin:
        return 0.97, "pinyin"
    if letters == phrase.initials:
        return 0.92, "initials"
    if phrase.pinyin.startswith(letters) and len(letters) >= 3:
        return 0.7 + 0.2 * len(letters) / len(phrase.pinyin), "pinyin"
    if phrase.initials.startswith(letters):
        return 0.62 + 0.25 * len(letters) / len(phrase.initials), "initials"
    if len(letters) >= 5 and letters in phrase.pinyin:
        return 0.5 + 0.3 * len(letters) / len(phrase.pinyin), "pinyin"
    if len(letters) >= 3 and letters in phrase.initials:
        return 0.42 + 0.3 * len(letters) / len(phrase.initials), "initials"
    if len(letters) >= 6 and text.one_edit_apart(letters, phrase.pinyin):
        return 0.8, "slip"
    if len(letters) >= 5 and text.one_edit_apart(letters, phrase.initials):
        return 0.55, "slip"
    if len(letters) >= 8:
        return 0.6 * text.likeness(text.trigrams(letters), frozenset(text.trigrams(phrase.pinyin))), "slip"
    return 0.0, "pinyin"


def _compare_english(index: Index, typed: _Words, phrase: Phrase) -> tuple[float, How]:
    if typed.grams and set(typed.grams) == phrase.grams:
        return 0.95, "slip" if typed.mended else "exact"
    return 0.9 * _shared(index, typed, phrase), "slip" if typed.mended else "words"


def _shared(index: Index, typed: _Words, phrase: Phrase) -> float:
    """How much of the words the phrase covers (and a little, how much of the phrase the words cover), 0..1."""
    wanted = total = 0.0
    for gram in typed.grams:
        rarity = index.rarity(f"w:{gram}") or 3.0  # an unknown word counts, but less than a rare known one
        total += rarity
        if gram in phrase.grams:
            wanted += rarity
    if not total or not phrase.grams:
        return 0.0
    covered = sum(gram in phrase.grams for gram in typed.grams) / len(phrase.grams)
    return 0.75 * wanted / total + 0.25 * min(covered, 1.0)


def _total(matches: list[_Match]) -> float:
    """The best phrase decides; other phrases of other kinds add a little."""
    by_kind: dict[str, float] = {}
    for match in matches:
        by_kind[match.phrase.kind] = max(by_kind.get(match.phrase.kind, 0.0), match.score)
    best, *others = sorted(by_kind.values(), reverse=True)
    return best + 0.05 * sum(others)


def _reasons(matches: list[_Match]) -> tuple[Reason, ...]:
    """The best phrase of each kind, best first, at most three."""
    found: dict[str, Reason] = {}
    for match in sorted(matches, key=lambda match: -match.score):
        phrase = match.phrase
        found.setdefault(phrase.kind, Reason(phrase.kind, match.how, phrase.shown))
    return tuple(found.values())[:3]


def _understood(typed: _Words, hits: tuple[Hit, ...], language: str) -> str | None:
    """How mistyped words were read, in the language of the page."""
    if not hits or hits[0].reasons[0].how not in ("sound", "slip"):
        return None
    if typed.mended:
        return " ".join(typed.grams)
    matched = hits[0].reasons[0].matched
    if language.startswith("en") and text.is_chinese(matched):
        return hits[0].item.name.en
    return matched
