"""Allen's relations between points and ranges."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final

from tongban.contexts.process.core.feel import notes
from tongban.contexts.process.core.feel.builtins.registry import builtin
from tongban.contexts.process.core.feel.compare import equal, less, same_kind
from tongban.contexts.process.core.feel.values import Range

Relation = Callable[[Range, Range], bool]


def _as_range(value: Any) -> Range | None:
    if isinstance(value, Range):
        return value
    return Range(value, value) if same_kind(value, value) else None


def _comparable(left: Range, right: Range) -> bool:
    ends = [end for end in (left.low, left.high, right.low, right.high) if end is not None]
    return all(same_kind(ends[0], end) for end in ends)


def _same(left: Any, right: Any) -> bool:
    return left is not None and equal(left, right) is True


def _before(left: Range, right: Range) -> bool:
    if left.high is None or right.low is None:
        return False
    return less(left.high, right.low) is True or (
        _same(left.high, right.low) and not (left.high_closed and right.low_closed)
    )


def _meets(left: Range, right: Range) -> bool:
    return left.high_closed and right.low_closed and _same(left.high, right.low)


def _starts_first(left: Range, right: Range) -> bool:
    """Whether `left` begins before `right` does."""
    if left.low is None or right.low is None:
        return left.low is None and right.low is not None
    return less(left.low, right.low) is True or (
        _same(left.low, right.low) and left.low_closed and not right.low_closed
    )


def _ends_first(left: Range, right: Range) -> bool:
    """Whether `left` ends before `right` does."""
    if left.high is None or right.high is None:
        return right.high is None and left.high is not None
    return less(left.high, right.high) is True or (
        _same(left.high, right.high) and right.high_closed and not left.high_closed
    )


def _same_start(left: Range, right: Range) -> bool:
    return not _starts_first(left, right) and not _starts_first(right, left)


def _same_end(left: Range, right: Range) -> bool:
    return not _ends_first(left, right) and not _ends_first(right, left)


def _overlaps(left: Range, right: Range) -> bool:
    return not _before(left, right) and not _before(right, left)


def _overlaps_before(left: Range, right: Range) -> bool:
    return _overlaps(left, right) and _starts_first(left, right) and not _ends_first(right, left)


def _includes(left: Range, right: Range) -> bool:
    return not _starts_first(right, left) and not _ends_first(left, right)


def _starts(left: Range, right: Range) -> bool:
    return _same_start(left, right) and not _ends_first(right, left)


def _finishes(left: Range, right: Range) -> bool:
    return _same_end(left, right) and not _starts_first(left, right)


def _coincides(left: Range, right: Range) -> bool:
    return _same_start(left, right) and _same_end(left, right)


def _turned(relation: Relation) -> Relation:
    return lambda left, right: relation(right, left)


_POINTS: Final = (False, False)
_POINT_RANGE: Final = (False, True)
_RANGE_POINT: Final = (True, False)
_RANGES: Final = (True, True)
_WRITTEN: Final = {
    _POINTS: "(point1: Any, point2: Any)",
    _POINT_RANGE: "(point: Any, range: range)",
    _RANGE_POINT: "(range: range, point: Any)",
    _RANGES: "(range1: range, range2: range)",
}
_RELATIONS: Final[dict[str, tuple[Relation, tuple[tuple[bool, bool], ...]]]] = {
    "before": (_before, (_RANGES, _POINT_RANGE, _RANGE_POINT, _POINTS)),
    "after": (_turned(_before), (_RANGES, _POINT_RANGE, _RANGE_POINT, _POINTS)),
    "meets": (_meets, (_RANGES,)),
    "met by": (_turned(_meets), (_RANGES,)),
    "overlaps": (_overlaps, (_RANGES,)),
    "overlaps before": (_overlaps_before, (_RANGES,)),
    "overlaps after": (_turned(_overlaps_before), (_RANGES,)),
    "finishes": (_finishes, (_RANGES, _POINT_RANGE)),
    "finished by": (_turned(_finishes), (_RANGES, _RANGE_POINT)),
    "includes": (_includes, (_RANGES, _RANGE_POINT)),
    "during": (_turned(_includes), (_RANGES, _POINT_RANGE)),
    "starts": (_starts, (_RANGES, _POINT_RANGE)),
    "started by": (_turned(_starts), (_RANGES, _RANGE_POINT)),
    "coincides": (_coincides, (_RANGES, _POINTS)),
}


def _register(name: str, relation: Relation, shapes: tuple[tuple[bool, bool], ...]) -> None:
    def related(left: Any, right: Any) -> bool | None:
        first, second = _as_range(left), _as_range(right)
        shape = (isinstance(left, Range), isinstance(right, Range))
        if first is None or second is None or shape not in shapes or not _comparable(first, second):
            return notes.null(f"{name}() is not defined for these values")
        return relation(first, second)

    builtin(*(f"{name}{_WRITTEN[shape]} -> boolean" for shape in shapes))(related)


for _name, (_relation, _shapes) in _RELATIONS.items():
    _register(_name, _relation, _shapes)
