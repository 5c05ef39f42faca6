"""Search results: why each was found, how the words were read, and what narrows the list."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.http import QueryDict
from django.urls import reverse
from django.utils.translation import gettext as _

from tongban.contexts.catalogue import queries as catalogue
from tongban.contexts.catalogue.core.items import Item
from tongban.contexts.catalogue.core.search import AXES, Axis, Choices, Facet, PackageHit, Reason, SearchResult, Value
from tongban.terminals.common.presenters.languages import agency_of_item, said
from tongban.terminals.portal.presenters import items, topics
from tongban.terminals.portal.presenters.elements import level_words

#: What each axis is called in the address; the rest of a search is `q`, and `exactly` where nothing is to be mended.
PARAMETERS: dict[Axis, str] = {
    "serves": "who", "form": "how", "level": "level", "organ": "agency", "topic": "topic", "nature": "kind",
    "area": "area",
}  # fmt: skip
#: So many values of an axis are shown; beyond, those with fewest items are left out.
_MOST_VALUES = 6
_MOST_CHOSEN = 10


@dataclass(frozen=True)
class Found:
    """A page of results. `best` or `package` stands out, `hits` follow; `facets` narrow; `chosen` can be taken off."""

    q: str
    count: int
    package: dict[str, Any] | None
    best: dict[str, Any] | None
    hits: list[dict[str, Any]]
    understood: str
    literally: str  # address of the same search with nothing mended
    facets: list[dict[str, Any]]
    chosen: list[dict[str, str]]
    nearby: list[dict[str, str]]
    items: list[dict[str, str]]
    moments: list[dict[str, str]]  # where nothing was found: other ways in


def chosen_in(given: QueryDict) -> Choices:
    """What an address chooses on each axis."""
    every = {axis: [value[:40] for value in given.getlist(name) if value] for axis, name in PARAMETERS.items()}
    return {axis: tuple(dict.fromkeys(values))[:_MOST_CHOSEN] for axis, values in every.items() if values}


def found(q: str, result: SearchResult, chosen: Choices) -> Found:
    """The result of the words `q`, narrowed by what is `chosen`."""
    rows = [items.row(hit.item) | {"reason": _reason(hit.reasons[0], hit.item, q)} for hit in result.hits]
    first = result.packages[0] if result.packages and not chosen else None
    search = reverse("portal:search")
    return Found(
        q=q,
        count=result.count,
        package=_package(first) if first else None,
        best=rows[0] if rows and not first else None,
        hits=rows if first else rows[1:],
        understood=result.understood or "",
        literally=_address(q, chosen) + "&exactly=1" if result.understood else "",
        facets=[_facet(q, facet, result.every, chosen) for facet in result.facets if _narrows(facet, result.every)],
        chosen=[
            {"href": _address(q, _toggled(chosen, axis, value)), "name": _named(axis, value)}
            for axis, values in chosen.items()
            for value in values
        ],
        nearby=[{"href": f"{search}?{urlencode({'q': words})}", "name": words} for words in result.suggestions],
        items=[{"href": reverse("portal:guide", args=[one.code]), "name": said(one.name)} for one in result.nearby],
        moments=topics.life(catalogue.items(), company=False) if not result.every else [],
    )


def _package(hit: PackageHit) -> dict[str, Any]:
    package = hit.package
    return {
        "href": reverse("portal:way", args=[package.id]),
        "name": said(package.name),
        "short": said(package.short),
        "count": len(package.items),
        "lead": agency_of_item(package.lead, short=True),
    }


def _narrows(facet: Facet, every: int) -> bool:
    """An axis on which all items have the same value narrows nothing."""
    return any(value.chosen for value in facet.values) or any(0 < value.count < every for value in facet.values)


def _facet(q: str, facet: Facet, every: int, chosen: Choices) -> dict[str, Any]:
    shown = [value for value in facet.values if value.chosen or value.count]
    kept = {value.value for value in sorted(shown, key=lambda one: (not one.chosen, -one.count))[:_MOST_VALUES]}
    return {
        "legend": _axis_words()[facet.axis],
        "links": [_link(q, facet.axis, value, chosen) for value in shown if value.value in kept],
    }


def _link(q: str, axis: Axis, value: Value, chosen: Choices) -> dict[str, Any]:
    return {
        "href": _address(q, _toggled(chosen, axis, value.value)),
        "name": _named(axis, value.value),
        "count": value.count,
        "on": value.chosen,
    }


def _toggled(chosen: Choices, axis: Axis, value: str) -> dict[Axis, tuple[str, ...]]:
    """The choices with one value put in, or taken off where it was."""
    own = tuple(chosen.get(axis, ()))
    changed = tuple(one for one in own if one != value) if value in own else (*own, value)
    return {**{key: tuple(values) for key, values in chosen.items()}, axis: changed}


def _address(q: str, chosen: Mapping[Axis, Sequence[str]]) -> str:
    pairs = [(PARAMETERS[axis], value) for axis in AXES for value in chosen.get(axis, ())]
    return f"{reverse('portal:search')}?{urlencode([('q', q), *pairs])}"


def _axis_words() -> dict[Axis, str]:
    return {
        "serves": _("给谁办"), "form": _("怎么办"), "level": _("在哪一级"), "organ": _("哪个部门"),
        "topic": _("什么主题"), "nature": _("事项性质"), "area": _("管到哪里"),
    }  # fmt: skip


def _named(axis: Axis, value: str) -> str:
    """What a value of an axis is called; a value that no item can have stands for itself."""
    if axis == "organ":
        return agency_of_item(value, short=True)
    if axis == "level":
        return level_words(int(value)) if value.isascii() and value.isdecimal() else value
    if axis == "topic":
        name = topics.topic_names().get(value, value)
        return _("%(topic)s（企业）") % {"topic": name} if value.startswith("corp:") else name
    return {
        "natural": _("个人"), "legal": _("企业和单位"), "online": _("网上能办"), "offline": _("窗口能办"),
        "both": _("网上窗口都能办"), "power": _("行政权力"), "service": _("公共服务"), "country": _("全国"),
        "province_wide": _("跨省通办"), "city_wide": _("跨市通办"), "province": _("全省"), "city": _("全市"),
        "county": _("本区县"), "town": _("本镇街"), "village": _("本村社区"), "graded": _("分级管理"),
    }.get(value, value)  # fmt: skip


def _reason(reason: Reason, item: Item, q: str) -> str:
    """The phrase of the item that met the words, where it says more than the name does."""
    matched = reason.matched
    if reason.kind in ("summary", "code") or matched in (item.name.zh, item.name.en) or matched == q:
        return ""
    return matched
