"""Timers: lengths in working days or in calendar time, from our attributes or from ISO 8601 durations."""

from __future__ import annotations

import re
from datetime import datetime
from typing import Final, cast, get_args

from tongban.contexts.process.core.bpmn import reasons
from tongban.contexts.process.core.bpmn.diagram import Findings
from tongban.contexts.process.core.bpmn.refusals import TimerMissing, TimerUnreadable
from tongban.contexts.process.core.bpmn.tree import Element
from tongban.contexts.process.core.routes import Timer, TimeUnit

_UNITS: Final = frozenset(get_args(TimeUnit))
_ISO: Final = re.compile(
    r"P(?:(?P<year>\d+)Y)?(?:(?P<month>\d+)M)?(?:(?P<week>\d+)W)?(?:(?P<day>\d+)D)?"
    r"(?:T(?:(?P<hour>\d+)H)?(?:(?P<minute>\d+)M)?(?:(?P<second>\d+)S)?)?"
)
#: No limit of law is longer than this many of its units.
_LONGEST: Final = 100_000


def timer_of(event: Element, definition: Element, found: Findings, *, executable: bool) -> Timer | None:
    """How long the timer runs; None when a person says so, which only a drawing may leave open.

    `tongban:length` with `tongban:unit` stands on the event or its definition. ISO days are calendar days unless
    `tongban:days="workday"` stands there.
    """
    ours = {**definition.ours(), **event.ours()}
    if "length" in ours or "unit" in ours:
        length, unit = ours.get("length", ""), ours.get("unit", "")
        if length.isdigit() and int(length) <= _LONGEST and unit in _UNITS:
            return Timer(((int(length), cast("TimeUnit", unit)),))
        found.refuse(TimerUnreadable, event)
        return None
    stated = [child for child in definition if child.tag in ("timeDuration", "timeDate", "timeCycle") and child.text]
    if not stated:
        return _open(event, found, TimerMissing, executable=executable)
    given = stated[0]
    if given.tag == "timeCycle":
        found.outside(given, reasons.CYCLE, event)
        return None
    timer = _duration(given.text, ours.get("days", "")) if given.tag == "timeDuration" else _moment(given.text)
    return timer or _open(event, found, TimerUnreadable, executable=executable)


def _open(
    event: Element, found: Findings, refusal: type[TimerMissing | TimerUnreadable], *, executable: bool
) -> Timer | None:
    if executable:
        found.refuse(refusal, event)
    else:
        found.note(event, reasons.TIMER_BY_HAND)
    return None


def _duration(text: str, days: str) -> Timer | None:
    text = text.removeprefix("=").strip().strip('"')
    matched = _ISO.fullmatch(text)
    if matched is None or text.endswith("T") or days not in ("", "workday", "calendar"):
        return None
    lengths = []
    for unit, number in matched.groupdict().items():
        if number:
            if int(number) > _LONGEST:
                return None
            kind = "workday" if unit == "day" and days == "workday" else unit
            lengths.append((int(number), cast("TimeUnit", kind)))
    return Timer(tuple(lengths)) if lengths else None


def _moment(text: str) -> Timer | None:
    try:
        return Timer((), datetime.fromisoformat(text).isoformat())
    except ValueError:
        return None
