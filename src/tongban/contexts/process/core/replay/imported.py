"""A log with its route as lines that are kept: each case with its course on the route, its days and its deviations.

What is kept is read-only history of elsewhere: it never enters the ledger, and no case of it was handled here.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass, field
from datetime import date, datetime
from typing import Any, Literal

from tongban.contexts.process.core.replay.alignment import Alignment, align
from tongban.contexts.process.core.replay.history import History, picture
from tongban.contexts.process.core.replay.log import spread
from tongban.contexts.process.core.replay.matching import Match
from tongban.contexts.process.core.replay.recorded import Trace
from tongban.contexts.process.core.replay.report import Report
from tongban.contexts.process.core.replay.weaving import weave
from tongban.contexts.process.core.routes import Route
from tongban.kernel.refusals import N_, Refusal

#: How a step of a case lies to the route: done there, beside it, left out, or left aside by the mapping.
How = Literal["on_route", "beside", "left_out", "ignored"]


class HistoryExists(Refusal):
    """History is kept as it was imported: another import takes another name."""

    code = "history_exists"
    message = N_("名为“%(name)s”的历史记录已经导入过。导入的历史不能改，请换一个名称。")
    status = 409


class HistoryNameInvalid(Refusal):
    """The name stands in addresses."""

    code = "history_name_invalid"
    message = N_("名称“%(name)s”不能用：只能用小写字母、数字和连字符，最多60个字符，如 permits-2011。")


@dataclass(frozen=True)
class CourseStep:
    """One step of a case: the activity as the log names it, when, where on the route, and working days waited for it.

    `at` is "" for a step that was left out.
    """

    activity: str
    at: str
    node: str
    how: How
    waited: int = 0


@dataclass(frozen=True)
class ImportedCase:
    """One case: moments as the log says them; `deviations` as (kind, activity, how often)."""

    number: int  # from 1, in the order of the log
    case: str
    start: datetime
    end: datetime
    days: int
    workdays: int
    events: int
    fitness: float
    deviations: tuple[tuple[str, str, int], ...]
    course: tuple[CourseStep, ...]
    flows: tuple[str, ...] = ()  # of the route, that it passed


@dataclass(frozen=True)
class ImportedLog:
    """A whole log, without its cases. `figures` are plain JSON: fitness, waits, deviations, what passed the route."""

    name: str
    title: str
    source: str  # name of the file
    route_id: str
    route_xml: str
    cases: int
    events: int
    first: datetime
    last: datetime
    figures: Mapping[str, Any]


@dataclass
class Courses:
    """What `History` does not keep: when each case did what. One entry a case, in the order of the log."""

    done: list[tuple[tuple[str, datetime], ...]] = field(default_factory=list)

    def add(self, trace: Trace) -> None:
        """Take up one case."""
        self.done.append(tuple((event.activity, event.at) for event in trace.events if event.is_done))


def imported_cases(
    history: History, courses: Courses, report: Report, route: Route, match: Match
) -> Iterator[ImportedCase]:
    """Every case with events. `history`, `courses` and `report` are of the same log."""
    net = weave(route, match.named, detailed=True)
    found: dict[int, Alignment] = {}
    lines = iter(history.lines)
    names = _names(route)
    number = 0
    for (case, variant), done in zip(report.log.cases, courses.done, strict=True):
        if not done and not report.log.variants[variant]:
            continue
        line = next(lines)
        while line.case != case:
            line = next(lines)
        if variant not in found:
            activities = [report.log.activities[place] for place in report.log.variants[variant]]
            steps = [match.nodes.get(name, ()) for name in activities if name not in match.ignored]
            found[variant] = align(net, steps)
        number += 1
        played = report.played[variant]
        yield ImportedCase(
            number,
            case,
            datetime.fromisoformat(line.start),
            datetime.fromisoformat(line.end),
            line.days,
            line.workdays,
            line.events,
            round(played.aligned, 6),
            tuple((one.kind, names.get(one.activity, one.activity), one.events) for one in played.deviations),
            _course(done, found[variant], match, names, history),
            tuple(dict.fromkeys(found[variant].flows)),
        )


def _names(route: Route) -> dict[str, str]:
    """What each element is called on the route."""
    return {node.id: node.name or node.name_en or node.id for node in route.nodes.values()}


def _course(
    done: tuple[tuple[str, datetime], ...],
    alignment: Alignment,
    match: Match,
    names: Mapping[str, str],
    history: History,
) -> tuple[CourseStep, ...]:
    """The steps in the order of the log, those left out between them."""
    played = [step for step in done if step[0] not in match.ignored]
    steps: list[CourseStep] = []
    before: date | None = None
    for place, node in alignment.pairs:
        if place < 0:
            steps.append(CourseStep(names.get(node, node), "", node, "left_out"))
            continue
        activity, at = played[place]
        waited = history.workdays(before, at.date()) if before is not None and before <= at.date() else 0
        steps.append(CourseStep(activity, at.isoformat(), node, "on_route" if node else "beside", waited))
        before = at.date()
    steps += [CourseStep(name, at.isoformat(), "", "ignored") for name, at in done if name in match.ignored]
    return tuple(steps)


def imported_log(
    name: str, title: str, source: str, route_xml: str, history: History, report: Report, route: Route, match: Match
) -> ImportedLog:
    """The log itself, with its figures."""
    log = report.log
    assert log.first is not None
    assert log.last is not None
    fitness = report.fitness
    names = _names(route)
    figures = {
        "fitness": {
            "average": round(fitness.average, 6),
            "log": round(fitness.log, 6),
            "fitting": fitness.fitting,
            "alignment": round(report.aligned, 6),
        },
        "workdays": spread(line.workdays for line in history.lines),
        "deviations": [
            asdict(total) | {"activity": names.get(total.activity, total.activity)} for total in report.totals
        ],
        "activities": [asdict(wait) | {"nodes": list(match.nodes.get(wait.activity, ()))} for wait in history.waits()],
        "picture": asdict(picture(log, route, match)),
        "unmatched": sorted(match.unmatched),
        "variants": len(log.variants),
    }
    return ImportedLog(
        name, title or name, source, route.id, route_xml, len(history.lines), log.events, log.first, log.last, figures
    )


@dataclass(frozen=True)
class KeptLog:
    """A log that was imported, by whom and when."""

    log: ImportedLog
    imported_at: datetime
    imported_by: str


@dataclass(frozen=True)
class CasesPage:
    """One page of cases, and how many there are in all."""

    cases: tuple[ImportedCase, ...]
    total: int
