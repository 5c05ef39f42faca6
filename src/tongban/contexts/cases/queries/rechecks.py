"""How published tables decide: figures by table and version, and the cases in which a person disagreed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import connection

from tongban.contexts.cases.core import rights
from tongban.contexts.catalogue import queries as catalogue
from tongban.contexts.parties import queries as parties
from tongban.contexts.parties.core import Actor, Role

from .states import state_of

#: See every organ's tables: who supervises, and who answers for the catalogue of the whole city.
_ALL = frozenset({Role.SUPERVISOR, Role.LEGAL_REVIEWER, Role.CATALOGUE_PUBLISHER})
#: See the tables of their own organ's items.
_OWN = frozenset({Role.CATALOGUE_OWNER, Role.CATALOGUE_REVIEWER})
_WORKING = frozenset({Role.REVIEWER, Role.APPROVER})
MOST = 50


@dataclass(frozen=True)
class TableFigures:
    """What one file of rules did for one item. `digest` "" = it was not asked (a person was wanted, a paper to see)."""

    item_code: str
    reference: str
    digest: str
    versions: tuple[int, ...]  # of the item, under which it decided
    asked: int
    granted: int
    to_people: int
    drawn: int
    agreed: int
    disagreed: int
    reviews: int
    changed: int
    last: datetime | None


@dataclass(frozen=True)
class Disagreement:
    """A case in which a person would not have decided as the table did. `case_id` "" = not for this actor to open."""

    case_id: str
    number: str
    item_code: str
    item_version: int
    reference: str
    digest: str
    kind: str  # recheck | review
    reasons: str
    by_name: str
    at: datetime


_FIGURES = """
SELECT item_code, reference, digest, array_agg(DISTINCT item_version ORDER BY item_version), count(*),
       count(*) FILTER (WHERE outcome = 'grant'), count(*) FILTER (WHERE left_why <> ''),
       count(*) FILTER (WHERE drawn), count(*) FILTER (WHERE recheck = 'agree'),
       count(*) FILTER (WHERE recheck = 'disagree'), count(review_asked_at),
       count(*) FILTER (WHERE review = 'changed'), max(judged_at)
FROM cases_table_decision WHERE {scope}
GROUP BY item_code, reference, digest ORDER BY item_code, max(judged_at) DESC NULLS LAST, digest
"""
_DISAGREED = """
SELECT stream_id::text FROM cases_table_decision
WHERE ({scope}) AND (recheck = 'disagree' OR review = 'changed')
ORDER BY greatest(rechecked_at, review_asked_at) DESC LIMIT %(most)s
"""


def may_see_tables(actor: Actor) -> bool:
    """Whether there is anything in the figures for this actor."""
    return actor.kind == "officer" and not actor.roles.isdisjoint(_ALL | _OWN | _WORKING)


def table_figures(*, actor: Actor) -> tuple[TableFigures, ...]:
    """One line for each item, table and version of its file, within the actor's sight. One statement."""
    scope, params = _scope(actor)
    with connection.cursor() as cursor:
        cursor.execute(_FIGURES.format(scope=scope), params)
        rows = cursor.fetchall()
    return tuple(TableFigures(*[*row[:3], tuple(row[3]), *row[4:]]) for row in rows)


def disagreements(*, actor: Actor) -> tuple[Disagreement, ...]:
    """Where a person disagreed with a table, newest first, at most `MOST`: for who answers for the table."""
    scope, params = _scope(actor)
    with connection.cursor() as cursor:
        cursor.execute(_DISAGREED.format(scope=scope), {**params, "most": MOST})
        ids = [row[0] for row in cursor.fetchall()]
    return tuple(one for case_id in ids for one in _of(case_id, actor))


def _of(case_id: str, actor: Actor) -> list[Disagreement]:
    state = state_of(case_id)
    own, found = state.automatic, list[Disagreement]()
    shown = case_id if rights.may_see(actor, state) else ""
    digest = own.judged.digest if own.judged else ""
    about = (shown, state.number, state.item_code, state.item_version, own.reference, digest)
    if own.drawn is not None and own.drawn.outcome == "disagree" and own.drawn.rechecked_at is not None:
        found.append(Disagreement(*about, "recheck", own.drawn.reasons, own.drawn.by_name, own.drawn.rechecked_at))
    if own.asked is not None and own.asked.outcome == "changed" and own.asked.answered_at is not None:
        found.append(Disagreement(*about, "review", own.asked.answer, own.asked.by_name, own.asked.answered_at))
    return found


def _scope(actor: Actor) -> tuple[str, dict[str, Any]]:
    """SQL that keeps what the actor may count."""
    if not may_see_tables(actor):
        return "false", {}
    if not actor.roles.isdisjoint(_ALL):
        return "true", {}
    scopes, params = ["false"], dict[str, Any]()
    if not actor.roles.isdisjoint(_OWN):
        known = parties.agencies().get(actor.agency)
        base = known.base if known is not None else actor.agency
        scopes.append("item_code = ANY(%(codes)s)")
        params["codes"] = sorted(item.code for item in catalogue.items() if item.agency == base)
    if not actor.roles.isdisjoint(_WORKING) and actor.agency:
        scopes.append("agency = %(agency)s")
        params["agency"] = actor.agency
    return " OR ".join(scopes), params
