"""The desk's acts on special procedures: start, approve, end; and what is told before a hearing. The steps of each kind
stand in `acts_courses`."""

from __future__ import annotations

from django.utils.translation import gettext as _

from tongban.contexts.cases import actions
from tongban.contexts.cases.core import commands as c
from tongban.contexts.cases.core.parts.special import Procedure, Stage
from tongban.contexts.cases.core.special import commands as s
from tongban.contexts.cases.core.special.opening import cause_of, most_days, offered
from tongban.contexts.cases.core.state import Special
from tongban.contexts.catalogue.core.items import SpecialProcedure
from tongban.kernel.refusals import Refusal
from tongban.terminals.common.presenters.languages import either, said
from tongban.terminals.common.trial import TEXT
from tongban.terminals.desk.act import Act, area
from tongban.terminals.desk.acts_courses import steps
from tongban.terminals.desk.standing import Standing
from tongban.ui.forms import Choice, FieldSpec


def special_acts(standing: Standing) -> list[Act]:
    """Everything this officer of the organ in charge can do with special procedures: those that go on come first."""
    state = standing.view.state
    found: list[Act] = []
    for one in state.procedures:
        stretch = next((x for x in state.specials if x.id == one.id), None)
        if one.stage is Stage.PROPOSED:
            found += _answers(standing, one)
        elif one.stage is Stage.TOLD or stretch is not None:
            found += steps(standing, one, stretch)
    known = {one.id for one in state.procedures}
    found += [_ending(x) for x in state.specials if x.ended_on is None and x.id not in known]  # older ones
    return [*found, *_starts(standing), *_tell_hearing(standing)]


def _answers(standing: Standing, one: Procedure) -> list[Act]:
    if not standing.approves:
        return []
    name = either(one.name, one.name_en)
    effect = _("出所需时间告知书，从今天起停表。") if one.stops else _("出所需时间告知书，照常计时。")
    return [
        Act(
            key=f"approve_{one.id}",
            name=_("批准：%(name)s") % {"name": name},
            effect=effect,
            trial=s.AnswerSpecial(one.id, True),
            action=actions.answer_special,
            fixed={"special": one.id, "approve": True},
        ),
        Act(
            key=f"decline_{one.id}",
            name=_("不批准：%(name)s") % {"name": name},
            effect=_("写明理由，时钟不变。"),
            trial=s.AnswerSpecial(one.id, False, TEXT),
            action=actions.answer_special,
            fixed={"special": one.id, "approve": False},
            specs=(area(f"decline_{one.id}", "reason", _("理由"), required=True),),
        ),
    ]


def _ending(one: Special) -> Act:
    key = f"end_{one.id}"
    effect = _("记下结果，从下一个工作日起恢复计时。") if one.stops else _("记下结果；计时本来没有停。")
    return Act(
        key=key,
        name=_("结束%(name)s") % {"name": either(one.name, one.name_en)},
        effect=effect,
        trial=c.EndSpecial(one.id, TEXT),
        action=actions.end_special,
        fixed={"special": one.id},
        specs=(area(key, "result", _("结果"), required=True),),
    )


def _starts(standing: Standing) -> list[Act]:
    """One act for all: which one, how long, why. What the law does not let stop says so in the list."""
    state = standing.view.state
    taken = {one.cause for one in state.specials if one.ended_on is None}
    taken |= {one.cause for one in state.procedures if one.stage in (Stage.PROPOSED, Stage.TOLD)}
    all_ = offered(standing.view.item)
    free = [one for one in all_ if one.cause not in taken]
    if not all_:
        return []
    shown = free or list(all_)
    return [
        Act(
            key="special",
            name=_("启动特别程序"),
            effect=_("书面告知所需时间；法律说不计入期限的才停表，要本机关负责人批准的，批准后开始。"),
            trial=c.StartSpecial(shown[0].cause, TEXT, 1),
            action=actions.start_special,
            specs=(
                FieldSpec("special-cause", _("哪一种"), "select", options=tuple(_option(one) for one in shown)),
                FieldSpec(
                    "special-planned_days", _("需要几个工作日"), "integer", minimum=1, maximum=_most(shown),
                    unit=_("个工作日"), hint=_("会书面告知申请人（行政许可法第四十五条）。"),
                ),
                area("special", "reason", _("为什么需要"), required=True),
            ),
        )
    ]  # fmt: skip


def _option(one: SpecialProcedure) -> Choice:
    try:
        cause = cause_of(one)
    except Refusal:
        return Choice(one.cause, _("%(name)s · 没有法律依据，不能启动") % {"name": said(one.name)})
    clock = _("停表") if cause.stops else _("照常计时")
    who = _("承办人启动") if cause.approver == "handler" else _("要负责人批准")
    return Choice(one.cause, f"{said(one.name)} · {clock} · {who}")


def _most(shown: list[SpecialProcedure]) -> int:
    found = [1]
    for one in shown:
        try:
            found.append(most_days(one, cause_of(one)))
        except Refusal:
            continue
    return max(found)


def _tell_hearing(standing: Standing) -> list[Act]:
    """The right to a hearing: where the item can have one, and nobody has been told yet."""
    state = standing.view.state
    if not any(one.cause == "hearing" for one in offered(standing.view.item)):
        return []
    if any(one.cause == "hearing" and one.stage is not Stage.REFUSED for one in state.procedures):
        return []
    to = (
        Choice("applicant", _("申请人")),
        Choice("third", _("利害关系人")),
        Choice("both", _("申请人和利害关系人")),
    )
    return [
        Act(
            key="tell_hearing",
            name=_("告知听证权利"),
            effect=_("出听证告知书，五个工作日内可以申请听证；期内不能决定。现在不停表。"),
            trial=s.TellHearing("applicant", TEXT),
            action=actions.tell_hearing,
            specs=(
                FieldSpec("tell_hearing-to", _("告知谁"), "choice", options=to),
                FieldSpec(
                    "tell_hearing-third_parties", _("利害关系人"), required=False,
                    hint=_("告知利害关系人的，写明姓名或者名称。"),
                ),
                area("tell_hearing", "reason", _("为什么告知：拟作的决定和重大利益关系"), required=True),
            ),
        )
    ]  # fmt: skip


__all__ = ["special_acts"]
