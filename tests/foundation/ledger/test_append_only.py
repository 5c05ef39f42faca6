"""History can't be rewritten: not by the running role, and not by mistake by the role that owns the table."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.conf import settings
from django.db import ProgrammingError, connection, transaction

from tests.foundation.ledger.conftest import command, opened
from tests.foundation.ledger.sample import Note
from tongban.foundation.ledger import grants, verify

pytestmark = pytest.mark.django_db

ATTEMPTS = (
    "UPDATE ledger_event SET actor = 'officer:9'",
    "DELETE FROM ledger_event",
    "TRUNCATE ledger_event",
    "UPDATE ledger_request SET first_seq = 1",
    "DELETE FROM ledger_request",
    "UPDATE ledger_private SET plain = '{}'",
)


def refused(sql: str) -> str:
    with pytest.raises(ProgrammingError) as caught, transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql)
    return str(caught.value)


@pytest.fixture
def running_role() -> Iterator[None]:
    """The connection of this test has the rights of an installation's running role."""
    assert grants.grant(settings.TONGBAN_RUNTIME_ROLE) > 5
    with connection.cursor() as cursor:
        cursor.execute(f"SET ROLE {settings.TONGBAN_RUNTIME_ROLE}")
        yield
        cursor.execute("RESET ROLE")


@pytest.mark.parametrize("sql", ATTEMPTS)
def test_the_owner_is_refused_by_the_trigger(sql: str) -> None:
    opened()
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE ledger_event ENABLE TRIGGER ledger_event_no_truncate")  # as installed
    assert "append-only" in refused(sql)


@pytest.mark.parametrize("sql", [*ATTEMPTS, "TRUNCATE ledger_stream", "DELETE FROM ledger_stream"])
def test_the_running_role_is_refused_by_privilege(sql: str, running_role: None) -> None:
    opened()
    assert "permission denied" in refused(sql)


@pytest.mark.parametrize(
    "sql",
    [
        "ALTER TABLE ledger_event DISABLE TRIGGER USER",
        "DROP TRIGGER ledger_event_append_only ON ledger_event",
        "CREATE OR REPLACE FUNCTION ledger_refuse_change() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN END'",
    ],
)
def test_the_running_role_can_not_remove_the_triggers(sql: str, running_role: None) -> None:
    message = refused(sql)
    assert "must be owner" in message or "permission denied" in message


def test_the_running_role_can_do_its_work(running_role: None) -> None:
    stream_id = opened()
    command(stream_id, Note("x"))
    assert verify().ok


def test_excess_rights_are_named() -> None:
    """The running role of these tests has the sample's tables by the same grants."""
    role = settings.TONGBAN_RUNTIME_ROLE
    grants.grant(role)
    assert grants.excess(role) == ()
    with connection.cursor() as cursor:
        cursor.execute(f"GRANT DELETE ON ledger_event TO {role}")
    assert grants.excess(role) == ("DELETE on ledger_event",)
    grants.grant(role)
    assert grants.excess(role) == ()


def test_a_role_that_is_missing_or_owns_the_tables_is_refused() -> None:
    with pytest.raises(grants.RoleMissing):
        grants.grant("nobody_of_that_name")
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_user")
        owner = cursor.fetchone()[0]
    with pytest.raises(grants.RoleOwnsTables):
        grants.grant(owner)
