"""What happened to a version of a route or table, in words."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _

from tongban.foundation.ledger import Recorded
from tongban.terminals.desk.presenters import catalogue_common as common
from tongban.terminals.desk.presenters.catalogue_history import Happened


def history(events: tuple[Recorded, ...]) -> tuple[Happened, ...]:
    """What happened, last first."""
    names = {by: common.person(by) for by in {getattr(one.event, "by", "") for one in events}}
    return tuple(
        Happened(
            one.seq, one.at, names.get(getattr(one.event, "by", ""), ""), _what(one.event.TYPE, one.event),
            _about(one.event), one.hash,
        )
        for one in reversed(events)
    )  # fmt: skip


def _about(event: Any) -> str:
    items = getattr(event, "items", ())
    if items:
        return _("改用它的事项：%(items)s") % {"items": _("、").join(code for code, _number in items)}
    return getattr(event, "note", "")


def _what(kind: str, event: Any) -> str:
    if kind == "model.returned":
        return {
            "department": _("部门审退回"), "legal": _("法制审退回"), "publish": _("政务办退回")
        }.get(event.step, _("退回"))  # fmt: skip
    if kind == "model.superseded":
        return _("由第 %(n)s 版替代") % {"n": event.by_number}
    return {
        "model.drafted": _("开始起草"),
        "model.saved": _("保存"),
        "model.submitted": _("送部门审"),
        "model.department_approved": _("部门审同意"),
        "model.legality_approved": _("法制审同意"),
        "model.published": _("公布"),
        "model.abandoned": _("放弃"),
        "model.loaded": _("由管理员载入并公布"),
    }.get(kind, kind)
