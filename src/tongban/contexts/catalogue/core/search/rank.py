"""Ranking: candidates by shared grams, each compared with the words, then all phrases of an entry together."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from tongban.contexts.catalogue.core.search import compare, text
from tongban.contexts.catalogue.core.search.compare import How, Nearness
from tongban.contexts.catalogue.core.search.grams import Ids, Postings, key
from tongban.contexts.catalogue.core.search.index import KINDS, Index, Kind
from tongban.contexts.catalogue.core.search.typed import Typed

#: Below this, what was found has nothing to do with the words, not even as a nearby word.
NEARBY = 0.16
#: How many phrases are compared, how many of the postings' ids are read, and how many uses of phrases are counted.
_CANDIDATES, _READ, _BEGINNING, _USES = 200, 60_000, 40, 2000
#: What all phrases of an entry have together counts a little less than one phrase that has it all.
_TOGETHER = 0.8
#: What a phrase of another kind adds.
_OTHER_KIND = 0.05
#: Nobody searches for penalties, coercion and inspections unless the words say so.
_SELDOM = {"02": 0.06, "03": 0.05, "06": 0.05}

Floats = npt.NDArray[np.float64]


@dataclass(frozen=True)
class Reason:
    """Why an item was found: its phrase `matched` (of `kind`), and `how` the words meet it."""

    kind: Kind
    how: How
    matched: str


@dataclass(frozen=True)
class Ranked:
    """The entries near what was typed, the nearest first, and the matches they come from, a line each."""

    entries: list[int]
    scores: list[float]
    owners: npt.NDArray[np.int32]  # the entry of each match, sorted
    kinds: npt.NDArray[np.int8]
    values: Floats
    phrases: Ids
    ways: tuple[How, ...]  # by phrase, as in `compared`
    compared: Ids

    @property
    def best(self) -> float:
        return self.scores[0] if self.scores else 0.0

    def reasons(self, index: Index, entry: int) -> tuple[Reason, ...]:
        """The best phrase of each kind, best first, at most three."""
        start, end = self.owners.searchsorted((entry, entry + 1)).tolist()
        found: dict[str, Reason] = {}
        for at in (start + np.argsort(-self.values[start:end], kind="stable")).tolist():
            kind = KINDS[self.kinds[at]]
            if kind not in found:
                phrase = int(self.phrases[at])
                found[kind] = Reason(kind, self.ways[phrase], index.shown[self.compared[phrase]])
        return tuple(found.values())[:3]


_EMPTY = np.empty(0, np.int32)
_NOTHING = Ranked([], [], _EMPTY, _EMPTY.astype(np.int8), np.empty(0), _EMPTY, (), _EMPTY)


def rank(index: Index, asked: Typed) -> Ranked:
    """Every entry near what was typed."""
    near = [(phrase, *found) for phrase, found in _compared(index, asked)]
    if not near:
        return _NOTHING
    near.sort(key=lambda one: (-one[1] * index.best[one[0]], one[0]))
    compared = np.array([one[0] for one in near], np.int32)
    starts, ends = index.uses.starts[compared], index.uses.starts[compared + 1]
    before = np.cumsum(ends - starts) - (ends - starts)
    counts = np.clip(_USES - before, 1, ends - starts) * (before < _USES)
    phrases = np.repeat(np.arange(len(near), dtype=np.int32), counts)
    uses = np.arange(len(phrases)) - np.repeat(np.cumsum(counts) - counts, counts) + np.repeat(starts, counts)
    values = np.array([one[1] for one in near])[phrases] * index.uses.weights[uses]
    owners, kinds = index.uses.entries[uses], index.uses.kinds[uses]
    order = np.lexsort((-values, kinds, owners))
    masks = np.array([one[3] for one in near], np.int64)[phrases]
    scored = _scored(asked, owners[order], kinds[order], values[order], masks[order], index.uses.weights[uses][order])
    entries, scores = _ordered(index, *scored)
    ways: tuple[How, ...] = tuple(one[2] for one in near)
    return Ranked(entries, scores, owners[order], kinds[order], values[order], phrases[order], ways, compared)


def _scored(
    asked: Typed,
    owners: npt.NDArray[np.int32],
    kinds: npt.NDArray[np.int8],
    values: Floats,
    masks: npt.NDArray[np.int64],
    weights: npt.NDArray[np.float32],
) -> tuple[npt.NDArray[np.int32], Floats]:
    """Entries and scores. The best phrase decides, or what all phrases have together; other kinds add a little."""
    first = np.flatnonzero(np.append(True, np.diff(owners) != 0))
    best = np.maximum.reduceat(values, first)
    new_kind = np.append(True, (np.diff(owners) != 0) | (np.diff(kinds) != 0))
    others = np.add.reduceat(np.where(new_kind, values, 0.0), first) - best
    together = np.zeros(len(first))
    for at, unit in enumerate(asked.units):
        together += unit.weight * np.maximum.reduceat(np.where(masks >> at & 1, weights, 0.0), first)
    if asked.total:
        best = np.maximum(best, _TOGETHER * together / asked.total)
    return owners[first], best + _OTHER_KIND * others


def _ordered(index: Index, entries: npt.NDArray[np.int32], scores: Floats) -> tuple[list[int], list[float]]:
    """Nearest first; equal ones by their place in the list."""
    seldom = [_SELDOM.get(index.items[at].power, 0.0) if at < len(index.items) else 0.0 for at in entries.tolist()]
    scores = scores - np.array(seldom)
    order = np.lexsort((entries, -scores))
    return entries[order].tolist(), scores[order].tolist()


# -- candidates


def _compared(index: Index, asked: Typed) -> Iterator[tuple[int, Nearness]]:
    candidates = _candidates(index, asked)
    stems = _having(index, asked, candidates)
    sizes = index.sizes[candidates].tolist()
    for phrase, mask, size in zip(candidates.tolist(), stems, sizes, strict=True):
        if size:
            near = compare.english(asked, mask, size)
        elif asked.chinese:
            near = compare.chinese(index, asked, phrase)
        else:
            near = compare.letters(index, asked, phrase)
        if near[0] >= NEARBY:
            yield phrase, near


def _having(index: Index, asked: Typed, candidates: Ids) -> list[int]:
    """For each candidate the units whose stem it has, as bits."""
    masks = np.zeros(len(candidates), np.int64)
    for at, unit in enumerate(asked.units):
        if unit.stem >= 0 and len(candidates):
            start, end = index.stems.place(unit.stem)
            ids = index.stems.ids[start:end]
            place = np.minimum(ids.searchsorted(candidates), len(ids) - 1)
            masks |= (ids[place] == candidates).astype(np.int64) << at
    found: list[int] = masks.tolist()
    return found


def _candidates(index: Index, asked: Typed) -> Ids:
    """The phrases that share most with the words, the rare grams counting most."""
    slices = sorted(set(_slices(index, asked)), key=lambda one: one[2] - one[1])
    parts: list[Ids] = []
    weights: list[float] = []
    left = _READ
    for which, start, end in slices:
        if left <= 0:
            break
        part = (index.characters, index.sounds, index.letters, index.stems)[which].ids[start : min(end, start + left)]
        left -= len(part)
        parts.append(part)
        weights.append(math.log(1 + len(index.shown) / (end - start)))
    begun = [ids for ids in _begun(index, asked) if len(ids)]
    if not parts:
        return np.unique(np.concatenate(begun)) if begun else _EMPTY
    shared = np.bincount(np.concatenate(parts), np.repeat(weights, [len(part) for part in parts]), len(index.shown))
    touched = (shared > 0).nonzero()[0]
    if len(touched) > _CANDIDATES:
        telling = shared[touched] * index.best[touched]
        touched = touched[np.argpartition(telling, -_CANDIDATES)[-_CANDIDATES:]]
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
    yield from places(1, index.sounds, (key(gram) for gram in asked.trigrams))
    yield from places(3, index.stems, (unit.stem for unit in asked.units if unit.stem >= 0))


def _begun(index: Index, asked: Typed) -> Iterator[Ids]:
    """Phrases whose spelling begins with the words, the likeliest of them."""
    for spelling in index.spellings[: 1 if asked.chinese else 3]:
        ids = spelling.beginning(asked.squeezed)
        if len(ids) > _BEGINNING:
            ids = np.partition(ids, _BEGINNING)[:_BEGINNING]  # the smallest numbers are the shortest phrases
        yield ids
