"""How every act on a case is run: facts gathered through the lower contexts, then one call of the ledger."""

from __future__ import annotations

import uuid
from collections import OrderedDict
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

import msgspec
from django.db import connection

from tongban.contexts.cases.core.commands import Command, Facts
from tongban.contexts.cases.core.path import RouteMoved
from tongban.contexts.cases.core.state import CaseState, Material
from tongban.contexts.cases.projections import CASE_KIND
from tongban.contexts.cases.queries.states import state_of
from tongban.contexts.catalogue import queries as catalogue
from tongban.contexts.parties.core import Actor
from tongban.contexts.process import queries as process
from tongban.foundation import ledger
from tongban.foundation.ledger.contract import Outcome, Read
from tongban.kernel.clock import CHINA
from tongban.kernel.refusals import NotFound

#: A case never changes its item version nor its applicant: they are remembered by the process.
_VERSIONS: OrderedDict[str, tuple[str, int, str]] = OrderedDict()
#: The version whose route a migrated case runs on, as this process last saw it; the lock tells when it is another.
_ROUTES: dict[str, int] = {}
_MOST_VERSIONS = 50_000


def version_of(case_id: str) -> tuple[str, int, str]:
    """Item code and version the case was opened under, and its applicant. One statement the first time.

    Refuses NotFound.
    """
    if case_id not in _VERSIONS:
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT item_code, item_version, applicant::text FROM cases_case WHERE stream_id = %s",
                [case_uuid(case_id)],
            )
            row = cursor.fetchone()
        if row is None:
            raise NotFound
        remember_version(case_id, *row)
    return _VERSIONS[case_id]


def case_uuid(text: str) -> str:
    """The id in `text`. Refuses NotFound: a malformed id is a guess."""
    try:
        return str(uuid.UUID(str(text)))
    except ValueError:
        raise NotFound from None


def remember_version(case_id: str, code: str, version: int, applicant: str) -> None:
    """Keep what is known of a case that was just opened."""
    _VERSIONS[case_id] = (code, version, applicant)
    while len(_VERSIONS) > _MOST_VERSIONS:
        _VERSIONS.popitem(last=False)


def learn_route(case_id: str, state: CaseState) -> None:
    """Keep on which version's route the case runs."""
    if state.route_version:
        _ROUTES[case_id] = state.route_version
    else:
        _ROUTES.pop(case_id, None)


def principal_of(actor: Actor, applicant: str = "") -> str:
    """For whom the ledger says the act was done: the organ of an officer, the party of a citizen."""
    if actor.kind == "officer":
        return f"agency:{actor.agency}"
    return f"party:{applicant or actor.party_id}" if actor.kind == "citizen" else ""


def run(
    case_id: str,
    command: Command,
    *,
    reads: Sequence[Read] = (),
    papers: tuple[Material, ...] = (),
    actor: Actor,
    request_id: str,
    now: datetime,
) -> Outcome[CaseState]:
    """Give `command` to an existing case: may they, lock, decide, record; one transaction.

    A read called "papers" answers the papers that the command hands in. Refuses NotFound for an unknown case and
    whatever the rules decline; a repeat of `request_id` answers the first outcome.
    """
    now = now.astimezone(CHINA)  # days are those of official time
    plain = replace(facts_of(case_id, actor=actor, now=now), papers=papers)
    try:
        return _run(case_id, command, plain, reads, request_id)
    except RouteMoved:  # it runs on the route of another version since this process last looked
        learn_route(case_id, state_of(case_id))
    plain = replace(facts_of(case_id, actor=actor, now=now), papers=papers)
    return _run(case_id, command, plain, reads, request_id)


def facts_of(case_id: str, *, actor: Actor, now: datetime) -> Facts:
    """What acts on a case rest on: its item version, and the route (with its tables) it runs on. Refuses NotFound."""
    code, version, _applicant = version_of(case_id)
    published = catalogue.version(code, version)
    on = _ROUTES.get(case_id) or version
    of_route = published if on == version else catalogue.version(code, on)
    return Facts(
        actor=actor,
        now=now,
        calendar=process.calendar(),
        item=published.item,
        route=of_route.route,
        decisions=published.decisions,
        route_version=on,
        route_decisions=of_route.decisions,
    )


def _run(case_id: str, command: Command, plain: Facts, reads: Sequence[Read], request_id: str) -> Outcome[CaseState]:

    def with_papers(rows: Mapping[str, tuple[Any, ...] | None]) -> Facts:
        row = rows["papers"]
        return replace(plain, papers=msgspec.json.decode(row[0], type=tuple[Material, ...]) if row else ())

    return ledger.execute(
        CASE_KIND,
        case_id,
        command,
        facts=with_papers if reads else plain,
        reads=reads,
        actor=plain.actor.id,
        principal=principal_of(plain.actor, version_of(case_id)[2]),
        request_id=request_id,
        now=plain.now,
    )
