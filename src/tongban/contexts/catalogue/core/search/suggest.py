"""Suggestions while typing: phrases whose spelling, pinyin or initials begin with what was typed."""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass

from tongban.contexts.catalogue.core.items import Item
from tongban.contexts.catalogue.core.search import rank, text
from tongban.contexts.catalogue.core.search.index import Index

_LOOKED_AT = 300


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
    start = bisect_left(index.prefixes, (squeezed, -1))
    best: dict[int, tuple[float, int]] = {}
    for form, at in index.prefixes[start : start + _LOOKED_AT]:
        if not form.startswith(squeezed):
            break
        phrase = index.phrases[at]
        rating = (phrase.weight + len(squeezed) / max(len(form), 1), at)
        best[phrase.item] = max(best.get(phrase.item, (0.0, at)), rating)
    ordered = sorted(best, key=lambda item: (-best[item][0], index.items[item].code))[:limit]
    found = [_shown(index.items[item], index.phrases[best[item][1]].shown, language) for item in ordered]
    if len(found) < limit:
        shown = {suggestion.item.code for suggestion in found}
        result = rank.search(index, prefix, language=language, limit=limit)
        found += [
            _shown(hit.item, hit.reasons[0].matched, language) for hit in result.hits if hit.item.code not in shown
        ]
    return tuple(found[:limit])


def _shown(item: Item, matched: str, language: str) -> Suggestion:
    return Suggestion(item, item.name.en if language.startswith("en") and text.is_chinese(matched) else matched)
