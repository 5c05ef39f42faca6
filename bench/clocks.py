"""A change of the calendar: how long until every open case has its dates anew, while the city goes on working.

An accepted FOOD case is made by the real rules and copied (its chain with it, so the copies are not to be verified).
Then a day off is added inside every limit, as `tongban calendar load` does, and the work that this leaves behind is
done by the worker's own code: each case gets its command, its event, its rows. Every case changes, the worst there is.
Meanwhile another process goes on giving commands to the same cases, one after another: `beside` tells how long they
took. `settling_s` of the time is only waited, until no process answers with the old calendar any more.

Also: deadlines a second in plain Python, which is what a page that counts its dates pays.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
from datetime import date, timedelta
from pathlib import Path
from typing import Any

CHECKOUT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(CHECKOUT / "src"))

from bench.support.food import city, clone, facts_of, first_case, give, moment, officer  # noqa: E402

BAR_CASES, BAR_SECONDS = 100_000, 60
NOTICE = "江政办〔2026〕9号"


def other(seconds: float) -> int:
    """The city going on: commands to one case after another, each its own transaction; prints how long they took."""
    import django

    django.setup()
    from django.db import connection

    from tongban.contexts.cases.core.commands import AskExtension

    with connection.cursor() as cursor:
        cursor.execute("SELECT id FROM bench_id ORDER BY n DESC LIMIT 5000")
        ids = [row[0] for row in cursor.fetchall()]
    facts = facts_of(officer(), moment() + timedelta(days=1))
    print("ready", flush=True)
    sys.stdin.readline()
    waits, until = [], time.monotonic() + seconds
    for case_id in ids:
        begin = time.monotonic()
        give(case_id, AskExtension("材料较多"), facts, f"bench-ask-{case_id}")
        waits.append(time.monotonic() - begin)
        if time.monotonic() > until:
            break
        time.sleep(0.02)
    waits.sort()
    print(json.dumps({"steps": len(waits), "worst_ms": round(1000 * waits[-1], 1),
                      "p95_ms": round(1000 * waits[int(len(waits) * 0.95)], 1)}), flush=True)  # fmt: skip
    return 0


def deadlines(seconds: float) -> int:
    """Deadlines a second in memory: twenty working days, two suspensions, an extension."""
    from tongban.contexts.process.core.clocks import Limit, Suspension, deadline
    from tongban.contexts.process.core.seeds import seed_years
    from tongban.kernel.workdays import Calendar

    calendar = Calendar({year.year: year for year in seed_years()})
    start, limit = date(2026, 3, 2), Limit(20, "workday")
    pauses = (
        Suspension("a", date(2026, 3, 5), date(2026, 3, 12)),
        Suspension("b", date(2026, 3, 9), date(2026, 3, 16)),
    )
    done, begin = 0, time.process_time()
    while time.process_time() - begin < seconds:
        for _ in range(200):
            deadline(calendar, start, limit, pauses, 10)
        done += 200
    return round(done / (time.process_time() - begin))


def prepare(admin_url: str, count: int) -> str:
    """Calendar, item and `count` open cases; the id of the case they are copies of."""
    from tongban.contexts.catalogue import actions as catalogue
    from tongban.contexts.parties.core import system
    from tongban.contexts.process import actions as process

    process.seed_calendar(now=moment())
    catalogue.load(CHECKOUT / "catalogue", actor=system("setup"), now=moment())
    case_id, _ = first_case()
    clone(admin_url, case_id, count)
    return case_id


def recompute() -> dict[str, Any]:
    """Add a day off and do the work it leaves behind."""
    from tongban.contexts.cases import jobs
    from tongban.contexts.process import actions as process
    from tongban.contexts.process import queries
    from tongban.foundation.ledger import worker
    from tongban.kernel.workdays import Year
    from tongban.site.wiring import wire

    wire()
    worker.handlers[RECOMPUTE] = lambda call: jobs.recompute(call, call.now)
    rounds: list[float] = []
    count_anew = jobs.recompute_clocks

    def timed(**given: Any) -> Any:
        start = time.monotonic()
        found = count_anew(**given)
        rounds.append(round(time.monotonic() - start, 2))
        return found

    jobs.recompute_clocks = timed  # its two rounds, with the waiting between them left out
    old = queries.calendar().years[2026]
    now = moment() + timedelta(days=1)
    begin = time.monotonic()
    day = date(2026, 3, 4)
    process.load_year(Year(2026, old.rest | {day}, old.work), source=NOTICE, actor="system:operator", now=now)
    worker.drain(now, queue="calendar")
    seconds = time.monotonic() - begin
    state = queries.year(2026)
    assert state is not None
    assert state.recompute_since is None, worker.unsettled()
    return {"seconds": round(seconds, 2), "settling_s": jobs.SETTLED, "cases": state.cases, "changed": state.changed,
            "refused": state.refused, "rounds_s": rounds}  # fmt: skip


RECOMPUTE = "calendar.recompute"


def checked(admin: Any, real: str) -> dict[str, Any]:
    """Rows and states after the run: every task row has the new date, and the real case's chain is whole."""
    from tongban.contexts.cases.projections import CASE_KIND
    from tongban.foundation import ledger

    state = ledger.load(CASE_KIND, real)
    assert state is not None
    stale = admin.execute(
        "SELECT count(*) FROM cases_case WHERE phase = 'accepted' AND legal_due <> %s", [state.legal_due]
    ).fetchone()[0]
    told = ledger.history(CASE_KIND, real)[-1]
    return {"stale_rows": stale, "told": told.type == "case.clocks_recomputed" and told.event.reason == NOTICE}


def measure(given: argparse.Namespace) -> dict[str, Any]:
    """The whole run on a server of its own."""
    parent = CHECKOUT / "var"
    parent.mkdir(exist_ok=True)
    folder = Path(tempfile.mkdtemp(prefix="bench-", dir=parent))
    try:
        with city(folder) as server:
            import psycopg

            from tongban.foundation.postgres.roles import ADMIN

            url = server.ensure().url(ADMIN)
            say(f"making {given.cases:,} open cases ...")
            real = prepare(url, given.cases)
            say("a day off is added ...")
            beside = _beside(given.cases)
            found = recompute()
            found["beside"] = json.loads(beside.communicate()[0])
            with psycopg.connect(url, autocommit=True) as admin:
                found |= checked(admin, real)
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    rate = found["changed"] / found["rounds_s"][0]
    whole = round(max(BAR_CASES / rate, found["settling_s"]) + found["rounds_s"][1], 1)
    return found | {
        "cases_per_s": round(rate), "seconds_for_100000": whole, "of_the_bar": round(whole / BAR_SECONDS, 2),
        "deadlines_per_s": deadlines(0.5), "cpus": os.cpu_count(),
        "ok": bool(found["told"] and not found["stale_rows"] and found["refused"] == 0),
    }  # fmt: skip


def _beside(cases: int) -> subprocess.Popen[str]:
    command = [sys.executable, "-m", "bench.clocks", "--beside", str(max(3.0, cases / 2500))]
    one = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, cwd=CHECKOUT)
    assert one.stdin is not None
    assert one.stdout is not None
    assert one.stdout.readline() == "ready\n"
    one.stdin.write("go\n")
    one.stdin.flush()
    return one


def say(text: str) -> None:
    """Progress, on stderr."""
    print(text, file=sys.stderr, flush=True)


def main() -> int:
    """`script/bench clocks`."""
    parser = argparse.ArgumentParser(
        "script/bench clocks", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--cases", type=int, default=20_000, help="open cases (20000; the bar is 100000 in 60 s)")
    parser.add_argument("--json", action="store_true", help="the figures as JSON")
    parser.add_argument("--beside", type=float, help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.beside:
        return other(given.beside)
    os.environ.pop("TONGBAN_DATA", None)
    found = measure(given)
    if given.json:
        print(json.dumps(found, ensure_ascii=False))
    else:
        for name, value in found.items():
            print(f"{name:<20} {value}")
    return 0 if found["ok"] else 1


if __name__ == "__main__":
    sys.exit(main())
