"""Search results: why each was found, how the words were read, and what narrows the list."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext as _

from tongban.contexts.catalogue.core.items import Item
from tongban.contexts.catalogue.core.search import SearchResult
from tongban.terminals.common.presenters.languages import agency_of_item
from tongban.terminals.portal.presenters import items

#: Names of the choices that narrow a search, as they stand in the address.
CHOICES = ("who", "how", "agency")
_WHO: dict[str, Callable[[Item], bool]] = {"natural": items.serves_people, "legal": items.serves_companies}


@dataclass(frozen=True)
class Found:
    """A page of results. `best` stands out, `hits` follow; `facets` narrow; `chosen` can be taken off again."""

    q: str
    count: int
    best: dict[str, Any] | None
    hits: list[dict[str, Any]]
    understood: str
    facets: list[dict[str, Any]]
    chosen: list[dict[str, str]]
    nearby: list[dict[str, str]]


def found(q: str, result: SearchResult, chosen: Mapping[str, str]) -> Found:
    """The result of the words `q`, narrowed by what is `chosen`."""
    every = [hit.item for hit in result.hits]
    kept = [hit for hit in result.hits if all(_fits(hit.item, name, chosen.get(name, "")) for name in CHOICES)]
    rows = [items.row(hit.item) | {"reason": _reason(hit.reasons[0].matched, hit.item, q)} for hit in kept]
    search = reverse("portal:search")
    return Found(
        q=q,
        count=len(rows),
        best=rows[0] if rows else None,
        hits=rows[1:],
        understood=result.understood or "",
        facets=[_facet(q, name, every, chosen) for name in CHOICES] if len(every) > 1 else [],
        chosen=[
            {"href": _address(q, {**chosen, name: ""}), "name": _named(name, value)}
            for name, value in chosen.items()
            if value
        ],
        nearby=[{"href": f"{search}?{urlencode({'q': words})}", "name": words} for words in result.suggestions],
    )


def _fits(item: Item, name: str, value: str) -> bool:
    if not value:
        return True
    if name == "who":
        return _WHO[value](item) if value in _WHO else True
    if name == "how":
        return item.can_be_handled == (value == "online")
    return item.agency == value


def _facet(q: str, name: str, every: Sequence[Item], chosen: Mapping[str, str]) -> dict[str, Any]:
    values = {"who": ["natural", "legal"], "how": ["online", "guide"]}.get(name) or sorted({i.agency for i in every})
    links = []
    for value in values:
        count = sum(1 for item in every if _fits(item, name, value))
        on = chosen.get(name) == value
        if count:
            href = _address(q, {**chosen, name: "" if on else value})
            links.append({"href": href, "name": _named(name, value), "count": count, "on": on})
    legend = {"who": _("给谁办"), "how": _("怎么办"), "agency": _("哪个部门")}[name]
    return {"legend": legend, "links": links}


def _named(name: str, value: str) -> str:
    fixed = {"natural": _("个人"), "legal": _("企业和单位"), "online": _("网上能办"), "guide": _("只有指南")}
    return agency_of_item(value, short=True) if name == "agency" else fixed.get(value, value)


def _address(q: str, chosen: Mapping[str, str]) -> str:
    return f"{reverse('portal:search')}?{urlencode({'q': q, **{k: v for k, v in chosen.items() if v}})}"


def _reason(matched: str, item: Item, q: str) -> str:
    """The phrase of the item that met the words, where it says more than the name does."""
    if matched in (item.name.zh, item.name.en, item.code) or matched == q:
        return ""
    return matched
