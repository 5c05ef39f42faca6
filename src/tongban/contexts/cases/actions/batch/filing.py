"""Filing a batch: rows that are in order become cases, fifty in a transaction; the rest stays in the draft.

First transaction: the rows are marked and the batch is opened; from then on everybody in it counts as received. Then
each chunk of rows becomes cases in one transaction that also takes the rows away, so that a crash anywhere leaves
nothing half done: whoever goes on, the request again or the worker, finds the rows that are still there.
"""

from __future__ import annotations

import secrets
import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

import msgspec
from django.db import connection, transaction

from tongban.contexts.cases.actions.filing import agencies, task_code_of
from tongban.contexts.cases.actions.running import principal_of, remember_version
from tongban.contexts.cases.core.batch.refusals import NothingToFile
from tongban.contexts.cases.core.batch.sheet.columns import person_of
from tongban.contexts.cases.core.batch.state import BatchCase, BatchState
from tongban.contexts.cases.core.batch.stream import AT_ONCE, CloseFiling, OpenBatch
from tongban.contexts.cases.core.commands import Applicant, Facts, Submit
from tongban.contexts.cases.core.state import Material
from tongban.contexts.cases.models import BatchDraft, Batched, BatchRow
from tongban.contexts.cases.projections import BATCH_KIND, CASE_KIND
from tongban.contexts.catalogue import queries as catalogue
from tongban.contexts.catalogue.core.versions import ItemVersion
from tongban.contexts.parties import queries as parties
from tongban.contexts.parties.core import Actor, system
from tongban.contexts.process import queries as process
from tongban.foundation import ledger
from tongban.foundation.ledger.contract import Order, Read
from tongban.kernel.clock import CHINA
from tongban.kernel.codes import case_number, citizen_id
from tongban.kernel.refusals import NotFound, Refusal

from .drafts import own

#: Cases in one transaction.
CHUNK = 50
FILER = system("batch")

_TAKE = "DELETE FROM cases_batch_row WHERE draft = %s AND place = %s AND batch = %s RETURNING place"


@dataclass(frozen=True)
class BatchDone:
    """A batch that was filed: its id, and whether all its cases are there already."""

    batch_id: str
    complete: bool


class _RowMovedError(Exception):
    """Somebody else is filing the same rows at this moment."""


def file_batch(*, draft_id: str, request_id: str, actor: Actor, now: datetime) -> BatchDone:
    """File every row that is in order; the others stay in the draft. Records BatchOpened, Submitted for each case,
    BatchFiled. A repeat of `request_id` goes on where the first stopped, and files nobody twice.

    Refuses NotFound, NothingToFile, NotAllowed, ItemChanged. More rows than `AT_ONCE` are filed by the worker.
    """
    now = now.astimezone(CHINA)
    batch_id = ledger.stream_id_for(request_id, f"batch:{draft_id}:{actor.id}")
    if ledger.load(BATCH_KIND, batch_id) is None:
        _open(draft_id, batch_id, request_id=request_id, actor=actor, now=now)
    state = ledger.load(BATCH_KIND, batch_id)
    assert state is not None
    if state.count > AT_ONCE:
        return BatchDone(batch_id, state.filed_at is not None)
    return BatchDone(batch_id, continue_filing(batch_id=batch_id, now=now))


@transaction.atomic
def _open(draft_id: str, batch_id: str, *, request_id: str, actor: Actor, now: datetime) -> None:
    draft = own(draft_id, actor)
    published = catalogue.version(draft.item_code, draft.item_version)
    count = BatchRow.objects.filter(draft=draft.id, batch=None, ready=True).update(batch=batch_id)
    if not draft.answered or not count:
        raise NothingToFile
    agency, lanes = agencies(published.item, draft.division)
    command = _opening(draft, count, actor)
    current = catalogue.current_version_read(draft.item_code)

    def facts(rows: Mapping[str, tuple[Any, ...] | None]) -> Facts:
        found, number = rows["current"], rows["number"]
        assert number is not None
        return Facts(
            actor=actor,
            now=now,
            calendar=process.calendar(),
            item=published.item,
            number=f"PL{now:%Y%m%d}{number[0]:05d}",
            current_version=(found[0] if found else 0) or 0,
            lanes=lanes,
            agency=agency,
        )

    ledger.execute(
        BATCH_KIND,
        batch_id,
        command,
        facts=facts,
        reads=(Read("current", current.sql, current.params), ledger.next_number(f"batch:{now:%Y%m%d}")),
        actor=actor.id,
        principal=command.principal,
        request_id=f"{request_id}:batch",
        now=now,
    )


def _opening(draft: BatchDraft, count: int, actor: Actor) -> OpenBatch:
    applicant = _applicant(draft, actor)
    return OpenBatch(
        draft=str(draft.id),
        applicant=applicant,
        item_version=draft.item_version,
        division=draft.division,
        values=draft.values,
        materials=msgspec.convert(draft.materials, tuple[Material, ...]),
        count=count,
        channel=draft.channel,
        principal=principal_of(actor, applicant.party),
    )


def _applicant(draft: BatchDraft, actor: Actor) -> Applicant:
    principal = str(draft.principal)
    party = actor.principal(principal) or parties.party(principal, actor=actor)
    return Applicant(
        party=principal,
        kind=party.kind,
        name=party.name,
        number=party.id_number_masked,
        person=draft.person,
        contact_name=str(draft.values.get("contact_name") or draft.contact_name),
        contact_phone=str(draft.values.get("contact_phone") or draft.contact_phone),
    )


def continue_filing(*, batch_id: str, now: datetime) -> bool:
    """File the rows of an opened batch that are no cases yet, then close the filing. Answers whether it is closed.

    Any number of processes may do so at once: a row is taken by one transaction alone. Refuses NotFound.
    """
    now = now.astimezone(CHINA)
    state = ledger.load(BATCH_KIND, batch_id)
    if state is None or state.opened_at is None:
        raise NotFound
    if state.filed_at is not None:
        return True
    published = catalogue.version(state.item_code, state.item_version)
    while rows := list(BatchRow.objects.filter(batch=batch_id).order_by("place")[:CHUNK]):
        try:
            _file(batch_id, state, published, rows, now)
        except (_RowMovedError, ledger.Conflict):
            continue
        except Refusal:  # one of them: each by itself, so that the others are not held up
            _each(batch_id, state, published, rows, now)
    _close(batch_id, state, now)
    return True


def _file(batch_id: str, state: BatchState, published: ItemVersion, rows: Sequence[BatchRow], now: datetime) -> None:
    """Make cases of `rows` in one transaction. Raises `_RowMovedError` where one of them is taken already."""
    assert state.applicant is not None
    code = task_code_of(published.item, state.agency)
    plain = _facts(state, published)
    orders = [_order(batch_id, state, published, row, plain, code) for row in rows]
    named = ",".join(str(row.place) for row in rows)
    ledger.execute_many(
        orders,
        actor=state.opened_by,
        principal=state.principal,
        request_id=f"batch:{batch_id}:{uuid.uuid5(uuid.NAMESPACE_OID, named)}",
        now=now,
    )
    for order in orders:
        remember_version(order.stream_id, published.item.code, published.item.version, state.applicant.party)


def _facts(state: BatchState, published: ItemVersion) -> Facts:
    """What every case of the batch rests on: it was received when the batch was, whenever its row is worked off."""
    assert state.opened_at is not None
    return Facts(
        actor=FILER,
        now=state.opened_at.astimezone(CHINA),
        calendar=process.calendar(),
        item=published.item,
        route=published.route,
        decisions=published.decisions,
        current_version=published.item.version,
        lanes=state.lanes,
        agency=state.agency,
    )


def case_id_of(batch_id: str, place: int) -> str:
    """The id of the case that a row becomes, the same whoever files it."""
    return ledger.stream_id_for(batch_id, f"row:{place}")


def _order(batch_id: str, state: BatchState, published: ItemVersion, row: BatchRow, plain: Facts, code: str) -> Order:
    def facts(found: Mapping[str, tuple[Any, ...] | None]) -> Facts:
        number = found["number"]
        if found["taken"] is None:
            raise _RowMovedError
        assert number is not None
        made = case_number.make(code, plain.now.date(), number[0])
        return replace(plain, number=made, query_code=f"{secrets.randbelow(1_000_000):06d}")

    return Order(
        CASE_KIND,
        case_id_of(batch_id, row.place),
        _command(batch_id, state, published, row),
        facts,
        (
            Read("taken", _TAKE, (state.draft, row.place, batch_id)),
            ledger.next_number(f"case:{code}:{plain.now:%Y%m%d}"),
        ),
    )


def _command(batch_id: str, state: BatchState, published: ItemVersion, row: BatchRow) -> Submit:
    assert state.applicant is not None
    values = {**state.values, **row.values}
    own_papers = msgspec.convert(row.materials, tuple[Material, ...])
    named = {material.id for material in own_papers}
    name, number = person_of(published.item, values)
    return Submit(
        applicant=state.applicant,
        item_version=state.item_version,
        division=state.division,
        values=values,
        materials=(*own_papers, *(m for m in state.materials if m.id not in named)),
        delivery="window" if values.get("receive") == "window" else "electronic",
        channel=state.channel,
        batch=batch_id,
        batch_row=row.place,
        about=name,
        about_number=citizen_id.mask(number),
    )


def _each(batch_id: str, state: BatchState, published: ItemVersion, rows: Sequence[BatchRow], now: datetime) -> None:
    """Each row by itself; what the rules decline goes back to the draft with the reason."""
    for row in rows:
        try:
            _file(batch_id, state, published, [row], now)
        except _RowMovedError:
            continue
        except Refusal as refusal:
            problem = {"field": "", "reason": f"refused:{refusal.code}", "detail": ""}
            BatchRow.objects.filter(draft=row.draft, place=row.place, batch=batch_id).update(
                batch=None, ready=False, problems=[problem]
            )


def _close(batch_id: str, state: BatchState, now: datetime) -> None:
    """Every row is a case or went back: note which, and let go of the draft where nothing is left in it."""
    found = Batched.objects.filter(batch=batch_id).order_by("row")
    numbers = _numbers(batch_id)
    cases = tuple(
        BatchCase(one.row, str(one.stream_id), numbers[str(one.stream_id)], one.name, one.id_number) for one in found
    )
    with transaction.atomic():
        ledger.execute(
            BATCH_KIND,
            batch_id,
            CloseFiling(cases, state.count - len(cases)),
            facts=_facts(state, catalogue.version(state.item_code, state.item_version)),
            actor=state.opened_by,
            principal=state.principal,
            request_id=f"batch:{batch_id}:close",
            now=now,
        )
        if not BatchRow.objects.filter(draft=state.draft).exists():
            BatchDraft.objects.filter(id=state.draft).delete()


def _numbers(batch_id: str) -> dict[str, str]:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT c.stream_id::text, c.number FROM cases_batched b JOIN cases_case c USING (stream_id)"
            " WHERE b.batch = %s",
            [batch_id],
        )
        return dict(cursor.fetchall())
