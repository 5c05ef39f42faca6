"""One installation: its data folder, its secret, its database. Everything that starts asks here where things are."""

from __future__ import annotations

import json
import os
import secrets
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, quote, unquote, urlsplit

CHECKOUT = Path(__file__).resolve().parents[3]


@dataclass(frozen=True)
class Installation:
    """Where an installation keeps its things. `data` is its folder; the rest is derived."""

    data: Path

    @staticmethod
    def find(data: str | None = None) -> Installation:
        """The installation of this call: `data`, else the environment's TONGBAN_DATA, else var/ in the checkout."""
        return Installation(Path(data or os.environ.get("TONGBAN_DATA") or CHECKOUT / "var").absolute())

    @property
    def embedded(self) -> bool:
        """Whether the database is the embedded one (no DATABASE_URL names another)."""
        return not os.environ.get("DATABASE_URL")

    def is_demo(self) -> bool:
        """Whether this is a demo city: TONGBAN_DEMO=1, or marked so when it was made."""
        return os.environ.get("TONGBAN_DEMO", "1" if self._marks().get("demo") else "") == "1"

    def clock(self) -> str:
        """ "real" or "movable": TONGBAN_CLOCK, or what the installation was made with."""
        return os.environ.get("TONGBAN_CLOCK") or str(self._marks().get("clock", "real"))

    def mark(self, *, demo: bool, clock: str) -> None:
        """Write down for good what kind of installation this is; a city that exists does not change its kind."""
        self.data.mkdir(parents=True, exist_ok=True)
        (self.data / "installation.json").write_text(json.dumps({"demo": demo, "clock": clock}) + "\n", "utf-8")

    def is_marked(self) -> bool:
        """Whether the kind of this installation was written down."""
        return bool(self._marks())

    def _marks(self) -> dict[str, object]:
        file = self.data / "installation.json"
        found: dict[str, object] = json.loads(file.read_text("utf-8")) if file.exists() else {}
        return found

    def secret(self) -> str:
        """The installation's secret key: from TONGBAN_SECRET or the file `secret`, made at the first start.

        Without a data folder (linters, tests) it is a passing one.
        """
        if given := os.environ.get("TONGBAN_SECRET"):
            return given
        file = self.data / "secret"
        if not file.exists():
            if not self.data.is_dir():
                return secrets.token_urlsafe(48)
            self._make_secret(file)
        return file.read_text("utf-8").strip()

    def database_url(self, *, owner: bool = False) -> str:
        """The database's address for the running role, or for the migrating one; "" before the first start."""
        if external := os.environ.get("DATABASE_URL"):
            return os.environ.get("TONGBAN_MIGRATE_URL", external) if owner else external
        file = self.data / "database.json"
        if not file.exists():
            return ""
        found = json.loads(file.read_text("utf-8"))
        role, password = ("tongban_owner", "owner_password") if owner else ("tongban_app", "app_password")
        host = quote(found["socket"], safe="")
        return f"postgresql://{role}:{found[password]}@/{found['database']}?host={host}&port={found['port']}"

    @staticmethod
    def _make_secret(file: Path) -> None:
        draft = file.with_name(f"secret.{os.getpid()}")
        with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="utf-8") as target:
            target.write(secrets.token_urlsafe(48))
        try:
            os.link(draft, file)  # fails where another process was first; its secret holds
        except FileExistsError:
            pass
        finally:
            draft.unlink()


def django_database(url: str) -> dict[str, Any]:
    """Django's description of the database at `url` (postgresql://user:password@host:port/name?host=…&option=…)."""
    parts = urlsplit(url)
    query = dict(parse_qsl(parts.query))
    host = query.pop("host", "") or unquote(parts.hostname or "")
    port = query.pop("port", "") or str(parts.port or "")
    options: dict[str, Any] = dict(query)
    # Django leaves prepared statements off; they are worth 2.4 times the ledger steps (docs/adr).
    options["prepare_threshold"] = 1
    options["pool"] = {"min_size": 1, "max_size": int(os.environ.get("TONGBAN_POOL", "8")), "timeout": 20}
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(parts.path.lstrip("/")) or "tongban",
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": host,
        "PORT": port,
        "CONN_MAX_AGE": 0,  # the pool keeps the connections
        "CONN_HEALTH_CHECKS": False,
        "OPTIONS": options,
        "TEST": {"TEMPLATE": "template1"},
    }
