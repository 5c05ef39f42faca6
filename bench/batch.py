"""A batch of radiation workers, from the upload of the sheet to the licences in one download.

A fresh installation with its own database and a worker process of its own. The item is RAD-CERT as shipped, on the
instant route: its papers are fetched instead of brought (no table decides over a paper that nobody looked at), and a
table of ages grants. Every document is real: one receipt for the batch, a notice of acceptance and a decision for each
case, and a licence, signed. Measured from the moment the sheet arrives until the archive with all licences is made;
each licence's signature is checked afterwards. Bar: 50 people in 30 seconds.
"""

from __future__ import annotations

import argparse
import io
import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import pairwise
from pathlib import Path
from typing import Any

CHECKOUT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(CHECKOUT / "src"))

from bench.support.food import city  # noqa: E402 - the platform's own source must be found first

BAR = 30.0  # seconds for 50 people
ITEM = "RAD-CERT"
TABLE = "rad-cert-bench"


def catalogue_of(folder: Path) -> Path:
    """The shipped catalogue with `ITEM` on the instant route."""
    import yaml

    made = folder / "catalogue"
    shutil.copytree(CHECKOUT / "catalogue", made)
    file = made / "items" / ITEM / "item.yaml"
    item = yaml.safe_load(file.read_text(encoding="utf-8"))
    for material in item["materials"]:
        if material["source"] == "self":
            material |= {"need": "exempt", "source": "government", "issuer": "health"}
            material.pop("proof", None)
    item["instant"] = True
    item["promised"]["value"] = 0
    item["handling"] |= {"route": "instant", "self_approval": True, "instant": TABLE}
    item["stages"] = [{"kind": kind} for kind in ("receive", "accept", "decide", "close", "deliver")]
    item["handling"]["batch"]["most"] = 10_000
    file.write_text(yaml.safe_dump(item, allow_unicode=True, sort_keys=False), encoding="utf-8")
    table = (CHECKOUT / "catalogue/decisions/flex-ins.dmn").read_text(encoding="utf-8")
    (made / "decisions" / f"{TABLE}.dmn").write_text(table.replace("decisions:flex-ins", f"decisions:{TABLE}"), "utf-8")
    return made


def sheet(count: int) -> bytes:
    """A workbook of people born in 1990, as a hospital fills it in."""
    import openpyxl

    from tongban.kernel.codes import citizen_id

    book = openpyxl.Workbook()
    page = book.active
    assert page is not None
    page.append(["姓名", "公民身份号码", "从事的放射工作", "开始（拟）从事日期"])
    for serial in range(count):
        first = f"42990119900{serial // 28_000 + 1}{serial % 28 + 1:02d}{serial // 28 % 1000:03d}"
        number = first + citizen_id.check_character(first)
        page.append([f"张{serial + 1}", number, "X射线影像诊断", "2026-12-01"])
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def hospital(now: Any) -> Any:
    """Calendar, catalogue's organs and one hospital with somebody who acts for it."""
    from tongban.contexts.parties import actions, queries
    from tongban.contexts.parties.core import system
    from tongban.integrations.identity_demo import PERSONS
    from tongban.site.demo import city as demo
    from tongban.site.demo.build import _agency

    for serial, organ in enumerate(demo.organs()):
        actions.create_agency(_agency(organ, serial), actor=system("bench"), now=now)
    queries.forget_agencies()
    identity = next(person.identity for person in PERSONS if person.key == "chen-jing")
    return queries.actor_of(actions.sign_in(identity, now=now, request_id="bench-sign-in").account_id, now=now)


def draft(actor: Any, now: Any) -> str:
    """An application with everything but the sheet."""
    from tongban.contexts.cases import actions

    company = actor.principals[-1]
    made = actions.start_batch(item_code=ITEM, principal_id=company.id, division="429901", actor=actor, now=now)
    common = {
        "applicant_kind": "institution", "applicant_name": company.name, "contact_name": actor.name,
        "contact_phone": "13900000007", "employer": company.name, "receive": "electronic",
    }  # fmt: skip
    actions.save_common(draft_id=made, values=common, complete=True, actor=actor, now=now)
    return made


@contextmanager
def working() -> Iterator[None]:
    """`tongban worker` as a process of its own."""
    process = subprocess.Popen([sys.executable, "-m", "tongban.site.cli", "worker"], cwd=CHECKOUT / "src",
                               stdout=subprocess.DEVNULL)  # fmt: skip
    try:
        yield
    finally:
        process.terminate()
        process.wait(timeout=60)


def measure(count: int) -> dict[str, Any]:
    """Seconds by step, and what there is at the end."""
    from tongban.contexts.cases import actions, queries
    from tongban.contexts.documents import queries as documents
    from tongban.foundation import ledger
    from tongban.foundation import time as platform
    from tongban.terminals.common.licence_archive import licence_archive

    actor = hospital(platform.now())
    made, data = draft(actor, platform.now()), sheet(count)
    with working():
        time.sleep(5)  # it is up, and waits for work
        marks = {"start": time.monotonic()}
        taken = actions.take_sheet(draft_id=made, data=data, filename="名单.xlsx", actor=actor, now=platform.now())
        assert taken.sound == count
        marks["sheet read and checked"] = time.monotonic()
        done = actions.file_batch(draft_id=made, request_id="bench-file", actor=actor, now=platform.now())
        marks["filed"] = time.monotonic()
        while (got := queries.batch(done.batch_id, actor=actor).counts.get("granted", 0)) < count or _owed():
            if time.monotonic() - marks["start"] > 40 * BAR:
                raise SystemExit(f"only {got} of {count} are decided; see `tongban doctor`")
            time.sleep(0.1)
        marks["every paper made"] = time.monotonic()
        archive = licence_archive(queries.licence_papers(done.batch_id, actor=actor)).read()
        marks["all licences in one archive"] = time.monotonic()
    with zipfile.ZipFile(io.BytesIO(archive)) as found:
        papers = [found.read(name) for name in found.namelist() if name.endswith(".pdf")]
    assert len(papers) == count
    assert all(documents.check_pdf(paper, platform.now()).intact for paper in papers)
    assert ledger.verify().ok
    names = list(marks)
    steps = {name: round(marks[name] - marks[before], 2) for before, name in pairwise(names)}
    return {"people": count, "seconds": round(marks[names[-1]] - marks["start"], 2), "steps": steps}


def _owed() -> int:
    """Papers that are still to be made."""
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM ledger_due WHERE queue = 'documents'")
        return int(cursor.fetchone()[0])


def main() -> int:
    parser = argparse.ArgumentParser(prog="script/bench batch", description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--people", type=int, default=50)
    parser.add_argument("--json", action="store_true")
    given = parser.parse_args()
    folder = Path(tempfile.mkdtemp(prefix="tongban-bench-"))
    try:
        os.environ["TONGBAN_CATALOGUE"] = str(catalogue_of(folder))
        with city(folder):
            from tongban.site import seeds

            seeds.seed(lambda text: None)  # what the worker would load, were it not there
            found = measure(given.people)
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    bar = BAR * max(1.0, given.people / 50)
    found |= {"bar": bar, "ratio": round(found["seconds"] / bar, 2), "passed": found["seconds"] <= bar}
    if given.json:
        print(json.dumps(found, ensure_ascii=False))
    else:
        for name, seconds in found["steps"].items():
            print(f"{seconds:8.2f} s  {name}")
        said = f"{found['people']} people, sheet to licences; bar {bar:.0f} s, ratio {found['ratio']}"
        print(f"{found['seconds']:8.2f} s  {said}")
    return 0 if found["passed"] else 1


if __name__ == "__main__":
    sys.exit(main())
