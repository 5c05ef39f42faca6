"""`tongban walk`: the main job, done through the same pages that people use, and checked at every step."""

from __future__ import annotations

import argparse
import sys
import time
from typing import Any

from tongban.site.operating.telling import say
from tongban.site.walk.town import Town, town


def run(given: argparse.Namespace) -> int:
    """Walk through the city; 1 at the first thing that is not as it should be."""
    import httpx

    from tongban.kernel.refusals import Refusal
    from tongban.site.walk.browser import Trouble
    from tongban.site.walk.report import Report

    with town(given.url) as there:
        report = Report(there, given.json)
        began = time.monotonic()
        try:
            result = _crowd(there, given) if given.applicants else _story(there, report)
        except (Trouble, httpx.HTTPError, Refusal) as problem:
            print(f"tongban walk: {report.doing or 'at the beginning'}: {problem}", file=sys.stderr)
            report.end({"ok": False, "at": report.doing, "problem": str(problem)})
            return 1
        verified = _verify()
        result |= {**verified, "ok": result["ok"] and verified["ok"]}
        result["seconds"] = round(time.monotonic() - began, 1)
        report.end({"ok": result["ok"], **result})
        if not given.json:
            print(_last(result))
        return 0 if result["ok"] else 1


def _story(there: Town, report: Any) -> dict[str, Any]:
    from tongban.site.walk import dig, food, others
    from tongban.site.walk.people import Staff
    from tongban.site.walk.story import Story

    report.start()
    story = Story(there, Staff(there.url), report)
    waiting = others.begin_lapse(story)
    cases = {"food": food.tell(story), "road_dig": dig.tell(story)}
    cases |= {"not_accepted": others.not_accepted(story), "denied": others.denied(story)}
    cases["withdrawn"] = others.withdrawn(story)
    others.lapse(story, waiting)
    return {"ok": True, "cases": {**cases, "lapsed": waiting}}


def _crowd(there: Town, given: argparse.Namespace) -> dict[str, Any]:
    from tongban.site.walk import crowd

    return crowd.drive(there, given.applicants, given.n, given.threads)


def _verify() -> dict[str, Any]:
    """The ledger, recomputed whole."""
    from tongban.foundation import ledger

    began = time.monotonic()
    report = ledger.verify()
    if not report.ok:
        say(str(report))
    return {"ledger": str(report), "verified_in": round(time.monotonic() - began, 2), "ok": report.ok}


def _last(result: dict[str, Any]) -> str:
    lines = [f"ledger verify: {result['ledger']} ({result['verified_in']} s)", f"Done in {result['seconds']} s."]
    if "complete" in result:
        skipped = ", ".join(f"{count} {reason}" for reason, count in result["skipped"].items()) or "none"
        items = ", ".join(f"{code} {count}" for code, count in sorted(result["items"].items()))
        lines = [
            f"{result['complete']} of {result['asked']} cases complete, {result['cases_per_s']} cases/s "
            f"({result['threads']} at once; the last decided after {result['handled_in']} s, "
            f"the last paper made after {result['complete_in']} s)",
            f"items: {items}",
            f"rows skipped: {skipped}",
            *(f"FAILED {failure}" for failure in result["failures"]),
            *lines,
        ]
    return "\n" + "\n".join(lines)
