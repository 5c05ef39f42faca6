"""What happened in a case, told line by line from the ledger's own records."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from tongban.contexts.cases.core import events as e
from tongban.contexts.cases.core.by_table import TABLE
from tongban.contexts.cases.core.views import CaseView
from tongban.contexts.catalogue.core.items import Item
from tongban.contexts.documents.core.acts import TITLES, DocumentKind
from tongban.foundation.ledger.contract import Recorded
from tongban.terminals.common.presenters import words
from tongban.terminals.common.presenters.languages import agency_name, either, said
from tongban.terminals.common.presenters.told import AREAS
from tongban.terminals.common.presenters.told.automatic import by_platform
from tongban.ui import dates
from tongban.ui.pictures import Link


@dataclass(frozen=True)
class Line:
    """One recorded step in words. `fingerprint` is its hash in the ledger, whole."""

    seq: int
    at: datetime
    what: str
    who: str
    fingerprint: str
    about: str = ""  # reasons, opinions, conditions: the officer's own words


def lines(view: CaseView) -> tuple[Line, ...]:
    """The steps of the case, newest first; a step that only moves the route along inside has nothing to say."""
    told = (_line(record, view) for record in reversed(view.history))
    return tuple(line for line in told if line.what)


def chain(view: CaseView) -> tuple[Link, ...]:
    """The last four steps as links of the chain."""
    last: Sequence[Recorded] = view.history[-4:]
    return tuple(Link(record.seq, _short(record.event), record.hash) for record in last)


def _line(record: Recorded, view: CaseView) -> Line:
    of_area = next((found for area in AREAS if (found := area.told(record.event, view)) is not None), None)
    if of_area is not None:
        what, who, about = of_area
    elif isinstance(record.event, e.TaskDone):
        what, who, about = _task_done(record.event, view)
    else:
        what, who, about = _told(record.event, view.item)
    return Line(record.seq, record.at, what, who, record.hash, about)


def _short(event: Any) -> str:
    of_area = next((found for area in AREAS if (found := area.short(event)) is not None), None)
    return of_area or _of_case(event)


def _of_case(event: Any) -> str:
    return {
        e.Submitted: _("交件"),
        e.PreReviewPassed: _("预审"),
        e.MaterialChecked: _("核对原件"),
        e.Accepted: _("受理"),
        e.SupplementAsked: _("缺件"),
        e.SupplementAnswered: _("补齐"),
        e.SupplementLapsed: _("补正逾期"),
        e.NotAccepted: _("不受理"),
        e.RouteAdvanced: _("分办"),
        e.TaskDone: _("审查"),
        e.SpecialStarted: _("停表"),
        e.SpecialEnded: _("恢复"),
        e.ClocksRecomputed: _("改日历"),
        e.ExtensionAsked: _("申请延期"),
        e.ExtensionApproved: _("延期"),
        e.ExtensionRefused: _("不延期"),
        e.Decided: _("决定"),
        e.DocumentIssued: _("出文书"),
        e.LicenceIssued: _("发证"),
        e.Closed: _("办结"),
        e.Delivered: _("送达"),
        e.Withdrawn: _("撤回"),
        e.Rated: _("评价"),
    }[type(event)]


def _told(event: Any, item: Item) -> tuple[str, str, str]:
    """What, who and the words given with it."""
    match event:
        case e.Submitted():
            who = event.received_by_name or event.contact_name
            return _("提交申请（%(way)s）") % {"way": words.channel_words(event.channel)}, who, ""
        case e.PreReviewPassed():
            return _("预审通过"), event.by_name, event.note
        case e.MaterialChecked():
            return _("核对原件：%(name)s") % {"name": material_name(item, event.material_id)}, "", ""
        case e.Accepted():
            if event.deemed:
                return _("五个工作日内没有答复，依法视为受理"), _("按时钟自动记录"), ""
            who = by_platform() if event.by == TABLE else event.by_name
            return _("受理，从次日开始计时"), who, ""
        case e.SupplementAsked():
            names = _("、").join(material_name(item, w.material_id) for w in event.wanted)
            return _("一次性告知补正：%(names)s") % {"names": names}, event.by_name, event.note
        case e.SupplementAnswered():
            return _("补正材料交齐"), "", ""
        case e.SupplementLapsed():
            return _("补正期限到了，没有收到材料"), _("按时钟自动记录"), ""
        case e.NotAccepted():
            return words.ending_words(event.kind), event.by_name, event.reason
        case _:
            return _later(event)


def _task_done(event: e.TaskDone, view: CaseView) -> tuple[str, str, str]:
    task = view.state.task(event.task)
    what = _("%(act)s：%(outcome)s") % {
        "act": either(task.name, task.name_en) if task else words.act_words(event.act),
        "outcome": words.outcome_words(event.outcome),
    }
    about = " ".join(filter(None, (event.opinion, event.conditions)))
    return what, f"{agency_name(event.agency)} · {event.by_name}", about


def _later(event: Any) -> tuple[str, str, str]:
    match event:
        case e.SpecialStarted():
            name = either(event.name, event.name_en)
            what = _("%(name)s开始，停表") if event.stops else _("%(name)s开始，照常计时")
            return what % {"name": name}, event.by_name, event.reason
        case e.SpecialEnded():
            return _("特别程序结束，恢复计时"), event.by_name, event.result
        case e.ClocksRecomputed():
            return _("工作日历有变，期限重新计算"), _("按时钟自动记录"), event.reason
        case e.ExtensionAsked():
            return _("申请延长期限"), event.by_name, event.reason
        case e.ExtensionApproved():
            days = dates.days_word(event.days, get_language())
            return _("批准延长 %(days)s") % {"days": days}, event.by_name, ""
        case e.ExtensionRefused():
            return _("不批准延长"), event.by_name, event.reason
        case e.Decided():
            about = " ".join(filter(None, (event.reasons, event.conditions)))
            by = _("按公布的规则自动决定") if event.by == TABLE else event.by_name
            who = f"{agency_name(event.agency)} · {by}"
            return _("作出决定：%(outcome)s") % {"outcome": words.outcome_words(event.outcome)}, who, about
        case e.DocumentIssued():
            return _("出具文书：%(title)s") % {"title": document_title(event.kind, event.title)}, "", event.number
        case e.LicenceIssued():
            return _("制发证照，签名盖章"), "", event.number
        case _:
            return _ended(event)


def _ended(event: Any) -> tuple[str, str, str]:
    match event:
        case e.Closed():
            return _("办结：%(ending)s") % {"ending": words.ending_words(event.ending)}, "", ""
        case e.Delivered():
            if event.way == "window":
                return _("在窗口领取"), event.to, ""
            return _("送达您的办件页"), "", ""
        case e.Withdrawn():
            return _("申请人撤回"), "", event.reason
        case e.Rated():
            return _("评价：%(score)s 分") % {"score": event.score}, "", event.text
    raise TypeError(type(event))


def material_name(item: Item, material_id: str) -> str:
    """What a material of the item is called."""
    return next((said(m.name) for m in item.materials if m.id == material_id), material_id)


def owed_title(kind: str) -> str:
    """The title of a written act that is still to be made."""
    return document_title(kind, TITLES[DocumentKind(kind)][0])


def document_title(kind: str, title: str) -> str:
    """A written act's title: as issued in Chinese, its kind in English."""
    english = {
        "receipt": _("收件凭证"),
        "supplement": _("补正材料通知书"),
        "acceptance": _("受理通知书"),
        "not_accepted": _("不予受理通知书"),
        "not_competent": _("不受理告知书"),
        "special_notice": _("特别程序所需时间告知书"),
        "extension_notice": _("延期告知书"),
        "grant": _("准予许可决定书"),
        "denial": _("不予许可决定书"),
        "inspection": _("现场核查记录"),
        "licence": _("许可证件"),
        "delivery": _("送达回证"),
        "withdrawal": _("撤回确认书"),
        "intended_adverse": _("陈述申辩权利告知书"),
        "defence_record": _("陈述申辩记录"),
        "interested_notice": _("利害关系人告知书"),
        "minutes": _("集体讨论记录"),
        "recusal": _("回避决定书"),
        "deemed_renewal": _("视为准予延续告知书"),
        "commitment": _("告知承诺书"),
        "table_account": _("自动决定说明书"),
        "review_answer": _("人工复核答复书"),
        "verification": _("承诺核查结果告知书"),
        "visit_notice": _("现场核查通知书"),
        "hearing_right": _("听证告知书"),
        "hearing_notice": _("听证通知书"),
        "hearing_record": _("听证笔录"),
        "expert_review": _("专家评审意见书"),
        "commission": _("检验检测委托书"),
        "public_notice": _("公示"),
        "opinion_request": _("征求意见函"),
    }
    return either(title, english.get(kind, title))
