"""The desk's acts of fair procedure: hear before denying, inform others, discuss together, keep out."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.utils.translation import gettext as _

from tongban.contexts.cases import actions
from tongban.contexts.cases.core.fairness import commands as f
from tongban.contexts.cases.core.fairness.defence import defence_days, is_open
from tongban.contexts.cases.core.fairness.meeting import LEAST_MEMBERS, VOTES
from tongban.contexts.cases.core.papers import bases
from tongban.contexts.cases.core.parts.fairness import Interested, Recusal, Vote
from tongban.contexts.cases.core.state import Act as Kind
from tongban.contexts.parties import queries as parties
from tongban.contexts.parties.core.organisation import Officer
from tongban.terminals.common.presenters.languages import either, language
from tongban.terminals.common.presenters.told.fairness import vote_words
from tongban.terminals.common.trial import TEXT
from tongban.terminals.desk.act import Act, area
from tongban.terminals.desk.standing import Standing
from tongban.ui import dates
from tongban.ui.forms import Choice, FieldSpec


def fairness_acts(standing: Standing) -> list[Act]:
    """What stands beside the task: others to hear, a meeting, recusals to ask for and to decide."""
    state = standing.view.state
    found = [act for one in state.recusals if one.granted is None for act in _decide_recusal(one)]
    if standing.speaks:
        found += [_write_down(one) for one in state.interested if one.stated_at is None]
        found += [_inform(standing)]
    if standing.approves:
        found += [_meeting(standing)]
    return [*found, _recuse(standing)]


def intention(standing: Standing) -> list[Act]:
    """The step before a denial: tell the applicant and hear them. It comes with the decision, when all opinions are
    in; while a notice runs there is nothing to tell."""
    ready = standing.task is not None and standing.task.act == Kind.DECIDE
    if not ready or is_open(standing.view.state, standing.today):
        return []
    item = standing.view.item
    own = _("、").join(bases(item))
    days = dates.days_word(defence_days(item), language())
    return [
        Act(
            key="intend",
            name=_("拟不予许可：先听取陈述申辩"),
            effect=_("出陈述申辩权利告知书，申请人有 %(days)s说明；照常计时，不停表。") % {"days": days},
            trial=f.NotifyIntention("deny", TEXT, TEXT, TEXT),
            action=_with_basis(own),
            specs=(
                area("intend", "facts", _("查明的事实"), required=True, hint=_("一行写一条。")),
                area("intend", "reasons", _("拟不予许可的理由"), required=True),
                area(
                    "intend", "basis", _("依据"), required=False, rows=2,
                    hint=_("不写就用事项的依据：%(own)s") % {"own": own} if own else "",
                ),
            ),
        )
    ]  # fmt: skip


def _with_basis(own: str) -> Callable[..., object]:
    """The notice with the basis typed, else the item's own."""

    def act(*, basis: str, **given: Any) -> object:
        return actions.notify_intention(outcome="deny", basis=basis.strip() or own, **given)

    return act


def considered(standing: Standing, key: str) -> tuple[FieldSpec, ...]:
    """Where somebody was heard, the decision says how it was dealt with."""
    state = standing.view.state
    others = any(one.stated_at is not None for one in state.interested)
    if not others and (key != "deny" or not state.statements):
        return ()
    hint = _("逐条写明采纳不采纳、为什么；会印在决定书上。")
    return (area(key, "considered", _("陈述申辩和意见的考虑"), required=True, hint=hint),)


# -- interested parties ------------------------------------------------------------------------------------------------


def _inform(standing: Standing) -> Act:
    days = dates.days_word(defence_days(standing.view.item), language())
    return Act(
        key="inform",
        name=_("告知利害关系人"),
        effect=_("出利害关系人告知书，附意见码；对方有 %(days)s提意见，到期或者收到以后才能决定。照常计时。")
        % {"days": days},
        trial=f.InformInterested(TEXT, TEXT, TEXT, TEXT),
        action=actions.inform_interested,
        specs=(
            FieldSpec("inform-name", _("谁"), max_length=100, hint=_("个人、单位，或者例如“3 号楼业主”。")),
            FieldSpec("inform-contact", _("怎么联系"), max_length=200, hint=_("电话或者地址，只有工作人员看得到。")),
            area("inform", "interest", _("涉及什么重大利益"), required=True),
        ),
    )


def _write_down(one: Interested) -> Act:
    key = f"hear_{one.id}"
    return Act(
        key=key,
        name=_("记下利害关系人的意见"),
        about=one.name,
        effect=_("对方当面或者打电话说的，照原话记下。"),
        trial=f.HearInterested(one.id, TEXT),
        action=actions.write_down_interested,
        fixed={"interested": one.id},
        specs=(area(key, "text", _("对方说了什么"), required=True),),
    )


# -- the meeting -------------------------------------------------------------------------------------------------------


def _meeting(standing: Standing) -> Act:
    officers = parties.officers(standing.actor.agency)
    fields = tuple(_vote(place, one) for place, one in enumerate(officers))
    return Act(
        key="meeting",
        name=_("记录集体讨论"),
        effect=_("出集体讨论记录；至少 %(n)s 人表决，过半数的意见就是结果，签发的决定要和它一致。")
        % {"n": LEAST_MEMBERS},
        trial=f.HoldMeeting(standing.today, TEXT, TEXT, _trial_votes()),
        action=_hold(officers),
        specs=(
            FieldSpec("meeting-on", _("哪一天"), "date"),
            FieldSpec("meeting-place", _("地点"), max_length=100),
            area("meeting", "discussion", _("讨论了什么"), required=True, rows=4),
            *fields,
        ),
    )


def _trial_votes() -> tuple[Vote, ...]:
    return tuple(Vote(str(place), "", "grant") for place in range(LEAST_MEMBERS))


def _vote(place: int, one: Officer) -> FieldSpec:
    options = tuple(Choice(vote, vote_words(vote)) for vote in VOTES)
    name = _("%(name)s怎么表决") % {"name": either(one.name, one.name_en)}
    return FieldSpec(f"meeting-vote_{place}", name, "select", required=False, options=options, hint=_("没出席就空着。"))


def _hold(officers: tuple[Officer, ...]) -> Callable[..., object]:
    """The meeting with the votes of those who were there."""

    def act(**given: Any) -> object:
        votes = {one.id: given.pop(f"vote_{place}", "") for place, one in enumerate(officers)}
        present = {officer: vote for officer, vote in votes.items() if vote}
        return actions.hold_meeting(votes=present, **given)

    return act


# -- recusal -----------------------------------------------------------------------------------------------------------


def _recuse(standing: Standing) -> Act:
    actor = standing.actor
    return Act(
        key="recuse",
        name=_("我要回避"),
        effect=_("和申请人有亲属或者利害关系的，报本单位另一名审批人决定；决定回避以后，您看不到也不能再办这件。"),
        trial=f.AskRecusal(actor.id, actor.name, actor.agency, TEXT),
        action=actions.ask_recusal,
        specs=(area("recuse", "reason", _("为什么要回避"), required=True),),
    )


def _decide_recusal(one: Recusal) -> list[Act]:
    yes, no = f"recuse_yes_{one.id}", f"recuse_no_{one.id}"
    name = {"name": one.officer_name}
    return [
        Act(
            key=yes,
            name=_("同意%(name)s回避") % name,
            effect=_("出回避决定书；这名工作人员不再参加本件，任务留给本单位同一角色的人。"),
            trial=f.DecideRecusal(one.id, True),
            action=actions.decide_recusal,
            fixed={"recusal": one.id, "grant": True},
            specs=(area(yes, "answer", _("说明"), required=False),),
        ),
        Act(
            key=no,
            name=_("不同意%(name)s回避") % name,
            effect=_("出回避决定书，写明理由；这名工作人员照常办理。"),
            trial=f.DecideRecusal(one.id, False, TEXT),
            action=actions.decide_recusal,
            fixed={"recusal": one.id, "grant": False},
            specs=(area(no, "answer", _("理由"), required=True),),
        ),
    ]
