"""Words that people searched for in vain: what an owner adds to an item's everyday words, or a new item is made of."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from urllib.parse import urlencode

from django.urls import reverse

from tongban.contexts.catalogue.queries.finding import unfound

_DAYS = 90


@dataclass(frozen=True)
class Row:
    words: str
    times: int
    last: date
    href: str  # the list of items, searched for these words


def rows(today: date) -> tuple[Row, ...]:
    """What was looked for in vain in the last three months, most often first."""
    place = reverse("desk:catalogue")
    return tuple(
        Row(one.words, one.count, one.last, f"{place}?{urlencode({'q': one.words})}")
        for one in unfound(100, since=today - timedelta(days=_DAYS))
    )
