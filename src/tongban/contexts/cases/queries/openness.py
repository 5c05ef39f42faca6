"""Which open cases have dates that rest on a calendar year."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import NamedTuple

from django.db import connection

from tongban.contexts.cases.core.clocks import DELIVERY_DAYS
from tongban.kernel.clock import CHINA
from tongban.kernel.refusals import NotFound

#: Ten working days never take longer, whatever the holidays.
_DELIVERY = timedelta(days=4 * DELIVERY_DAYS)

_OPEN = """
SELECT c.stream_id::text, c.item_code, c.item_version FROM cases_case c
WHERE c.submitted_at < %(after)s AND (
    c.phase IN ('submitted', 'pre_passed', 'correcting')
    OR (c.phase = 'accepted' AND coalesce(greatest(c.legal_due, c.promised_due) >= %(first)s, true))
    OR (c.phase = 'accepted' AND EXISTS (
        SELECT 1 FROM ledger_due d
        WHERE d.stream_id = c.stream_id::text AND d.key LIKE 'timer:%%' AND d.at >= %(start)s))
    OR (c.phase IN ('granted', 'closed') AND coalesce(c.closed_at >= %(delivery)s, true))
)"""
_MOVED = """ AND EXISTS (
    SELECT 1 FROM ledger_stream s
    WHERE s.id = c.stream_id::text AND s.updated_at >= %(since)s AND s.updated_at <> %(but)s
)"""


class OpenCase(NamedTuple):
    """An open case and the item version it runs under."""

    id: str
    code: str
    version: int


def open_in_year(year: int, *, moved: tuple[datetime, datetime] | None = None) -> tuple[OpenCase, ...]:
    """Every case with a running clock whose dates may rest on `year`, by id.

    `moved` (since, but): only those that moved at or after `since`, and last at another moment than `but`.
    """
    first = date(year, 1, 1)
    start = datetime(year, 1, 1, tzinfo=CHINA)
    after = datetime(year + 1, 1, 1, tzinfo=CHINA)
    params = {"first": first, "start": start, "after": after, "delivery": start - _DELIVERY}
    if moved is not None:
        params |= {"since": moved[0], "but": moved[1]}
    with connection.cursor() as cursor:
        cursor.execute(_OPEN + (_MOVED if moved else "") + " ORDER BY c.stream_id", params)
        return tuple(OpenCase(*row) for row in cursor.fetchall())


def on_their_way(code: str) -> tuple[str, ...]:
    """Every case of item `code` that is not decided yet, by id."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT stream_id::text FROM cases_case WHERE item_code = %s"
            " AND phase IN ('submitted', 'pre_passed', 'correcting', 'accepted') ORDER BY stream_id",
            [code],
        )
        return tuple(row[0] for row in cursor.fetchall())


def numbered(number: str) -> tuple[str, str]:
    """The id and the item of the case with this number, for the platform's own use. Refuses NotFound."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT stream_id::text, item_code FROM cases_case WHERE number = %s", [number.strip().upper()])
        row = cursor.fetchone()
    if row is None:
        raise NotFound
    return row[0], row[1]
