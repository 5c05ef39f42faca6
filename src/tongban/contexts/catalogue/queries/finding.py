"""Search over the items in force. The index is made when it is first asked for and again when the set changes."""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from django.db.models import Max, Min, Sum

from tongban.contexts.catalogue import models
from tongban.contexts.catalogue.core import search as finder
from tongban.contexts.catalogue.core.search import Choices, Index, SearchResult, Suggestion
from tongban.contexts.catalogue.queries import listed

#: Up to so many items an index is made while one waits (a tenth of a second); beyond, the old one answers meanwhile.
AT_ONCE = 3000


@dataclass(frozen=True)
class Unfound:
    """Words that found nothing: how often, and on which days first and last."""

    words: str
    count: int
    first: date
    last: date


@dataclass(frozen=True)
class _Made:
    marks: listed.Marks
    index: Index


class _Cache:
    """The index of the set as this process last saw it. One a process."""

    def __init__(self) -> None:
        self.lock = threading.Lock()
        self.made: _Made | None = None


_cache = _Cache()


def search(
    words: str,
    *,
    language: str,
    serves: int | None = None,
    limit: int = 20,
    chosen: Choices | None = None,
    literally: bool = False,
) -> SearchResult:
    """Items for a citizen's words in any form: names, everyday phrases, pinyin, initials, typing slips, English.

    `language` is the language of the page ("zh-hans", "en"); `serves` keeps items for one T4 subject (1 natural
    person, 2 enterprise …); `chosen` narrows by axes and has the facets counted; `literally`: no slip is mended.
    """
    return finder.search(
        _index(), words, language=language, serves=serves, limit=limit, chosen=chosen, literally=literally
    )


def suggest(prefix: str, *, language: str = "zh-hans", limit: int = 8) -> tuple[Suggestion, ...]:
    """What the words typed so far may become."""
    return finder.suggest(_index(), prefix, language=language, limit=limit)


def unfound(limit: int = 50, *, since: date | None = None) -> tuple[Unfound, ...]:
    """What was looked for in vain, most often first; from the day `since` on where it is given."""
    rows = models.Unfound.objects.filter(day__gte=since) if since else models.Unfound.objects.all()
    counted = rows.values("words").annotate(times=Sum("count"), first=Min("day"), last=Max("day"))
    return tuple(
        Unfound(row["words"], row["times"], row["first"], row["last"])
        for row in counted.order_by("-times", "-last", "words")[:limit]
    )


def _index() -> Index:
    marks, made = listed.marks(), _cache.made
    if made is not None and made.marks == marks:
        return made.index
    items, synonyms, packages = listed.items(), listed.synonyms(), listed.beside().packages

    def make() -> Index:
        index = finder.build(items, synonyms, packages)
        _cache.made = _Made(marks, index)
        return index

    if made is not None and len(items) > AT_ONCE:
        if _cache.lock.acquire(blocking=False):
            threading.Thread(target=_and_release, args=(make,), daemon=True).start()
        return made.index
    with _cache.lock:
        made = _cache.made
        return made.index if made is not None and made.marks == marks else make()


def _and_release(make: Callable[[], Index]) -> None:
    try:
        make()
    finally:
        _cache.lock.release()
