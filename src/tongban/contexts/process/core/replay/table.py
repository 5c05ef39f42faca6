"""A log as a table (CSV): a row an event, with the columns of case, activity and time, and perhaps of the life step.

Rows of one case may stand anywhere, so the table is held until its end, in about twenty bytes a row; the events of a
case are put in the order of their times. The customary names of the columns are known, others can be given.
"""

from __future__ import annotations

import codecs
import csv
from array import array
from collections.abc import Iterable, Iterator, Mapping
from datetime import UTC, datetime, timedelta, timezone
from typing import Final

from tongban.contexts.process.core.replay.recorded import Counter, Recorded, Trace, moment
from tongban.contexts.process.core.replay.refusals import LogColumnMissing, LogTooLarge, LogUnreadable, LogValueMissing

LONGEST_LINE: Final = 1024 * 1024
#: Customary names, in lower case, the best known first.
KNOWN: Final[Mapping[str, tuple[str, ...]]] = {
    "case": ("case:concept:name", "case_id", "case id", "caseid", "case", "办件编号", "办件号", "受理编号", "案件编号"),
    "activity": ("concept:name", "activity", "activity_name", "event", "task", "办理环节", "环节", "环节名称", "活动"),
    "time": ("time:timestamp", "timestamp", "time", "end_time", "complete_time", "办理时间", "时间", "完成时间"),
    "step": ("lifecycle:transition", "lifecycle", "transition"),
}
_EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND: Final = timedelta(microseconds=1)


class _Rows:
    """The events of one case, as numbers."""

    __slots__ = ("activities", "line", "moments", "offsets", "steps")

    def __init__(self, line: int) -> None:
        self.line = line
        self.moments = array("q")  # microseconds since 1970
        self.offsets = array("i")  # seconds east of Greenwich
        self.activities = array("H")
        self.steps = array("H")


def traces(
    pieces: Iterable[bytes], columns: Mapping[str, str] | None = None, encoding: str = "utf-8-sig"
) -> Iterator[Trace]:
    """The cases of a table, in the order in which they first appear.

    `columns`: names for "case", "activity", "time" and "step" in place of the customary ones. Refuses `LogUnreadable`,
    `LogColumnMissing`, `LogValueMissing`, `LogTimeUnreadable` and `LogTooLarge`, each with the line.
    """
    rows = csv.reader(_lines(pieces, encoding), strict=True)
    held = _Held()
    try:
        header = next(rows, None)
        if header is None:
            raise LogUnreadable(1)
        places = _places(header, columns or {})
        for row in rows:
            if row:
                held.add(row, places, rows.line_num, len(header))
    except csv.Error:
        raise LogUnreadable(rows.line_num + 1) from None
    yield from held.traces()


class _Held:
    def __init__(self) -> None:
        self.count = Counter()
        self.cases: dict[str, _Rows] = {}
        self.activities: dict[str, int] = {}
        self.steps: dict[str, int] = {}

    def add(self, row: list[str], places: Mapping[str, int], line: int, width: int) -> None:
        if len(row) != width:
            raise LogUnreadable(line)
        case = row[places["case"]].strip()
        for part in ("case", "activity", "time"):
            if not row[places[part]].strip():
                raise LogValueMissing(line, key=KNOWN[part][0], case=case or "?")
        name = self.count.activity(" ".join(row[places["activity"]].split()), line)
        at = moment(row[places["time"]], line, case)
        step = row[places["step"]].strip().lower() if "step" in places else ""
        rows = self.cases.get(case)
        if rows is None:
            rows = self.cases[case] = _Rows(line)
        rows.moments.append((at - _EPOCH) // _MICROSECOND)
        rows.offsets.append(int((at.utcoffset() or timedelta()).total_seconds()))
        rows.activities.append(self.activities.setdefault(name, len(self.activities)))
        if len(self.steps) > 1000 and step not in self.steps:
            raise LogTooLarge(line, limit="lifecycle:transition ≤ 1000")
        rows.steps.append(self.steps.setdefault(step, len(self.steps)))
        self.count.event(len(rows.moments), line)

    def traces(self) -> Iterator[Trace]:
        names, steps = list(self.activities), list(self.steps)
        zones: dict[int, timezone] = {}
        for case, rows in self.cases.items():
            order = sorted(range(len(rows.moments)), key=rows.moments.__getitem__)
            events = []
            for index in order:
                offset = rows.offsets[index]
                zone = zones.get(offset) or zones.setdefault(offset, timezone(timedelta(seconds=offset)))
                at = (_EPOCH + rows.moments[index] * _MICROSECOND).astimezone(zone)
                events.append(Recorded(names[rows.activities[index]], at, steps[rows.steps[index]]))
            yield Trace(case, tuple(events), rows.line)


def _places(header: list[str], columns: Mapping[str, str]) -> dict[str, int]:
    found = {name.strip().lower(): place for place, name in reversed(list(enumerate(header)))}
    places = {}
    for part, known in KNOWN.items():
        wanted = (columns[part].strip().lower(),) if columns.get(part) else known
        place = next((found[name] for name in wanted if name in found), None)
        if place is not None:
            places[part] = place
        elif part != "step" or columns.get(part):
            raise LogColumnMissing(1, column=columns.get(part) or known[0])
    return places


def _lines(pieces: Iterable[bytes], encoding: str) -> Iterator[str]:
    """The lines of a text with their ends; refuses what is not in `encoding`, and lines without an end."""
    decoder = codecs.getincrementaldecoder(encoding)(errors="strict")
    rest, line = "", 0
    try:
        for piece in pieces:
            *whole, rest = (rest + decoder.decode(piece)).split("\n")
            for text in whole:
                line += 1
                yield text + "\n"
            if len(rest) > LONGEST_LINE:
                raise LogTooLarge(line + 1, limit=f"{LONGEST_LINE // 1024} KB")
        rest += decoder.decode(b"", final=True)
    except UnicodeDecodeError as error:
        raise LogUnreadable(line + 1 + error.object[: error.start].count(b"\n")) from None
    if rest:
        yield rest
