"""What the worker does for a case: make the papers that acts owe, and let the clock act. Idempotent and thin."""

from __future__ import annotations

import time
import uuid
from datetime import datetime

from tongban.contexts.cases.actions import automatic as by_table
from tongban.contexts.cases.actions import (
    continue_filing,
    course,
    deem_accepted,
    deem_renewed,
    lapse_supplement,
    mark_overstayed,
)
from tongban.contexts.cases.actions.recomputing import recompute_clocks
from tongban.contexts.cases.actions.running import run
from tongban.contexts.cases.core.batch.papers import receipt_facts
from tongban.contexts.cases.core.batch.stream import RecordBatchPaper
from tongban.contexts.cases.core.commands import Facts, RecordDocument, RecordLicence
from tongban.contexts.cases.core.papers import Around, Remedies, facts_for, licence_order
from tongban.contexts.cases.core.state import CaseState, Phase
from tongban.contexts.cases.projections import BATCH_KIND, CASE_KIND
from tongban.contexts.cases.queries.states import state_of
from tongban.contexts.catalogue import queries as catalogue
from tongban.contexts.documents import actions as documents
from tongban.contexts.documents.core.acts import Organ
from tongban.contexts.parties import queries as parties
from tongban.contexts.parties.core import system
from tongban.contexts.process import queries as process
from tongban.contexts.process.actions import record_recomputed
from tongban.foundation import ledger
from tongban.foundation.ledger.worker import DueCall

PAPERS, CALENDAR = system("papers"), system("calendar")


def make_document(call: DueCall, now: datetime) -> None:
    """Issue one owed document and record it. A repeat finds nothing owed and does nothing."""
    state = state_of(call.stream_id)
    owed = next((o for o in state.owed if o.key == call.args["key"]), None)
    if owed is None:
        return
    item = catalogue.version(state.item_code, state.item_version).item
    around = Around(item=item, remedies=_remedies(state))
    issued = documents.issue_document(
        owed.kind,
        facts_for(state, owed, around),
        agency=organ(state.agency),  # a window acts in the name of the organ in charge (行政许可法 26)
        actor=PAPERS,
        request_id=call.request_id,
        now=now,
    )
    command = RecordDocument(owed.key, owed.kind, issued.number, issued.title, issued.file_id, issued.sha256)
    run(call.stream_id, command, actor=PAPERS, request_id=_second(call), now=now)


def issue_licence(call: DueCall, now: datetime) -> None:
    """Issue the licence of a granted case and record it, which closes the case."""
    state = state_of(call.stream_id)
    if state.licence is not None or state.phase is not Phase.GRANTED:
        return
    item = catalogue.version(state.item_code, state.item_version).item
    order = licence_order(call.stream_id, state, item, organ(state.agency))
    licence = documents.issue_licence(order, actor=PAPERS, request_id=call.request_id, now=now)
    command = RecordLicence(licence.id, licence.number, licence.token, licence.file_id, licence.sha256)
    run(call.stream_id, command, actor=PAPERS, request_id=_second(call), now=now)


def deem(call: DueCall, now: datetime) -> None:
    """Nobody answered in five working days (行政许可法 32(4))."""
    deem_accepted(case_id=call.stream_id, request_id=call.request_id, now=now)


def lapse(call: DueCall, now: datetime) -> None:
    """The supplement was not handed in in time."""
    lapse_supplement(case_id=call.stream_id, request_id=call.request_id, now=now)


#: By then no process answers with the old calendar, and no transaction that began with it is still open.
SETTLED = process.FRESH_SECONDS + 1.0
#: Threads that recompute: while one decides, the database writes for the other.
HANDS = 2


def recompute(call: DueCall, now: datetime) -> None:
    """The calendar of a year changed: every open case counts its dates anew, and the year notes what that came to.

    Twice: what moved while other processes still held the old calendar is looked at again when none can any more.
    """
    year, reason = int(call.args["year"]), str(call.args["source"])
    until = time.monotonic() + SETTLED
    found = recompute_clocks(year=year, reason=reason, now=now, hands=HANDS)
    time.sleep(max(0.0, until - time.monotonic()))
    again = recompute_clocks(year=year, reason=reason, now=now, moved=(call.at, now))
    record_recomputed(
        year,
        change=int(call.args["change"]),
        cases=found.cases,
        changed=found.changed + again.changed,
        refused=found.refused + again.refused,
        actor=CALENDAR.id,
        now=now,
        request_id=call.request_id,
    )


def _second(call: DueCall) -> str:
    """A request id for the second command that one due call gives, stable over repeats."""
    return str(uuid.uuid5(uuid.NAMESPACE_URL, f"record:{call.request_id}"))


def organ(key: str) -> Organ:
    """An agency as its papers name it."""
    agency = parties.agency(key)
    return Organ(key=agency.key, name=agency.name.zh, name_en=agency.name.en, credit_code=agency.credit_code)


def _remedies(state: CaseState) -> Remedies:
    """Reconsideration lies with the people's government of the same level (行政复议法 24); the court is the place's."""
    government = parties.resolve_agency("government", state.division)
    court = parties.resolve_agency("court", state.division)
    return Remedies(review_organ=government.name.zh, court=court.name.zh)


def file_batch(call: DueCall, now: datetime) -> None:
    """File the rows of a batch that its request left; a repeat finds the rows that are still there."""
    continue_filing(batch_id=call.stream_id, now=now)


def make_batch_document(call: DueCall, now: datetime) -> None:
    """Issue the receipt of a batch, which names every case, and record it. A repeat finds nothing owed."""
    state = ledger.load(BATCH_KIND, call.stream_id)
    if state is None or all(owed.key != call.args["key"] for owed in state.owed):
        return
    item = catalogue.version(state.item_code, state.item_version).item
    cases = ledger.load_many(CASE_KIND, [one.case_id for one in state.cases])
    issued = documents.issue_document(
        call.args["key"],
        receipt_facts(state, item, {key: case.query_code for key, case in cases.items()}),
        agency=organ(state.agency),
        actor=PAPERS,
        request_id=call.request_id,
        now=now,
    )
    key = call.args["key"]
    ledger.execute(
        BATCH_KIND,
        call.stream_id,
        RecordBatchPaper(key, key, issued.number, issued.title, issued.file_id, issued.sha256),
        facts=Facts(actor=PAPERS, now=now, calendar=process.calendar(), item=item),
        actor=PAPERS.id,
        principal="",
        request_id=_second(call),
        now=now,
    )


def decide_instantly(call: DueCall, now: datetime) -> None:
    """Filed for a table to decide: it grants, or leaves the case to people."""
    by_table.decide_instantly(case_id=call.stream_id, request_id=call.request_id, now=now)


def draw_sample(call: DueCall, now: datetime) -> None:
    """A table granted: the case is drawn for a re-check, or not."""
    by_table.draw_sample(case_id=call.stream_id, request_id=call.request_id, now=now)


def open_verification(call: DueCall, now: datetime) -> None:
    """Granted on a promise: it is to be verified."""
    by_table.open_verification(case_id=call.stream_id, request_id=call.request_id, now=now)


def special_overstayed(call: DueCall, now: datetime) -> None:
    """A special procedure takes longer than its own limit (TL9)."""
    mark_overstayed(case_id=call.stream_id, special=call.args["special"], request_id=call.request_id, now=now)


def fire_timer(call: DueCall, now: datetime) -> None:
    """A timer of the route comes, unless it was worked out anew or what it waited for was done first."""
    timer, version = str(call.args["timer"]), int(call.args["version"])
    course.fire_timer(case_id=call.stream_id, timer=timer, version=version, request_id=call.request_id, now=now)


def deem_renewal(call: DueCall, now: datetime) -> None:
    """A licence expired before its renewal was decided (行政许可法 50(2))."""
    deem_renewed(case_id=call.stream_id, request_id=call.request_id, now=now)
