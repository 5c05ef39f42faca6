"""Steps per second of the ledger with the real case, against what PostgreSQL can do with the same statements.

The step: an inspector records the inspection of a restaurant (FOOD). The real decider checks the rights, writes two
events, the route joins its two branches, one task row is closed and the task of deciding is opened. Each step is one
`ledger.execute` on a case of its own, from 2 processes with 4 threads each.

The limit: the very same statements (captured from such a step: BEGIN, lock, request id, the one writing statement,
COMMIT) driven by `pgbench -M prepared` with 8 clients on the same server in the same run, on other cases in the same
state. pgbench can't make up a UUID, so it first looks the id up by number; the time and CPU of that lookup are measured
by themselves and taken off, in favour of the limit. Both sides run in turns, so that a busy machine is busy for both,
each turn after a VACUUM ANALYZE, so that neither pays for tidying up after the other.

No checkpoint is forced: pages are written whole to the log only as often as in a day's work.
CPU is read from /proc: of all of PostgreSQL's processes (per step, on both sides), and of the application's.
"""

from __future__ import annotations

import argparse
import json
import os
import re
import resource
import shutil
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

CHECKOUT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(CHECKOUT / "src"))

from bench.support.cpu import postgres_cpu  # noqa: E402 - the platform's own source must be found first
from bench.support.food import city, clone, facts_of, first_case, give, moment, officer  # noqa: E402

PROCESSES, THREADS, CLIENTS = 2, 4, 8
#: More cases a second than either side will ever use, for each of 8 clients.
CASES_PER_SECOND = 450


Statement = tuple[str, list[str | None]]


@dataclass(frozen=True)
class Side:
    """One side's measurement."""

    steps: int
    seconds: float
    postgres_cpu: float  # seconds
    application_cpu: float = 0.0

    def __add__(self, other: Side) -> Side:
        return Side(*(a + b for a, b in zip(asdict(self).values(), asdict(other).values(), strict=True)))


# -- the limit -------------------------------------------------------------------------------------------------------


def captured(case_id: str, command: Any) -> list[Statement]:
    """The statements of one real step with their parameters, in order. The step is done on `case_id`."""
    from tongban.foundation.ledger import execution, wire

    calls: list[Statement] = []
    real = wire.run

    def listening(raw: Any, batch: Any) -> Any:
        calls.extend((c.statement.sql.decode(), [None if p is None else p.decode() for p in c.params]) for c in batch)
        return real(raw, batch)

    execution.wire.run = listening  # type: ignore[assignment]
    try:
        give(case_id, command, facts_of(officer(), moment()), "bench-captured")
    finally:
        execution.wire.run = real
    return calls


def script(calls: Sequence[Statement], case_id: str) -> tuple[str, dict[str, str]]:
    """The pgbench script of a step, and the values of its variables."""
    lines = ["\\set n :base + :client_id * :span + :i", "\\set i :i + 1"]
    lines.append("SELECT id FROM bench_id WHERE n = :n \\gset")
    values: dict[str, str] = {}
    for place, (sql, params) in enumerate(calls):
        names = {}
        for number, value in enumerate(params, 1):
            if value in (case_id, "bench-captured"):  # request ids are as random as the cases' ids
                names[number] = ":id"
            elif not value:  # pgbench knows no empty and no null variables
                names[number] = "NULL" if value is None else "''"
            else:
                names[number] = f":v{place}_{number}"
                values[f"v{place}_{number}"] = value
        text = re.sub(r"\$(\d+)", lambda found, names=names: names[int(found[1])], sql)
        lines.append(" ".join(text.split()) + ";")
    return "\n".join(lines) + "\n", values


@dataclass(frozen=True)
class Pgbench:
    """pgbench against the bench server."""

    program: str
    url: str
    folder: Path
    postmaster: int

    def run(self, text: str, values: dict[str, str], seconds: float, base: int, span: int) -> Side:
        """Run the script for `seconds` with 8 clients."""
        file = self.folder / "step.sql"
        file.write_text(text, encoding="utf-8")
        defined = {"i": "0", "base": str(base), "span": str(span)} | values
        command = [self.program, "-n", "-M", "prepared", "-c", str(CLIENTS), "-j", "2", "-T", str(int(seconds))]
        command += ["-f", str(file), *(f"-D{name}={value}" for name, value in defined.items()), self.url]
        before = postgres_cpu(self.postmaster)
        done = subprocess.run(command, capture_output=True, text=True, check=False)
        used = postgres_cpu(self.postmaster) - before
        steps = re.search(r"transactions actually processed: (\d+)", done.stdout)
        rate = re.search(r"tps = ([\d.]+)", done.stdout)
        if done.returncode or not steps or not rate or "aborted" in done.stderr:
            raise SystemExit(f"pgbench failed:\n{done.stdout[-1500:]}{done.stderr[-1500:]}")
        return Side(int(steps[1]), int(steps[1]) / float(rate[1]), used)


# -- the ledger ------------------------------------------------------------------------------------------------------


def load(command: Any, seconds: float, base: int, span: int, postmaster: int) -> Side:
    """2 processes with 4 threads each, each thread on cases of its own."""
    arguments = [sys.executable, "-m", "bench.ledger", "--client", json.dumps(asdict(command))]
    arguments += ["--seconds", str(seconds), "--span", str(span)]
    clients = [
        subprocess.Popen(
            [*arguments, "--base", str(base + process * THREADS * span)],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, cwd=CHECKOUT,
        )
        for process in range(PROCESSES)
    ]  # fmt: skip
    for client in clients:
        assert client.stdout is not None
        assert client.stdout.readline() == "ready\n"
    before = postgres_cpu(postmaster)
    for client in clients:
        assert client.stdin is not None
        client.stdin.write("go\n")
        client.stdin.flush()
    found = [json.loads(client.communicate()[0]) for client in clients]
    used = postgres_cpu(postmaster) - before
    longest = max(f["seconds"] for f in found)
    return Side(sum(f["steps"] for f in found), longest, used, sum(f["cpu"] for f in found))


def _cases(base: int, count: int) -> list[str]:
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("SELECT id FROM bench_id WHERE n >= %s ORDER BY n LIMIT %s", (base, count))
        return [row[0] for row in cursor.fetchall()]


def client(given: argparse.Namespace) -> int:
    """One process of the load: says "ready", waits for "go", and prints what it did as JSON."""
    import django

    django.setup()
    from django.db import connection

    from tongban.contexts.cases.core.commands import CompleteTask

    command, facts = CompleteTask(**json.loads(given.client)), facts_of(officer(), moment())
    ids = _cases(given.base, given.span * THREADS)
    done, gate = [0] * THREADS, threading.Event()

    def work(thread: int) -> None:
        connection.ensure_connection()
        own = ids[thread * given.span : (thread + 1) * given.span]
        gate.wait()
        for case_id in own:
            outcome = give(case_id, command, facts, f"step-{case_id}")
            assert not outcome.repeated
            done[thread] += 1
            if time.monotonic() > until:
                return
        raise AssertionError("out of cases")

    threads = [threading.Thread(target=work, args=(thread,)) for thread in range(THREADS)]
    for thread in threads:
        thread.start()
    print("ready", flush=True)
    sys.stdin.readline()
    usage = resource.getrusage(resource.RUSAGE_SELF)
    start = time.monotonic()
    until = start + given.seconds
    gate.set()
    for thread in threads:
        thread.join()
    seconds, after = time.monotonic() - start, resource.getrusage(resource.RUSAGE_SELF)
    cpu = after.ru_utime + after.ru_stime - usage.ru_utime - usage.ru_stime
    print(json.dumps({"steps": sum(done), "seconds": seconds, "cpu": cpu}), flush=True)
    connection.close_pool() if hasattr(connection, "close_pool") else None
    return 0


# -- measuring -------------------------------------------------------------------------------------------------------


def measure(given: argparse.Namespace) -> dict[str, Any]:
    """Prepare the cases and run both sides in turns."""
    parent = CHECKOUT / "var"
    parent.mkdir(exist_ok=True)
    folder = Path(tempfile.mkdtemp(prefix="bench-", dir=parent))
    try:
        with city(folder) as server:
            return _measure(given, server, folder)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def settle(url: str) -> None:
    """Tidy up before a side's turn, so that the vacuum of what one side wrote is not charged to the other."""
    import psycopg

    with psycopg.connect(url, autocommit=True) as admin:
        admin.execute("VACUUM ANALYZE")


def _measure(given: argparse.Namespace, server: Any, folder: Path) -> dict[str, Any]:
    from tongban.foundation.postgres.roles import ADMIN, APP

    credentials = server.ensure()
    span = int(given.seconds * CASES_PER_SECOND)
    case_id, command = first_case()
    say(f"making {2 * given.rounds * CLIENTS * span:,} cases ...")
    clone(credentials.url(ADMIN), case_id, 2 * given.rounds * CLIENTS * span)
    calls = captured(case_id, command)
    text, values = script(calls, case_id)
    postmaster = int((server.cluster / "postmaster.pid").read_text().split()[0])
    pgbench = Pgbench(server.binaries.program("pgbench"), credentials.url(APP), folder, postmaster)
    lookup = pgbench.run("\n".join(text.splitlines()[:3]).replace("\\set i :i + 1", ""), {}, 3, 0, span)
    limit, ours = Side(0, 0.0, 0.0), Side(0, 0.0, 0.0)
    for turn in range(given.rounds):
        base = 2 * turn * CLIENTS * span
        settle(credentials.url(ADMIN))
        limit += pgbench.run(text, values, given.seconds, base, span)
        settle(credentials.url(ADMIN))
        ours += load(command, given.seconds, base + CLIENTS * span, span, postmaster)
        rates = [side.steps / side.seconds for side in (limit, ours)]
        say(f"round {turn + 1}: pgbench {rates[0]:,.0f}/s with its lookup, execute {rates[1]:,.0f}/s")
    return result(limit, ours, lookup, calls)


def result(limit: Side, ours: Side, lookup: Side, calls: Sequence[Statement]) -> dict[str, Any]:
    """The figures; the lookup that only pgbench needs is taken off its side."""
    per_lookup = lookup.seconds / lookup.steps
    limit_per_s = 1 / (limit.seconds / limit.steps - per_lookup)
    steps_per_s = ours.steps / ours.seconds
    writing = max((params for _, params in calls), key=len)
    return {
        "ratio": round(steps_per_s / limit_per_s, 3),
        "steps_per_s": round(steps_per_s, 1),
        "limit_per_s": round(limit_per_s, 1),
        "limit_per_s_with_lookup": round(limit.steps / limit.seconds, 1),
        "postgres_cpu_ms": round(1000 * ours.postgres_cpu / ours.steps, 3),
        "limit_postgres_cpu_ms": round(
            1000 * (limit.postgres_cpu / limit.steps - lookup.postgres_cpu / lookup.steps), 3
        ),
        "application_cpu_ms": round(1000 * ours.application_cpu / ours.steps, 3),
        "statements": len(calls),
        "state_bytes": len((writing[5] or "").encode()),
        "cpus": os.cpu_count(),
    }


def say(text: str) -> None:
    """Progress, on stderr."""
    print(text, file=sys.stderr, flush=True)


def main() -> int:
    """`script/bench ledger`."""
    parser = argparse.ArgumentParser(
        "script/bench ledger", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--seconds", type=float, default=8, help="length of one run of one side (8)")
    parser.add_argument("--rounds", type=int, default=2, help="turns of both sides (2)")
    parser.add_argument("--json", action="store_true", help="the figures as JSON")
    for name in ("--client", "--base", "--span"):
        parser.add_argument(name, type=str if name == "--client" else int, help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.client:
        return client(given)
    found = measure(given)
    if given.json:
        print(json.dumps(found))
        return 0
    print(f"ledger.execute   {found['steps_per_s']:>9,.1f} steps/s   PostgreSQL {found['postgres_cpu_ms']} ms,"
          f" application {found['application_cpu_ms']} ms CPU a step")  # fmt: skip
    print(f"pgbench limit    {found['limit_per_s']:>9,.1f} steps/s   PostgreSQL {found['limit_postgres_cpu_ms']} ms")
    print(f"ratio            {found['ratio']:>9.3f}           (bar: 0.50 at 0.6 ms PostgreSQL CPU)")
    return 0


if __name__ == "__main__":
    sys.exit(main())
