"""Cases: one whole, lists of applicants and organs, files, and progress without login."""

from __future__ import annotations

import hmac
import uuid
from typing import Any

from django.db import connection

from tongban.contexts.cases.core import rights
from tongban.contexts.cases.core.state import CaseState
from tongban.contexts.cases.core.views import CaseLine, CaseView, Progress
from tongban.contexts.cases.projections import CASE_KIND
from tongban.contexts.catalogue import queries as catalogue
from tongban.contexts.documents import queries as documents
from tongban.contexts.documents.core.files import StoredFile
from tongban.contexts.parties.core import Actor, Role
from tongban.foundation import ledger
from tongban.kernel.refusals import NotFound

from .states import state_of

_LINE = """
SELECT stream_id::text, number, item_code, item_version, applicant_name, applicant::text, phase, ending, submitted_at,
       closed_at, legal_due, promised_due, stopped, waits_applicant, rated
FROM cases_case
"""

_ALONE = "(waits_applicant OR NOT EXISTS (SELECT 1 FROM cases_batched b WHERE b.stream_id = cases_case.stream_id))"


#: Who keeps out of a case does not find it.
_NOT_RECUSED = "NOT EXISTS (SELECT 1 FROM cases_recused r WHERE r.stream_id = cases_case.stream_id AND r.officer = %s)"


def _lines(where: str, params: list[Any]) -> tuple[CaseLine, ...]:
    with connection.cursor() as cursor:
        cursor.execute(_LINE + where, params)
        return tuple(CaseLine(*row) for row in cursor.fetchall())


def _uuid(text: str) -> str:
    try:
        return str(uuid.UUID(str(text)))
    except ValueError:
        raise NotFound from None


def case(case_id: str, *, actor: Actor) -> CaseView:
    """A case whole, with its history. Refuses NotFound for a stranger, as for a case that is not there."""
    state = state_of(_uuid(case_id))
    rights.require_sight(actor, state)
    published = catalogue.version(state.item_code, state.item_version)
    version = state.route_version or state.item_version
    on = published if version == state.item_version else catalogue.version(state.item_code, version)
    return CaseView(
        id=case_id,
        state=state,
        item=published.item,
        route=on.route,
        history=ledger.history(CASE_KIND, case_id),
        decisions=published.decisions,
        route_decisions=on.decisions,
    )


def my_cases(*, actor: Actor, limit: int = 100) -> tuple[CaseLine, ...]:
    """The cases of the actor and of everybody the actor acts for, newest first; of a party whose mandate names its
    items, the cases of those. A case that came in a batch is listed by it, unless it waits for the applicant."""
    if actor.kind != "citizen" or not actor.principals:
        return ()
    wholly = [principal.id for principal in actor.principals if "*" in principal.items]
    where, params = ["applicant = ANY(%s::uuid[])"], list[Any]([wholly])
    for principal in actor.principals:
        if "*" not in principal.items:
            where.append("(applicant = %s AND item_code = ANY(%s))")
            params += [principal.id, sorted(principal.items)]
    return _lines(f"WHERE ({' OR '.join(where)}) AND {_ALONE} ORDER BY submitted_at DESC LIMIT %s", [*params, limit])


def case_lines(*, party_id: str, actor: Actor, limit: int = 20) -> tuple[CaseLine, ...]:
    """A party's cases as a window sees them: of the items it is authorised for, but those the officer keeps out of."""
    if not actor.has(Role.WINDOW):
        return ()
    where = (
        f"WHERE applicant = %s AND (%s OR item_code = ANY(%s)) AND {_NOT_RECUSED} ORDER BY submitted_at DESC LIMIT %s"
    )
    items = sorted(actor.window_items)
    return _lines(where, [_uuid(party_id), "*" in actor.window_items, items, actor.id, limit])


def find_cases(words: str, *, actor: Actor, limit: int = 20) -> tuple[CaseLine, ...]:
    """Cases by the end of their number or the beginning of the applicant's name, within the actor's sight."""
    words = words.replace("\0", "").strip()
    if actor.kind != "officer" or len(words) < 2:
        return ()
    scope, params = case_sight(actor)
    tail, name = "%" + _like(words), _like(words) + "%"
    where = f"WHERE ({scope}) AND (number LIKE %s OR applicant_name LIKE %s) ORDER BY submitted_at DESC LIMIT %s"
    return _lines(where, [*params, tail, name, limit])


def case_sight(actor: Actor) -> tuple[str, list[Any]]:
    """`rights.may_see` of an officer, as SQL."""
    scopes, params = ["true" if actor.has(Role.SUPERVISOR) else "false"], list[Any]()
    if actor.has(Role.WINDOW):
        scopes.append("%s OR item_code = ANY(%s)")
        params += ["*" in actor.window_items, sorted(actor.window_items)]
    if actor.agency and (actor.has(Role.REVIEWER) or actor.has(Role.APPROVER)):
        scopes.append(
            "agency = %s OR EXISTS (SELECT 1 FROM cases_task t WHERE t.stream_id = cases_case.stream_id"
            " AND t.agency = %s)"
        )
        params += [actor.agency, actor.agency]
    for one in actor.commissions:
        scopes.append("agency = %s AND item_code = ANY(%s)")
        params += [one.agency, list(one.items)]
    mine = " OR ".join(f"({scope})" for scope in scopes)
    return f"({mine}) AND {_NOT_RECUSED}", [*params, actor.id]


def _like(words: str) -> str:
    return words.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")


def progress(*, number: str, code: str) -> Progress:
    """How far a case is, for whoever knows its number and query code. Refuses NotFound for either being wrong."""
    number = "".join(number.replace("\0", "").split()).upper()
    with connection.cursor() as cursor:
        cursor.execute("SELECT stream_id::text FROM cases_case WHERE number = %s", [number])
        row = cursor.fetchone()
    if row is None:
        raise NotFound
    state = state_of(row[0])
    if not state.query_code or not hmac.compare_digest(state.query_code.encode(), code.strip().encode()):
        raise NotFound
    return Progress(number=number, item=catalogue.version(state.item_code, state.item_version).item, state=state)


def material_bytes(case_id: str, file_id: str, *, actor: Actor) -> tuple[StoredFile, bytes]:
    """The bytes of a material of a case the actor may see, or of a file added to a statement; the only way they leave.
    Refuses NotFound."""
    state = _visible(case_id, actor)
    papers = (paper for one in state.statements for paper in one.papers)
    if file_id not in {one.file_id for one in state.materials} | {paper.file_id for paper in papers}:
        raise NotFound
    return documents.file(file_id)


def document_bytes(case_id: str, file_id: str, *, actor: Actor) -> tuple[StoredFile, bytes]:
    """The bytes of a document or licence issued in a case the actor may see. Refuses NotFound."""
    state = _visible(case_id, actor)
    own = {document.file_id for document in state.documents}
    if state.licence is not None:
        own.add(state.licence.file_id)
    if file_id not in own:
        raise NotFound
    return documents.file(file_id)


def _visible(case_id: str, actor: Actor) -> CaseState:
    state = state_of(_uuid(case_id))
    rights.require_sight(actor, state)
    return state


def open_by_version(code: str, *, actor: Actor) -> dict[int, int]:
    """How many cases of item `code` are not finished, by the version they were opened under: what a change of the item
    leaves as it is. One statement. Officers and the system; others learn nothing."""
    if actor.kind not in ("officer", "system"):
        return {}
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT item_version, count(*) FROM cases_case WHERE item_code = %s"
            " AND phase NOT IN ('closed', 'delivered') GROUP BY item_version ORDER BY item_version",
            [code.replace("\0", "")],
        )
        return dict(cursor.fetchall())
