"""An invented event log, kept as imported history, so that its pages can be looked at. Sixty cases, none by chance."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Final

from django.conf import settings

from tongban.contexts.process import actions, queries
from tongban.contexts.process.core.replay.history import History
from tongban.contexts.process.core.replay.imported import Courses, HistoryExists, imported_cases, imported_log
from tongban.contexts.process.core.replay.log import Log, whole
from tongban.contexts.process.core.replay.matching import match
from tongban.contexts.process.core.replay.recorded import Recorded, Trace
from tongban.contexts.process.core.replay.report import compare
from tongban.contexts.process.core.soundness import publishable
from tongban.kernel.clock import CHINA

NAME: Final = "food-2025-demo"
TITLE: Final = "食品经营许可 2025 年（示例数据）"
_CASES: Final = 60
_FIRST: Final = date(2025, 3, 3)
#: What is done and how many days after the step before; every 7th, 11th and 13th case parts from the route.
_USUAL: Final = (("书面审查", 1), ("现场核查", 3), ("作出决定", 2))
_PARTING: Final = {
    7: (("书面审查", 1), ("作出决定", 4)),
    11: (("书面审查", 2), ("电话核实", 1), ("现场核查", 4), ("作出决定", 3)),
    13: (("现场核查", 2), ("书面审查", 5), ("现场核查", 6), ("作出决定", 1)),
}


def build_history(now: datetime) -> int:
    """Keep the invented log once; answers how many cases were kept."""
    xml = (Path(settings.TONGBAN_CATALOGUE) / "routes/review-inspect.bpmn").read_text("utf-8")
    route = publishable(xml.encode())
    log, history, courses = Log(), History(queries.calendar()), Courses()
    for number in range(1, _CASES + 1):
        trace = _trace(number)
        log.add(trace)
        history.add(trace)
        courses.add(trace)
    found = match(route, whole(log).activities, None)
    report = compare(log, route, found)
    kept = imported_log(NAME, TITLE, "demo", xml, history, report, route, found)
    try:
        cases = imported_cases(history, courses, report, route, found)
        return actions.import_history(kept, cases, actor="system:demo", now=now)
    except HistoryExists:
        return 0


def _trace(number: int) -> Trace:
    steps = next((way for every, way in _PARTING.items() if number % every == 0), _USUAL)
    day = _FIRST + timedelta(days=3 * number)
    events = []
    for activity, later in steps:
        day += timedelta(days=later + number % 3)
        events.append(Recorded(activity, datetime.combine(day, time(9 + number % 8, 0), CHINA)))
    return Trace(f"DEMO-2025-{number:04d}", tuple(events), number)
