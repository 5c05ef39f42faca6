"""An installation finds its things, keeps its secret, and stays what it was made as."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest

from tongban.site.installation import CHECKOUT, Installation, django_database


@pytest.fixture(autouse=True)
def _no_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("DATABASE_URL", *(name for name in os.environ if name.startswith("TONGBAN_"))):
        monkeypatch.delenv(name, raising=False)


def test_found_by_argument_then_environment_then_the_checkout(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert Installation.find().data == CHECKOUT / "var"
    monkeypatch.setenv("TONGBAN_DATA", str(tmp_path / "b"))
    assert Installation.find().data == tmp_path / "b"
    assert Installation.find(str(tmp_path / "a")).data == tmp_path / "a"


def test_the_secret_is_made_once_and_private(tmp_path: Path) -> None:
    installation = Installation(tmp_path)
    secret = installation.secret()
    assert len(secret) >= 50
    assert installation.secret() == secret
    assert (tmp_path / "secret").stat().st_mode & 0o077 == 0
    assert Installation(tmp_path / "not there").secret() != secret
    assert not (tmp_path / "not there").exists()


def test_a_city_is_real_unless_it_was_made_as_a_demo(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    installation = Installation(tmp_path)
    assert (installation.is_demo(), installation.clock(), installation.is_marked()) == (False, "real", False)
    installation.mark(demo=True, clock="movable")
    assert (installation.is_demo(), installation.clock(), installation.is_marked()) == (True, "movable", True)
    monkeypatch.setenv("TONGBAN_CLOCK", "real")
    assert installation.clock() == "real"


def test_the_embedded_database_has_an_address_for_each_role(tmp_path: Path) -> None:
    installation = Installation(tmp_path)
    assert installation.database_url() == ""
    kept = {"port": 5, "socket": "/a b/s", "database": "city", "owner_password": "o", "app_password": "a"}
    (tmp_path / "database.json").write_text(json.dumps(kept))
    found = django_database(installation.database_url())
    assert (found["USER"], found["PASSWORD"], found["HOST"]) == ("tongban_app", "a", "/a b/s")
    assert (found["PORT"], found["NAME"]) == ("5", "city")
    assert django_database(installation.database_url(owner=True))["USER"] == "tongban_owner"


def test_a_server_of_ones_own_is_taken_from_the_environment(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATABASE_URL", "postgresql://app:p%40ss@db.example:5433/zw?sslmode=verify-full")
    installation = Installation(tmp_path)
    assert not installation.embedded
    found = django_database(installation.database_url())
    assert (found["USER"], found["PASSWORD"], found["HOST"], found["PORT"]) == ("app", "p@ss", "db.example", "5433")
    assert found["OPTIONS"]["sslmode"] == "verify-full"
    assert found["OPTIONS"]["prepare_threshold"] == 1
    assert installation.database_url(owner=True) == installation.database_url()
    monkeypatch.setenv("TONGBAN_MIGRATE_URL", "postgresql://owner@db.example/zw")
    assert installation.database_url(owner=True) == "postgresql://owner@db.example/zw"
