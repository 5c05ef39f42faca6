"""Who serves an installation: the one process that holds its lock."""

from __future__ import annotations

import fcntl
import os
from typing import TextIO

from tongban.site.installation import Installation
from tongban.site.operating.telling import Fault


def claim(installation: Installation) -> TextIO:
    """Become the server of this installation until the returned file is closed; refuses when there is one."""
    lock = (installation.data / "serve.lock").open("a+")
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        lock.seek(0)
        pid = lock.read().strip()
        lock.close()
        raise Fault(f"this installation is being served already (pid {pid}): `tongban stop` ends it") from None
    lock.truncate(0)
    lock.write(f"{os.getpid()}\n")
    lock.flush()
    return lock


def running_serve(installation: Installation) -> int | None:
    """The pid of the process that serves this installation, or None. The lock tells, not the pid."""
    file = installation.data / "serve.lock"
    if not file.exists():
        return None
    with file.open("r+") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_SH | fcntl.LOCK_NB)
        except BlockingIOError:
            text = lock.read().strip()
            return int(text) if text else None
    return None
