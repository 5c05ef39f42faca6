"""How fast a route runs in memory, and how small its state is.

script/bench process [--rounds 300] [--json]

A route of 26 nodes with four parallel reviews, then 100 branches of three tasks each; every step through the whole
`step`: commands in, position and effects out. Prints each figure against its limit; exit 1 when one is missed.
"""

from __future__ import annotations

import argparse
import json
import statistics
import sys
import time
from itertools import pairwise
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "src"))

import msgspec

from tongban.contexts.process.core import bpmn, soundness
from tongban.contexts.process.core.engine import Begin, Complete, Fire, Position, step
from tongban.contexts.process.core.routes import Route

HEAD = '<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" xmlns:tongban="urn:tongban:bpmn:1">\n'
STEP_LIMIT, STATE_LIMIT, BRANCH_LIMIT = 30.0, 2048, 300.0  # microseconds, bytes, microseconds


def _flow(source: str, target: str, condition: str = "") -> str:
    inside = f"<conditionExpression>{condition}</conditionExpression>" if condition else ""
    return f'<sequenceFlow id="{source}-{target}" sourceRef="{source}" targetRef="{target}">{inside}</sequenceFlow>\n'


def _task(key: str) -> str:
    return f'<userTask id="{key}" name="{key}" tongban:act="review" tongban:role="reviewer"/>\n'


def review() -> Route:
    """Acceptance with a supplement, four parallel reviews with a reminder each, a table, a decision: 26 nodes."""
    reviews = ("fire", "health", "planning", "market")
    body = '<startEvent id="start"/><exclusiveGateway id="merge"/>' + _task("accept") + _task("supplement")
    body += '<boundaryEvent id="late" attachedToRef="supplement"><timerEventDefinition tongban:length="30" '
    body += 'tongban:unit="day"/></boundaryEvent><endEvent id="lapsed"/><endEvent id="refused"/>'
    body += '<exclusiveGateway id="complete" default="complete-fork"/><parallelGateway id="fork"/>'
    body += '<parallelGateway id="join"/><businessRuleTask id="risk" tongban:decision="risk"/>' + _task("decide")
    body += '<exclusiveGateway id="grant" default="grant-certify"/>' + _task("certify")
    body += '<sendTask id="tell"/><endEvent id="done"/><endEvent id="denied"/>'
    for one in reviews:
        body += _task(one) + f'<boundaryEvent id="{one}-soon" attachedToRef="{one}" cancelActivity="false">'
        body += '<timerEventDefinition tongban:length="3" tongban:unit="workday"/></boundaryEvent>'
        body += _flow("fork", one) + _flow(one, "join") + _flow(f"{one}-soon", "reminded")
    body += '<endEvent id="reminded"/>'
    for source, target, condition in (
        ("start", "merge", ""),
        ("merge", "accept", ""),
        ("accept", "complete", ""),
        ("complete", "supplement", 'outcome = "lacking"'),
        ("complete", "refused", 'outcome = "refused"'),
        ("complete", "fork", ""),
        ("supplement", "merge", ""),
        ("late", "lapsed", ""),
        ("join", "risk", ""),
        ("risk", "decide", ""),
        ("decide", "grant", ""),
        ("grant", "certify", ""),
        ("grant", "denied", 'outcome = "fail"'),
        ("certify", "tell", ""),
        ("tell", "done", ""),
    ):
        body += _flow(source, target, condition)
    return _route(body)


def wide(branches: int, length: int) -> Route:
    """`branches` parallel branches of `length` tasks."""
    body = '<startEvent id="s"/><parallelGateway id="f"/><parallelGateway id="j"/><endEvent id="e"/>'
    body += _flow("s", "f") + _flow("j", "e")
    for branch in range(branches):
        keys = [f"b{branch}x{at}" for at in range(length)]
        body += "".join(map(_task, keys)) + _flow("f", keys[0]) + _flow(keys[-1], "j")
        body += "".join(_flow(left, right) for left, right in pairwise(keys))
    return _route(body)


def _route(body: str) -> Route:
    diagram = bpmn.read(f'{HEAD}<process id="p" isExecutable="true">{body}</process></definitions>'.encode())
    verdict = soundness.judge(diagram)
    assert verdict.is_ok, verdict
    return verdict.routes[0]


def run(route: Route, data: dict[str, str]) -> tuple[list[float], int]:
    """Microseconds of each step of one run, and the largest state in bytes; one reminder comes on the way."""
    times, largest = [], 0
    position, reminded = Position(), False
    command: Begin | Complete | Fire = Begin(data)
    while not position.ended:
        began = time.perf_counter()
        position, _effects = step(route, position, command)
        times.append((time.perf_counter() - began) * 1e6)
        largest = max(largest, len(msgspec.json.encode(position)))
        if position.ended:
            break
        if len(position.waits) == 4 and not reminded:
            command, reminded = Fire(position.waits[0].id, data), True
        else:
            command = Complete(position.open[0].id, data)
    return times, largest


def measured(rounds: int) -> list[tuple[str, float, float, str]]:
    """Every figure: name, what was found, its limit, its unit."""
    route = review()
    assert len(route.nodes) == 26
    runs = [run(route, {"outcome": "pass"}) for _ in range(rounds)]
    broad = wide(100, 3)
    all_times = [run(broad, {})[0] for _ in range(max(3, rounds // 30))]
    steps = len(all_times[0])
    early = statistics.median(one for times in all_times for one in times[1 : steps // 4])
    late = statistics.median(one for times in all_times for one in times[-steps // 4 : -1])
    median = statistics.median(one for times, _ in runs for one in times)
    broad_median = statistics.median(one for times in all_times for one in times)
    return [
        ("step, 26 nodes, 4 parallel reviews", median, STEP_LIMIT, "us"),
        ("its largest state", float(max(size for _, size in runs)), STATE_LIMIT, "bytes"),
        ("step, 100 branches of 3 tasks", broad_median, BRANCH_LIMIT, "us"),
        ("last quarter to first quarter", late / max(early, 1.0), 1.2, "times"),
    ]


def main() -> int:
    """Print each figure; exit 1 when one is above its limit."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rounds", type=int, default=300)
    parser.add_argument("--json", action="store_true", help="the figures as JSON")
    given = parser.parse_args()
    figures = measured(given.rounds)
    if given.json:
        keys = ("what", "found", "limit", "unit")
        print(json.dumps([dict(zip(keys, figure, strict=True)) for figure in figures]))
    else:
        for what, found, limit, unit in figures:
            said = "ok" if found <= limit else "MISSED"
            print(f"{what:36}{found:10.1f} {unit:6} limit {limit:8.1f}  {said}")
    return int(any(found > limit for _, found, limit, _ in figures))


if __name__ == "__main__":
    sys.exit(main())
