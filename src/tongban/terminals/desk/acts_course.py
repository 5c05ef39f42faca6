"""The desk's acts on the way along the route: answers that it waits for, what a task's holder reports, escalations."""

from __future__ import annotations

from django.utils.translation import gettext as _

from tongban.contexts.cases import actions
from tongban.contexts.cases.core.course import commands as c
from tongban.contexts.cases.core.course.deciding import may_answer
from tongban.contexts.cases.core.parts.course import Awaited, Escalation
from tongban.contexts.cases.core.path import Catch, catches
from tongban.terminals.common.presenters.course import message_name
from tongban.terminals.common.presenters.languages import either
from tongban.terminals.common.trial import TEXT
from tongban.terminals.desk.act import Act, area
from tongban.terminals.desk.standing import Standing


def course_acts(standing: Standing) -> list[Act]:
    """What the route lets this officer do beside their tasks; the rules say of each whether it can be done now."""
    state, route = standing.view.state, standing.view.route
    found: list[Act] = []
    if standing.task is not None and route is not None and standing.running:
        task = standing.task.id
        found += [_report(task, one) for one in catches(route, state.position, task)]
    if standing.running:
        found += [_answer(one) for one in state.awaited if may_answer(standing.actor, one, state)]
    if standing.approves:
        found += [_settle(one) for one in state.escalations if one.settled_at is None]
    return found


def _report(task: str, one: Catch) -> Act:
    name = either(one.event.name, one.event.name_en) or one.code
    key = f"report_{one.event.id}"
    if one.kind == "error":
        title, effect = _("报告办不下去：%(name)s"), _("这一步收回，走流程规定的另一条路；记入本件。")
    elif one.event.interrupting:
        title, effect = _("上报：%(name)s"), _("这一步收回，由上报的去处接着办；记入本件。")
    else:
        title, effect = _("上报：%(name)s"), _("这一步照常办，同时报给流程规定的去处；记入本件。")
    return Act(
        key=key,
        name=title % {"name": name},
        effect=effect,
        trial=c.Report(task, one.kind, one.code, TEXT),
        action=actions.report,
        fixed={"task": task, "kind": one.kind, "code": one.code},
        specs=(area(key, "reason", _("什么情况"), required=True),),
    )


def _answer(one: Awaited) -> Act:
    key = f"message_{one.id}"
    return Act(
        key=key,
        name=_("答复：%(name)s") % {"name": message_name(one)},
        effect=_("答复记入本件，流程往下走。"),
        trial=c.GiveMessage(one.id, TEXT),
        action=actions.give_message,
        fixed={"wait": one.id},
        specs=(area(key, "text", _("答复内容"), required=True),),
    )


def _settle(one: Escalation) -> Act:
    key = f"settle_{one.number}"
    return Act(
        key=key,
        name=_("处置上报：%(name)s") % {"name": either(one.name, one.name_en) or one.code},
        effect=_("写明怎么处置的，记入本件；照常计时。"),
        trial=c.SettleEscalation(one.number, TEXT),
        action=actions.settle_escalation,
        fixed={"number": one.number},
        specs=(area(key, "note", _("怎么处置的"), required=True),),
        afterwards=True,
    )
