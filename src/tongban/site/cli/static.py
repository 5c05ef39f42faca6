"""The files that browsers fetch: hashed and compressed into one folder, again only when one of them changed."""

from __future__ import annotations

import argparse
import contextlib
import fcntl
import hashlib
import io
from pathlib import Path

from tongban.site.cli.base import Subcommands
from tongban.site.operating.telling import Fault, say


def add(commands: Subcommands) -> None:
    """Add the command."""
    commands.add(
        "static",
        run,
        "collect the files that browsers fetch",
        "Hashes and compresses them into one folder. `tongban serve` does it too; a proxy may serve the folder itself.",
    )


def run(given: argparse.Namespace) -> int:
    """`tongban static`. Needs no database."""
    import django

    django.setup()
    collect()
    return 0


def collect(*, quiet: bool = False) -> bool:
    """Collect the static files when they changed since the last time. True when something was done."""
    from django.conf import settings
    from django.core.management import call_command

    root = Path(settings.STATIC_ROOT)
    try:
        root.mkdir(exist_ok=True)
        lock = (root / ".lock").open("a")
    except OSError as problem:
        if (root / "staticfiles.json").exists():
            return False  # somebody set this up who may write here
        raise Fault(f"can't write {root} ({problem.strerror}): run script/setup as the checkout's owner") from problem
    with lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        stamp, file = _stamp(), root / ".stamp"
        if file.exists() and file.read_text("ascii") == stamp:
            return False
        if not quiet:
            say("Collecting the static files ...")
        with contextlib.redirect_stdout(io.StringIO()):
            call_command("collectstatic", interactive=False, verbosity=0, clear=False)
        file.write_text(stamp, "ascii")
    return True


def is_current() -> bool:
    """Whether the collected files are those of the source."""
    from django.conf import settings

    file = Path(settings.STATIC_ROOT) / ".stamp"
    return file.exists() and file.read_text("ascii") == _stamp()


def _stamp() -> str:
    from django.contrib.staticfiles.finders import get_finders

    digest = hashlib.sha256()
    for finder in get_finders():
        for path, storage in finder.list([]):
            found = Path(storage.path(path)).stat()
            digest.update(f"{path} {found.st_size} {found.st_mtime_ns}\n".encode())
    return digest.hexdigest()
