"""Filing: a draft becomes a case."""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

import msgspec
from django.db import connection

from tongban.contexts.cases.core import rights
from tongban.contexts.cases.core.commands import Applicant, Facts, Renewing, Submit
from tongban.contexts.cases.core.renewal import FIELD
from tongban.contexts.cases.core.state import CaseState, Material
from tongban.contexts.cases.projections import CASE_KIND
from tongban.contexts.cases.queries.states import state_of
from tongban.contexts.catalogue import queries as catalogue
from tongban.contexts.catalogue.core.items import Item
from tongban.contexts.catalogue.core.versions import ItemVersion
from tongban.contexts.documents import queries as documents
from tongban.contexts.documents.core.licence import LicenceState
from tongban.contexts.parties import queries as parties
from tongban.contexts.parties.core import Actor
from tongban.contexts.process import queries as process
from tongban.foundation import ledger
from tongban.foundation.ledger.contract import Read
from tongban.kernel.clock import CHINA
from tongban.kernel.codes import case_number
from tongban.kernel.codes import item as item_codes

from .running import case_uuid, principal_of, remember_version


@dataclass(frozen=True)
class Filed:
    """A filed case: its id, number and the code for asking without logging in."""

    case_id: str
    number: str
    query_code: str


@dataclass(frozen=True)
class Chosen:
    """What the applicant chose when filing; see `commands.Submit`."""

    by_person: bool
    promised: bool


_DRAFT = """
SELECT principal::text, person, item_code, item_version, division, channel, values, materials,
       contact_name, contact_phone, xmin::text
FROM cases_draft WHERE id = %s AND owner = %s AND kind = 'application'
"""
#: The draft as it was read, and no other: what was typed meanwhile is not lost.
_CONSUME = "DELETE FROM cases_draft WHERE id = %s AND xmin = %s::xid RETURNING"
_TRIES = 5


class _DraftMovedError(Exception):
    """Between the look and the lock somebody changed the draft, or filed it."""


def submit(
    *, draft_id: str, by_person: bool = False, promised: bool = False, request_id: str, actor: Actor, now: datetime
) -> Filed:
    """File the draft: it becomes a case with a number, the draft is consumed, the receipt is owed; one transaction.

    `by_person`: the applicant wants a person to decide; `promised`: they signed the item's commitment. Refuses
    NotFound, incomplete answers, missing materials, an unsigned commitment, a version that is no longer in force.
    Records Submitted and, where a table may decide, who decides.
    A draft that another tab is just changing is looked at again; one that was just filed answers what that gave.
    """
    draft_id, now = case_uuid(draft_id), now.astimezone(CHINA)
    for _try in range(_TRIES):
        with connection.cursor() as cursor:
            cursor.execute(_DRAFT, [draft_id, actor.id])
            row = cursor.fetchone()
        if row is None:
            return _already(draft_id, actor)
        try:
            chosen = Chosen(by_person, promised)
            return _file(draft_id, row, chosen, request_id=request_id, actor=actor, now=now)
        except _DraftMovedError:
            continue
    raise ledger.Conflict


def _file(
    draft_id: str,
    row: tuple[Any, ...],
    chosen: Chosen,
    *,
    request_id: str,
    actor: Actor,
    now: datetime,
) -> Filed:
    """One try with the draft as it was read. Raises `_DraftMovedError`."""
    published = catalogue.version(row[2], row[3])
    command = replace(_command(row, actor), by_person=chosen.by_person, promised=chosen.promised)
    agency, lanes = agencies(published.item, command.division)
    task_code = task_code_of(published.item, agency)
    renewing = _renewing(published.item, command, now)

    def facts(rows: Mapping[str, tuple[Any, ...] | None]) -> Facts:
        if rows["taken"] is None:
            raise _DraftMovedError
        plain = _facts(published, rows, actor=actor, now=now, agency=agency, lanes=lanes, task_code=task_code)
        return replace(plain, renewing=renewing)

    outcome = ledger.execute(
        CASE_KIND,
        draft_id,
        command,
        facts=facts,
        reads=(
            _take(draft_id, row[10], published.item.code),
            ledger.next_number(f"case:{task_code}:{now:%Y%m%d}"),
        ),
        actor=actor.id,
        principal=principal_of(actor, command.applicant.party),
        request_id=request_id,
        now=now,
    )
    remember_version(draft_id, published.item.code, published.item.version, command.applicant.party)
    return _filed(draft_id, outcome.state)


def _renewing(item: Item, command: Submit, now: datetime) -> Renewing | None:
    """The licence that the application names, for items that renew one."""
    if item.handling is None or not item.handling.renews:
        return None
    today = now.date()
    held = documents.licence_numbered(str(command.values.get(FIELD) or ""), today=today)
    if held is None or held.valid_to is None:
        return None
    return Renewing(
        held.id, held.number, held.holder_party_id, held.item_code, held.valid_to, held.state is LicenceState.VALID
    )


def _take(draft_id: str, row_version: str, code: str) -> Read:
    """Consume the draft; the row `(version in force,)`, or no row where the draft moved. One statement for both."""
    current = catalogue.current_version_read(code)
    return Read("taken", f"{_CONSUME} ({current.sql})", (draft_id, row_version, *current.params))


def _facts(
    published: ItemVersion,
    rows: Mapping[str, tuple[Any, ...] | None],
    *,
    actor: Actor,
    now: datetime,
    agency: str,
    lanes: Mapping[str, str],
    task_code: str,
) -> Facts:
    number, taken = rows["number"], rows["taken"]
    assert number is not None
    assert taken is not None
    return Facts(
        actor=actor,
        now=now,
        calendar=process.calendar(),
        item=published.item,
        route=published.route,
        decisions=published.decisions,
        number=case_number.make(task_code, now.date(), number[0]),
        query_code=f"{secrets.randbelow(1_000_000):06d}",
        current_version=taken[0] or 0,
        lanes=lanes,
        agency=agency,
    )


def _command(row: tuple[Any, ...], actor: Actor) -> Submit:
    principal, person, _code, version, division, channel, values, materials, name, phone, _row_version = row
    party = actor.principal(principal) or parties.party(principal, actor=actor)
    values = msgspec.json.decode(values) if isinstance(values, str) else values
    materials = msgspec.json.decode(materials) if isinstance(materials, str) else materials
    return Submit(
        applicant=Applicant(
            party=principal, kind=party.kind, name=party.name, number=party.id_number_masked, person=person,
            contact_name=str(values.get("contact_name") or name),
            contact_phone=str(values.get("contact_phone") or phone),
        ),
        item_version=version,
        division=division,
        values=values,
        materials=msgspec.convert(materials, tuple[Material, ...]),
        delivery="window" if values.get("receive") == "window" else "electronic",
        channel=channel,
    )  # fmt: skip


def agencies(item: Item, division: str) -> tuple[str, dict[str, str]]:
    """The organ in charge and the organ of every lane, for the division where the matter lies."""
    assert item.handling is not None
    lead = parties.resolve_agency(item.agency, division).key
    lanes = {lane: parties.resolve_agency(key, division).key for lane, key in item.handling.agencies.items()}
    return lead, lanes


def task_code_of(item: Item, agency: str) -> str:
    """31 characters: the organ's credit code, the level at which it acts (T2) and the basic code (STANDARDS §3.4)."""
    organ = parties.agency(agency)
    level = {"city": 3, "district": 4, "township": 5, "village": 6}.get(organ.level, 3)
    return str(item_codes.make(organ.credit_code, level, item.base_code))


def _already(draft_id: str, actor: Actor) -> Filed:
    """The draft is gone: filed before (then its owner gets the same answer), or never there."""
    state = state_of(draft_id)
    rights.require_sight(actor, state)
    return _filed(draft_id, state)


def _filed(case_id: str, state: CaseState) -> Filed:
    return Filed(case_id, state.number, state.query_code)
