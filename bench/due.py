"""Due rows: how fast workers take them, and whether one is lost or done twice when workers are killed.

Claims: a million rows are due at once; 2 worker processes take them with the ledger's own claim, in batches, each under
a lease that outlasts the run. Every row must have been taken exactly once.

Drill: streams of a small kind of their own owe a ring each. 2 workers deliver what is due as `tongban worker` does, one
command of the ledger a row, while one of them is killed with SIGKILL again and again and another started in its place.
The taken million still lies in the same table. At the end every stream has rung exactly once, nothing is owed, and the
ledger verifies. What a killed worker held waits until its lease (here 2 seconds) is over.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import Any, ClassVar

CHECKOUT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(CHECKOUT / "src"))

from bench.support.food import city, moment  # noqa: E402 - the platform's own source must be found first
from tongban.foundation.ledger.contract import Due, Kind, Order, Rows  # noqa: E402

WORKERS = 2
LEASE = 2  # seconds, in the drill


# -- a small kind of stream ------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Armed:
    """It is to ring at `at`."""

    TYPE: ClassVar[str] = "bench.armed"
    VERSION: ClassVar[int] = 1
    PERSONAL: ClassVar[frozenset[str]] = frozenset()
    at: datetime


@dataclass(frozen=True)
class Rung:
    """It rang."""

    TYPE: ClassVar[str] = "bench.rung"
    VERSION: ClassVar[int] = 1
    PERSONAL: ClassVar[frozenset[str]] = frozenset()
    at: datetime


@dataclass(frozen=True)
class Bell:
    """`at` None: nothing is owed."""

    at: datetime | None = None
    rings: int = 0


def _decide(state: Bell, command: str, facts: datetime) -> list[Any]:
    return [Armed(facts)] if command == "arm" else [Rung(facts)]  # rings whenever it is told to: only once may it be


def _evolve(state: Bell, event: Any) -> Bell:
    return Bell(event.at) if isinstance(event, Armed) else replace(state, at=None, rings=state.rings + 1)


def _rows(stream_id: str, state: Bell) -> Rows:
    return Rows({}, [Due("ring", state.at, "bench.ring", queue="bells")] if state.at else [])


BELL = Kind(name="bench_bell", state=Bell, events=(Armed, Rung), decide=_decide, evolve=_evolve, rows=_rows)


# -- worker processes ------------------------------------------------------------------------------------------------


def claimer(batch: int) -> int:
    """Takes rows of the queue "bench" until there are none; prints how many, and which on request."""
    import django

    django.setup()
    from tongban.foundation.ledger import worker

    worker.LEASE = 3600
    print("ready", flush=True)
    sys.stdin.readline()
    taken: list[str] = []
    start = time.monotonic()
    while found := worker.claim(moment(), "bench", batch):
        taken += [call.stream_id for call, _ in found]
    print(json.dumps({"seconds": time.monotonic() - start, "taken": taken}), flush=True)
    return 0


def ringer(batch: int) -> int:
    """Delivers what is due in the queue "bells", as `tongban worker` does, until it is told to stop or killed."""
    import django

    django.setup()
    from tongban.foundation import ledger
    from tongban.foundation.ledger import worker

    def ring(call: Any) -> None:
        ledger.execute(
            BELL, call.stream_id, "ring", facts=call.now, actor="system:bench", principal="",
            request_id=call.request_id, now=call.now,
        )  # fmt: skip

    worker.LEASE = LEASE
    worker.handlers["bench.ring"] = ring
    stop: list[int] = []
    signal.signal(signal.SIGTERM, lambda *_: stop.append(1))
    print("ready", flush=True)
    while not stop:
        if not worker.run_once(moment(), queue="bells", limit=batch):
            time.sleep(0.1)
    return 0


def started(role: str, batch: int) -> subprocess.Popen[str]:
    """One worker process, ready to go."""
    command = [sys.executable, "-m", "bench.due", "--role", role, "--batch", str(batch)]
    one = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, cwd=CHECKOUT)
    assert one.stdout is not None
    assert one.stdout.readline() == "ready\n"
    return one


# -- claims ----------------------------------------------------------------------------------------------------------

FILL = """
INSERT INTO ledger_due (stream_id, key, queue, name, at, args, fence)
SELECT 'bench-' || n, 'ring', 'bench', 'bench.ring', '2026-03-02T00:00:00+08'::timestamptz - n * interval '1 second',
       '{{}}', 1
FROM generate_series(1, {count}) n
"""


def claims(admin: Any, count: int, batch: int) -> dict[str, Any]:
    """Fill the table and let both workers take everything."""
    admin.execute(FILL.format(count=count))
    admin.execute("VACUUM ANALYZE ledger_due")
    workers = [started("claimer", batch) for _ in range(WORKERS)]
    for one in workers:
        assert one.stdin is not None
        one.stdin.write("go\n")
        one.stdin.flush()
    found = [json.loads(one.communicate()[0]) for one in workers]
    taken = [stream for one in found for stream in one["taken"]]
    longest = max(one["seconds"] for one in found)
    return {
        "rows": count, "workers": WORKERS, "batch": batch, "seconds": round(longest, 2),
        "claims_per_s": round(len(taken) / longest), "claims_twice": len(taken) - len(set(taken)),
        "claims_lost": count - len(set(taken)),
    }  # fmt: skip


# -- the drill -------------------------------------------------------------------------------------------------------


def arm(count: int) -> None:
    """Open `count` streams that owe a ring."""
    from tongban.foundation import ledger

    ids = [f"bell-{n:07d}" for n in range(count)]
    for place in range(0, count, 200):
        orders = [Order(BELL, stream, "arm", moment()) for stream in ids[place : place + 200]]
        ledger.execute_many(
            orders, actor="system:bench", principal="", request_id=f"arm-{place}", now=moment()
        )  # fmt: skip


def drill(admin: Any, count: int, kills: int, batch: int) -> dict[str, Any]:
    """Kill workers while they ring, then let them finish, and count."""
    from tongban.foundation import ledger

    arm(count)
    workers = [started("ringer", batch) for _ in range(WORKERS)]
    done = 0
    begin = time.monotonic()
    while done < kills:
        time.sleep(random.uniform(0.1, 0.5))
        place = random.randrange(WORKERS)
        workers[place].kill()
        workers[place].wait()
        done += 1
        if not _owed(admin):
            for one in workers:
                one.kill()
            raise SystemExit(f"the drill was over after {done} kills: give more --streams than {count}")
        workers[place] = started("ringer", batch)
    killing = time.monotonic() - begin
    while _owed(admin):
        time.sleep(0.2)
    seconds = time.monotonic() - begin
    for one in workers:
        one.terminate()
        one.wait()
    rings = dict(admin.execute(RINGS).fetchall())
    admin.execute("DELETE FROM ledger_due WHERE queue = 'bench'")  # the claimed million stands for no stream
    report = ledger.verify()
    return {
        "streams": count, "kills": done, "killing_seconds": round(killing, 1), "drill_seconds": round(seconds, 1),
        "done": rings.get(1, 0), "lost": rings.get(0, 0), "twice": sum(n for times, n in rings.items() if times > 1),
        "ledger": str(report), "ledger_ok": report.ok,
    }  # fmt: skip


RINGS = """
SELECT rings, count(*) FROM (
    SELECT s.id, count(e.seq) FILTER (WHERE e.type = 'bench.rung') AS rings
    FROM ledger_stream s JOIN ledger_event e ON e.stream_id = s.id WHERE s.kind = 'bench_bell' GROUP BY s.id
) AS each GROUP BY rings
"""


def _owed(admin: Any) -> int:
    return int(admin.execute("SELECT count(*) FROM ledger_due WHERE queue = 'bells'").fetchone()[0])


# -- the whole -------------------------------------------------------------------------------------------------------


def measure(given: argparse.Namespace) -> dict[str, Any]:
    """A server of its own, the claims, the drill."""
    parent = CHECKOUT / "var"
    parent.mkdir(exist_ok=True)
    folder = Path(tempfile.mkdtemp(prefix="bench-", dir=parent))
    try:
        with city(folder) as server:
            import psycopg

            from tongban.foundation import ledger
            from tongban.foundation.postgres.roles import ADMIN

            ledger.register(BELL)
            with psycopg.connect(server.ensure().url(ADMIN), autocommit=True) as admin:
                found = claims(admin, given.rows, given.batch)
                say(f"{found['claims_per_s']:,} claims/s; now the drill ...")
                found |= drill(admin, given.streams, given.kills, 20)
        return found | {"ok": not (found["claims_twice"] or found["claims_lost"] or found["lost"] or found["twice"])
                        and found["ledger_ok"] and found["done"] == given.streams}  # fmt: skip
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def say(text: str) -> None:
    """Progress, on stderr."""
    print(text, file=sys.stderr, flush=True)


def main() -> int:
    """`script/bench due`."""
    parser = argparse.ArgumentParser(
        "script/bench due", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--rows", type=int, default=1_000_000, help="due rows to claim (1000000)")
    parser.add_argument("--batch", type=int, default=500, help="rows a claim takes (500)")
    parser.add_argument("--streams", type=int, default=30_000, help="streams of the drill (30000)")
    parser.add_argument("--kills", type=int, default=20, help="how many kills (20)")
    parser.add_argument("--json", action="store_true", help="the figures as JSON")
    parser.add_argument("--role", choices=("claimer", "ringer"), help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.role:
        return {"claimer": claimer, "ringer": ringer}[given.role](given.batch)
    os.environ.pop("TONGBAN_DATA", None)
    found = measure(given)
    if given.json:
        print(json.dumps(found, ensure_ascii=False))
    else:
        for name, value in found.items():
            print(f"{name:<16} {value}")
    return 0 if found["ok"] else 1


if __name__ == "__main__":
    sys.exit(main())
