"""A ledger with one sample kind, on a real PostgreSQL."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import Any
from uuid import uuid4

import pytest

from tests.foundation.ledger.sample import PERMIT, SCHEMA, Open, Permit
from tongban.foundation.ledger import Outcome, execute, next_number, register, registry
from tongban.kernel.clock import CHINA

NOW = datetime(2026, 3, 2, 9, 30, tzinfo=CHINA)


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_blocker: Any) -> None:
    """The sample's read tables stand beside the platform's."""
    from django.db import connection

    with django_db_blocker.unblock(), connection.cursor() as cursor:
        cursor.execute(SCHEMA)


@pytest.fixture(autouse=True)
def sample_kind(request: pytest.FixtureRequest) -> Iterator[None]:
    """Only the sample kind is registered, and its tables are empty."""
    before = dict(registry._kinds)
    registry._kinds.clear()
    register(PERMIT)
    marker = request.node.get_closest_marker("django_db")
    if marker is not None:
        request.getfixturevalue("transactional_db" if marker.kwargs.get("transaction") else "db")
        from django.db import connection

        with connection.cursor() as cursor:
            cursor.execute("TRUNCATE sample_permit, sample_task")
    yield
    registry._kinds.clear()
    registry._kinds.update(before)


def command(
    stream_id: str, order: Any, request_id: str = "", *, actor: str = "person:1", **more: Any
) -> Outcome[Permit]:
    """Give `order` to a sample stream."""
    return execute(
        PERMIT, stream_id, order, actor=actor, principal=actor, request_id=request_id or str(uuid4()), now=NOW, **more
    )


def opened(name: str = "王小明") -> str:
    """A new sample stream; its id."""
    stream_id = str(uuid4())
    command(stream_id, Open(name, NOW), reads=[next_number("sample")], facts=number)
    return stream_id


def number(rows: dict[str, Any]) -> int:
    return int(rows["number"][0])
