"""The restaurant's case that the benchmarks measure with, made by the real rules, and copied as often as needed."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Any

CHECKOUT = Path(__file__).resolve().parents[2]


@contextmanager
def city(folder: Path) -> Iterator[Any]:
    """A fresh installation with its own durable database server; yields the server."""
    os.environ |= {"TONGBAN_DATA": str(folder), "DJANGO_SETTINGS_MODULE": "tongban.site.settings"}
    os.environ.pop("DATABASE_URL", None)
    from tongban.site.operating import ready

    installation = ready.ready(seeded=False)
    try:
        yield ready.server(installation)
    finally:
        ready.leave_database(installation)


def facts_of(actor: Any, now: datetime) -> Any:
    """What a decision on a FOOD case rests on: shipped item, shipped route, shipped calendar."""
    from tongban.contexts.cases.core.commands import Facts
    from tongban.contexts.catalogue.core.source import parse_item
    from tongban.contexts.process.core.seeds import seed_years
    from tongban.contexts.process.core.soundness import publishable
    from tongban.kernel.workdays import Calendar

    source = CHECKOUT / "catalogue/items/FOOD/item.yaml"
    item = parse_item(source.read_text(encoding="utf-8"), "FOOD/item.yaml", version=1).item
    assert item is not None
    assert item.handling is not None
    route = publishable((CHECKOUT / f"catalogue/routes/{item.handling.route}.bpmn").read_bytes())
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
INSERT INTO ledger_private SELECT b.id, seq, plain, salts
    FROM ledger_private p, bench_id b WHERE p.stream_id = '{case}';
INSERT INTO ledger_request SELECT b.id || request_id, b.id, fingerprint, first_seq, last_seq
    FROM ledger_request r, bench_id b WHERE r.stream_id = '{case}';
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
