"""Items on lists and in the guide."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from tongban.contexts.catalogue.core.items import Item, Material, Prerequisite
from tongban.terminals.common.presenters import words
from tongban.terminals.common.presenters.languages import agency_of_item, said

_ICONS = {
    "market": "shop", "health": "heart", "fire": "alert", "cityadmin": "sign", "forestry": "plan", "housing": "house",
    "planning": "plan", "ecology": "drop", "transport": "car", "culture": "list", "education": "school",
    "police": "id", "traffic-police": "car", "water": "drop", "civil": "baby", "hrss": "card", "housing-fund": "coin",
    "finance": "coin", "medical-insurance": "heart", "trade-centre": "coin", "devreform": "plan",
}  # fmt: skip


def icon(item: Item) -> str:
    """The line icon of the organ in charge."""
    return _ICONS.get(item.agency, "office")


def serves_people(item: Item) -> bool:
    return 1 in item.serves


def serves_companies(item: Item) -> bool:
    return bool(set(item.serves) & {2, 3, 4, 5, 6})


def tile(item: Item) -> dict[str, str]:
    """An item for `ui/tile.html`."""
    return {
        "href": reverse("portal:guide", args=[item.code]),
        "icon": icon(item),
        "name": said(item.name),
        "note": f"{words.visits_words(item.visits)} · {words.time_words(item)}",
    }


def row(item: Item) -> dict[str, Any]:
    """An item in a list: name, short version, what it takes."""
    return {
        "href": reverse("portal:guide", args=[item.code]),
        "name": said(item.name),
        "short": said(item.short),
        "meta": [
            words.power_words(item.power),
            agency_of_item(item.agency, short=True),
            words.time_words(item),
            _("不收费") if not item.fee.charged else _("收费"),
        ],
        "online": item.can_be_handled,
    }


def by_department(found: Iterable[Item]) -> list[dict[str, Any]]:
    """Items under their organs, the organ with most items first."""
    groups: dict[str, list[Item]] = {}
    for item in found:
        groups.setdefault(item.agency, []).append(item)
    ordered = sorted(groups.items(), key=lambda pair: (-len(pair[1]), pair[0]))
    return [
        {"key": key, "name": agency_of_item(key), "items": [row(item) for item in sorted(members, key=_handled_first)]}
        for key, members in ordered
    ]


def _handled_first(item: Item) -> tuple[bool, str]:
    return (not item.can_be_handled, item.code)


# -- who brings what, what comes first --------------------------------------------------------------------------------


def who_brings(material: Material) -> tuple[str, str, str]:
    """Class and words of the tag that says who brings a material, and its icon."""
    if material.source == "generated":
        return "ok", _("自动填好"), "doc"
    if material.source == "government" or material.need == "exempt":
        return "ok", _("不用交"), "card"
    if material.need == "tolerable":
        return "plain", _("可以后补"), "clock"
    if material.when or material.need == "situational":
        return "plain", _("看情况交"), "list"
    return "wait", _("您交"), "upload"


def groups(prerequisite: Prerequisite) -> tuple[Prerequisite, ...]:
    """An all-of group as its members, each of which must be met; any other group whole."""
    if prerequisite.mode == "any" or prerequisite.when:
        return (prerequisite,)
    return tuple(Prerequisite("all", (code,)) for code in prerequisite.items) + prerequisite.groups
