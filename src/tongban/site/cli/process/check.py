"""`tongban process check`: whether a diagram can be run, and where it cannot."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING, Any

from tongban.site.cli.base import Group
from tongban.site.cli.catalogue import common
from tongban.site.cli.language import in_operator_language
from tongban.site.operating.telling import say

if TYPE_CHECKING:
    from tongban.contexts.process.core.bpmn import Diagram, Refused
    from tongban.contexts.process.core.soundness import Verdict


def add(process: Group) -> None:
    """Add the command."""
    made = process.add(
        "check",
        run,
        "check a BPMN diagram: what is outside the subset, and whether every run can end",
        "Names every refused element with its line and reason, and shows the way that leads to each fault.\n"
        "docs/process.md states the subset. Exit 0: it can be run; 1: it cannot; 2: no such file.",
    )
    made.add_argument("file", metavar="FILE.bpmn", help="the diagram")
    common.with_json(made)


@common.refusing
def run(given: argparse.Namespace) -> int:
    """`tongban process check`. Needs no database."""
    import django

    django.setup()
    from tongban.contexts.process.core import bpmn, soundness

    diagram = bpmn.read_or_refused(read_file(given.file))
    verdict = soundness.judge(diagram)
    with in_operator_language():
        answer = as_answer(diagram, verdict)
    if given.json:
        common.print_json(answer)
    else:
        _tell(answer)
    return 0 if verdict.is_ok else 1


def read_file(path: str) -> bytes:
    """The bytes of `path`; a file that cannot be read is wrong usage (`Fault`)."""
    from tongban.site.operating.telling import Fault

    try:
        return Path(path).read_bytes()
    except OSError as error:
        raise Fault(f"{path}: {error.strerror}") from None


def as_answer(diagram: Diagram, verdict: Verdict) -> dict[str, Any]:
    """The verdict as JSON, in the operator's language."""
    from django.utils.translation import gettext

    from tongban.contexts.process.core.soundness import REASONS

    return {
        "ok": verdict.is_ok,
        "processes": [{"id": route.id, "name": route.name, "nodes": len(route.nodes)} for route in verdict.routes],
        "others": list(diagram.others),
        "refusals": [refusal_row(one) for one in verdict.refusals],
        "soundness": {
            "ok": not verdict.refusals and verdict.is_sound,
            "states": verdict.states,
            "findings": [
                {
                    "kind": one.kind,
                    "element": one.element,
                    "name": one.name,
                    "line": one.line,
                    "reason": gettext(REASONS[one.kind]),
                    "trace": list(one.trace),
                }
                for one in verdict.findings
            ],
        },
        "notes": [
            {"element": one.element, "name": one.name, "line": one.line, "reason": gettext(one.reason)}
            for one in diagram.notes
        ],
        "kept": diagram.kept,
    }


def refusal_row(one: Refused) -> dict[str, Any]:
    """One refused element as JSON."""
    from django.utils.translation import gettext

    params = dict(one.refusal.params)
    if "reason" in params:
        params["reason"] = gettext(str(params["reason"]))
    reason = gettext(one.refusal.message) % params
    return {"element": one.element, "name": one.name, "line": one.line, "code": one.refusal.code, "reason": reason}


def _tell(answer: dict[str, Any]) -> None:
    for one in answer["refusals"]:
        print(f"{one['line']}: {one['element']} {one['name']}".rstrip())
        print(f"      {one['reason']}")
    for one in answer["soundness"]["findings"]:
        print(f"{one['line']}: {one['element']} {one['name']}".rstrip())
        print(f"      {one['reason']}")
        if one["trace"]:
            print("      " + " > ".join(one["trace"]))
    for one in answer["notes"]:
        print(f"{one['line']}: {one['element']} {one['name']} - {one['reason']}")
    count = len(answer["refusals"]) + len(answer["soundness"]["findings"])
    say(f"{len(answer['processes'])} processes, {answer['soundness']['states']} states, {count} faults")
