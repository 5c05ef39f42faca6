"""What two requests cost over real HTTP: filing a complete FOOD application, and a page of a full worktable.

create: 300 complete drafts are prepared; then each is filed by one POST to the served city (one web process, no
worker, so that nothing else runs). CPU is read from /proc before and after: of the web process and of all of
PostgreSQL's. Statements and commits are what PostgreSQL itself logs of 20 more such requests (log_statement = all), all
but BEGIN and COMMIT counted: session, account, draft, ledger.

worktable: one accepted FOOD case is copied until one organ has 10,000 and then 100,000 cases, their deadlines spread
over two months; the first page (50 rows, the first case beside them) is asked for again and again by one officer.
`growth` is the CPU (web and PostgreSQL) of a page with 100,000 cases over that with 10,000: unlike the time, it does
not depend on what else the machine does; the growth of median and p95 time stand beside it.
"""

from __future__ import annotations

import argparse
import json
import os
import statistics
import sys
import time
import uuid
from pathlib import Path
from typing import Any

CHECKOUT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(CHECKOUT / "src"))
os.environ["DJANGO_SETTINGS_MODULE"] = "tongban.site.settings"

LISTENED = 20
DEMO_COMPANY = "临江区江畔小馆"
COPY = """
DROP TABLE IF EXISTS bench_id;
CREATE TABLE bench_id (n int PRIMARY KEY, id uuid NOT NULL, due date NOT NULL);
INSERT INTO bench_id
    SELECT n, gen_random_uuid(), date '2026-03-02' + n %% 60 FROM generate_series(%(first)s::int, %(last)s::int) n;
INSERT INTO ledger_stream (id, kind, version, head, state, created_at, updated_at)
    SELECT b.id::text, kind, version, head, state, created_at, updated_at FROM ledger_stream, bench_id b
    WHERE ledger_stream.id = %(case)s;
INSERT INTO cases_case SELECT (jsonb_populate_record(c, jsonb_build_object('stream_id', b.id,
    'number', lpad(b.n::text, 43, '0'), 'legal_due', b.due, 'promised_due', b.due))).*
    FROM cases_case c, bench_id b WHERE c.stream_id = %(case)s::uuid;
INSERT INTO cases_task SELECT (jsonb_populate_record(t, jsonb_build_object('stream_id', b.id,
    'number', lpad(b.n::text, 43, '0'), 'due', b.due, 'legal_due', b.due, 'promised_due', b.due))).*
    FROM cases_task t, bench_id b WHERE t.stream_id = %(case)s::uuid;
"""


class Bench:
    """The served city and who asks in it."""

    def __init__(self, there: Any) -> None:
        from tongban.foundation.postgres.roles import ADMIN
        from tongban.site.operating import ready

        self.town = there
        self.server = ready.server(there.installation)
        self.admin_url = self.server.ensure().url(ADMIN)
        self.postmaster = int((self.server.cluster / "postmaster.pid").read_text().split()[0])

    def cpu(self) -> Any:
        """CPU seconds so far of web and PostgreSQL."""
        from bench.support import web

        return web.cpu(self.town.server.pid, self.postmaster)


# -- filing


def drafts(there: Any, count: int) -> list[str]:
    """Complete FOOD drafts of one owner, ready to be filed."""
    from tongban.contexts.cases import actions
    from tongban.contexts.catalogue import queries as catalogue
    from tongban.contexts.catalogue.core.materials import needed_materials
    from tongban.contexts.parties import actions as parties_actions
    from tongban.contexts.parties import queries as parties
    from tongban.integrations.identity_demo import PERSONS
    from tongban.site.demo.answers import ANSWERS
    from tongban.site.demo.papers import sketch

    now = there.now()
    identity = next(person.identity for person in PERSONS if person.key == "zhou-min")
    signed = parties_actions.sign_in(identity, now=now, request_id=str(uuid.uuid4()))
    owner = parties.actor_of(signed.account_id, now=now)
    principal = next(one for one in owner.principals if one.name == DEMO_COMPANY)
    item = catalogue.current("FOOD").item
    values = ANSWERS["FOOD"] | {
        "applicant_name": DEMO_COMPANY, "shop_address": "江城市临江区滨江路 12 号", "contact_name": "周敏",
        "contact_phone": "13900000001",
    }  # fmt: skip
    made = []
    for _ in range(count):
        draft = actions.start_draft(
            item_code="FOOD", principal_id=principal.id, division="429901", actor=owner, now=now
        )
        actions.save_answers(draft_id=draft, values=values, actor=owner, now=now)
        for needed in needed_materials(item, values):
            if needed.must_bring:
                name = needed.material.name.zh
                actions.attach_material(
                    draft_id=draft, material_id=needed.material.id, data=sketch(name, DEMO_COMPANY),
                    filename=f"{name}.pdf", actor=owner, now=now,
                )  # fmt: skip
        made.append(draft)
    return made


class Owner:
    """The owner's browser, logged in, with its CSRF token; posts without following redirects."""

    def __init__(self, there: Any) -> None:
        import httpx

        from tongban.site.walk import people

        browser = people.citizen(there.url, "zhou-min")
        page = browser.get("/login/staff/")
        form = page.form("name", "password")
        assert form is not None
        self.token = dict(form.values())["csrfmiddlewaretoken"]
        self.http = httpx.Client(base_url=there.url, timeout=30, trust_env=False, cookies=browser.cookies)

    def file(self, draft: str) -> float:
        """File one draft; the seconds until the answer."""
        form = {"csrfmiddlewaretoken": self.token, "promise": "yes", "request_id": str(uuid.uuid4())}
        began = time.perf_counter()
        answer = self.http.post(f"/draft/{draft}/check/", data=form)
        took = time.perf_counter() - began
        assert answer.status_code == 303, f"HTTP {answer.status_code}: {answer.text[:500]}"
        assert answer.headers["location"].endswith("/receipt/"), answer.headers["location"]
        return took


def create(bench: Bench, count: int) -> dict[str, Any]:
    """The figures of filing."""
    from bench.support import web

    say(f"preparing {count + LISTENED + 20} drafts ...")
    ready = drafts(bench.town, count + LISTENED + 20)
    owner = Owner(bench.town)
    for draft in ready[:20]:  # plans, caches, connections
        owner.file(draft)
    with web.listened(bench.admin_url, bench.server.log) as heard:
        for draft in ready[20 : 20 + LISTENED]:
            owner.file(draft)
    before = bench.cpu()
    took = [owner.file(draft) for draft in ready[20 + LISTENED :]]
    after = bench.cpu()
    app, postgres = (after.web - before.web) / count * 1000, (after.postgres - before.postgres) / count * 1000
    return {
        "create.cpu_ms": round(app + postgres, 2), "create.application_cpu_ms": round(app, 2),
        "create.postgres_cpu_ms": round(postgres, 2), "create.statements": heard.counted / LISTENED,
        "create.commits": heard.commits / LISTENED, "create.p50_ms": round(statistics.median(took) * 1000, 1),
        "create.requests": count, "create.texts": heard.texts[: max(1, len(heard.texts) // LISTENED)],
    }  # fmt: skip


# -- the worktable


def accepted(bench: Bench) -> str:
    """One accepted FOOD case."""
    from tongban.site.walk import counter, people

    draft = drafts(bench.town, 1)[0]
    Owner(bench.town).file(draft)
    window = people.officer(bench.town.url, "window1")
    counter.accept(window, bench.town.state(draft).number)
    return draft


def copy(bench: Bench, case_id: str, first: int, last: int) -> None:
    """Cases number `first` to `last` like this one."""
    import psycopg

    say(f"copying cases up to {last:,} ...")
    with psycopg.connect(bench.admin_url, autocommit=True) as admin:
        for statement in COPY.split(";\n"):
            if statement.strip():
                admin.execute(statement, {"case": case_id, "first": first, "last": last})  # type: ignore[arg-type]
        admin.execute("VACUUM ANALYZE")
        admin.execute("CHECKPOINT")


def pages(bench: Bench, officer: Any, times: int) -> dict[str, Any]:
    """The first page of the worktable, asked for `times` times."""
    from bench.support import web

    def ask() -> float:
        began = time.perf_counter()
        answer = officer.get("/desk/worktable/")
        took = time.perf_counter() - began
        assert answer.status_code == 200, answer.status_code
        assert answer.text.count("/desk/case/") >= 50, "a page of fewer than 50 rows"
        return took

    for _ in range(5):
        ask()
    with web.listened(bench.admin_url, bench.server.log) as heard:
        for _ in range(LISTENED):
            ask()
    before = bench.cpu()
    took = sorted(ask() for _ in range(times))
    after = bench.cpu()
    return {
        "p50_ms": round(statistics.median(took) * 1000, 1), "p95_ms": round(took[int(0.95 * times)] * 1000, 1),
        "cpu_ms": round((after.web + after.postgres - before.web - before.postgres) / times * 1000, 2),
        "queries": heard.counted / LISTENED,
    }  # fmt: skip


def worktable(bench: Bench, times: int) -> dict[str, Any]:
    """The figures of the worktable with 10,000 and with 100,000 cases."""
    import httpx

    from tongban.site.walk import people

    case_id = accepted(bench)
    browser = people.officer(bench.town.url, "market-linjiang-r1")
    officer = httpx.Client(base_url=bench.town.url, timeout=30, trust_env=False, cookies=browser.cookies)
    copy(bench, case_id, 1, 10_000)
    small = pages(bench, officer, times)
    copy(bench, case_id, 10_001, 100_000)
    large = pages(bench, officer, times)
    return {
        **{f"worktable.{name}": value for name, value in large.items()},
        "worktable.growth": round(large["cpu_ms"] / small["cpu_ms"], 2),
        "worktable.p50_growth": round(large["p50_ms"] / small["p50_ms"], 2),
        "worktable.p95_growth": round(large["p95_ms"] / small["p95_ms"], 2),
        "worktable.small": small,
    }


def say(text: str) -> None:
    """Progress, on stderr."""
    print(text, file=sys.stderr, flush=True)


def main() -> int:
    """`script/bench http`."""
    parser = argparse.ArgumentParser(
        "script/bench http", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--requests", type=int, default=300, help="applications to file (300)")
    parser.add_argument("--pages", type=int, default=100, help="worktable pages to ask for (100)")
    parser.add_argument("--only", choices=("create", "worktable"), help="one of the two")
    parser.add_argument("--json", action="store_true", help="the figures as JSON")
    given = parser.parse_args()
    from tongban.site.walk.town import town

    os.environ.pop("TONGBAN_DATA", None)
    with town(None, workers=1, more=("--no-worker",)) as there:
        bench = Bench(there)
        found = create(bench, given.requests) if given.only != "worktable" else {}
        found |= worktable(bench, given.pages) if given.only != "create" else {}
    found["load"] = [round(value, 1) for value in os.getloadavg()]
    found["cpus"] = os.cpu_count()
    if given.json:
        print(json.dumps(found, ensure_ascii=False))
        return 0
    for text in found.pop("create.texts", []):
        print(f"    {text[:110]}")
    for name, value in found.items():
        print(f"{name:<28} {value}")
    print("bars: create.cpu_ms <= 12, .commits 1, .statements <= 8")
    print("      worktable.p95_ms <= 150, .queries <= 12, .growth <= 1.3")
    return 0


if __name__ == "__main__":
    sys.exit(main())
