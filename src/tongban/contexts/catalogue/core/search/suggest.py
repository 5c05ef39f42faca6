"""Suggestions while typing: phrases whose spelling, pinyin or initials begin with what was typed."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from tongban.contexts.catalogue.core.items import Item
from tongban.contexts.catalogue.core.search import finding, text
from tongban.contexts.catalogue.core.search.index import Index

_LOOKED_AT = 150


@dataclass(frozen=True)
class Suggestion:
    """One item, and what it is called by what was typed: a phrase, or its name where the page has another language."""

    item: Item
    matched: str


def suggest(index: Index, prefix: str, *, language: str, limit: int = 8) -> tuple[Suggestion, ...]:
    """Items for `prefix`, each once: names first, then everyday words; filled up by search when few begin so."""
    squeezed = text.squeeze(prefix)[:50]
    if not squeezed:
        return ()
    found = [Suggestion(index.items[at], shown) for at, shown in _begun(index, squeezed, language, limit)]
    if len(found) < limit:
        known = {suggestion.item.code for suggestion in found}
        result = finding.search(index, prefix, language=language, limit=limit)
        found += [
            _shown(hit.item, hit.reasons[0].matched, language) for hit in result.hits if hit.item.code not in known
        ]
    return tuple(found[:limit])


def _begun(index: Index, squeezed: str, language: str, limit: int) -> Iterator[tuple[int, str]]:
    """Entries one of whose spellings begins so, each once, and the phrase: the nearer to its end the better."""
    best: dict[int, tuple[float, int]] = {}
    for spelling in index.spellings:
        ids = spelling.beginning(squeezed)
        if len(ids) > _LOOKED_AT:
            ids = np.partition(ids, _LOOKED_AT)[:_LOOKED_AT]  # the smallest numbers are the shortest phrases
        for phrase in ids.tolist():
            near = len(squeezed) / len(spelling.texts[phrase])
            start, end = int(index.uses.starts[phrase]), int(index.uses.starts[phrase + 1])
            for entry, weight in zip(
                index.uses.entries[start : min(end, start + limit)].tolist(),
                index.uses.weights[start : min(end, start + limit)].tolist(),
                strict=True,
            ):
                if entry < len(index.items):
                    best[entry] = max(best.get(entry, (0.0, 0)), (weight + near, phrase))
    ordered = sorted(best.items(), key=lambda one: (-one[1][0], index.items[one[0]].code))[:limit]
    for entry, (_, phrase) in ordered:
        yield entry, _shown(index.items[entry], index.shown[phrase], language).matched


def _shown(item: Item, matched: str, language: str) -> Suggestion:
    return Suggestion(item, item.name.en if language.startswith("en") and text.is_chinese(matched) else matched)
