"""Reads of the published lists and of the figures over them: all from the set in force, no statement of their own."""

from __future__ import annotations

from tongban.contexts.catalogue.core import figures as counting
from tongban.contexts.catalogue.core import lists
from tongban.contexts.catalogue.core.figures import Figures
from tongban.contexts.catalogue.core.items import Item
from tongban.contexts.catalogue.core.lists import Line, PowerType, Responsibility
from tongban.contexts.catalogue.queries.listed import beside, items
from tongban.kernel.refusals import NotFound


def listed_items(list_id: str, *, agency: str = "", kind: str = "") -> tuple[Item, ...]:
    """The items on a list, of one organ (agency key) or of one type of power where given.

    Refuses `NotFound` for a list that is not published and a type that is none.
    """
    if list_id not in lists.list_ids(beside()) or (kind and kind not in set(PowerType)):
        raise NotFound
    source = items() if list_id in lists.LINE_LISTS else lists.on_list(list_id, items())
    return tuple(
        item for item in source if (not agency or item.agency == agency) and (not kind or lists.ten_types(item) == kind)
    )


def listed_lines(list_id: str) -> tuple[Line, ...]:
    """The lines of a list whose lines are no items, and those beside the items of the list of fees."""
    return lists.lines(list_id, items(), beside())


def responsibilities(item: Item) -> tuple[Responsibility, ...]:
    """Stage by stage, who answers for an item."""
    return lists.responsibilities(item, beside().duties)


def list_sizes() -> dict[str, int]:
    """How many lines each published list has, in the order of the index."""
    found, around = items(), beside()
    sizes = {}
    for key in lists.list_ids(around):
        if key == "responsibility":
            sizes[key] = sum(1 for item in found if lists.responsibilities(item, around.duties))
        elif key in lists.LINE_LISTS:
            sizes[key] = len(lists.lines(key, found, around))
        else:
            sizes[key] = len(lists.on_list(key, found))
    sizes["fee"] += len(lists.lines("fee", found, around))
    return sizes


def type_sizes() -> dict[str, int]:
    """How many items each of the ten types has, and the public services beside them."""
    sizes = {str(one): 0 for one in PowerType}
    for item in items():
        sizes[lists.ten_types(item)] += 1
    return sizes


def figures() -> Figures:
    """The figures of the whole list."""
    return counting.figures(items())


def figures_by_organ() -> dict[str, Figures]:
    """The figures of each organ, by agency key."""
    return counting.by_organ(items())


def figures_by_level() -> dict[int, Figures]:
    """The figures of each level (T2)."""
    return counting.by_level(items())
