"""A served city to measure: its processes' CPU, and the statements it sends to PostgreSQL."""

from __future__ import annotations

import re
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from bench.support.cpu import TICK, postgres_cpu

_LINE = re.compile(r"^\d{4}-\d\d-\d\d [\d:.]+ \w+ \[(\d+)\] (\w+) LOG:  (?:statement|execute [^:]*): (.*)")
_WRITES = re.compile(r"\s*(?:WITH\b.*\b)?(INSERT|UPDATE|DELETE)\b", re.I | re.S)


@dataclass(frozen=True)
class Cpu:
    """CPU seconds so far."""

    web: float
    postgres: float


def web_cpu(serve: int) -> float:
    """CPU seconds of the web processes: of every descendant of `tongban serve` but the server and the worker."""
    parents: dict[int, int] = {}
    used: dict[int, int] = {}
    for entry in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = entry.read_text().rpartition(")")[2].split()
            command = (entry.parent / "cmdline").read_bytes()
        except OSError:
            continue
        pid = int(entry.parent.name)
        parents[pid] = int(fields[1])
        used[pid] = sum(map(int, fields[11:13])) if b"granian" in command else 0
    return sum(ticks for pid, ticks in used.items() if _descends(pid, serve, parents)) / TICK


def _descends(pid: int, top: int, parents: dict[int, int]) -> bool:
    while pid in parents and pid != 1:
        pid = parents[pid]
        if pid == top:
            return True
    return False


def cpu(serve: int, postmaster: int) -> Cpu:
    """Both sides of it."""
    return Cpu(web_cpu(serve), postgres_cpu(postmaster))


@dataclass
class Statements:
    """What the running role sent while it was listened to."""

    texts: list[str] = field(default_factory=list)
    commits: int = 0

    @property
    def counted(self) -> int:
        """All but BEGIN and COMMIT (SAVEPOINTs count)."""
        return sum(not _frames(text) for text in self.texts)


def _frames(text: str) -> bool:
    return text.strip().rstrip(";").upper().split()[0] in ("BEGIN", "COMMIT", "ROLLBACK")


@contextmanager
def listened(admin_url: str, log: Path) -> Iterator[Statements]:
    """Let PostgreSQL log every statement for a while; afterwards they are in what was yielded.

    A commit is a COMMIT, or a writing statement outside of a transaction.
    """
    import psycopg

    heard = Statements()
    with psycopg.connect(admin_url, autocommit=True) as admin:
        _logging(admin, "ALTER SYSTEM SET log_statement = 'all'")
        start = log.stat().st_size
        yield heard
        time.sleep(0.3)
        with log.open("rb") as file:
            file.seek(start)
            text = file.read().decode("utf-8", "replace")
        _logging(admin, "ALTER SYSTEM RESET log_statement")
    inside: set[str] = set()
    for line in text.replace("\n\t", " ").splitlines():  # a statement of several lines goes on with a tab
        if not (found := _LINE.match(line)) or found[2] != "tongban_app":
            continue
        _count(heard, inside, found[1], found[3])


def _logging(admin: Any, statement: str) -> None:
    admin.execute(statement)
    admin.execute("SELECT pg_reload_conf()")
    time.sleep(0.5)


def _count(heard: Statements, inside: set[str], pid: str, text: str) -> None:
    heard.texts.append(text)
    word = text.strip().rstrip(";").upper().split()[0]
    if word == "BEGIN":
        inside.add(pid)
    elif word in ("COMMIT", "ROLLBACK"):
        inside.discard(pid)
        heard.commits += word == "COMMIT"
    elif pid not in inside and _WRITES.match(text):
        heard.commits += 1
