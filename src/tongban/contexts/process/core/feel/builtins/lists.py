"""Functions of lists. Places count from 1, or from the end by minus."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from functools import cmp_to_key
from typing import Any, Final

from tongban.contexts.process.core.feel import notes
from tongban.contexts.process.core.feel.builtins.registry import builtin
from tongban.contexts.process.core.feel.calls import invoke
from tongban.contexts.process.core.feel.compare import DEEPEST, contains, equal, less
from tongban.contexts.process.core.feel.scope import Running
from tongban.contexts.process.core.feel.types import Builtin, Function

NOT_ONE_PLACE: Final = "there is no member at this place"


def place_of(members: list[Any], position: Decimal) -> int | None:
    """The index of a place, or None: there is none."""
    place = int(position) if abs(position) <= len(members) else 0
    if place == 0:
        return notes.null(NOT_ONE_PLACE)
    return place - 1 if place > 0 else len(members) + place


@builtin("list contains(list: list, element: Any) -> boolean")
def list_contains(members: list[Any], element: Any) -> bool:
    """Whether a member equals `element`."""
    return any(member is None for member in members) if element is None else contains(members, element)


@builtin("count(list: list) -> number")
def count(members: list[Any]) -> Decimal:
    """How many members there are."""
    return Decimal(len(members))


@builtin("sublist(list: list, start position: number, length?: number)", running=True)
def sublist(running: Running, members: list[Any], start: Decimal, length: Decimal | None = None) -> Any:
    """The members from a place on."""
    first = place_of(members, start)
    if first is None or (length is not None and not 1 <= length <= len(members) - first):
        return notes.null(NOT_ONE_PLACE)
    running.spend(len(members))
    return members[first:] if length is None else members[first : first + int(length)]


@builtin("append(list: list, item...: Any)", running=True)
def append(running: Running, members: list[Any], *items: Any) -> list[Any]:
    """The list with further members."""
    running.spend(len(members))
    return [*members, *items]


@builtin("concatenate(list...: list)", running=True)
def concatenate(running: Running, *lists: list[Any]) -> list[Any] | None:
    """The members of all lists."""
    if not lists:
        return notes.null("concatenate() wants lists")
    running.spend(sum(map(len, lists)))
    return [member for members in lists for member in members]


@builtin("insert before(list: list, position: number, newItem: Any)", running=True)
def insert_before(running: Running, members: list[Any], position: Decimal, item: Any) -> list[Any] | None:
    """The list with a member more before a place."""
    running.spend(len(members))
    place = place_of(members, position)
    return None if place is None else [*members[:place], item, *members[place:]]


@builtin("remove(list: list, position: number)", running=True)
def remove(running: Running, members: list[Any], position: Decimal) -> list[Any] | None:
    """The list without the member at a place."""
    running.spend(len(members))
    place = place_of(members, position)
    return None if place is None else [*members[:place], *members[place + 1 :]]


@builtin("list replace(list: list, position: number, newItem: Any)", running=True)
def list_replace(running: Running, members: list[Any], position: Decimal, item: Any) -> list[Any] | None:
    """The list with another member at a place."""
    running.spend(len(members))
    place = place_of(members, position)
    return None if place is None else [*members[:place], item, *members[place + 1 :]]


@builtin("list replace(list: list, match: function, newItem: Any)", running=True)
def list_replace_matches(
    running: Running, members: list[Any], match: Function | Builtin, item: Any
) -> list[Any] | None:
    """The list with another member wherever `match` says so."""
    made = []
    for member in members:
        found = invoke(match, [member, item], (), running)
        if not isinstance(found, bool):
            return notes.null("list replace(): the function gives no truth value")
        made.append(item if found else member)
    return made


@builtin("reverse(list: list)", running=True)
def reverse(running: Running, members: list[Any]) -> list[Any]:
    """The last first."""
    running.spend(len(members))
    return members[::-1]


@builtin("index of(list: list, match: Any)")
def index_of(members: list[Any], match: Any) -> list[Decimal]:
    """The places where `match` stands."""
    return [Decimal(place) for place, member in enumerate(members, 1) if equal(member, match) is True]


@builtin("union(list...: list)", running=True)
def union(running: Running, *lists: list[Any]) -> list[Any] | None:
    """The members of all lists, each once."""
    members = concatenate(running, *lists)
    return None if members is None else distinct_values(running, members)


@builtin("distinct values(list: list)", running=True)
def distinct_values(running: Running, members: list[Any]) -> list[Any]:
    """Each member once."""
    made: list[Any] = []
    for member in members:
        running.spend(1 + len(made) // 10)
        if not contains(made, member):
            made.append(member)
    return made


@builtin("flatten(list: list)", running=True)
def flatten(running: Running, members: list[Any]) -> list[Any] | None:
    """The members of lists within lists as one list."""
    made: list[Any] = []
    return made if _flatten(members, made, running, 0) else notes.null("flatten(): the lists are nested too deeply")


def _flatten(members: list[Any], made: list[Any], running: Running, depth: int) -> bool:
    running.spend(len(members))
    for member in members:
        if not isinstance(member, list):
            made.append(member)
        elif depth >= DEEPEST or not _flatten(member, made, running, depth + 1):
            return False
    return True


@builtin("sort(list: list, precedes?: function)", running=True)
def sort(running: Running, members: list[Any], precedes: Function | Builtin | None = None) -> list[Any] | None:
    """In the order that `precedes` says, or in the natural one."""
    before: Callable[[Any, Any], Any] = less
    if precedes is not None:
        called = precedes

        def before(left: Any, right: Any) -> Any:
            return invoke(called, [left, right], (), running)

    class Unsorted(Exception):  # noqa: N818 - ends the sorting, never leaves this function
        pass

    def order(left: Any, right: Any) -> int:
        first = before(left, right)
        if not isinstance(first, bool):
            raise Unsorted
        return -1 if first else int(before(right, left) is True)

    running.spend(len(members))
    try:
        return sorted(members, key=cmp_to_key(order))
    except Unsorted:
        return notes.null("sort(): two members have no order")
