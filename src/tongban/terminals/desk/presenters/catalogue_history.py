"""What happened to a version of an item, in words."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from tongban.foundation.ledger import Recorded
from tongban.terminals.desk.presenters import catalogue_common as common


@dataclass(frozen=True)
class Happened:
    """One event of a version in words; the shape of `desk/_history.html`."""

    seq: int
    at: datetime
    who: str
    what: str
    about: str
    fingerprint: str


def history(events: tuple[Recorded, ...]) -> tuple[Happened, ...]:
    """What happened to a version, last first. Repeated saves by one person are one line with their number."""
    names = {by: common.person(by) for by in {getattr(one.event, "by", "") for one in events}}
    found = []
    for one in reversed(events):
        kind = one.event.TYPE
        who, about = names.get(getattr(one.event, "by", ""), ""), _about(one.event)
        found.append(Happened(one.seq, one.at, who, _what(kind, one.event), about, one.hash))
    return tuple(found)


def _about(event: Any) -> str:
    return getattr(event, "note", "") or getattr(event, "reason", "")


def _what(kind: str, event: Any) -> str:
    if kind == "item.draft_returned":
        return {
            "department": _("部门审退回"), "legal": _("法制审退回"), "publish": _("政务办退回")
        }.get(event.step, _("退回"))  # fmt: skip
    if kind == "item.version_scheduled":
        return _("定于 %(day)s 公布") % {"day": event.effective_from}
    if kind == "item.cancellation_scheduled":
        return _("定于 %(day)s 取消") % {"day": event.on}
    if kind == "item.version_superseded":
        return _("由第 %(n)s 版替代") % {"n": event.by_number}
    return {
        "item.drafted": _("开始起草"),
        "item.draft_saved": _("保存"),
        "item.draft_submitted": _("送部门审"),
        "item.department_approved": _("部门审同意"),
        "item.legality_approved": _("法制审同意"),
        "item.version_published": _("公布"),
        "item.cancelled": _("取消"),
        "item.draft_abandoned": _("放弃"),
        "item.loaded": _("由管理员载入并公布"),
        "item.pinned": _("改用新公布的流程或决策表，内容不变"),
        "item.draft_rebased": _("现行版改用新的流程或决策表，草稿随之更新"),
    }.get(kind, kind)
