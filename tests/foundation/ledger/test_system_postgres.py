"""The ledger's tests once more, on the PostgreSQL 15 of the system: the oldest server that is supported."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

HERE = Path(__file__).parent
RUN = "TONGBAN_TEST_SERVER"


@pytest.mark.postgres15
@pytest.mark.skipif(RUN in os.environ, reason="this is that run")
def test_the_ledger_on_postgresql_15(postgres15: dict[str, Any]) -> None:
    own = ("TONGBAN_TEST_RUN", "PYTEST_XDIST_WORKER", "PYTEST_XDIST_WORKER_COUNT", "PYTEST_XDIST_TESTRUNUID")
    environment = {name: value for name, value in os.environ.items() if name not in own} | {RUN: "postgres15"}
    command = [sys.executable, "-m", "pytest", "-q", "-p", "no:xdist", str(HERE)]
    done = subprocess.run(command, env=environment, cwd=HERE.parents[2], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout[-4000:] + done.stderr[-2000:]
    assert " passed" in done.stdout


@pytest.mark.skipif(RUN not in os.environ, reason="only in that run")
@pytest.mark.django_db
def test_that_run_is_on_postgresql_15() -> None:
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("SHOW server_version_num")
        assert int(cursor.fetchone()[0]) // 10000 == 15
