"""The checks of `tongban doctor`: each says what it found and, where something is to be done, what."""

from __future__ import annotations

import importlib.metadata
import os
import re
import shutil
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from tongban.site.installation import CHECKOUT, Installation


@dataclass(frozen=True)
class Finding:
    """One finding: "ok", "warn" (worth a look) or "fail" (has to be put right)."""

    level: Literal["ok", "warn", "fail"]
    what: str
    found: str
    advice: str = ""


def machine(installation: Installation) -> list[Finding]:
    """Python, packages, disk, data folder: what can be seen before anything starts."""
    version = ".".join(map(str, sys.version_info[:3]))
    found = [
        Finding("ok", "Python", version)
        if sys.version_info >= (3, 11)
        else Finding("fail", "Python", version, "install Python 3.11 or newer and run script/setup")
    ]
    return [*found, _packages(), _disk(installation), _secret(installation)]


def _packages() -> Finding:
    lock = CHECKOUT / "requirements.txt"
    if not lock.exists():
        return Finding("warn", "packages", "no requirements.txt beside the code", "compare the versions by hand")
    wrong = []
    for name, version in re.findall(r"^([A-Za-z0-9_.-]+)==([^\s;\\]+)", lock.read_text("utf-8"), re.M):
        try:
            if importlib.metadata.version(name) != version:
                wrong.append(name)
        except importlib.metadata.PackageNotFoundError:
            wrong.append(name)
    if wrong:
        return Finding("fail", "packages", f"not as locked: {', '.join(wrong[:6])}", "run script/setup")
    return Finding("ok", "packages", "as in requirements.txt")


def _disk(installation: Installation) -> Finding:
    folder = installation.data
    while not folder.exists():
        folder = folder.parent
    free = shutil.disk_usage(folder).free / 2**30
    text = f"{free:.1f} GiB free in {folder}"
    if free < 0.5:
        return Finding("fail", "disk", text, "make room: PostgreSQL stops when the disk is full")
    return Finding("warn", "disk", text, "make room soon") if free < 5 else Finding("ok", "disk", text)


def _secret(installation: Installation) -> Finding:
    if os.environ.get("TONGBAN_SECRET"):
        return Finding("ok", "secret", "from the environment")
    file = installation.data / "secret"
    if not file.exists():
        return Finding("ok", "secret", "is made at the first start")
    if file.stat().st_mode & 0o077:
        return Finding("fail", "secret", f"{file} can be read by others", f"chmod 600 {file}")
    return Finding("ok", "secret", "readable by its owner only; keep a copy with the backups")


def database() -> list[Finding]:
    """Version, roles and durability of the database this process is connected to."""
    from django.conf import settings

    version = int(str(_one("SHOW server_version_num"))) // 10000
    found = [
        Finding("ok", "database", f"PostgreSQL {version} answers")
        if version >= 15
        else Finding("fail", "database", f"PostgreSQL {version}", "15 or newer is needed")
    ]
    superuser = _one("SELECT rolsuper FROM pg_roles WHERE rolname = current_user")
    owned = _one("SELECT count(*) FROM pg_class WHERE relowner = current_user::regrole AND relkind = 'r'")
    if superuser or owned:
        what = "is a super-user" if superuser else f"owns {owned} tables"
        text = f"{settings.DATABASES['default']['USER']} {what}: the ledger is not append-only for it"
        advice = "let DATABASE_URL name a role that owns nothing and TONGBAN_MIGRATE_URL the owner (docs/operations)"
        found.append(Finding("fail", "roles", text, advice))
    else:
        found.append(Finding("ok", "roles", "the running role owns no table"))
    found += _ledger(str(settings.DATABASES["default"]["USER"]))
    durable = [name for name in ("fsync", "full_page_writes", "synchronous_commit") if _one(f"SHOW {name}") == "off"]
    if durable:
        found.append(Finding("fail", "durability", f"{', '.join(durable)} is off", "turn it on: commits can be lost"))
    else:
        found.append(Finding("ok", "durability", "every commit reaches the disk"))
    return found


def _ledger(role: str) -> list[Finding]:
    from tongban.foundation.ledger import grants, worker

    found = []
    excess = grants.excess(role)
    if excess:
        advice = "run `tongban migrate` with TONGBAN_MIGRATE_URL naming the owner"
        found.append(Finding("fail", "ledger rights", f"{role} may {', '.join(excess)}", advice))
    else:
        found.append(Finding("ok", "ledger rights", "events can be added, not changed or removed"))
    stuck = worker.unsettled()
    for row in stuck[:5]:
        text = f"{row.name} of {row.stream_id} since {row.at:%Y-%m-%d %H:%M}, {row.attempts} tries: {row.last_error}"
        found.append(Finding("warn", "unsettled", text, "put right what it names; it is tried again by itself"))
    return found or [Finding("ok", "worker", "nothing is stuck")]


def _one(statement: str) -> object:
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute(statement)
        row = cursor.fetchone()
    return row[0] if row else None


def content() -> list[Finding]:
    """Calendar and catalogue."""
    from tongban.contexts.catalogue import queries as catalogue
    from tongban.contexts.process import queries as process
    from tongban.foundation.time import now

    this = now().year
    years = process.calendar().years
    found = []
    for year in (this, this + 1):
        known = years.get(year)
        if known is None:
            level: Literal["fail", "warn"] = "fail" if year == this else "warn"
            found.append(
                Finding(level, "calendar", f"{year} is missing", f"limits that reach {year} are refused: load it")
            )
        elif known.provisional:
            advice = "load the State Council's notice when it is out (each November)"
            found.append(Finding("warn", "calendar", f"{year} is provisional", advice))
        else:
            found.append(Finding("ok", "calendar", f"{year} is official"))
    count = len(catalogue.items())
    if count:
        found.append(Finding("ok", "catalogue", f"{count} items in force"))
    else:
        found.append(Finding("warn", "catalogue", "no items", "tongban catalogue load PATH"))
    return found


def face(installation: Installation) -> list[Finding]:
    """Files for browsers, translations, clock, address."""
    from django.conf import settings

    from tongban.site import catalogues
    from tongban.site.cli import static

    found = [
        Finding("ok", "static files", "collected")
        if static.is_current()
        else Finding("warn", "static files", "not up to date", "the next `tongban serve` collects them")
    ]
    stale = [folder.name for folder in catalogues.folders([]) if not _compiled(folder.po)]
    if stale:
        found.append(Finding("warn", "English", f"not compiled: {', '.join(stale)}", "run script/messages compile"))
    else:
        found.append(Finding("ok", "English", "compiled"))
    if installation.clock() == "movable" and not installation.is_demo():
        found.append(Finding("fail", "clock", "movable", "a real city runs on real time: unset TONGBAN_CLOCK"))
    else:
        found.append(Finding("ok", "clock", installation.clock()))
    if not installation.is_demo() and not settings.TONGBAN_BASE_URL.startswith("https://"):
        advice = "put TLS in front and set TONGBAN_BASE_URL=https://..."
        found.append(Finding("warn", "address", settings.TONGBAN_BASE_URL, advice))
    return found


def _compiled(po: Path) -> bool:
    mo = po.with_suffix(".mo")
    return not po.exists() or (mo.exists() and mo.stat().st_mtime >= po.stat().st_mtime)
