"""Finding and ranking: candidates by shared grams, then each candidate phrase is compared with the words as a whole."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt

from tongban.contexts.catalogue.core.beside import Package
from tongban.contexts.catalogue.core.items import Item
from tongban.contexts.catalogue.core.search import compare, text, typed
from tongban.contexts.catalogue.core.search.compare import How, Nearness
from tongban.contexts.catalogue.core.search.grams import Ids, Postings, key
from tongban.contexts.catalogue.core.search.index import KINDS, Index, Kind
from tongban.contexts.catalogue.core.search.typed import Typed

#: Below this an entry has nothing to do with the words.
ENOUGH = 0.30
#: Below this, what was found is offered as a nearby word only.
_NEARBY = 0.16
#: An entry must be about half as good as the best one to stand beside it.
_BESIDE_THE_BEST = 0.5
#: Better than this and the words were not mistyped.
_SURE = 0.75
#: How many phrases are compared, how many of a posting's ids are read in all, and how many uses of phrases are counted.
_CANDIDATES, _READ, _BEGINNING, _USES = 300, 150_000, 60, 2500
#: Nobody searches for penalties, coercion and inspections unless the words say so.
_SELDOM = {"02": 0.06, "03": 0.05, "06": 0.05}


@dataclass(frozen=True)
class Reason:
    """Why an item was found: its phrase `matched` (of `kind`), and `how` the words meet it."""

    kind: Kind
    how: How
    matched: str


@dataclass(frozen=True)
class Hit:
    """One item found. `score`: the more the better, comparable within one result only."""

    item: Item
    score: float
    reasons: tuple[Reason, ...]


@dataclass(frozen=True)
class PackageHit:
    """One thing done once (一件事) that the words mean."""

    package: Package
    score: float
    reasons: tuple[Reason, ...]


@dataclass(frozen=True)
class SearchResult:
    """`understood` says how mistyped words were read, None where they were read as written; `suggestions` are nearby
    words for when nothing was found, and `nearby` the items they come from."""

    hits: tuple[Hit, ...]
    understood: str | None
    suggestions: tuple[str, ...]
    packages: tuple[PackageHit, ...] = ()
    nearby: tuple[Item, ...] = ()


@dataclass(frozen=True)
class _Match:
    score: float  # with the weight of the kind
    phrase: int
    kind: Kind
    how: How
    mask: int
    weight: float


@dataclass
class _Entry:
    matches: list[_Match] = field(default_factory=list)
    score: float = 0.0


def search(
    index: Index, words: str, *, language: str, serves: int | None = None, limit: int = 20, literally: bool = False
) -> SearchResult:
    """Rank the items of `index` for `words`. Nothing typed finds nothing. `literally`: slips are not mended."""
    asked = typed.read(index, words)
    if not asked.squeezed:
        return SearchResult((), None, ())
    ranked = _ranked(index, asked)
    if asked.chinese and not literally and (not ranked or ranked[0][1].score < _SURE):
        again = typed.mend(index, asked)
        better = _ranked(index, again) if again else []
        if again and better and (not ranked or better[0][1].score > ranked[0][1].score):
            asked, ranked = again, better
    return _result(index, asked, ranked, language, serves, limit)


def _result(
    index: Index, asked: Typed, ranked: list[tuple[int, _Entry]], language: str, serves: int | None, limit: int
) -> SearchResult:
    best = ranked[0][1].score if ranked else 0.0
    least = max(ENOUGH, best * _BESIDE_THE_BEST)
    count = len(index.items)
    kept = [(at, entry) for at, entry in ranked if at >= count or serves is None or serves in index.items[at].serves]
    hits = [
        Hit(index.items[at], round(entry.score, 4), _reasons(index, entry))
        for at, entry in kept
        if at < count and entry.score >= least
    ]
    packages = tuple(
        PackageHit(index.packages[at - count], round(entry.score, 4), _reasons(index, entry))
        for at, entry in kept
        if at >= count and entry.score >= max(least, 0.8 * best)
    )
    if hits or packages:
        first = kept[0]
        return SearchResult(tuple(hits[:limit]), _understood(index, asked, first, language), (), packages[:2])
    nearby = tuple(index.items[at] for at, _ in kept if at < count)[:5]
    return SearchResult((), None, tuple(dict.fromkeys(item.name.in_language(language) for item in nearby)), (), nearby)


# -- candidates


def _ranked(index: Index, asked: Typed) -> list[tuple[int, _Entry]]:
    """The entries near what was typed, the nearest first."""
    found: dict[int, _Entry] = {}
    uses, counted = index.uses, 0
    compared = [(near[0] * float(index.best[phrase]), phrase, near) for phrase, near in _compared(index, asked)]
    compared.sort(key=lambda one: (-one[0], one[1]))
    for _, phrase, (score, how, mask) in compared:
        start, end = int(uses.starts[phrase]), int(uses.starts[phrase + 1])
        end = min(end, start + max(1, _USES - counted))
        counted += end - start
        lot = zip(
            uses.entries[start:end].tolist(), uses.kinds[start:end].tolist(), uses.weights[start:end].tolist(),
            strict=True,
        )  # fmt: skip
        for entry, kind, weight in lot:
            match = _Match(score * weight, phrase, KINDS[kind], how, mask, weight)
            found.setdefault(entry, _Entry()).matches.append(match)
        if counted >= _USES:
            break
    for at, entry in found.items():
        entry.score = _total(asked, entry.matches)
        if at < len(index.items):
            entry.score -= _SELDOM.get(index.items[at].power, 0.0)
    codes = index.items
    return sorted(found.items(), key=lambda one: (-one[1].score, codes[one[0]].code if one[0] < len(codes) else ""))


def _compared(index: Index, asked: Typed) -> Iterator[tuple[int, Nearness]]:
    candidates = _candidates(index, asked)
    stems = _having(index, asked, candidates)
    for phrase, mask in zip(candidates.tolist(), stems, strict=True):
        if index.sizes[phrase]:
            near = compare.english(asked, mask, int(index.sizes[phrase]))
        elif asked.chinese:
            near = compare.chinese(index, asked, phrase)
        else:
            near = compare.letters(index, asked, phrase)
        if near[0] >= _NEARBY:
            yield phrase, near


def _having(index: Index, asked: Typed, candidates: Ids) -> list[int]:
    """For each candidate the units whose stem it has, as bits."""
    masks = np.zeros(len(candidates), np.int64)
    for at, unit in enumerate(asked.units):
        if unit.stem >= 0 and len(candidates):
            start, end = index.stems.place(unit.stem)
            ids = index.stems.ids[start:end]
            place = np.minimum(np.searchsorted(ids, candidates), len(ids) - 1)
            masks |= (ids[place] == candidates).astype(np.int64) << at
    found: list[int] = masks.tolist()
    return found


def _candidates(index: Index, asked: Typed) -> Ids:
    """The phrases that share most with the words, the rare grams counting most."""
    slices = sorted(set(_slices(index, asked)), key=lambda one: one[2] - one[1])
    parts: list[Ids] = []
    weights: list[npt.NDArray[np.float64]] = []
    left = _READ
    for which, start, end in slices:
        if left <= 0:
            break
        part = (index.characters, index.sounds, index.letters, index.stems)[which].ids[start : min(end, start + left)]
        left -= len(part)
        parts.append(part)
        weights.append(np.full(len(part), math.log(1 + len(index.shown) / (end - start))))
    begun = [ids for ids in _begun(index, asked) if len(ids)]
    if not parts:
        return np.unique(np.concatenate(begun)) if begun else np.empty(0, np.int32)
    shared = np.bincount(np.concatenate(parts), np.concatenate(weights), len(index.shown)) * index.best
    touched = np.flatnonzero(shared)
    if len(touched) > _CANDIDATES:
        touched = touched[np.argpartition(-shared[touched], _CANDIDATES)[:_CANDIDATES]]
    return np.unique(np.concatenate([touched.astype(np.int32), *begun]))


def _slices(index: Index, asked: Typed) -> Iterator[tuple[int, int, int]]:
    """(postings, start, end) of every gram of what was typed."""

    def places(which: int, found: Postings, numbers: Iterable[int]) -> Iterator[tuple[int, int, int]]:
        for number in numbers:
            start, end = found.place(number)
            if end > start:
                yield which, start, end

    if asked.chinese:
        yield from places(0, index.characters, (key(gram) for gram in text.bigrams(asked.squeezed)))
        yield from places(0, index.characters, (key(unit.word) for unit in asked.units if len(unit.word) == 1))
    else:
        yield from places(2, index.letters, (key(gram) for gram in text.trigrams(asked.squeezed)))
    yield from places(1, index.sounds, (key(gram) for gram in text.trigrams(asked.alike)))
    yield from places(3, index.stems, (unit.stem for unit in asked.units if unit.stem >= 0))


def _begun(index: Index, asked: Typed) -> Iterator[Ids]:
    """Phrases whose spelling begins with the words, the likeliest of them."""
    for spelling in index.spellings[: 1 if asked.chinese else 3]:
        ids = spelling.beginning(asked.squeezed)
        if len(ids) > _BEGINNING:
            ids = np.partition(ids, _BEGINNING)[:_BEGINNING]  # the smallest numbers are the shortest phrases
        yield ids


# -- ranking


def _total(asked: Typed, matches: list[_Match]) -> float:
    """The best phrase decides, or what all phrases have together; phrases of other kinds add a little."""
    by_kind: dict[str, float] = {}
    together = 0
    for match in matches:
        by_kind[match.kind] = max(by_kind.get(match.kind, 0.0), match.score)
        together |= match.mask
    best, *others = sorted(by_kind.values(), reverse=True)
    strongest = max(matches, key=_score)
    if together != strongest.mask:
        best = max(best, 0.8 * _together(asked, matches))
    return best + 0.05 * sum(others)


_score: Callable[[_Match], float] = lambda match: match.score  # noqa: E731


def _together(asked: Typed, matches: list[_Match]) -> float:
    """How much of the words all phrases of one entry have, each unit by the strongest phrase that has it."""
    found = 0.0
    for at, unit in enumerate(asked.units):
        found += unit.weight * max((match.weight for match in matches if match.mask >> at & 1), default=0.0)
    return found / asked.total if asked.total else 0.0


def _reasons(index: Index, entry: _Entry) -> tuple[Reason, ...]:
    """The best phrase of each kind, best first, at most three."""
    found: dict[str, Reason] = {}
    for match in sorted(entry.matches, key=lambda match: -match.score):
        found.setdefault(match.kind, Reason(match.kind, match.how, index.shown[match.phrase]))
    return tuple(found.values())[:3]


def _understood(index: Index, asked: Typed, first: tuple[int, _Entry], language: str) -> str | None:
    """How mistyped words were read, in the language of the page."""
    at, entry = first
    reason = _reasons(index, entry)[0]
    if not asked.mended and reason.how not in ("sound", "slip"):
        return None
    matched = asked.mended or reason.matched
    if language.startswith("en") and text.is_chinese(matched):
        return index.items[at].name.en if at < len(index.items) else index.packages[at - len(index.items)].name.en
    return matched
