"""The acts of the desk: what can be chosen on a case page, which answers each needs, and which document and clock
follow. An act is offered by a trial of the same rules that decide under the lock, so that page and rule never differ.
"""

from __future__ import annotations

from django.utils.translation import gettext as _

from tongban.contexts.cases import actions
from tongban.contexts.cases.core import commands as c
from tongban.contexts.cases.core.granting import has_paper
from tongban.contexts.cases.core.review import OUTCOMES, extension_days
from tongban.contexts.cases.core.state import Act as Kind
from tongban.contexts.cases.core.state import Task
from tongban.contexts.parties import queries as parties
from tongban.contexts.process import queries as process
from tongban.terminals.common.presenters import words
from tongban.terminals.common.presenters.languages import either, language, said
from tongban.terminals.common.trial import TEXT
from tongban.terminals.desk.act import Act, area
from tongban.terminals.desk.acts_automatic import automatic_acts
from tongban.terminals.desk.acts_course import course_acts
from tongban.terminals.desk.acts_discretion import with_discretion
from tongban.terminals.desk.acts_fairness import considered, fairness_acts, intention
from tongban.terminals.desk.acts_special import special_acts
from tongban.terminals.desk.standing import Standing
from tongban.ui import dates
from tongban.ui.forms import Choice, FieldSpec

__all__ = ["Act", "acts"]


def acts(standing: Standing) -> tuple[Act, ...]:
    """Every act of this officer on this case, possible now or not, the task's own first."""
    found: list[Act] = []
    if standing.task is not None:
        found += _of_task(standing, standing.task)
    elif standing.approves:
        found += _decisions(standing, "")
    if standing.leads:
        found += [*automatic_acts(standing), *special_acts(standing)]
    if standing.leads or standing.answers_extension:
        found += _extension(standing)
    found += course_acts(standing)
    found += fairness_acts(standing)
    return tuple(found)


# -- the task of the route ---------------------------------------------------------------------------------------------


def _of_task(standing: Standing, task: Task) -> list[Act]:
    if task.act == Kind.DECIDE:
        return _decisions(standing, task.id)
    return [_opinion(standing, task, outcome) for outcome in OUTCOMES.get(Kind(task.act), ())]


def _opinion(standing: Standing, task: Task, outcome: str) -> Act:
    adverse = outcome in ("fail", "disagree")
    specs = []
    if task.act == Kind.INSPECT:
        specs.append(_second_officer(outcome, standing))
    if outcome == "conditions":
        hint = _("一行写一条，会印在决定书上。")
        specs.append(area(outcome, "conditions", _("附什么条件"), required=True, hint=hint))
    specs.append(area(outcome, "opinion", _("理由") if adverse else _opinion_label(task), required=adverse))
    second = "-" if task.act == Kind.INSPECT else ""
    return Act(
        key=outcome,
        name=words.outcome_words(outcome),
        effect=_opinion_effect(task, adverse=adverse),
        trial=c.CompleteTask(task.id, outcome, TEXT, TEXT, second, second),
        action=actions.complete_task,
        fixed={"task": task.id, "outcome": outcome},
        specs=tuple(specs),
    )


def _opinion_label(task: Task) -> str:
    return _("现场看到了什么") if task.act == Kind.INSPECT else _("意见")


def _opinion_effect(task: Task, *, adverse: bool) -> str:
    if task.act == Kind.INSPECT:
        return _("出现场核查记录，两名核查员署名。照常计时。")
    if adverse:
        return _("写明理由。意见记入本件，最后由主办单位决定；照常计时。")
    return _("意见记入本件，往下走；照常计时。")


def _second_officer(key: str, standing: Standing) -> FieldSpec:
    own = standing.actor.id.removeprefix("officer:")
    others = [one for one in parties.officers(standing.actor.agency) if one.id != own]
    options = tuple(Choice(one.id, f"{either(one.name, one.name_en)}  {one.badge}") for one in others)
    hint = _("现场核查要两名以上工作人员（行政许可法第三十四条）。")
    return FieldSpec(f"{key}-second_officer", _("另一名核查员"), "select", hint=hint, options=options)


# -- the decision ------------------------------------------------------------------------------------------------------


def _decisions(standing: Standing, task: str) -> list[Act]:
    state, item = standing.view.state, standing.view.item
    adverse = any(one.outcome in ("fail", "disagree") for one in state.tasks)
    why = _("有不合格或者不同意的意见，准予要写明理由。") if adverse else ""
    paper = has_paper(item)
    effect = _("出准予许可决定书和%(paper)s，计时停在今天。") if paper else _("出准予许可决定书，计时停在今天。")
    conditions = _("一行写一条，印在决定书和证件上。没有就空着。")
    found = [
        Act(
            key="grant",
            name=words.outcome_words("grant"),
            effect=effect % {"paper": said(item.result.name)} if paper else effect,
            trial=c.Decide(task, "grant", TEXT, TEXT, TEXT),
            action=actions.decide_case,
            fixed={"task": task, "outcome": "grant"},
            specs=(
                area("grant", "conditions", _("附带条件"), required=False, hint=conditions),
                area("grant", "reasons", _("理由"), required=adverse, hint=why),
                *considered(standing, "grant"),
            ),
        ),
        *intention(standing),
        Act(
            key="deny",
            name=words.outcome_words("deny"),
            effect=_("出不予许可决定书，写明依据和复议、诉讼途径。计时停在今天。"),
            trial=c.Decide(task, "deny", TEXT, "", TEXT),
            action=actions.decide_case,
            fixed={"task": task, "outcome": "deny"},
            specs=(
                area("deny", "reasons", _("不予许可的理由"), required=True, rows=5),
                *considered(standing, "deny"),
            ),
        ),
    ]
    return with_discretion(standing, found)


# -- the extension -----------------------------------------------------------------------------------------------------


def _extension(standing: Standing) -> list[Act]:
    extension = standing.view.state.extension
    if extension is None:
        return [_ask_extension(standing)]
    if not standing.answers_extension:
        return []
    days = {"days": _added(standing)}
    return [
        Act(
            key="extend",
            name=_("同意延期"),
            effect=_("出延期告知书，法定期限延长 %(days)s；承诺期限不变，不停表。") % days,
            trial=c.AnswerExtension(True),
            action=actions.answer_extension,
            fixed={"approve": True},
        ),
        Act(
            key="noextend",
            name=_("不同意延期"),
            effect=_("写明理由，期限不变。"),
            trial=c.AnswerExtension(False, TEXT),
            action=actions.answer_extension,
            fixed={"approve": False},
            specs=(area("noextend", "reason", _("理由"), required=True),),
        ),
    ]


def _ask_extension(standing: Standing) -> Act:
    effect = _("报本单位审批人批准，只能延一次；批准后法定期限延长 %(days)s，承诺期限不变。")
    return Act(
        key="ask_extension",
        name=_("提出延期"),
        effect=effect % {"days": _added(standing)},
        trial=c.AskExtension(TEXT),
        action=actions.ask_extension,
        specs=(area("ask_extension", "reason", _("为什么要延期"), required=True),),
    )


def _added(standing: Standing) -> str:
    """How much one extension adds, in the unit of the item's limit."""
    view = standing.view
    days = extension_days(c.Facts(standing.actor, standing.now, process.calendar(), view.item))
    unit = view.item.statutory.unit if view.item.statutory else "workday"
    if unit == "month":
        return _("%(n)s 个月") % {"n": days}
    return dates.days_word(days, language(), working=unit == "workday")
