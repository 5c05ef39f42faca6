"""Steps per second of the ledger with the real case, against what PostgreSQL can do with the same statements.

The step: an inspector records the inspection of a restaurant (FOOD). The real decider checks the rights, writes two
events, the route joins its two branches, one task row is closed and the task of deciding is opened. Each step is one
`ledger.execute` on a case of its own, from 2 processes with 4 threads each.

The limit: the very same statements (captured from such a step: BEGIN, lock, request id, the one writing statement,
COMMIT) driven by `pgbench -M prepared` with 8 clients on the same server in the same run, on other cases in the same
state. pgbench can't make up a UUID, so it first looks the id up by number; the time and CPU of that lookup are measured
by themselves and taken off, in favour of the limit. Both sides run in turns, so that a busy machine is busy for both.

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
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import Any

CHECKOUT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(CHECKOUT / "src"))
PROCESSES, THREADS, CLIENTS = 2, 4, 8
#: More cases a second than either side will ever use, for each of 8 clients.
CASES_PER_SECOND = 700
TICK = os.sysconf("SC_CLK_TCK")


@dataclass(frozen=True)
class Side:
    """One side's measurement."""

    steps: int
    seconds: float
    postgres_cpu: float  # seconds
    application_cpu: float = 0.0

    def __add__(self, other: Side) -> Side:
        return Side(*(a + b for a, b in zip(asdict(self).values(), asdict(other).values(), strict=True)))


# -- the cases -------------------------------------------------------------------------------------------------------


@contextmanager
def city(folder: Path) -> Iterator[Any]:
    """A fresh installation with its own durable database server; yields the server."""
    os.environ |= {"TONGBAN_DATA": str(folder), "DJANGO_SETTINGS_MODULE": "tongban.site.settings"}
    os.environ.pop("DATABASE_URL", None)
    from tongban.site.cli import ready

    installation = ready.ready(seeded=False)
    try:
        yield ready.server(installation)
    finally:
        ready.leave_database(installation)


def facts_of(actor: Any, now: datetime) -> Any:
    """What a decision on a FOOD case rests on: shipped item, shipped route, shipped calendar."""
    from tongban.contexts.cases.core.commands import Facts
    from tongban.contexts.catalogue.core.source import parse_item
    from tongban.contexts.process.core.bpmn import parse
    from tongban.contexts.process.core.seeds import seed_years
    from tongban.kernel.workdays import Calendar

    source = CHECKOUT / "catalogue/items/FOOD/item.yaml"
    item = parse_item(source.read_text(encoding="utf-8"), "FOOD/item.yaml", version=1).item
    assert item is not None
    assert item.handling is not None
    route = parse((CHECKOUT / f"catalogue/routes/{item.handling.route}.bpmn").read_bytes())
    return Facts(
        actor=actor, now=now, calendar=Calendar({year.year: year for year in seed_years()}), item=item, route=route,
        number="4" * 43, query_code="123456", current_version=1, lanes=dict(item.handling.agencies), agency=item.agency,
    )  # fmt: skip


def moment() -> datetime:
    """Monday 2026-03-02, 09:00."""
    from tongban.kernel.clock import CHINA

    return datetime(2026, 3, 2, 9, 0, tzinfo=CHINA)


def officer(agency: str = "market") -> Any:
    """Somebody who may receive, review and inspect."""
    from tongban.contexts.parties.core import Actor, Role

    return Actor(
        kind="officer", id="officer:5f0e5a43-9a5e-4b3f-8d0d-8a116f0cbb0e", name="陈立", agency=agency,
        roles=frozenset({Role.WINDOW, Role.REVIEWER}), window="1", window_items=frozenset({"*"}),
    )  # fmt: skip


def give(case_id: str, command: Any, facts: Any, request_id: str) -> Any:
    """One step, as `cases.actions` gives it."""
    from tongban.contexts.cases.projections import CASE_KIND
    from tongban.foundation import ledger

    return ledger.execute(
        CASE_KIND, case_id, command, facts=facts, actor=facts.actor.id, principal=f"agency:{facts.actor.agency}",
        request_id=request_id, now=facts.now,
    )  # fmt: skip


def first_case() -> tuple[str, Any]:
    """A case, through the real decider, in which all is done but the last inspection; and the command that does it."""
    from tongban.contexts.cases.core import commands as c
    from tongban.contexts.cases.core.state import Material
    from tongban.foundation.ledger import stream_id_for

    facts, case_id = facts_of(officer("service-centre"), moment()), stream_id_for("bench")
    item = facts.item
    values: dict[str, Any] = {}
    for field in (field for step in item.handling.form for field in step.fields):
        known = {"choice": lambda f=field: f.options[-1].value, "multi": lambda f=field: [f.options[0].value]}
        number = str(max(field.minimum or 1, 1))
        plain = {"integer": number, "money": number, "date": "2026-03-02"}.get(field.kind, "江畔小馆")
        values[field.id] = known[field.kind]() if field.kind in known else plain
    materials = tuple(
        Material(id=m.id, file_id=stream_id_for(m.id), filename=f"{m.id}.pdf", media_type="application/pdf",
                 size=48213, sha256="5" * 64)
        for m in item.materials if m.source == "self" and m.need in ("required", "situational")
    )  # fmt: skip
    company, person = stream_id_for("company"), stream_id_for("person")
    applicant = c.Applicant(company, "legal", "江畔小馆", "91429901*****KFXD", person, "周敏", "13900000001")
    submit = c.Submit(
        applicant=applicant, item_version=1, division="429901", values=values, materials=materials,
        delivery="electronic", channel="window",
    )  # fmt: skip
    give(case_id, submit, facts, "bench-submit")
    for material in materials:
        give(case_id, c.CheckMaterial(material.id), facts, f"bench-check-{material.id}")
    state = give(case_id, c.Accept(), facts, "bench-accept").state
    while len(state.open_tasks) > 1:
        task = next(t for t in state.open_tasks if t.act != "inspect")
        at_desk = replace(facts, actor=officer(task.agency))
        outcome = "agree" if task.act == "opinion" else "pass"
        state = give(case_id, c.CompleteTask(task.id, outcome), at_desk, f"bench-{task.id}").state
    return case_id, inspection(state)


def inspection(state: Any) -> Any:
    """The command that every measured step gives."""
    from tongban.contexts.cases.core.commands import CompleteTask

    (task,) = state.open_tasks
    second = {"second_officer": "officer:2", "second_officer_name": "刘芳"}
    return CompleteTask(task.id, "pass", opinion="现场布局与图纸一致", **second)


CLONE = """
CREATE TABLE bench_id (n int PRIMARY KEY, id text NOT NULL);
GRANT SELECT ON bench_id TO tongban_app;
INSERT INTO bench_id SELECT n, gen_random_uuid()::text FROM generate_series(0, {count} - 1) n;
INSERT INTO ledger_stream (id, kind, version, head, state, created_at, updated_at)
    SELECT b.id, kind, version, head, replace(state, '{number}', lpad(b.n::text, 43, '0')), created_at, updated_at
    FROM ledger_stream s, bench_id b WHERE s.id = '{case}';
INSERT INTO ledger_event
    (stream_id, seq, type, version, payload, at, actor, principal, request_id, prev_hash, hash)
    SELECT b.id, seq, type, version, payload, at, actor, principal, request_id, prev_hash, hash
    FROM ledger_event e, bench_id b WHERE e.stream_id = '{case}';
INSERT INTO ledger_due (stream_id, key, queue, name, at, args, fence)
    SELECT b.id, key, queue, name, at, args, fence FROM ledger_due d, bench_id b WHERE d.stream_id = '{case}';
INSERT INTO cases_case SELECT (jsonb_populate_record(c, jsonb_build_object('stream_id', b.id,
    'number', lpad(b.n::text, 43, '0')))).* FROM cases_case c, bench_id b WHERE c.stream_id = '{case}';
INSERT INTO cases_task SELECT (jsonb_populate_record(t, jsonb_build_object('stream_id', b.id{more}))).*
    FROM cases_task t, bench_id b WHERE t.stream_id = '{case}';
"""


def clone(admin_url: str, case_id: str, count: int) -> None:
    """Make `count` cases in the state of `case_id` (chains are not to be verified here: they are copies)."""
    import psycopg

    with psycopg.connect(admin_url, autocommit=True) as admin:
        identity = admin.execute(
            "SELECT count(*) FROM information_schema.columns WHERE table_name = 'cases_task' AND column_name = 'id'"
        ).fetchone()
        more = ", 'id', nextval(pg_get_serial_sequence('cases_task', 'id'))" if identity and identity[0] else ""
        with admin.transaction():
            for statement in CLONE.format(count=count, number="4" * 43, case=case_id, more=more).split(";\n"):
                if statement.strip():
                    admin.execute(statement)
        admin.execute("VACUUM ANALYZE")
        admin.execute("CHECKPOINT")


# -- the limit -------------------------------------------------------------------------------------------------------


def captured(case_id: str, command: Any) -> list[tuple[str, list[str]]]:
    """The statements of one real step with their parameters, in order. The step is done on `case_id`."""
    from tongban.foundation.ledger import execution, wire

    calls: list[tuple[str, list[str]]] = []
    real = wire.run

    def listening(raw: Any, batch: Any) -> Any:
        calls.extend((c.statement.sql.decode(), [(p or b"").decode() for p in c.params]) for c in batch)
        return real(raw, batch)

    execution.wire.run = listening  # type: ignore[assignment]
    try:
        give(case_id, command, facts_of(officer(), moment()), "bench-captured")
    finally:
        execution.wire.run = real
    return calls


def script(calls: Sequence[tuple[str, list[str]]], case_id: str) -> tuple[str, dict[str, str]]:
    """The pgbench script of a step, and the values of its variables."""
    lines = ["\\set n :base + :client_id * :span + :i", "\\set i :i + 1"]
    lines.append("SELECT id FROM bench_id WHERE n = :n \\gset")
    values: dict[str, str] = {}
    for place, (sql, params) in enumerate(calls):
        names = {}
        for number, value in enumerate(params, 1):
            if value == case_id:
                names[number] = ":id"
            elif value == "bench-captured":
                names[number] = ":n"
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


def client(given: argparse.Namespace) -> int:
    """One process of the load: says "ready", waits for "go", and prints what it did as JSON."""
    import django

    django.setup()
    from django.db import connection

    from tongban.contexts.cases.core.commands import CompleteTask

    command, facts = CompleteTask(**json.loads(given.client)), facts_of(officer(), moment())
    with connection.cursor() as cursor:
        cursor.execute("SELECT id FROM bench_id WHERE n >= %s ORDER BY n LIMIT %s", (given.base, given.span * THREADS))
        ids = [row[0] for row in cursor.fetchall()]
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
    print(json.dumps({"steps": sum(done), "seconds": seconds, "cpu": cpu}))
    connection.close_pool() if hasattr(connection, "close_pool") else None
    return 0


# -- measuring -------------------------------------------------------------------------------------------------------


def postgres_cpu(postmaster: int) -> float:
    """CPU seconds used so far by the server's processes, also by those that have ended."""
    total = 0.0
    for entry in Path("/proc").iterdir():
        if not entry.name.isdigit():
            continue
        try:
            fields = (entry / "stat").read_text().rpartition(")")[2].split()
        except OSError:
            continue  # it ended meanwhile
        if int(entry.name) == postmaster:
            total += sum(map(int, fields[11:15]))
        elif int(fields[1]) == postmaster:
            total += sum(map(int, fields[11:13]))
    return total / TICK


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
        limit += pgbench.run(text, values, given.seconds, base, span)
        ours += load(command, given.seconds, base + CLIENTS * span, span, postmaster)
        rates = [side.steps / side.seconds for side in (limit, ours)]
        say(f"round {turn + 1}: pgbench {rates[0]:,.0f}/s with its lookup, execute {rates[1]:,.0f}/s")
    return result(limit, ours, lookup, calls)


def result(limit: Side, ours: Side, lookup: Side, calls: Sequence[tuple[str, list[str]]]) -> dict[str, Any]:
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
        "state_bytes": len(writing[5].encode()),
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
    parser.add_argument("--seconds", type=float, default=6, help="length of one run of one side (6)")
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
