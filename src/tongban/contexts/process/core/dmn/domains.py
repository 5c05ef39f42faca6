"""The values that an input can have, cut into pieces within which every cell of the column answers alike.

Numbers, dates and durations are cut at the constants that cells and allowed values name; texts into the named ones
and all others; truth into true and false. Each piece has an example.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from decimal import ROUND_FLOOR, Decimal
from typing import Any, Final

from tongban.contexts.process.core.dmn.columns import ORDERED, Known, known_tests
from tongban.contexts.process.core.feel import nodes as n
from tongban.contexts.process.core.feel.language import cell_run
from tongban.contexts.process.core.feel.scope import Scope
from tongban.contexts.process.core.feel.text import text_of
from tongban.contexts.process.core.feel.types import Simple, Type
from tongban.contexts.process.core.feel.values import Date, Months, Range, Span

#: A text that no table names.
ANY_OTHER: Final = "（其他）"
_KINDS: Final[dict[str, type]] = {
    "number": Decimal,
    "date": Date,
    "years and months duration": Months,
    "days and time duration": Span,
    "string": str,
    "boolean": bool,
}
_ZEROS: Final[dict[type, Any]] = {Decimal: Decimal(0), Date: Date(2000, 1, 1), Months: Months(0), Span: Span(0)}


@dataclass(frozen=True, slots=True)
class Piece:
    """A part of a domain: an example of it, how it is written, and the rules that pass there."""

    example: Any
    written: str
    rules: int


@dataclass(frozen=True, slots=True)
class Domain:
    """The pieces of a column, and the rules whose cells cannot be judged without running them."""

    pieces: tuple[Piece, ...]
    unjudged: int


#: Tests of examples against cells, about ten microseconds each.
MOST_TESTS = 1_000_000


def domain_of(
    cells: Sequence[n.Tests | None],
    kind: Type,
    allowed: Sequence[Callable[[Any], bool]],
    named: n.Tests | None,
    most: int = MOST_TESTS,
) -> Domain:
    """The domain of a column: its cells, its type, what the type and the column allow, and the column's own values.

    Without pieces where they would take more than `most` tests to find, as where the cells are to be computed."""
    unjudged = 0
    distinct: dict[int, tuple[n.Tests, int]] = {}
    for index, tests in enumerate(cells):
        if tests is None or known_tests(tests) is None:
            unjudged |= 1 << index
        else:
            distinct[id(tests)] = tests, distinct.get(id(tests), (tests, 0))[1] | 1 << index
    runs = [(cell_run(tests), mask) for tests, mask in distinct.values()]
    known = [one for tests, _ in distinct.values() for one in known_tests(tests) or ()]
    known += (known_tests(named) or []) if named is not None else []
    pieces = []
    examples = _examples(_python_kind(kind, known), known)
    if len(examples) * len(known) > most:
        return Domain((), unjudged)
    for example, written in examples:
        if all(test(example) for test in allowed):
            scope = Scope({"?": example})
            pieces.append(Piece(example, written, unjudged | sum(mask for run, mask in runs if run(scope, example))))
    return Domain(tuple(pieces), unjudged)


def _python_kind(kind: Type, known: Sequence[Known]) -> type | None:
    plain = kind.plain()
    if isinstance(plain, Simple):
        return _KINDS.get(plain.name)
    kinds = {one.kind() for one in known}
    return kinds.pop() if len(kinds) == 1 else None


def _examples(kind: type | None, known: Sequence[Known]) -> list[tuple[Any, str]]:
    if kind is bool:
        return [(True, "true"), (False, "false")]
    if kind is str:
        words = dict.fromkeys(one.constant for one in known if one.kind() is str)
        return [*((word, text_of(word, inside=True)) for word in words), (ANY_OTHER, ANY_OTHER)]
    if kind not in ORDERED or kind is None:
        return []
    values = sorted({end for one in known if one.kind() is kind for end in one.ends()})
    if not values:
        return [(_ZEROS[kind], "-")]
    made = [(_near(values[0], -1), f"< {text_of(values[0], inside=True)}")]
    for place, value in enumerate(values):
        made.append((value, text_of(value, inside=True)))
        made += _behind(value, values[place + 1] if place + 1 < len(values) else None)
    return made


def _behind(low: Any, high: Any) -> list[tuple[Any, str]]:
    """The piece between two constants, or behind the last; none where nothing is between."""
    if high is None:
        return [(_near(low, 1), f"> {text_of(low, inside=True)}")]
    between = (low + high) / 2 if isinstance(low, Decimal) else _near(low, 1)
    if isinstance(low, Decimal):
        whole = low.to_integral_value(ROUND_FLOOR) + 1
        between = whole if whole < high else between
    return [(between, text_of(Range(low, high, False, False)))] if between < high else []


def _near(value: Any, step: int) -> Any:
    if isinstance(value, Decimal):
        return value + step
    if isinstance(value, Date):
        return Date.of_ordinal(value.ordinal() + step) or value
    return Months(value.months + step) if isinstance(value, Months) else Span(value.nanos + step)
