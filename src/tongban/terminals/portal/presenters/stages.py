"""Stages with their limits and who answers for them: in the guide, and as the list of responsibilities."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from tongban.contexts.catalogue import queries as catalogue
from tongban.contexts.catalogue.core.items import Item
from tongban.contexts.catalogue.core.lists import Responsibility
from tongban.terminals.common.presenters.languages import agency_of_item, language, said
from tongban.ui import dates

_WORKDAY_HOURS = 8


def stage_words(kind: str) -> str:
    """What a stage of its kind is called."""
    return {
        "receive": _("收件"), "accept": _("受理"), "review": _("审查"), "inspect": _("现场核查"), "decide": _("决定"),
        "close": _("办结"), "deliver": _("送达结果"), "after": _("事后监管"),
    }.get(kind, kind)  # fmt: skip


def hours_words(hours: int) -> str:
    """16 -> 2 个工作日, 4 -> 4 个工作小时, 0 -> nothing of its own."""
    if hours == 0:
        return _("随上一步")
    if hours % _WORKDAY_HOURS == 0:
        return dates.days_word(hours // _WORKDAY_HOURS, language())
    return ngettext("%(n)s 个工作小时", "%(n)s 个工作小时", hours) % {"n": hours}


def stated(item: Item) -> list[dict[str, Any]]:
    """The stages that the item states itself; [] when it states none."""
    return shaped(one for one in catalogue.responsibilities(item) if one.stated)


def shaped(found: Iterable[Responsibility]) -> list[dict[str, Any]]:
    """Lines for a table: stage, limit, organ, post, duty, liability."""
    stages = list(found)
    marks = {one.together for one in stages if one.together}
    return [
        {
            "name": said(one.name) or stage_words(one.kind),
            "together": one.together in marks,
            "time": hours_words(one.hours) if one.stated else "",
            "agency": agency_of_item(one.agency, short=True),
            "position": said(one.position),
            "duty": said(one.duty),
            "liability": said(one.liability),
        }
        for one in stages
    ]
