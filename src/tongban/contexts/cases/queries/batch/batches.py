"""Filed batches: how each of their cases stands, and the licences of all of them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any
from uuid import UUID

from django.db import connection

from tongban.contexts.cases.core.batch import rights
from tongban.contexts.cases.core.batch.state import BatchState
from tongban.contexts.cases.core.batch.views import BatchedLine, BatchLine, BatchView, InBatch
from tongban.contexts.cases.core.state import CaseState
from tongban.contexts.cases.projections import BATCH_KIND, CASE_KIND
from tongban.contexts.cases.queries.cases import case_sight
from tongban.contexts.catalogue import queries as catalogue
from tongban.contexts.documents import queries as documents
from tongban.contexts.documents.core.files import StoredFile
from tongban.contexts.parties.core import Actor
from tongban.foundation import ledger
from tongban.kernel.refusals import NotFound

#: Cases on a page, and with it how many are acted on together without choosing.
PAGE = 100

_LINES = """
SELECT stream_id::text, b.row, b.name, b.id_number, number, phase, ending, stopped, legal_due, promised_due
FROM cases_batched b JOIN cases_case USING (stream_id)
WHERE b.batch = %s AND ({scope}) ORDER BY b.row LIMIT %s OFFSET %s
"""
_COUNTS = """
SELECT CASE WHEN ending <> '' THEN ending ELSE phase END, count(*)
FROM cases_batched b JOIN cases_case USING (stream_id) WHERE b.batch = %s AND ({scope}) GROUP BY 1
"""
_MINE = """
SELECT t.stream_id::text, t.number, t.item_code, t.item_version, t.applicant_name, t.opened_at, t.filed_at, t.count,
       (SELECT count(*) FROM cases_batched b JOIN cases_case c USING (stream_id)
        WHERE b.batch = t.stream_id AND c.phase IN ('closed', 'delivered'))
FROM cases_batch t WHERE {scope} ORDER BY t.opened_at DESC LIMIT %s
"""


def state_of_batch(batch_id: str, actor: Actor) -> BatchState:
    """The batch, as far as the actor may see it. Refuses NotFound."""
    try:
        state = ledger.load(BATCH_KIND, str(UUID(str(batch_id))))
    except ValueError:
        raise NotFound from None
    if state is None:
        raise NotFound
    rights.require_sight(actor, state)
    return state


def batch(batch_id: str, *, actor: Actor, page: int = 1) -> BatchView:
    """A batch and a page of those of its cases that the actor may see. Refuses NotFound."""
    state = state_of_batch(batch_id, actor)
    scope, params = _scope(actor, state)
    with connection.cursor() as cursor:
        cursor.execute(_COUNTS.format(scope=scope), [batch_id, *params])
        counts: dict[str, int] = dict(cursor.fetchall())
        pages = max(1, -(-sum(counts.values()) // PAGE))
        page = min(max(page, 1), pages)
        cursor.execute(_LINES.format(scope=scope), [batch_id, *params, PAGE, (page - 1) * PAGE])
        lines = tuple(BatchedLine(*row) for row in cursor.fetchall())
    return BatchView(
        id=batch_id,
        state=state,
        item=catalogue.version(state.item_code, state.item_version).item,
        lines=lines,
        states=ledger.load_many(CASE_KIND, [line.case_id for line in lines]),
        counts=counts,
        page=page,
        pages=pages,
    )


def _scope(actor: Actor, state: BatchState) -> tuple[str, list[Any]]:
    """Which of the cases: all for the applicant, whose sight of one is that of the whole; officers by their rights."""
    return case_sight(actor) if actor.kind == "officer" else ("true", [])


def batches(*, actor: Actor, limit: int = 50) -> tuple[BatchLine, ...]:
    """The batches of those the actor may act for, newest first."""
    mine = [p for p in actor.principals if p.kind == "legal"] if actor.kind == "citizen" else []
    if not mine:
        return ()
    scopes, params = list[str](), list[Any]()
    for one in mine:  # each mandate reaches its own items of its own party
        scopes.append("(t.applicant = %s AND (%s OR t.item_code = ANY(%s)))")
        params += [one.id, "*" in one.items, sorted(one.items)]
    with connection.cursor() as cursor:
        cursor.execute(_MINE.format(scope=" OR ".join(scopes)), [*params, limit])
        return tuple(BatchLine(*row) for row in cursor.fetchall())


def batch_document(batch_id: str, file_id: str, *, actor: Actor) -> tuple[StoredFile, bytes]:
    """The bytes of a paper issued for a batch as a whole. It names everybody: refuses NotFound also to an officer who
    keeps out of one of its cases."""
    state = state_of_batch(batch_id, actor)
    if all(document.file_id != file_id for document in state.documents) or _keeps_out(batch_id, actor):
        raise NotFound
    return documents.file(file_id)


def _keeps_out(batch_id: str, actor: Actor) -> bool:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT EXISTS (SELECT 1 FROM cases_batched b JOIN cases_recused r USING (stream_id)"
            " WHERE b.batch = %s AND r.officer = %s)",
            [batch_id, actor.id],
        )
        return bool(cursor.fetchone()[0])


def licence_papers(batch_id: str, *, actor: Actor) -> Iterator[tuple[BatchedLine, CaseState, bytes]]:
    """Every licence of a batch that was issued: the person, the case, the signed PDF. Refuses NotFound at the first."""
    page = 1
    while True:
        view = batch(batch_id, actor=actor, page=page)
        for line in view.lines:
            state = view.states[line.case_id]
            if state.licence is not None:
                yield line, state, documents.file(state.licence.file_id)[1]
        page += 1
        if page > view.pages:
            return


def in_batches(case_ids: Sequence[str]) -> dict[str, InBatch]:
    """Which of these cases came in a batch, and in which; for lists whose cases the actor sees already."""
    if not case_ids:
        return {}
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT b.stream_id::text, t.stream_id::text, t.number, t.count FROM cases_batched b"
            " JOIN cases_batch t ON t.stream_id = b.batch WHERE b.stream_id = ANY(%s::uuid[])",
            [list(case_ids)],
        )
        return {case_id: InBatch(*row) for case_id, *row in cursor.fetchall()}
