"""Decisions open to the public (行政许可法 40; 双公示): newest first, names of natural persons masked."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import connection

PAGE = 30


@dataclass(frozen=True)
class PublishedDecision:
    """One line of the public list."""

    number: str
    item_code: str
    item_version: int
    outcome: str
    holder: str
    agency: str
    decided_on: date
    by_law: bool


def published_decisions(
    *, outcome: str = "", item_code: str = "", page: int = 1
) -> tuple[tuple[PublishedDecision, ...], int]:
    """A page of decisions and how many there are; of one `outcome` (grant, deny) or one item where named. A decision
    stands on the list from the moment it is taken. Two statements."""
    where, params = ["true"], list[Any]()
    if outcome in ("grant", "deny"):
        where.append("outcome = %s")
        params.append(outcome)
    if item_code:
        where.append("item_code = %s")
        params.append(item_code.replace("\0", ""))
    condition = " AND ".join(where)
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT count(*) FROM cases_published WHERE {condition}", params)  # noqa: S608 - own texts
        (total,) = cursor.fetchone()
        cursor.execute(
            "SELECT number, item_code, item_version, outcome, holder, agency, decided_on, by_law"  # noqa: S608
            f" FROM cases_published WHERE {condition} ORDER BY decided_on DESC, stream_id LIMIT %s OFFSET %s",
            [*params, PAGE, PAGE * (max(page, 1) - 1)],
        )
        return tuple(PublishedDecision(*row) for row in cursor.fetchall()), int(total)


def published_items() -> tuple[str, ...]:
    """The items that decisions were published of."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT DISTINCT item_code FROM cases_published ORDER BY item_code")
        return tuple(row[0] for row in cursor.fetchall())
