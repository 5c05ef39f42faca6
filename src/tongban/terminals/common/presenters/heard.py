"""Who was heard before the decision, who keeps out, and who voted: the same account on desk and portal."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from tongban.contexts.cases.core.fairness.defence import is_heard
from tongban.contexts.cases.core.parts.fairness import Interested, Meeting, Paper, Recusal
from tongban.contexts.cases.core.state import CaseState
from tongban.terminals.common.presenters.languages import language
from tongban.terminals.common.presenters.told.fairness import intended_words, vote_words
from tongban.ui import dates

Link = Callable[[str], str]  # the address of a file by its id


@dataclass(frozen=True)
class Heard:
    """One entry: what it is, how it stands, what was said."""

    name: str
    lamp: str
    words: str
    text: str
    papers: tuple[tuple[str, str], ...] = ()  # address, name


def heard(state: CaseState, today: date, link: Link, *, inside: bool) -> tuple[Heard, ...]:
    """Notices with their statements, interested parties, recusals and meetings. `inside`: for the staff, who see names
    and ways to reach interested parties."""
    return (
        *_notices(state, today),
        *_statements(state, link),
        *(_interested(one, today, inside=inside) for one in state.interested),
        *_considered(state),
        *(_recusal(one) for one in state.recusals),
        *(_meeting(one, inside=inside) for one in state.meetings),
        *_renewal(state),
    )


def _notices(state: CaseState, today: date) -> list[Heard]:
    found = []
    for place, one in enumerate(state.intended, 1):
        last = place == len(state.intended)
        if one.waived_at is not None:
            lamp, words = "y", _("申请人放弃陈述申辩")
        elif last and not is_heard(state, today) and state.decision is None:
            day = dates.day(one.due, language())
            lamp, words = "run", _("等申请人陈述申辩，到 %(day)s") % {"day": day}
        else:
            lamp, words = "y", _("已听取，或者期限已过")
        text = _("事实：%(facts)s 理由：%(reasons)s 依据：%(basis)s") % {
            "facts": one.facts, "reasons": one.reasons, "basis": one.basis,
        }  # fmt: skip
        found.append(Heard(_("拟作决定：%(outcome)s") % {"outcome": intended_words(one.outcome)}, lamp, words, text))
    return found


def _statements(state: CaseState, link: Link) -> list[Heard]:
    return [
        Heard(
            _("第 %(n)s 次陈述申辩") % {"n": one.id},
            "y",
            _("%(who)s，%(at)s") % {"who": one.by_name, "at": dates.moment(one.at, language())},
            one.text,
            tuple(_paper(paper, link) for paper in one.papers),
        )
        for one in state.statements
    ]


def _paper(paper: Paper, link: Link) -> tuple[str, str]:
    return link(paper.file_id), paper.filename


def _interested(one: Interested, today: date, *, inside: bool) -> Heard:
    name = _("利害关系人 %(n)s") % {"n": one.id} + (f" · {one.name} · {one.contact}" if inside else "")
    if one.stated_at is not None:
        words = _("%(at)s 提出意见") % {"at": dates.moment(one.stated_at, language())}
        return Heard(
            name, "y", words, _("涉及：%(what)s 意见：%(text)s") % {"what": one.interest, "text": one.statement}
        )
    day = dates.day(one.due, language())
    over = today > one.due
    words = _("到期没有提意见") if over else _("可以提意见到 %(day)s") % {"day": day}
    return Heard(name, "ok" if over else "run", words, _("涉及：%(what)s") % {"what": one.interest})


def _considered(state: CaseState) -> list[Heard]:
    """What the decision says of it."""
    decision = state.decision
    if decision is None or not decision.considered:
        return []
    return [Heard(_("决定怎样考虑这些意见"), "y", decision.by_name, decision.considered)]


def _recusal(one: Recusal) -> Heard:
    words = {
        None: _("等审批人决定；决定以前照常办理"),
        True: _("%(who)s决定回避") % {"who": one.decided_by_name},
        False: _("%(who)s决定不回避") % {"who": one.decided_by_name},
    }[one.granted]
    lamp = {None: "run", True: "y", False: "n"}[one.granted]
    text = " ".join(filter(None, (one.reason, one.answer)))
    return Heard(_("回避：%(name)s") % {"name": one.officer_name}, lamp, words, text)


def _meeting(one: Meeting, *, inside: bool) -> Heard:
    votes = _("、").join(f"{vote.name} {vote_words(vote.vote)}" for vote in one.votes)
    counted = _("%(n)s 人表决") % {"n": len(one.votes)}
    name = _("集体讨论 %(day)s") % {"day": dates.full_day(one.on, language())}
    text = f"{one.discussion} {votes}" if inside else counted
    return Heard(name, "y" if one.outcome else "w", vote_words(one.outcome), text)


def _renewal(state: CaseState) -> list[Heard]:
    one = state.renewal
    if one is None:
        return []
    day = dates.full_day(one.valid_to, language())
    text = _("原证 %(number)s，有效期到 %(day)s") % {"number": one.number, "day": day}
    if one.deemed_at is not None:
        return [Heard(_("延续"), "y", _("到期没有决定，依法视为准予延续"), text)]
    if one.late:
        return [Heard(_("延续"), "w", _("离到期不满三十日才申请，到期没有决定的不能视为准予"), text)]
    if state.decision is not None:
        return [Heard(_("延续"), "y", _("到期以前作出了决定"), text)]
    return [Heard(_("延续"), "run", _("到期没有决定的，依法视为准予延续"), text)]
