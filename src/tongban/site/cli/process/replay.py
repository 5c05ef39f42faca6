"""`tongban process replay`: a real event log against a route."""

from __future__ import annotations

import argparse
import time
from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

from tongban.site.cli.base import Group
from tongban.site.cli.catalogue import common
from tongban.site.cli.language import in_operator_language
from tongban.site.operating.telling import Fault, say

if TYPE_CHECKING:
    from tongban.contexts.process.core.replay.history import History
    from tongban.contexts.process.core.replay.imported import Courses
    from tongban.contexts.process.core.replay.log import Log
    from tongban.contexts.process.core.replay.matching import Match
    from tongban.contexts.process.core.replay.recorded import Trace
    from tongban.contexts.process.core.replay.report import Fitness, Report
    from tongban.contexts.process.core.routes import Route
    from tongban.kernel.workdays import Calendar

DESCRIPTION = """\
Plays every case of the log on the route and tells how well they fit (token-based replay, 1 = perfectly) and where
they part: activities that are on no route, steps skipped, out of order or repeated, cases that began without their
start or did not end. Activities mean tasks by id or name, or as --map says. Nothing is written but what --history
names; --import keeps the log as read-only history for the pages of the desk. Exit 0: replayed; 1: refused; 2: wrong
usage. docs/process.md explains the figures.
"""
PIECE = 64 * 1024
SHOWN = 20


def add(process: Group) -> None:
    """Add the command."""
    made = process.add("replay", run, "replay an event log (XES or CSV) on a route", DESCRIPTION)
    made.add_argument("log", metavar="LOG", help="the log: .xes, .csv, or either packed as .gz")
    made.add_argument("--route", metavar="FILE.bpmn", help="the route")
    made.add_argument("--process", metavar="ID", help="which process of the file, where it holds several")
    made.add_argument("--map", metavar="CSV", help="what activities mean: lines of activity,task (id or name)")
    made.add_argument("--history", metavar="OUT.json", help="write the cases as lines, with working days and counts")
    made.add_argument("--import", dest="keep", metavar="NAME", help="keep the log as read-only history of this name")
    made.add_argument("--title", default="", metavar="TEXT", help="what the history is called on its pages")
    made.add_argument("--weekends", action="store_true", help="working days are Monday to Friday, without holidays")
    table = made.add_argument_group("columns of a CSV log, where they have other names than usual")
    for part in ("case", "activity", "time"):
        table.add_argument(f"--{part}", metavar="COLUMN")
    table.add_argument("--encoding", default="utf-8-sig", help="of a CSV log, e.g. gb18030 (default: UTF-8)")
    common.with_json(made)


@common.refusing
def run(given: argparse.Namespace) -> int:
    """`tongban process replay`. Needs no database, but for --import."""
    import django

    django.setup()
    from tongban.contexts.process.core.replay import log, matching, report
    from tongban.contexts.process.core.replay.imported import Courses

    began = time.perf_counter()
    _check_usage(given)
    route, is_sound = _route(given)
    mapping = matching.read_mapping(_bytes(given.map), route) if given.map else None
    recorded, history, courses = log.Log(), _history(given), Courses()
    for trace in _traces(given):
        recorded.add(trace)
        if history:
            history.add(trace)
        if given.keep:
            courses.add(trace)
    log.whole(recorded)
    match = matching.match(route, recorded.activities, mapping)
    found = report.compare(recorded, route, match)
    if history and given.history:
        _write(given.history, history_answer(history, recorded, route, match))
    if history and given.keep:
        _keep(given, history, courses, found, route, match)
    answer = as_answer(found, route, match) | {"route": {"id": route.id, "name": route.name, "sound": is_sound}}
    answer["elapsed"] = round(time.perf_counter() - began, 3)
    if given.json:
        common.print_json(answer)
    else:
        with in_operator_language():
            _tell(answer)
    return 0


def _check_usage(given: argparse.Namespace) -> None:
    import codecs

    if not given.route:
        raise Fault("say which route: --route FILE.bpmn")
    try:
        codecs.getincrementaldecoder(given.encoding)
    except LookupError:
        raise Fault(f"there is no encoding {given.encoding}") from None


def _bytes(path: str) -> bytes:
    try:
        return Path(path).read_bytes()
    except OSError as error:
        raise Fault(f"{path}: {error.strerror}") from None


def _route(given: argparse.Namespace) -> tuple[Route, bool]:
    """The route, and whether it is sound: an unsound one can be measured too. A refused one cannot."""
    from tongban.contexts.process.core import bpmn, soundness
    from tongban.contexts.process.core.replay.refusals import ProcessUnclear

    diagram = bpmn.read(_bytes(given.route))
    if diagram.refusals:
        raise diagram.refusals[0].refusal
    verdict = soundness.judge(diagram)
    routes = [route for route in verdict.routes if given.process in (None, route.id)]
    if len(routes) != 1:
        raise ProcessUnclear(processes=", ".join(route.id for route in verdict.routes))
    return routes[0], verdict.is_ok


def _traces(given: argparse.Namespace) -> Iterator[Trace]:
    """The cases of the log: a table when its name says so, else XES."""
    from tongban.contexts.process.core.replay import table, xes
    from tongban.contexts.process.core.replay.unpacked import unpacked

    pieces = unpacked(_pieces(given.log))
    if given.log.lower().removesuffix(".gz").endswith(".csv"):
        columns = {part: getattr(given, part) for part in ("case", "activity", "time") if getattr(given, part)}
        return table.traces(pieces, columns, given.encoding)
    return xes.traces(pieces)


def _pieces(path: str) -> Iterator[bytes]:
    try:
        with Path(path).open("rb") as file:
            while piece := file.read(PIECE):
                yield piece
    except OSError as error:
        raise Fault(f"{path}: {error.strerror}") from None


def _history(given: argparse.Namespace) -> History | None:
    if not (given.history or given.keep):
        return None
    from tongban.contexts.process.core.replay.history import History

    return History(_calendar(weekends=given.weekends))


def _keep(
    given: argparse.Namespace, history: History, courses: Courses, found: Report, route: Route, match: Match
) -> None:
    """Keep the log beside the ledger, whole or not at all."""
    from tongban.contexts.process import actions
    from tongban.contexts.process.core.replay.imported import imported_cases, imported_log
    from tongban.foundation import time as clock
    from tongban.site.operating import ready

    ready.ready(seeded=False)
    xml, source = _bytes(given.route).decode("utf-8-sig", errors="replace"), Path(given.log).name
    kept = imported_log(given.keep, given.title, source, xml, history, found, route, match)
    cases = imported_cases(history, courses, found, route, match)
    count = actions.import_history(kept, cases, actor="system:operator", now=clock.now())
    say(f"{count} cases kept as history {given.keep}: /desk/history/{given.keep}/")


def _calendar(*, weekends: bool) -> Calendar:
    """The published years, the next one as provisional; or every year with plain weekends."""
    from tongban.contexts.process.core.seeds import official_years, provisional_year
    from tongban.kernel.workdays import Calendar, Year

    if weekends:
        return Calendar({year: Year(year, frozenset(), frozenset()) for year in range(1970, 2100)})
    years = official_years(first=1)
    return Calendar({year.year: year for year in (*years, provisional_year(years[-1].year + 1))})


def as_answer(found: Report, route: Route, match: Match) -> dict[str, Any]:
    """The report as JSON."""
    from tongban.contexts.process.core.replay.log import figures

    names = _names(route, match)
    return {
        "cases": len(found.log.cases),
        "events": found.log.events,
        "fitness": _fitness(found.fitness, len(found.log.cases))
        | {"on_route": _fitness(found.known, len(found.log.cases)), "alignment": round(found.aligned, 6)},
        "tokens": asdict(found.tally),
        "deviations": [asdict(total) | _named(names, total.kind, total.activity) for total in found.totals],
        "by_case": list(_cases(found, names)),
        "unmatched": [
            {"activity": activity, "near": match.near.get(activity, "")} for activity in sorted(match.unmatched)
        ],
        "ignored": sorted(match.ignored),
        "not_done": dict(found.log.not_done),
        "never_done": _never_done(route, match),
        "approximate": found.approximate,
        "log": _figures(found.log) | {"figures": _plain(figures(found.log))},
    }


def _fitness(fitness: Fitness, cases: int) -> dict[str, Any]:
    return {
        "average_trace": round(fitness.average, 6),
        "log": round(fitness.log, 6),
        "perfectly_fitting": fitness.fitting,
        "perfectly_fitting_share": round(fitness.fitting / cases, 6),
    }


def _cases(found: Report, names: dict[str, str]) -> Iterator[dict[str, Any]]:
    for case, variant in found.log.cases:
        played = found.played[variant]
        yield {
            "case": case,
            "fitness": round(played.tally.fitness, 6),
            "alignment": round(played.aligned, 6),
            "deviations": [each._asdict() | _named(names, each.kind, each.activity) for each in played.deviations],
        }


def _never_done(route: Route, match: Match) -> list[str]:
    """The tasks of people that no event of the log means."""
    from tongban.contexts.process.core.replay.weaving import is_recorded

    named = match.named
    return [node.id for node in route.nodes.values() if is_recorded(node, named) and node.id not in named]


def _figures(log: Log) -> dict[str, Any]:
    return {
        "activities": len(log.activities),
        "variants": len(log.variants),
        "first": log.first.isoformat() if log.first else None,
        "last": log.last.isoformat() if log.last else None,
        "untimely_cases": log.untimely,
    }


def _plain(figures: Any) -> dict[str, Any]:
    return asdict(figures) | {"follows": [[a, b, count] for (a, b), count in figures.follows.items()]}


def history_answer(history: History, log: Log, route: Route, match: Match) -> dict[str, Any]:
    """The history as JSON: lines, waits, and the counts for the picture of the route."""
    from tongban.contexts.process.core.replay.history import picture
    from tongban.contexts.process.core.replay.log import spread

    seen = picture(log, route, match)
    return {
        "read_only": True,
        "route": route.id,
        "cases": [asdict(line) for line in history.lines],
        "workdays": spread(line.workdays for line in history.lines),
        "activities": [asdict(wait) | {"nodes": match.nodes.get(wait.activity, ())} for wait in history.waits()],
        "picture": asdict(seen),
    }


def _write(path: str, answer: dict[str, Any]) -> None:
    """Write a whole JSON file, or none."""
    import json

    target = Path(path)
    part = target.with_name(f".{target.name}.part")
    try:
        part.write_text(json.dumps(answer, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
        part.replace(target)
    except OSError as error:
        part.unlink(missing_ok=True)
        raise Fault(f"{path}: {error.strerror}") from None


def _names(route: Route, match: Match) -> dict[str, str]:
    """What each node is called: as the log calls it, else by its name on the route."""
    names = {node.id: node.name or node.name_en or node.id for node in route.nodes.values()}
    return names | {nodes[0]: activity for activity, nodes in match.nodes.items() if len(nodes) == 1}


def _named(names: dict[str, str], kind: str, activity: str) -> dict[str, str]:
    """A deviation's activity by name; a step that was left out also by its id on the route (`element`)."""
    if kind != "skipped":
        return {"element": ""}
    return {"activity": names[activity], "element": activity}


def _tell(answer: dict[str, Any]) -> None:
    fitness, cases = answer["fitness"], answer["cases"]
    print(f"{cases} cases, {answer['events']} events, {answer['log']['variants']} variants")
    print(
        f"fitness: {fitness['average_trace']:.4f} of a case on average, {fitness['log']:.4f} of the log;"
        f" {fitness['perfectly_fitting']} cases fit perfectly ({100 * fitness['perfectly_fitting_share']:.1f} %)"
    )
    for one in answer["deviations"][:SHOWN]:
        print(f"{one['cases']:8} cases {one['events']:8} events  {one['kind']:20} {one['activity']}")
    if len(answer["deviations"]) > SHOWN:
        print(f"         and {len(answer['deviations']) - SHOWN} more (--json shows all)")
    for one in answer["unmatched"]:
        near = f" (near: {one['near']})" if one["near"] else ""
        print(f"not on the route: {one['activity']}{near}")
    if answer["approximate"]:
        print(f"{answer['approximate']} cases are explained approximately")
    say(f"{answer['elapsed']:.1f} s")
