"""A batch as officers see it: every case with how it stands, and what can be done with several at once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from tongban.contexts.cases import queries
from tongban.contexts.cases.actions.batch.together import Together
from tongban.contexts.cases.core import rights
from tongban.contexts.cases.core.batch.views import BatchView, InBatch
from tongban.contexts.cases.core.state import CaseState, Phase
from tongban.contexts.catalogue.core.items import Item
from tongban.contexts.parties.core import Actor
from tongban.foundation.i18n import say
from tongban.terminals.common.presenters import batch as told
from tongban.terminals.common.presenters.languages import said

#: Refused cases that are named one by one after an act.
MOST_NAMED = 20


@dataclass(frozen=True)
class Offer:
    """One act that can be done with several cases; `text` names a field to type into, "" = none."""

    key: str
    name: str
    effect: str
    ready: int
    field: str = ""
    label: str = ""


def may(state: CaseState, item: Item, actor: Actor) -> str:
    """The act of this page that the case waits for in the actor's hands, "" for none."""
    if state.phase in (Phase.SUBMITTED, Phase.PRE_PASSED) and rights.is_window(actor, state):
        return "accept"
    if state.phase is not Phase.ACCEPTED:
        return ""
    acts = {task.act for task in state.open_tasks if rights.may_do(actor, task)}
    if acts & {"review", "opinion"}:
        return "opine"
    together = item.handling is not None and item.handling.batch is not None and item.handling.batch.decide_together
    return "grant" if "decide" in acts and together else ""


def offers(view: BatchView, actor: Actor) -> list[Offer]:
    """What the actor can do with cases of this page, and with how many of them."""
    waiting = [may(state, view.item, actor) for state in view.states.values()]
    known = {
        "accept": Offer(
            "accept", _("一起受理"), _("每件出一份受理通知书，从明天起计时。要补正的先不勾，进到那一件里办。"), 0
        ),
        "opine": Offer(
            "opine", _("一起出具合格意见"), _("同一份意见记到每一件里。不合格、不同意的，进到那一件里写理由。"), 0,
            "opinion", _("意见"),
        ),
        "grant": Offer(
            "grant", _("一起准予"), _("每件仍然逐件过规则，过不了的列出原因、不签。不予许可的，进到那一件里办。"), 0,
            "conditions", _("附带条件"),
        ),
    }  # fmt: skip
    return [
        Offer(one.key, one.name, one.effect, waiting.count(key), one.field, one.label)
        for key, one in known.items()
        if key in waiting
    ]


def page(view: BatchView, actor: Actor, today: date) -> dict[str, Any]:
    """Context of the batch page of a staff terminal; links are added by the terminal."""
    state = view.state
    assert state.applicant is not None
    open_ = offers(view, actor)
    lines = [told.line(one, view, today) for one in view.lines]
    for one in lines:
        one["may"] = may(view.states[one["id"]], view.item, actor)
    return {
        "batch": view,
        "item": said(view.item.name),
        "applicant": state.applicant.name,
        "count": told.cases_words(len(state.cases) if state.filed_at else state.count),
        "tally": told.tally(view),
        "lines": lines,
        "offers": open_,
    }


def outcome(done: Together, view: BatchView) -> tuple[str, list[str]]:
    """What came of an act: a sentence for what was done, and one for each case that declined."""
    names = {one.case_id: f"{one.row} {one.name}" for one in view.state.cases}
    words = ngettext("办了 %(n)s 件。", "办了 %(n)s 件。", len(done.done)) % {"n": len(done.done)}
    told_ = [
        _("%(who)s：%(why)s") % {"who": names.get(case_id, ""), "why": say(refusal)}
        for case_id, refusal in done.refused[:MOST_NAMED]
    ]
    rest = len(done.refused) - len(told_)
    if rest > 0:
        told_.append(ngettext("还有 %(n)s 件没有办成。", "还有 %(n)s 件没有办成。", rest) % {"n": rest})
    return words if done.done else "", told_


def links(case_ids: Sequence[str], route: str) -> list[dict[str, str]]:
    """The batches that several of the listed cases came in, to act on them together; `route` names the batch page."""
    found: dict[str, list[InBatch]] = {}
    for one in queries.in_batches(case_ids).values():
        found.setdefault(one.batch_id, []).append(one)
    return [
        {
            "href": reverse(route, args=[batch_id]),
            "text": _("批量 %(number)s：这一页有 %(n)s 件，可以一起办") % {"number": ones[0].number, "n": len(ones)},
        }
        for batch_id, ones in found.items()
        if len(ones) > 1
    ]
