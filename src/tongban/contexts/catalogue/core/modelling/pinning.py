"""Which items use a route or table, and what a version of theirs rests on once it goes over to a new one."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from tongban.contexts.catalogue.core import rights
from tongban.contexts.catalogue.core.check.handling import lanes_in_use
from tongban.contexts.catalogue.core.decisions import DecisionFile, pinned
from tongban.contexts.catalogue.core.items import Item
from tongban.contexts.catalogue.core.modelling.events import ModelKind
from tongban.contexts.catalogue.core.modelling.refusals import ModelInUseElsewhere
from tongban.contexts.catalogue.core.versions import ItemVersion
from tongban.contexts.process.core.routes import Route
from tongban.kernel.refusals import Words


def uses(kind: ModelKind, key: str, version: ItemVersion) -> bool:
    """Whether a version of an item is handled on the route, or rests on the table, also by way of another table."""
    if kind == "route":
        return version.item.handling is not None and version.item.handling.route == key
    return key in version.decisions


def users(kind: ModelKind, key: str, versions: Iterable[ItemVersion]) -> tuple[ItemVersion, ...]:
    """Those of `versions` that use it."""
    return tuple(version for version in versions if uses(kind, key, version))


def require_own(key: str, agency: str, using: Iterable[ItemVersion]) -> None:
    """Refuses `ModelInUseElsewhere` where items of others use what `agency` wants to change."""
    others = [version.item.code for version in using if not rights.acts_for(agency, version.item.agency)]
    if others:
        raise ModelInUseElsewhere(key=key, items=", ".join(others))


def lanes_without_agency(item: Item, route: Route) -> Iterator[tuple[str, Words]]:
    """Lanes of `route` that do something and have no organ in `item`: id and name."""
    agencies = item.handling.agencies if item.handling else {}
    names = {lane.id: Words(lane.name, lane.name_en) for lane in route.lanes}
    for lane in sorted(lanes_in_use(route) - agencies.keys()):
        yield lane, names.get(lane, Words(lane, lane))


def rests_on(
    item: Item, route: Route | None, before: Mapping[str, str], files: Mapping[str, DecisionFile], new: str = ""
) -> dict[str, str]:
    """Key -> digest of the tables that `item` rests on when it goes over: those it rested on stay as they were, but for
    the table `new`; those that a new route or table names besides are taken as they are in force."""
    return {
        key: digest if key == new else before.get(key, digest) for key, digest in pinned(item, route, files).items()
    }
