"""Composition: which kinds of stream there are, which adapter stands behind which port, who does what is due.

The only place that knows both sides of every port. It may reach past a context's door for what only the composition
needs: the kinds of stream (`projections`) and the deferred work (`jobs`).
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from django.conf import settings

from tongban.contexts.cases import jobs as cases
from tongban.contexts.cases.projections import BATCH_KIND, CASE_KIND
from tongban.contexts.catalogue import jobs as catalogue
from tongban.contexts.catalogue.projections import ITEM_VERSION, MODEL_VERSION
from tongban.contexts.documents.core.licence import KIND as LICENCE_KIND
from tongban.contexts.parties.projections import OFFICER, PARTY
from tongban.contexts.process.projections import CALENDAR_YEAR
from tongban.foundation import ledger, time
from tongban.foundation.ledger import worker
from tongban.foundation.ledger.worker import DueCall
from tongban.integrations.clock import MovableClock, RealClock
from tongban.integrations.identity_demo import DemoIdentityProvider
from tongban.kernel.clock import Clock
from tongban.terminals.common.identity import use_identity_provider

KINDS = (CALENDAR_YEAR, PARTY, OFFICER, ITEM_VERSION, MODEL_VERSION, CASE_KIND, BATCH_KIND, LICENCE_KIND)
#: Name of a due row -> who does it, at what moment it is told.
WORK: dict[str, Callable[[DueCall, datetime], None]] = {
    "catalogue.publish": catalogue.publish,
    "catalogue.cancel": catalogue.cancel,
    "case.make_document": cases.make_document,
    "case.issue_licence": cases.issue_licence,
    "case.deem_accepted": cases.deem,
    "case.lapse_supplement": cases.lapse,
    "case.deem_renewed": cases.deem_renewal,
    "case.fire_timer": cases.fire_timer,
    "case.special_overstayed": cases.special_overstayed,
    "case.decide_instantly": cases.decide_instantly,
    "case.draw_sample": cases.draw_sample,
    "case.open_verification": cases.open_verification,
    "batch.file": cases.file_batch,
    "batch.make_document": cases.make_batch_document,
    "calendar.recompute": cases.recompute,
}


def wire() -> None:
    """Connect everything, once per process, when Django is ready."""
    time.set_clock(clock())
    for kind in KINDS:
        ledger.register(kind)
    for name, work in WORK.items():
        worker.handlers[name] = _at_present(work)
    use_identity_provider(DemoIdentityProvider("/demo-identity/", enabled=settings.TONGBAN_DEMO))


def clock() -> Clock:
    """The clock of this installation."""
    return MovableClock(settings.TONGBAN_DATA / "clock") if settings.TONGBAN_CLOCK == "movable" else RealClock()


def _at_present(work: Callable[[DueCall, datetime], None]) -> Callable[[DueCall], None]:
    return lambda call: work(call, max(call.now, time.now()))
