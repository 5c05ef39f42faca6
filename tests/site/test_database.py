"""The tests' own ground: which database they run on, and as whom."""

from __future__ import annotations

import pytest
from django.db import connection
from django.db.utils import ProgrammingError


def one(statement: str) -> object:
    with connection.cursor() as cursor:
        cursor.execute(statement)
        return cursor.fetchone()[0]


@pytest.mark.django_db
def test_tests_run_as_the_owner_on_a_database_of_their_process(worker_id: str) -> None:
    assert one("SELECT current_user") == "tongban_owner"
    assert one("SELECT current_database()") == f"test_{worker_id}"


def test_the_running_role_cannot_create_tables(runtime_role: None) -> None:
    assert one("SELECT current_user") == "tongban_app"
    with pytest.raises(ProgrammingError, match="permission denied"):
        one("CREATE TABLE mine ()")
