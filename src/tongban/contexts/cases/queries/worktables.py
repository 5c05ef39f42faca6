"""Worktables: open tasks of an officer's organ or window, nearest deadline first.

One index scan fills a page whatever the table's size, and counts stop at a cap, so that a million cases cost what a
thousand do.
"""
# ruff: noqa: S608 - every part of the SQL is one of this module's own texts; what people give goes in as parameters

from __future__ import annotations

import base64
import binascii
from datetime import date
from typing import Any
from uuid import UUID

import msgspec
from django.db import connection

from tongban.contexts.cases.core.clocks import after
from tongban.contexts.cases.core.views import TaskLine, Worktable, WorktableFilter
from tongban.contexts.parties.core import Actor, Role
from tongban.contexts.process import queries as process
from tongban.kernel.refusals import NotFound

PAGE = 50
COUNT_CAP = 100
SOON_DAYS = 3  # working days within which a deadline shows the half disc

_COLUMNS = """stream_id::text, task, act, name, name_en, item_code, number, applicant_name, channel, division,
opened_at, due, promised_due, legal_due, stopped, done_at, outcome"""

#: An officer who keeps out of a case does not see its tasks.
_NOT_RECUSED = (
    " AND NOT EXISTS (SELECT 1 FROM cases_recused r WHERE r.stream_id = cases_task.stream_id AND r.officer = %(me)s)"
)

#: Bands by deadline; each is one range of the index. %(soon)s is the last day of "soon".
_BANDS = {
    "late": "NOT stopped AND due < %(today)s",
    "today": "NOT stopped AND due = %(today)s",
    "soon": "NOT stopped AND due > %(today)s AND due <= %(soon)s",
    "calm": "NOT stopped AND (due > %(soon)s OR due IS NULL)",
    "stopped": "stopped",
}


def worktable(*, actor: Actor, chosen: WorktableFilter, today: date) -> Worktable:
    """A page of the tasks the actor may do, with capped counts by band. Two statements. Refuses NotFound for a cursor
    that is none."""
    scope, params = _scope(actor)
    if not scope:
        return Worktable((), "")
    params |= {"today": today, "soon": after(process.calendar(), today, SOON_DAYS)}
    where = [scope, *_filters(chosen, params)]
    if chosen.band in _BANDS:
        where.append(_BANDS[chosen.band])
    if chosen.after:
        where.append(_after(chosen.after, params))
    sql = (
        f"SELECT {_COLUMNS} FROM cases_task WHERE {' AND '.join(where)} "
        "ORDER BY agency, stopped, due NULLS LAST, stream_id, task LIMIT %(limit)s"
    )
    with connection.cursor() as cursor:
        cursor.execute(sql, {**params, "limit": PAGE + 1})
        lines = [TaskLine(*row) for row in cursor.fetchall()]
        counts = _counts(cursor, [scope, *_filters(chosen, params)], params)
    more = _cursor(lines[PAGE - 1]) if len(lines) > PAGE else ""
    return Worktable(tuple(lines[:PAGE]), more, counts)


def _scope(actor: Actor) -> tuple[str, dict[str, Any]]:
    """SQL that keeps what the actor may do: tasks of the own organ and roles, decisions under a commission, or of the
    window's items; not of cases they keep out of."""
    roles = sorted({role.value for role in actor.roles} & {Role.REVIEWER.value, Role.APPROVER.value})
    if actor.kind != "officer":
        return "", {}
    if actor.has(Role.WINDOW):
        mine = "" if "*" in actor.window_items else " AND item_code = ANY(%(items)s)"
        scope = "done_at IS NULL AND agency = '' AND role = 'window'" + mine + _NOT_RECUSED
        return scope, {"items": sorted(actor.window_items), "me": actor.id}
    commissioned = sorted({item for one in actor.commissions for item in one.items})
    if not (roles or commissioned) or not actor.agency:
        return "", {}
    mine = "role = ANY(%(roles)s)" + (" OR (act = 'decide' AND item_code = ANY(%(items)s))" if commissioned else "")
    return f"done_at IS NULL AND agency = %(agency)s AND ({mine})" + _NOT_RECUSED, {
        "agency": actor.agency,
        "roles": roles,
        "items": commissioned,
        "me": actor.id,
    }


def _filters(chosen: WorktableFilter, params: dict[str, Any]) -> list[str]:
    where = []
    if chosen.act:
        where.append("act = %(act)s")
        params["act"] = _bare(chosen.act)
    if chosen.item:
        where.append("item_code = %(item)s")
        params["item"] = _bare(chosen.item)
    if words := _bare(chosen.words).strip():
        where.append("(number LIKE %(tail)s OR applicant_name LIKE %(name)s)")
        escaped = words.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
        params |= {"tail": f"%{escaped}", "name": f"%{escaped}%"}
    return where


def _bare(text: str) -> str:
    """PostgreSQL's texts hold no NUL, and no name or number does."""
    return text.replace("\0", "")


def _counts(cursor: Any, where: list[str], params: dict[str, Any]) -> dict[str, int]:
    parts = [_count([*where, band]) for name, band in _BANDS.items() if name != "calm"]
    # Two ranges: one condition with OR would read every earlier deadline before it finds the first of these.
    parts += [_count([*where, f"NOT stopped AND {range_}"]) for range_ in ("due > %(soon)s", "due IS NULL")]
    cursor.execute("SELECT " + ", ".join(parts), params)
    late, day, soon, stopped, dated, undated = cursor.fetchone()
    calm = min(dated + undated, COUNT_CAP)
    return {"late": late, "today": day, "soon": soon, "calm": calm, "stopped": stopped}


def _count(where: list[str]) -> str:
    return f"(SELECT count(*) FROM (SELECT 1 FROM cases_task WHERE {' AND '.join(where)} LIMIT {COUNT_CAP}) n)"


def _cursor(line: TaskLine) -> str:
    at = [line.stopped, line.due.isoformat() if line.due else None, line.case_id, line.task]
    return base64.urlsafe_b64encode(msgspec.json.encode(at)).decode().rstrip("=")


def _after(cursor: str, params: dict[str, Any]) -> str:
    try:
        raw = base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4))
        stopped, due, stream_id, task = msgspec.json.decode(raw, type=tuple[bool, date | None, UUID, str])
    except (binascii.Error, msgspec.DecodeError, msgspec.ValidationError, ValueError):
        raise NotFound from None
    params |= {"c_stopped": stopped, "c_due": due, "c_stream": stream_id, "c_task": _bare(task)}
    tie = "(stream_id, task) > (%(c_stream)s::uuid, %(c_task)s)"
    if due is None:
        return f"(stopped > %(c_stopped)s OR (stopped = %(c_stopped)s AND due IS NULL AND {tie}))"
    return (
        "(stopped > %(c_stopped)s OR (stopped = %(c_stopped)s AND (due IS NULL OR due > %(c_due)s"
        f" OR (due = %(c_due)s AND {tie}))))"
    )


def done_by(*, actor: Actor, limit: int = 50) -> tuple[TaskLine, ...]:
    """What the officer did, last first; not in cases that they keep out of since."""
    sql = (
        f"SELECT {_COLUMNS} FROM cases_task WHERE done_by = %(me)s AND done_at IS NOT NULL{_NOT_RECUSED}"
        " ORDER BY done_at DESC LIMIT %(limit)s"
    )
    with connection.cursor() as cursor:
        cursor.execute(sql, {"me": actor.id, "limit": limit})
        return tuple(TaskLine(*row) for row in cursor.fetchall())
