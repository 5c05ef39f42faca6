"""One case that a published table decides: from filing to the decision, and to the signed licence.

A fresh installation with its own database and a worker process of its own. The item is OLD-CARD as shipped; cases are
filed one after the other, each when the one before has its licence: what is measured is what one applicant waits.
The worker looks at an idle queue twice a second, which is most of the wait for the decision. Bar: the licence in 5 s.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

CHECKOUT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(CHECKOUT / "src"))

from bench.batch import working  # noqa: E402 - the platform's own source must be found first
from bench.support.food import city  # noqa: E402

BAR = 5.0  # seconds to the licence
PATIENCE = 60.0


def citizen(now: Any) -> Any:
    """The demo's organs, and a person who is old enough."""
    from tongban.contexts.parties import actions, queries
    from tongban.contexts.parties.core import system
    from tongban.integrations.identity_demo import PERSONS
    from tongban.site.demo import city as demo
    from tongban.site.demo.build import _agency

    for serial, organ in enumerate(demo.organs()):
        actions.create_agency(_agency(organ, serial), actor=system("bench"), now=now)
    queries.forget_agencies()
    identity = next(person.identity for person in PERSONS if person.key == "he-xiuying")
    return queries.actor_of(actions.sign_in(identity, now=now, request_id="bench-sign-in").account_id, now=now)


def draft(actor: Any, now: Any) -> str:
    """An application that the table grants, ready to be filed."""
    from tongban.contexts.cases import actions
    from tongban.contexts.parties import queries

    number = queries.particulars(actor.party_id, actor=actor).id_number
    made = actions.start_draft(
        item_code="OLD-CARD", principal_id=actor.party_id, division="429901", actor=actor, now=now
    )
    given = {
        "applicant_name": actor.name, "id_number": number, "local": "yes", "home_address": "望江街道",
        "contact_phone": "13900000007", "card": "electronic",
    }  # fmt: skip
    actions.save_answers(draft_id=made, values=given, actor=actor, now=now)
    return made


def one(actor: Any, serial: int) -> tuple[float, float, float]:
    """Seconds of filing itself, then from its answer to the decision and to the licence."""
    from tongban.contexts.cases import actions, queries
    from tongban.foundation import time as platform

    made = draft(actor, platform.now())
    began = time.monotonic()
    case_id = actions.submit(draft_id=made, request_id=f"bench-{serial}", actor=actor, now=platform.now()).case_id
    filed = time.monotonic()
    decided = _until(lambda: queries.case(case_id, actor=actor).state.decision is not None)
    licensed = _until(lambda: queries.case(case_id, actor=actor).state.licence is not None)
    return filed - began, decided - filed, licensed - filed


def _until(holds: Callable[[], bool]) -> float:
    end = time.monotonic() + PATIENCE
    while not holds():
        if time.monotonic() > end:
            raise SystemExit("nothing was decided; see `tongban doctor`")
        time.sleep(0.02)
    return time.monotonic()


def main() -> int:
    parser = argparse.ArgumentParser(prog="script/bench instant", description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--cases", type=int, default=10)
    parser.add_argument("--json", action="store_true")
    given = parser.parse_args()
    folder = Path(tempfile.mkdtemp(prefix="tongban-bench-"))
    try:
        os.environ["TONGBAN_CATALOGUE"] = str(CHECKOUT / "catalogue")
        with city(folder):
            from tongban.foundation import time as platform
            from tongban.site import seeds

            seeds.seed(lambda text: None)  # what the worker would load, were it not there
            actor = citizen(platform.now())
            with working():
                time.sleep(5)  # it is up, and waits for work
                waits = [one(actor, serial) for serial in range(given.cases + 1)][1:]  # the first one warms up
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    names = ("filed", "decided", "licence")
    found: dict[str, Any] = {"cases": len(waits)}
    for name, times in zip(names, zip(*waits, strict=True), strict=True):
        found[name] = {"median": round(statistics.median(times), 2), "max": round(max(times), 2)}
    found |= {"bar": BAR, "passed": found["licence"]["max"] <= BAR}
    if given.json:
        print(json.dumps(found))
    else:
        for name in names:
            print(f"{name:8} median {found[name]['median']:5.2f} s, longest {found[name]['max']:5.2f} s")
    return 0 if found["passed"] else 1


if __name__ == "__main__":
    sys.exit(main())
