"""What every test may use: a database of its own on an embedded server of this run, and a clock that obeys.

The server starts when the first test asks for a database, once per run, also when xdist runs several processes.
"""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import psycopg
import pytest

from tongban.foundation import time
from tongban.foundation.postgres import Server, embedded, system
from tongban.foundation.postgres.roles import ADMIN, APP, OWNER
from tongban.kernel.clock import CHINA

RUN = "TONGBAN_TEST_RUN"


def pytest_configure(config: pytest.Config) -> None:
    from django.conf import settings

    if RUN not in os.environ:
        os.environ[RUN] = tempfile.mkdtemp(prefix="tongban-test-")
        config.stash[_owns_run] = True
    run = Path(os.environ[RUN])
    settings.TONGBAN_DATA = run / f"data-{os.environ.get('PYTEST_XDIST_WORKER', 'main')}"
    settings.TONGBAN_DATA.mkdir(parents=True, exist_ok=True)
    settings.STATIC_ROOT = run / "static"  # WhiteNoise wants the folder to be there
    settings.STATIC_ROOT.mkdir(exist_ok=True)
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    settings.STORAGES = settings.STORAGES | {
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    }


_owns_run = pytest.StashKey[bool]()


def pytest_unconfigure(config: pytest.Config) -> None:
    if not config.stash.get(_owns_run, False):
        return
    run = Path(os.environ.pop(RUN))
    for name in ("embedded", "postgres15"):
        if (run / name).exists():
            server = _server(run, name)
            server.stop()
            shutil.rmtree(server.cluster.parent, ignore_errors=True)
    shutil.rmtree(run, ignore_errors=True)


def _server(run: Path, name: str) -> Server:
    binaries = embedded() if name == "embedded" else system(15)
    assert binaries is not None
    return Server(run / name, binaries, durable=False)


def start_server(name: str = "embedded") -> dict[str, Any]:
    """Start (or find) this run's server; the connection parameters of the role that owns tables.

    In tests the owner may create databases and may step into the running role (`SET ROLE tongban_app`).
    """
    credentials = _server(Path(os.environ[RUN]), name).ensure()
    with psycopg.connect(credentials.url(ADMIN), autocommit=True) as admin, admin.transaction():
        admin.execute("SELECT pg_advisory_xact_lock(1)")
        admin.execute(f"ALTER ROLE {OWNER} CREATEDB")
        admin.execute(f"GRANT {APP} TO {OWNER}")
        admin.execute(f"GRANT CONNECT ON DATABASE postgres TO {OWNER}")
    return {
        "HOST": credentials.socket,
        "PORT": str(credentials.port),
        "USER": OWNER,
        "PASSWORD": credentials.owner_password,
        "NAME": credentials.database,
    }


@pytest.fixture(scope="session")
def django_db_modify_db_settings(request: pytest.FixtureRequest, worker_id: str) -> None:
    """Point Django at this run's server, and at a database of this process."""
    from django.db import connections

    found = start_server(os.environ.get("TONGBAN_TEST_SERVER", "embedded"))  # or "postgres15"
    for described in (connections.settings["default"], connections["default"].settings_dict):
        described.update(found)
        described["OPTIONS"].pop("pool", None)  # a test's connection is one connection
        described["TEST"]["NAME"] = f"test_{worker_id}"


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_blocker: Any) -> None:
    """Transactional tests empty every table between them, which the ledger refuses to everybody: here it may be done.

    That it is refused in an installation is tested in tests/foundation/ledger/test_append_only.py.
    """
    from django.db import connection

    with django_db_blocker.unblock(), connection.cursor() as cursor:
        cursor.execute("ALTER TABLE ledger_event DISABLE TRIGGER ledger_event_no_truncate")


@pytest.fixture(scope="session")
def worker_id(request: pytest.FixtureRequest) -> str:
    """The xdist process of this test, or "main"."""
    return os.environ.get("PYTEST_XDIST_WORKER", "main")


@pytest.fixture(autouse=True)
def _mother_tongue() -> Iterator[None]:
    """A page asked for in English leaves its language to the thread, as Django does; the next test starts without."""
    yield
    from django.utils import translation

    translation.deactivate()


@pytest.fixture
def runtime_role(db: None) -> Iterator[None]:
    """Within this test the connection is the role the software runs as, which owns nothing."""
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute(f"SET ROLE {APP}")
    yield
    if not connection.in_atomic_block:  # inside a test's transaction the rollback takes the role back
        with connection.cursor() as cursor:
            cursor.execute("RESET ROLE")


@pytest.fixture(scope="session")
def postgres15() -> dict[str, Any]:
    """Connection parameters of a system PostgreSQL 15; skips where none is installed."""
    if system(15) is None:
        pytest.skip("PostgreSQL 15 is not installed on this system (apt install postgresql-15)")
    return start_server("postgres15")


class HandClock:
    """A clock that stands still until it is moved."""

    def __init__(self, moment: datetime) -> None:
        self.moment = moment

    def now(self) -> datetime:
        return self.moment

    def set(self, moment: datetime) -> None:
        """Put the hand at `moment` (aware)."""
        assert moment.tzinfo is not None
        self.moment = moment

    def advance(self, **by: float) -> datetime:
        """Move by days=, hours=, minutes=…; returns the new moment."""
        self.moment += timedelta(**by)
        return self.moment


@pytest.fixture
def clock() -> Iterator[HandClock]:
    """The clock of this test, standing at Monday 2026-03-02 09:00 in official time."""
    hand = HandClock(datetime(2026, 3, 2, 9, 0, tzinfo=CHINA))
    before = time.set_clock(hand)
    yield hand
    if before is not None:
        time.set_clock(before)
