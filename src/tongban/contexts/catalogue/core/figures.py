"""Figures of the list itself: how deep online, how much faster than the law, at once, how often one must come.

Only what people apply for is counted. A promise is compared with the law where both are stated in units that can be
compared: working days with working days, days with months at thirty days (STANDARDS §3.5); the rest is told apart.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from tongban.contexts.catalogue.core.items import Item, Limit
from tongban.contexts.catalogue.core.lists import applied_for, instant

_MONTH_DAYS = 30


@dataclass(frozen=True)
class Figures:
    """Counts over some items; the rates follow from them."""

    items: int = 0
    deep: tuple[int, int, int] = (0, 0, 0)  # items whose depth is 1, 2, 3
    instant: int = 0
    visits: tuple[int, int, int] = (0, 0, 0)  # no visit, one, more
    charged: int = 0
    compared: int = 0  # items whose promise and legal limit can be compared
    apart: int = 0  # items that state both, in units that cannot
    legal_days: int = 0  # sums over the compared
    promised_days: int = 0
    slow: int = 0  # of the compared: promised more than half of the legal limit (F4)

    @property
    def compression(self) -> float:
        """By which share the promises are shorter than the law, 0 to 1; 0 when nothing can be compared."""
        return 1 - self.promised_days / self.legal_days if self.legal_days else 0.0

    def share(self, count: int) -> float:
        """`count` of these items as a share, 0 to 1."""
        return count / self.items if self.items else 0.0

    def at_least(self, depth: int) -> int:
        """How many reach this depth (1, 2 or 3)."""
        return sum(self.deep[depth - 1 :])


def figures(items: Iterable[Item]) -> Figures:
    """The figures of these items, of which only those that people apply for are counted."""
    counted = [item for item in items if applied_for(item)]
    pairs = [pair for item in counted if (pair := _days(item)) is not None]
    both = sum(1 for item in counted if item.statutory is not None and item.promised is not None)
    return Figures(
        items=len(counted),
        deep=_three(item.depth - 1 for item in counted),
        instant=sum(1 for item in counted if instant(item)),
        visits=_three(item.visits for item in counted),
        charged=sum(1 for item in counted if item.fee.charged),
        compared=len(pairs),
        apart=both - len(pairs),
        legal_days=sum(legal for legal, _ in pairs),
        promised_days=sum(promised for _, promised in pairs),
        slow=sum(1 for legal, promised in pairs if promised * 2 > legal),
    )


def by_organ(items: Iterable[Item]) -> dict[str, Figures]:
    """The figures of each organ in charge (agency key), organs with most items first."""
    groups: dict[str, list[Item]] = {}
    for item in items:
        groups.setdefault(item.agency, []).append(item)
    return _sorted({key: figures(members) for key, members in groups.items()})


def by_level(items: Iterable[Item]) -> dict[int, Figures]:
    """The figures of each level (T2); an item that several levels exercise counts at each."""
    groups: dict[int, list[Item]] = {}
    for item in items:
        for level in dict.fromkeys(item.levels):
            groups.setdefault(level, []).append(item)
    return {level: figures(groups[level]) for level in sorted(groups)}


def _sorted(found: dict[str, Figures]) -> dict[str, Figures]:
    return dict(sorted(((k, f) for k, f in found.items() if f.items), key=lambda pair: (-pair[1].items, pair[0])))


def _three(places: Iterable[int]) -> tuple[int, int, int]:
    counts = [0, 0, 0]
    for place in places:
        counts[min(max(place, 0), 2)] += 1
    return counts[0], counts[1], counts[2]


def _days(item: Item) -> tuple[int, int] | None:
    """(legal, promised) in one unit, or None. A promise of 0 is the same day whatever its unit."""
    if item.statutory is None or item.promised is None or item.statutory.value == 0:
        return None
    legal, promised = _length(item.statutory), _length(item.promised)
    if promised[0] == 0 or item.instant:
        return legal[0], 0
    return (legal[0], promised[0]) if legal[1] == promised[1] else None


def _length(limit: Limit) -> tuple[int, str]:
    if limit.unit == "month":
        return limit.value * _MONTH_DAYS, "day"
    return limit.value, limit.unit
