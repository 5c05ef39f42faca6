"""The box of discretion on a case page: what the published table says to this case, by which rule and law; and, once
decided, what was chosen."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from django.utils.translation import gettext as _

from tongban.contexts.cases.core.discretion import Advice, advice, matters
from tongban.contexts.cases.core.parts.discretion import Weighed
from tongban.contexts.catalogue.core.items import Discretion
from tongban.kernel.refusals import Refusal
from tongban.terminals.common.presenters.decision_tables import Table, amount, tables
from tongban.terminals.common.presenters.languages import either, said
from tongban.terminals.desk.acts_discretion import open_questions
from tongban.terminals.desk.standing import Standing


@dataclass(frozen=True)
class Box:
    """One matter: the band in words (or what is still to be found), why, the law, the table; `chosen` once decided."""

    name: str
    band: str
    reasons: tuple[str, ...]
    basis: tuple[str, ...]
    tables: tuple[Table, ...]
    chosen: str = ""
    departs: bool = False


def boxes(standing: Standing) -> tuple[Box, ...]:
    """For officers of the organ in charge; () for items without tables of discretion, and before acceptance."""
    view, state = standing.view, standing.view.state
    if not (standing.leads and (standing.running or state.decision is not None)):
        return ()
    decided = {one.id: one for one in state.decision.discretion} if state.decision else {}
    if state.decision is not None and not decided:
        return ()
    found = []
    for matter in matters(view.item):
        weighed = decided.get(matter.id)
        try:
            told = advice(matter, state, view.item, view.decisions, weighed.found if weighed else {}, standing.now)
        except Refusal:
            continue  # the version was published without that table
        found.append(_box(standing, matter, told, weighed))
    return tuple(found)


def _box(standing: Standing, matter: Discretion, told: Advice, weighed: Weighed | None) -> Box:
    names = [said(one.label).rstrip("？?") for one in open_questions(standing, matter)]
    if weighed is not None:
        low, high = _money(weighed.low), _money(weighed.high)
    else:
        low, high = _plain(told.low), _plain(told.high)
    if low and high:
        band = _("按基准：%(low)s 至 %(high)s。") % {"low": low, "high": high}
    else:
        band = _("先查明：%(names)s；填在“准予”那一项里。") % {"names": _("、").join(names)}
    return Box(
        name=said(matter.name),
        band=band,
        reasons=tuple(either(one.zh, one.en) for one in told.judgement.reasons) if low else (),
        basis=tuple(either(one.zh, one.en) for one in told.judgement.grounds) if low else (matter.basis,),
        tables=tables(
            standing.view.decisions, matter.table, standing.view.item, told.judgement if low and high else None
        ),
        chosen=_chosen(weighed),
        departs=weighed is not None and weighed.departs,
    )


def _chosen(weighed: Weighed | None) -> str:
    if weighed is None:
        return ""
    if not weighed.amount:
        return _("决定在基准的幅度以内。")
    text = _("决定的金额：%(amount)s。") % {"amount": _money(weighed.amount)}
    return text + (_("超出基准，理由见决定。") if weighed.departs else "")


def _plain(value: Decimal | None) -> str:
    return "" if value is None else amount(format(value.normalize(), "f"))


def _money(text: str) -> str:
    return amount(text) if text else ""
