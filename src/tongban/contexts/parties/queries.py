"""Reads of parties, agencies and officers. Nothing here returns a model, and nothing reads a clock."""

from __future__ import annotations

import json
import time
from collections.abc import Iterable, Mapping
from datetime import date, datetime
from pathlib import Path
from typing import Any, cast
from uuid import UUID

from django.db import connection

from tongban.contexts.parties import models
from tongban.contexts.parties.core import ANONYMOUS, Actor, Commission, Principal, Role, refusals
from tongban.contexts.parties.core import organisation as org
from tongban.contexts.parties.core.organisation import CommissionView
from tongban.contexts.parties.core.party import Basis, PartyKind
from tongban.contexts.parties.core.people import MandateView, Particulars, Party
from tongban.foundation import crypto
from tongban.kernel.clock import CHINA
from tongban.kernel.refusals import NotFound

_ACTOR_SQL = (Path(__file__).parent / "actor.sql").read_text(encoding="utf-8")
_AGENCIES_FRESH_SECONDS = 5.0
_kept: list[tuple[float, Mapping[str, org.Agency]]] = []  # at most one: when the agencies were read, and they


def actor_of(account_id: str, *, now: datetime, epoch: int | None = None) -> Actor:
    """Who this account is at `now`, with everybody it may act for: one SQL statement.

    `epoch` is the session's; an account whose sessions were ended since, or that is switched off, is `ANONYMOUS`.
    """
    with connection.cursor() as cursor:
        today = now.astimezone(CHINA).date()
        cursor.execute(_ACTOR_SQL, {"account": as_uuid(account_id), "epoch": epoch, "today": today})
        row = cursor.fetchone()
    if row is None:
        return ANONYMOUS
    kind, *person = row[:5]
    if kind == "citizen":
        return _citizen(account_id, person, row[16])
    return _officer(account_id, row[5:16], row[17])


def _citizen(account_id: str, person: list[Any], mandates: Any) -> Actor:
    party_id, name, masked, level = person
    if party_id is None:
        return ANONYMOUS
    merged: dict[str, Principal] = {}
    given = json.loads(mandates) if isinstance(mandates, str) else mandates
    for giver, kind, giver_name, giver_masked, items in given or ():
        before = merged[giver].items if giver in merged else frozenset()
        merged[giver] = Principal(giver, kind, giver_name, giver_masked, "mandate", before | frozenset(items))
    return Actor(
        kind="citizen",
        id=f"person:{party_id}",
        name=name,
        account_id=account_id,
        party_id=party_id,
        real_level=level,
        principals=(Principal(party_id, "natural", name, masked), *merged.values()),
    )


def _commissions(given: Any) -> tuple[Commission, ...]:
    rows = json.loads(given) if isinstance(given, str) else given or ()
    return tuple(
        Commission(id_, agency, tuple(items), date.fromisoformat(start), date.fromisoformat(until))
        for id_, agency, items, start, until in rows
    )


def _officer(account_id: str, row: tuple[Any, ...], commissions: Any) -> Actor:
    officer_id, name, name_en, roles, *office = row
    agency, agency_name, agency_name_en, window, window_name, window_name_en, window_items = office
    if officer_id is None:
        return ANONYMOUS
    return Actor(
        kind="officer",
        id=f"officer:{officer_id}",
        name=name,
        name_en=name_en,
        account_id=account_id,
        agency=agency,
        agency_name=agency_name,
        agency_name_en=agency_name_en,
        roles=frozenset(Role(role) for role in roles),
        window=window or "",
        window_name=window_name or "",
        window_name_en=window_name_en or "",
        window_items=frozenset(window_items or ()),
        commissions=_commissions(commissions),
    )


def as_uuid(text: str) -> UUID:
    """The uuid in `text`; refuses `NotFound`, since a malformed id is a guess."""
    try:
        return UUID(text)
    except ValueError:
        raise NotFound from None


def may_see(actor: Actor, party_id: str) -> bool:
    """Citizens see themselves and those they act for; officers see the parties they serve; the system sees all."""
    if actor.kind == "citizen":
        return actor.principal(party_id) is not None
    return actor.kind == "system" or bool(actor.roles)


def _party(row: models.Party) -> Party:
    return Party(
        id=str(row.stream_id),
        kind=cast(PartyKind, row.kind),
        name=row.name,
        id_type=row.id_type,
        id_number_masked=row.masked,
        phone_masked=row.phone_masked,
        real_level=row.real_level,
    )


def party(party_id: str, *, actor: Actor) -> Party:
    """One party. Refuses `NotFound` for a party that is not there and for one that is not this actor's to see."""
    return _party(_row(party_id, actor))


def particulars(party_id: str, *, actor: Actor) -> Particulars:
    """A party with its number, phone and address in clear: for itself, those who act for it, and the windows that
    take its papers in. Refuses `NotFound` like `party`, and to every other officer."""
    if actor.kind == "officer" and not actor.has(Role.WINDOW):
        raise NotFound
    row = _row(party_id, actor)
    return Particulars(_party(row), clear(row.number), clear(row.phone), clear(row.address))


def _row(party_id: str, actor: Actor) -> models.Party:
    if not may_see(actor, party_id):
        raise NotFound
    row = models.Party.objects.filter(stream_id=as_uuid(party_id)).first()
    if row is None:
        raise NotFound
    return row


def clear(sealed: str) -> str:
    """The clear value of a sealed column. For this context's own actions; terminals get `particulars`."""
    return crypto.open_(bytes.fromhex(sealed)).decode() if sealed else ""


def parties(ids: Iterable[str]) -> dict[str, Party]:
    """The parties among `ids`, for lists whose rows the caller has already scoped. No clear values."""
    return {str(row.stream_id): _party(row) for row in models.Party.objects.filter(stream_id__in=set(ids))}


def find_party(id_number: str, *, actor: Actor) -> Party | None:
    """The party with this identity number or credit code, for officers and the system; others learn nothing."""
    if actor.kind not in ("officer", "system"):
        raise NotFound
    row = models.Party.objects.filter(lookup=lookup(id_number)).first()
    return _party(row) if row else None


def lookup(id_number: str) -> str:
    """The keyed hash under which a number is found, as text."""
    return crypto.lookup_key("".join(id_number.split()).replace("-", "").upper()).hex()


def mandates(party_id: str, *, actor: Actor) -> tuple[MandateView, ...]:
    """Every mandate this party has given or received, newest first. Refuses `NotFound` like `party`."""
    if not may_see(actor, party_id):
        raise NotFound
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT m.id::text, m.stream_id::text, f.name, m.to_party::text, t.name, m.items, m.valid_from, m.valid_to,"
            " m.basis, m.revoked FROM parties_mandate m JOIN parties_party f ON f.stream_id = m.stream_id"
            " JOIN parties_party t ON t.stream_id = m.to_party"
            " WHERE m.stream_id = %(p)s OR m.to_party = %(p)s ORDER BY m.valid_from DESC, m.id",
            {"p": as_uuid(party_id)},
        )
        return tuple(
            MandateView(r[0], r[1], r[2], r[3], r[4], frozenset(r[5]), r[6], r[7], cast(Basis, r[8]), r[9])
            for r in cursor.fetchall()
        )


def agencies() -> Mapping[str, org.Agency]:
    """All agencies by key; kept in the process for a few seconds, since every page names some."""
    moment = time.monotonic()
    kept = _kept[:]
    if not kept or moment - kept[0][0] > _AGENCIES_FRESH_SECONDS:
        rows = models.Agency.objects.order_by("division", "key")
        kept = _kept[:] = [(moment, {row.key: _agency(row) for row in rows})]
    return kept[0][1]


def forget_agencies() -> None:
    """Read the agencies anew at the next call: an action has changed them."""
    _kept.clear()


def _agency(row: models.Agency) -> org.Agency:
    return org.Agency(
        key=row.key,
        base=row.base,
        name=org.Name(row.name_zh, row.name_en),
        short=org.Name(row.short_zh, row.short_en),
        credit_code=row.credit_code,
        level=cast(org.Level, row.level),
        division=row.division,
        parent=row.parent_id or "",
    )


def agency(key: str) -> org.Agency:
    """One agency by its key. Refuses `AgencyUnknown`."""
    try:
        return agencies()[key]
    except KeyError:
        raise refusals.AgencyUnknown(key=key) from None


def resolve_agency(key: str, division: str) -> org.Agency:
    """The organ that holds office `key` for a place: the district's own where there is one, else the city's.

    Refuses `AgencyUnknown`.
    """
    return org.resolve(agencies(), key, division)


def officers(agency_key: str) -> tuple[org.Officer, ...]:
    """The officers in service of one agency, by badge number."""
    rows = models.Officer.objects.filter(agency_id=agency_key, active=True).order_by("badge")
    return tuple(_officer_value(row) for row in rows)


def officer(officer_id: str) -> org.Officer:
    """One officer, also one who has left (history names them). Refuses `OfficerUnknown`."""
    row = models.Officer.objects.filter(stream_id=as_uuid(officer_id)).first()
    if row is None:
        raise refusals.OfficerUnknown
    return _officer_value(row)


def _officer_value(row: models.Officer) -> org.Officer:
    roles = frozenset(Role(role) for role in row.roles)
    return org.Officer(
        str(row.stream_id), row.name, row.name_en, row.badge, row.agency_id, roles, row.window_id or "", row.active
    )


def windows() -> tuple[org.Window, ...]:
    """All windows of the installation, by id."""
    rows = models.Window.objects.order_by("id")
    return tuple(
        org.Window(row.id, org.Name(row.name_zh, row.name_en), row.agency_id, tuple(row.items)) for row in rows
    )


def commissions(*, agency: str = "", today: date | None = None) -> tuple[CommissionView, ...]:
    """Commissions of chief representatives by organ and officer, newest first: of one `agency`, or all; with `today`
    those in force that day, which is the published list. One statement."""
    where, params = ["true"], list[Any]()
    if agency:
        where.append("c.agency = %s")
        params.append(agency)
    if today is not None:
        where.append("c.active AND c.revoked_on IS NULL AND c.start <= %s AND c.until >= %s")
        params += [today, today]
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT c.id::text, c.stream_id::text, o.name, o.name_en, c.agency, c.items, c.start, c.until,"  # noqa: S608
            " c.given_by_name, c.revoked_on, c.active FROM parties_commission c"
            " JOIN parties_officer o ON o.stream_id = c.stream_id"
            f" WHERE {' AND '.join(where)} ORDER BY c.agency, c.start DESC, c.id",
            params,
        )
        rows: list[Any] = [(*row[:5], tuple(row[5]), *row[6:]) for row in cursor.fetchall()]
        return tuple(CommissionView(*row) for row in rows)
