"""A trial of the rules: what they would say to a command now. The same function decides under the lock, so that what
a page offers and what is done never differ.
"""

from __future__ import annotations

from datetime import datetime

from tongban.contexts.cases.core.commands import Command, Facts
from tongban.contexts.cases.core.decide import decide
from tongban.contexts.cases.core.views import CaseView
from tongban.contexts.parties.core import Actor
from tongban.contexts.process import queries as process
from tongban.kernel.refusals import Refusal

#: Stands for any answer in a trial.
TEXT = "."


def trial(view: CaseView, command: Command, *, actor: Actor, now: datetime) -> Refusal | None:
    """The refusal that `command` would meet now, or None; nothing is done."""
    calendar = process.calendar()
    facts = Facts(
        actor, now, calendar, view.item, view.route, decisions=view.decisions, route_decisions=view.route_decisions
    )
    try:
        decide(view.state, command, facts)
    except Refusal as refusal:
        return refusal
    return None
