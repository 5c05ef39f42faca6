"""A decision by a published table as people read it: what it saw, which rule, on which law, and the way to a person."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from tongban.contexts.cases.core.automatic.account import Input, hits, inputs
from tongban.contexts.cases.core.automatic.filing import chose_promise
from tongban.contexts.cases.core.parts.automatic import Automatic, Drawn, Judged, Said
from tongban.contexts.cases.core.state import CaseState
from tongban.contexts.cases.core.views import CaseView, DraftView
from tongban.contexts.catalogue.core.items import Item
from tongban.terminals.common.presenters.languages import either, language, said
from tongban.terminals.common.presenters.told.automatic import why_words
from tongban.ui import dates


@dataclass(frozen=True)
class Account:
    """What the table said of the case. `rules`: "第 2 条"; `tests`: what passed, cell by cell, technically."""

    granted: bool
    title: str
    text: str
    inputs: tuple[tuple[str, str], ...]
    reasons: tuple[str, ...]
    conditions: tuple[str, ...]
    basis: tuple[str, ...]
    rules: tuple[str, ...]
    table: str
    version: str
    digest: str
    at: str


@dataclass(frozen=True)
class Mark:
    """A state beside the account: a review, a sample, a promise. `lamp` is one of the desk's."""

    name: str
    lamp: str
    words: str
    text: str


def before(draft: DraftView) -> dict[str, Any]:
    """What a page that files says of who decides: whether a table may (`instant`), and the `promise` to be signed."""
    handling = draft.item.handling
    assert handling is not None
    offered = handling.commitment if chose_promise(draft.item, draft.values) else None
    given = {one.id for one in draft.materials if one.file_id}
    promise = None if offered is None else {
        "lines": [said(one) for one in offered.promises],
        "basis": offered.basis,
        "days": offered.verify_days,
        "papers": [said(m.name) for m in draft.item.materials if m.need == "tolerable" and m.id not in given],
    }  # fmt: skip
    return {"instant": bool(handling.instant), "promise": promise}


def section(view: CaseView) -> dict[str, Any] | None:
    """The part of a staff page about the table; None for a case that has nothing to do with a table or a promise."""
    own = view.state.automatic
    if not own.reference and own.signed is None:
        return None
    return {
        "account": account(view),
        "why": without_account(view.state),
        "waiting": own.waiting_since is not None,
        "advice": own.granted_at is None and view.state.decision is None,
        "marks": marks(view.state),
    }


def account(view: CaseView) -> Account | None:
    """The account of what a table said; None where none was asked."""
    judged = view.state.automatic.judged
    if judged is None:
        return None
    granted = view.state.automatic.granted_at is not None
    return Account(
        granted=granted,
        title=_("由系统按公开的规则办结") if granted else _("规则看过，转由工作人员办理"),
        text=_granted() if granted else why_words(view.state.automatic.left),
        inputs=tuple(_shown(one) for one in inputs(judged, view.item)),
        reasons=_all(judged.reasons),
        conditions=_all(judged.conditions),
        basis=_all(judged.basis),
        rules=_rules(judged),
        table=judged.name,
        version=_version(view.item, judged),
        digest=judged.digest[:16],
        at=dates.moment(judged.at, language()),
    )


def _granted() -> str:
    return _("规则只能准予，不能拒绝；不符合或者不清楚的，都由工作人员办。您可以要求工作人员说明和复核。")


def _shown(one: Input) -> tuple[str, str]:
    return either(one.name.zh, one.name.en), either(one.value.zh, one.value.en)


def _all(said: tuple[Said, ...]) -> tuple[str, ...]:
    return tuple(either(one.zh, one.en) for one in said)


def _rules(judged: Judged) -> tuple[str, ...]:
    """The rules that hit; a table is named where it is another than the one asked, which the version names."""
    return tuple(
        _("第 %(number)s 条") % {"number": one.rule} if one.table == judged.name
        else _("%(table)s：第 %(number)s 条") % {"table": one.table, "number": one.rule}
        for one in hits(judged)
    )  # fmt: skip


def _version(item: Item, judged: Judged) -> str:
    return _("办事指南第 %(version)s 版所附的规则 %(key)s") % {"version": item.version, "key": judged.reference}


def without_account(state: CaseState) -> str:
    """Why people decide where the item has a table that was not asked; "" where that says nothing."""
    own = state.automatic
    return why_words(own.left) if own.left and own.judged is None else ""


def marks(state: CaseState) -> tuple[Mark, ...]:
    """Promise, verification, sample and review, as far as there are any."""
    own = state.automatic
    found = (_promise(own), _verification(own), _sample(own.drawn), _review(own))
    return tuple(mark for mark in found if mark is not None)


def _promise(own: Automatic) -> Mark | None:
    if own.signed is None:
        return None
    text = " ".join(_all(own.signed.promises))
    return Mark(_("告知承诺"), "y", _("已签 %(at)s") % {"at": dates.moment(own.signed.at, language())}, text)


def _verification(own: Automatic) -> Mark | None:
    found = own.verification
    if found is None:
        return None
    if found.at is None:
        until = _("%(day)s前核查") % {"day": dates.full_day(found.due, language())}
        return Mark(_("核查承诺"), "run", until, "")
    who = _("、").join(filter(None, (found.by_name, found.second_officer_name)))
    text = " ".join(filter(None, (found.findings, who, dates.moment(found.at, language()))))
    if found.outcome == "pass":
        return Mark(_("核查承诺"), "y", _("与承诺相符"), text)
    assert found.correct_by is not None
    words = _("与承诺不符，%(day)s前改正") % {"day": dates.full_day(found.correct_by, language())}
    return Mark(_("核查承诺"), "n", words, text)


def _sample(drawn: Drawn | None) -> Mark | None:
    if drawn is None:
        return None
    how = _("抽签号 %(number)s，小于 %(percent)s 的抽中；由办件编号和记录指纹 %(print)s 算出，谁也不能挑。") % {
        "number": drawn.number,
        "percent": drawn.percent,
        "print": drawn.fingerprint[:16],
    }
    if drawn.due is None:
        return Mark(_("抽查复核"), "ok", _("没有抽中"), how)
    if drawn.rechecked_at is None:
        until = _("抽中，%(day)s前复核") % {"day": dates.full_day(drawn.due, language())}
        return Mark(_("抽查复核"), "run", until, how)
    text = " ".join(filter(None, (drawn.reasons, drawn.by_name, dates.moment(drawn.rechecked_at, language()))))
    if drawn.outcome == "agree":
        return Mark(_("抽查复核"), "y", _("同意规则的结论"), text)
    return Mark(_("抽查复核"), "n", _("不同意规则的结论"), text)


def _review(own: Automatic) -> Mark | None:
    asked = own.asked
    if asked is None:
        return None
    if asked.answered_at is None:
        until = _("%(day)s前答复") % {"day": dates.full_day(asked.due, language())}
        return Mark(_("申请人要求人工复核"), "run", until, asked.reason)
    words = _("维持") if asked.outcome == "confirmed" else _("由工作人员重新处理")
    who = f"{asked.by_name} {dates.moment(asked.answered_at, language())}"
    return Mark(_("申请人要求人工复核"), "y", words, f"{asked.answer} {who}")
