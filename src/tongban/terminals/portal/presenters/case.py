"""The case page: what is going on, what waits for the applicant, the way, the clocks, the papers, the record."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from tongban.contexts.cases.core.state import CaseState, Ending, Material, Phase
from tongban.contexts.cases.core.views import CaseLine, CaseView, Progress
from tongban.terminals.common.presenters import clocks, diagram, history, route, words
from tongban.terminals.common.presenters.languages import agency_name, either, language, said
from tongban.terminals.portal.forms import score_words
from tongban.terminals.portal.presenters import course
from tongban.terminals.portal.presenters.home import item_name
from tongban.ui import dates
from tongban.ui.pictures import FlowPicture, Way, way_text


@dataclass(frozen=True)
class CasePage:
    """Everything the page shows."""

    id: str
    number: str
    item: str
    item_code: str
    applicant: str
    status: words.Status
    title: str
    lead: str
    todo: dict[str, str] | None
    way: Way
    way_lines: tuple[str, ...]
    diagram: FlowPicture | None
    who: dict[str, Any] | None
    clocks: clocks.Clocks
    late: dict[str, Any] | None
    result: dict[str, Any] | None
    papers: list[dict[str, Any]]
    materials: list[dict[str, Any]]
    log: list[dict[str, Any]]
    chain: Sequence[Any]
    total: int
    fingerprint: str
    recorded_at: Any
    receipt: str
    may_withdraw: bool
    may_rate: bool
    rating: str
    over: bool


def page(view: CaseView, today: date) -> CasePage:
    """The case as its applicant sees it on `today`."""
    state = view.state
    found = clocks.clocks_of(view, today)
    drawn = route.way(view, today)
    last = view.history[-1]
    receipt = next((d for d in state.documents if d.kind == "receipt"), None)
    return CasePage(
        id=view.id,
        number=state.number,
        item=said(view.item.name),
        item_code=view.item.code,
        applicant=state.applicant_name,
        status=words.case_status(state, today),
        title=title(state),
        lead=lead(state, today),
        todo=_todo(view),
        way=drawn,
        way_lines=way_text(drawn),
        diagram=diagram.case_diagram(view, today),
        who=_who(state),
        clocks=found,
        late=_late(found.late) if found.late and state.decision is None else None,
        result=_result(view),
        papers=[_paper(view.id, d) for d in state.documents],
        materials=[_material(view, m) for m in state.materials if m.file_id],
        log=[_entry(line) for line in history.lines(view)],
        chain=history.chain(view),
        total=last.seq,
        fingerprint=last.hash[:32],
        recorded_at=last.at,
        receipt=reverse("portal:document", args=[view.id, receipt.file_id]) if receipt else "",
        may_withdraw=state.decision is None and not state.is_over,
        may_rate=state.is_over and state.rating is None,
        rating=score_words().get(state.rating.score, "") if state.rating else "",
        over=state.is_over,
    )


def title(state: CaseState) -> str:
    """What is going on, as the heading."""
    if state.is_over:
        return _over_title(state)
    if state.phase is Phase.CORRECTING:
        return _("要您补材料，补齐了接着办")
    if state.phase in (Phase.SUBMITTED, Phase.PRE_PASSED):
        waits = state.automatic.waiting_since is not None
        return _("收到了，正在按公开的规则判断") if waits else _("收到了，正在看材料齐不齐")
    if state.phase is Phase.GRANTED:
        return _("批准了，正在制证")
    if state.stopped_by is not None:
        return _("正在%(name)s，这几天不计时") % {"name": either(state.stopped_by.name, state.stopped_by.name_en)}
    if course.waiting(state) is not None and not state.open_tasks:
        return _("等您答复，收到以后接着办")
    names = [either(task.name, task.name_en) for task in state.open_tasks]
    return _("正在办：%(names)s") % {"names": _("、").join(names)} if names else _("正在办")


def _over_title(state: CaseState) -> str:
    return {
        Ending.GRANTED: _("办好了，批准了您的申请"),
        Ending.DENIED: _("没有批准，理由和救济办法在下面"),
        Ending.NOT_ACCEPTED: _("没有受理，理由在下面"),
        Ending.NOT_REQUIRED: _("这件事不需要许可，可以直接做"),
        Ending.NOT_COMPETENT: _("这件事不归这里办，告诉您找谁"),
        Ending.WITHDRAWN: _("您已经撤回这件申请"),
        Ending.LAPSED: _("补正期限过了，这件没有办下去"),
    }[state.ending]


def lead(state: CaseState, today: date) -> str:
    """One sentence under the heading."""
    if state.phase in (Phase.SUBMITTED, Phase.PRE_PASSED) and state.notice_due:
        day = dates.day(state.notice_due, language())
        return _("%(day)s前告诉您受理还是要补正；到期没有答复，依法视为受理。") % {"day": day}
    if state.is_over:
        return _over_lead(state)
    due = state.promised_due or state.legal_due
    if due is not None and today > due:
        return _("本该 %(day)s 给您结果。") % {"day": dates.full_day(due, language())}
    if due is not None:
        return _("最迟 %(day)s 给您结果。") % {"day": dates.full_day(due, language())}
    return ""


def _over_lead(state: CaseState) -> str:
    judged = state.automatic.judged
    if state.automatic.granted_at is not None and judged is not None:  # the table's own words, in the page's language
        return " ".join(either(one.zh, one.en) for one in (*judged.reasons, *judged.conditions))
    if state.decision is not None:
        return " ".join(filter(None, (state.decision.reasons, state.decision.conditions)))
    if state.competent_body:
        return _("%(reason)s 请向%(body)s申请。") % {"reason": state.ended_reason, "body": state.competent_body}
    return state.ended_reason


def wanted(view: CaseView) -> list[dict[str, str]]:
    """What the supplement notice asks for: the paper and the officer's own words."""
    if view.state.supplement is None:
        return []
    return [
        {"id": w.material_id, "name": history.material_name(view.item, w.material_id), "reason": w.reason}
        for w in view.state.supplement.wanted
    ]


def _todo(view: CaseView) -> dict[str, str] | None:
    supplement = view.state.supplement
    if view.state.phase is not Phase.CORRECTING or supplement is None:
        return course.todo(view)
    lines = wanted(view)
    names = _("、").join(line["name"] for line in lines)
    reasons = "；".join(line["reason"] for line in lines)
    due = dates.day(supplement.due, language())
    return {
        "title": _("要您补：%(names)s") % {"names": names},
        "words": _("%(officer)s说：“%(words)s”") % {"officer": supplement.by_name, "words": reasons},
        "meta": _("%(day)s前补交。补齐以前不受理，期限还没开始算；只告知这一次。") % {"day": due},
        "href": reverse("portal:supplement", args=[view.id]),
        "button": _("去补材料"),
    }


def _who(state: CaseState) -> dict[str, Any] | None:
    if state.is_over:
        return None
    if state.phase in (Phase.SUBMITTED, Phase.PRE_PASSED) and state.automatic.waiting_since is not None:
        return {"title": _("系统正在按公开的规则判断"), "note": _("不符合规则的转给工作人员"), "links": []}
    if state.phase in (Phase.SUBMITTED, Phase.PRE_PASSED):
        return {"title": _("现在由综合窗口办"), "note": _("看材料齐不齐、符不符合法定形式"), "links": []}
    if state.phase is Phase.CORRECTING:
        return {"title": _("现在等您补材料"), "note": "", "links": []}
    if state.phase is Phase.GRANTED:
        return {"title": _("系统正在制证"), "note": agency_name(state.agency), "links": []}
    tasks = state.open_tasks
    if not tasks:
        return None
    offices = list(dict.fromkeys(agency_name(task.agency) for task in tasks))
    since = dates.moment(min(task.opened_at for task in tasks), language())
    return {
        "title": _("现在由%(offices)s办") % {"offices": _("、").join(offices)},
        "note": _("%(since)s 接手") % {"since": since},
        "links": [],
    }


def _late(days: int) -> dict[str, Any]:
    return {
        "title": _("我们超期了 %(days)s") % {"days": dates.days_word(days, language())},
        "text": _("承诺的日子过了，还没办好。这一件在主办单位的工作台上排在最前面；您也可以打 12345 催办。"),
        "links": [{"href": "tel:12345", "text": _("打 12345")}],
    }


def _result(view: CaseView) -> dict[str, Any] | None:
    """The licence, or what to do against a denial."""
    licence, state = view.state.licence, view.state
    if licence is not None:
        return {
            "title": said(view.item.result.name),
            "text": licence.number,
            "pdf": reverse("portal:document", args=[view.id, licence.file_id]),
            "href": reverse("portal:licence", args=[licence.id]),
        }
    if state.ending in (Ending.DENIED, Ending.NOT_ACCEPTED):
        return {
            "title": _("不服怎么办"),
            "text": _("收到之日起 60 日内可以申请行政复议，或者 6 个月内向人民法院起诉；文书里写明了向谁提。"),
        }
    return None


def _paper(case_id: str, document: Any) -> dict[str, Any]:
    return {
        "href": reverse("portal:document", args=[case_id, document.file_id]),
        "name": history.document_title(document.kind, document.title),
        "number": document.number,
        "at": document.at,
    }


def _material(view: CaseView, material: Material) -> dict[str, Any]:
    return {
        "icon": "doc",
        "name": history.material_name(view.item, material.id),
        "kind": "ok" if material.grade in "AB" else "plain",
        "tag": _("已核原件") if material.grade in "AB" else _("您上传的"),
        "text": f"{material.filename} · {dates.size(material.size)}",
        "links": [
            {
                "href": reverse("portal:material", args=[view.id, material.file_id]),
                "text": _("看"),
            }
        ],
    }


def _entry(line: history.Line) -> dict[str, Any]:
    fingerprint = _("指纹 %(print)s") % {"print": line.fingerprint[:8]}
    return {
        "at": line.at,
        "what": line.what,
        "who": line.who,
        "about": line.about,
        "fingerprint": fingerprint,
        "seq": line.seq,
    }


# -- lists ------------------------------------------------------------------------------------------------------------


def line(found: CaseLine, today: date) -> dict[str, Any]:
    """A case in the list of one's own."""
    status = words.line_status(found, today)
    over = found.phase in (Phase.CLOSED, Phase.DELIVERED)
    due = "" if over else clocks.left_words(found.promised_due or found.legal_due, today)
    return {
        "href": reverse("portal:case", args=[found.id]),
        "name": item_name(found),
        "who": found.applicant_name,
        "number": found.number,
        "status": status,
        "at": found.submitted_at,
        "closed": found.closed_at,
        "due": due,
        "rate": reverse("portal:rate", args=[found.id]) if over and not found.rated else "",
        "over": over,
    }


def lines(found: Iterable[CaseLine], today: date) -> dict[str, list[dict[str, Any]]]:
    """Cases that go on, and cases that are over."""
    shaped = [line(one, today) for one in found]
    return {"running": [x for x in shaped if not x["over"]], "over": [x for x in shaped if x["over"]]}


def progress(found: Progress, today: date) -> dict[str, Any]:
    """What anybody with number and code sees: no names, no papers, no officers' words."""
    view = CaseView(id="", state=found.state, item=found.item, route=None, history=())
    state = found.state
    due = state.promised_due or state.legal_due
    over = state.is_over
    return {
        "number": found.number,
        "item": said(found.item.name),
        "status": words.case_status(state, today),
        "title": title(state),
        "clocks": clocks.clocks_of(view, today),
        "who": _who(state),
        "rows": [
            {"term": _("提交"), "value": _at(state.submitted_at)},
            {"term": _("受理"), "value": _at(state.accepted_at) or _("还没有")},
            {
                "term": _("办结") if over else _("最迟"),
                "value": _over_or_due(state, due),
            },
        ],
    }


def _at(moment: datetime | None) -> str:
    return dates.moment(moment, language()) if moment else ""


def _over_or_due(state: CaseState, due: date | None) -> str:
    if state.is_over and state.closed_at:
        return f"{dates.moment(state.closed_at, language())} · {words.ending_words(state.ending)}"
    return dates.full_day(due, language()) if due else _("受理以后才知道")


# -- the receipt ------------------------------------------------------------------------------------------------------


def receipt(view: CaseView) -> dict[str, Any]:
    """Number, query code and what comes next."""
    state = view.state
    steps = [{"when": _("现在"), "what": _("收件凭证正在生成，几秒后在办件页下载")}]
    if state.automatic.waiting_since is not None:
        steps.append({"when": _("几秒钟内"), "what": _("系统按公开的规则判断：符合的当场准予，其余转给工作人员")})
    if state.is_over:
        steps.append({"when": _("已经办结"), "what": _("结果在办件页上")})
        return _receipt(view, steps)
    if state.notice_due:
        day = _("%(day)s前") % {"day": dates.day(state.notice_due, language())}
        steps.append({"when": day, "what": _("告诉您受理，或者一次说清要补什么；没有答复就视为受理")})
    limit = view.item.promised or view.item.statutory
    if limit is not None:
        when = _("受理后 %(time)s内") % {"time": words.limit_words(limit)} if limit.value else _("受理当天")
        steps.append({"when": when, "what": _("给您结果：%(name)s") % {"name": said(view.item.result.name)}})
    if state.delivery == "window":
        steps.append({"when": _("办好以后"), "what": _("带身份证到窗口领取")})
    return _receipt(view, steps)


def _receipt(view: CaseView, steps: list[dict[str, str]]) -> dict[str, Any]:
    state = view.state
    return {
        "id": view.id,
        "number": state.number,
        "code": state.query_code,
        "item": said(view.item.name),
        "applicant": state.applicant_name,
        "at": state.submitted_at,
        "steps": steps,
        "document": next((d.file_id for d in state.documents if d.kind == "receipt"), ""),
    }
