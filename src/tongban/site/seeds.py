"""What an installation needs before its first case: the working days and the catalogue of items."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from pathlib import Path

from django.conf import settings

from tongban.contexts.catalogue import actions as catalogue
from tongban.contexts.parties.core import system
from tongban.contexts.process import actions as process
from tongban.foundation.time import now


def seed(say: Callable[[str], None]) -> None:
    """Bring calendar and catalogue up to date where their sources changed since the last time. Repeatable."""
    stamp, file = _stamp(settings.TONGBAN_CATALOGUE), settings.TONGBAN_DATA / "seeded"
    if file.exists() and file.read_text("ascii") == stamp:
        return
    process.seed_calendar(now=now())
    if (settings.TONGBAN_CATALOGUE / "items").is_dir():
        say("Loading the catalogue of items ...")
        catalogue.load(settings.TONGBAN_CATALOGUE, actor=system("setup"), now=now())
    file.write_text(stamp, "ascii")


def _stamp(folder: Path) -> str:
    """Changes when a file of the catalogue, the database of this installation, or the code of the seeds changes."""
    digest = hashlib.sha256(str(settings.DATABASES["default"]["NAME"]).encode())
    sources = [Path(__file__), *(path for path in sorted(folder.rglob("*")) if path.is_file())]
    for path in sources:
        found = path.stat()
        digest.update(f"{path} {found.st_size} {found.st_mtime_ns}\n".encode())
    return digest.hexdigest()
