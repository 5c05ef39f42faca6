"""Kill -9 under load: is anything lost that the city had acknowledged?

Companies of a list apply and are handled through the pages, several at once (`tongban walk --applicants`). Meanwhile a
web process, the web server, the worker and PostgreSQL's postmaster are killed with SIGKILL in turns; `tongban serve`
starts again what died. Browsers repeat a request that got no answer, with the same request id, as a person would press
the button again. At the end:

- every act whose answer came (a redirect after a POST with a request id) has its request id in the ledger: 0 lost;
- acknowledged acts are sent once more with the same request ids, and the ledger does not grow;
- every case is complete, and `ledger verify` is clean.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import signal
import sys
import tempfile
import threading
import time
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

CHECKOUT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(CHECKOUT / "src"))
os.environ["DJANGO_SETTINGS_MODULE"] = "tongban.site.settings"

PATIENCE = 90.0  # seconds a browser goes on trying
VICTIMS = ("web process", "postgres", "worker", "web server", "postgres")


@dataclass
class Heard:
    """Every act that was acknowledged: browser, form, what was sent."""

    acts: list[tuple[Any, Any, list[tuple[str, str]]]] = field(default_factory=list)

    def __call__(self, browser: Any, form: Any, data: list[tuple[str, str]]) -> None:
        self.acts.append((browser, form, data))

    def ids(self) -> list[str]:
        """Their request ids."""
        return [dict(data)["request_id"] for _, _, data in self.acts]


# -- killing


def processes() -> dict[int, tuple[int, str]]:
    """pid -> (parent, command line) of everything that runs."""
    found = {}
    for entry in Path("/proc").glob("[0-9]*"):
        try:
            fields = (entry / "stat").read_text().rpartition(")")[2].split()
            command = (entry / "cmdline").read_bytes().replace(b"\0", b" ").decode("utf-8", "replace")
        except OSError:
            continue
        found[int(entry.name)] = (int(fields[1]), command)
    return found


def victim(there: Any, kind: str) -> int | None:
    """The pid of one such process of this city, or None while there is none."""
    from tongban.site.operating import ready

    if kind == "postgres":
        try:
            cluster = ready.server(there.installation).cluster
            return int((cluster / "postmaster.pid").read_text().split()[0])
        except (OSError, ValueError, IndexError):
            return None
    running = processes()
    own = {pid: command for pid, (parent, command) in running.items() if parent == there.server.pid}
    if kind == "worker":
        return next((pid for pid, command in own.items() if command.rstrip().endswith("worker")), None)
    master = next((pid for pid, command in own.items() if "granian" in command), None)
    if kind == "web server" or master is None:
        return master
    children = [pid for pid, (parent, _) in running.items() if parent == master]
    return random.choice(children) if children else None


def killing(there: Any, kills: int, pause: float, done: threading.Event, log: list[dict[str, Any]]) -> None:
    """Kill `kills` times with `pause` seconds between, and note how long it took until the city answered again."""
    for number in range(kills):
        if done.wait(pause * random.uniform(0.6, 1.4)):
            return
        kind = VICTIMS[number % len(VICTIMS)]
        pid = victim(there, kind)
        if pid is None:
            continue
        os.kill(pid, signal.SIGKILL)
        began = time.monotonic()
        time.sleep(0.05)
        healthy(there)
        log.append({"killed": kind, "answered_after_s": round(time.monotonic() - began, 2)})
        say(f"{number + 1}: killed the {kind}; the city answers after {log[-1]['answered_after_s']} s")


def healthy(there: Any) -> None:
    """Wait until the city answers that all is well."""
    import httpx

    for _ in range(600):
        try:
            if httpx.get(f"{there.url}/health/", timeout=5, trust_env=False).status_code == 200:
                return
        except httpx.HTTPError:
            pass
        time.sleep(0.1)
    raise SystemExit("the city did not come back within a minute")


# -- checking


def lost(ids: list[str]) -> list[str]:
    """Request ids that were acknowledged and that the ledger does not have."""
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("SELECT DISTINCT request_id FROM ledger_event WHERE request_id = ANY(%s)", [ids])
        there = {row[0] for row in cursor.fetchall()}
    connection.close()
    return [one for one in ids if one not in there]


def events() -> int:
    """How many events the ledger has."""
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM ledger_event")
        count = int(cursor.fetchone()[0])
    connection.close()
    return count


def repeat(heard: Heard, most: int) -> dict[str, Any]:
    """Send acknowledged acts of the officers once more, with the same request ids."""
    acts = [act for act in list(heard.acts) if any(part in act[1].action for part in ("/counter/", "/desk/"))]
    chosen = random.sample(acts, min(most, len(acts)))
    time.sleep(3)  # the worker is done
    before, answers = events(), Counter[int]()
    for browser, form, data in chosen:
        answers[browser.send(form, data, status=None).status] += 1
    return {"repeated": len(chosen), "answers": dict(answers), "events_added": events() - before}


def drill(given: argparse.Namespace) -> dict[str, Any]:
    """The whole drill."""
    from tongban.site.walk.browser import Browser
    from tongban.site.walk.town import town

    heard, log, done = Heard(), list[dict[str, Any]](), threading.Event()
    Browser.patience, Browser.acknowledged = PATIENCE, heard
    with town(None) as there:  # sets Django up, which the next two need
        from tongban.foundation import ledger
        from tongban.site.walk import crowd

        killer = threading.Thread(target=killing, args=(there, given.kills, given.pause, done, log))
        killer.start()
        found = crowd.drive(there, given.applicants, given.n, given.threads)
        done.set()
        killer.join()
        healthy(there)
        Browser.acknowledged = None
        missing = lost(heard.ids())
        repeated = repeat(heard, 50)
        report = ledger.verify()
        healthy(there)
    whole = found["ok"] and report.ok and len(log) >= given.kills
    return {
        "ok": bool(whole and not missing and not repeated["events_added"]),
        "kills": len(log), "acknowledged": len(heard.acts), "lost": len(missing), "lost_ids": missing[:10],
        "complete": found["complete"], "asked": found["asked"], "failures": found["failures"],
        **repeated, "ledger": str(report), "handled_in": found["handled_in"], "log": log,
    }  # fmt: skip


def invented(count: int) -> str:
    """A list of companies that don't exist; their codes have correct check digits."""
    from tongban.kernel.codes import credit_code

    rows = [f"演示企业{n:04d},{credit_code.make('91', '429901', f'DEMP{n:04d}').text}" for n in range(count)]
    return "\n".join(["企业名称,统一社会信用代码", *rows]) + "\n"


def say(text: str) -> None:
    """Progress, on stderr."""
    print(text, file=sys.stderr, flush=True)


def main() -> int:
    """`script/bench crash`."""
    parser = argparse.ArgumentParser(
        "script/bench crash", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--applicants", metavar="CSV", help="companies: 企业名称, 统一社会信用代码 (default: invented)")
    parser.add_argument("--n", type=int, default=120, help="cases (120)")
    parser.add_argument("--threads", type=int, default=6, help="how many at once (6)")
    parser.add_argument("--kills", type=int, default=10, help="how many kills (10)")
    parser.add_argument("--pause", type=float, default=5, help="seconds between kills, about (5)")
    parser.add_argument("--json", action="store_true", help="the figures as JSON")
    given = parser.parse_args()
    os.environ.pop("TONGBAN_DATA", None)
    with tempfile.NamedTemporaryFile("w", encoding="utf-8", suffix=".csv") as file:
        if not given.applicants:
            given.applicants = file.name
            file.write(invented(given.n))
            file.flush()
        found = drill(given)
    if given.json:
        print(json.dumps(found, ensure_ascii=False))
    else:
        for name, value in found.items():
            print(f"{name:<14} {value}")
    return 0 if found["ok"] else 1


if __name__ == "__main__":
    sys.exit(main())
