"""XES (IEEE 1849) read as a stream: one case at a time, whatever the size of the file.

Only what replay needs is kept: `concept:name` of traces and events, `time:timestamp` and `lifecycle:transition` of
events, as their direct attributes. Everything else (extensions, globals, classifiers, other and nested attributes) is
passed over. A trace without a name is called by its number ("#12").
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pyexpat import ExpatError, ParserCreate
from pyexpat.errors import XML_ERROR_NO_ELEMENTS, XML_ERROR_PARTIAL_CHAR, XML_ERROR_UNCLOSED_TOKEN
from typing import Final

from tongban.contexts.process.core.replay.recorded import LONGEST_VALUE, Counter, Recorded, Trace, moment
from tongban.contexts.process.core.replay.refusals import (
    LogEventOutside,
    LogNotXes,
    LogRefused,
    LogTooLarge,
    LogTruncated,
    LogUnreadable,
    LogValueMissing,
    LogWithEntities,
)

DEEPEST: Final = 64
#: No single tag, comment or attribute list of a log is longer than so many bytes.
LONGEST_TAG: Final = 1024 * 1024
_NAME, _TIME, _STEP = "concept:name", "time:timestamp", "lifecycle:transition"
_CUT: Final = {XML_ERROR_NO_ELEMENTS, XML_ERROR_UNCLOSED_TOKEN, XML_ERROR_PARTIAL_CHAR}


class _Reader:
    """Follows the elements of one file; finished cases wait in `done`."""

    def __init__(self) -> None:
        self.parser = parser = ParserCreate(namespace_separator=" ")
        parser.StartElementHandler = self.start
        parser.EndElementHandler = self.end
        parser.StartDoctypeDeclHandler = self.entities
        parser.EntityDeclHandler = self.entities
        self.done: list[Trace] = []
        self.count = Counter()
        self.traces = 0
        self.depth = 0
        self.trace: dict[str, str] | None = None
        self.event: dict[str, str] | None = None
        self.at = (0, 0)  # lines where the open trace and the open event begin
        self.events: list[tuple[dict[str, str], int]] = []
        self.closed = False

    @property
    def line(self) -> int:
        return self.parser.CurrentLineNumber or 1

    def entities(self, *_about: object) -> None:
        raise LogWithEntities(self.line)

    def start(self, name: str, attributes: dict[str, str]) -> None:
        tag = name.rpartition(" ")[2]
        self.depth += 1
        if self.depth > DEEPEST:
            raise LogTooLarge(self.line, limit=f"<><> ≤ {DEEPEST}")
        if self.depth == 1:
            if tag != "log":
                raise LogNotXes(self.line)
        elif tag == "trace":
            if self.depth != 2:
                raise LogNotXes(self.line)
            self.trace, self.events, self.at = {}, [], (self.line, 0)
        elif tag == "event":
            self._open_event()
        elif self.event is not None and self.depth == 4:
            _keep(self.event, attributes, self.line)
        elif self.trace is not None and self.event is None and self.depth == 3:
            _keep(self.trace, attributes, self.line)

    def _open_event(self) -> None:
        if self.trace is None:
            raise LogEventOutside(self.line)
        if self.depth != 3:
            raise LogNotXes(self.line)
        self.event = {}
        self.events.append((self.event, self.line))
        self.count.event(len(self.events), self.line)

    def end(self, _name: str) -> None:
        self.depth -= 1
        if self.depth == 2:
            self.event = None
        elif self.depth == 1 and self.trace is not None:
            self.done.append(self._finished(self.trace))
            self.trace = None
        self.closed = self.depth == 0

    def _finished(self, trace: dict[str, str]) -> Trace:
        self.traces += 1
        case = trace.get(_NAME, "").strip() or f"#{self.traces}"
        return Trace(case, tuple(self._recorded(event, line, case) for event, line in self.events), self.at[0])

    def _recorded(self, event: dict[str, str], line: int, case: str) -> Recorded:
        for key in (_NAME, _TIME):
            if not event.get(key, "").strip():
                raise LogValueMissing(line, key=key, case=case)
        name = self.count.activity(" ".join(event[_NAME].split()), line)
        return Recorded(name, moment(event[_TIME], line, case), event.get(_STEP, "").strip().lower())


def _keep(values: dict[str, str], attributes: dict[str, str], line: int) -> None:
    key = attributes.get("key", "")
    if key in (_NAME, _TIME, _STEP) and key not in values:
        value = attributes.get("value", "")
        if len(value) > LONGEST_VALUE:
            raise LogTooLarge(line, limit=f"value ≤ {LONGEST_VALUE}")
        values[key] = value


def traces(pieces: Iterable[bytes]) -> Iterator[Trace]:
    """The cases of an XES file, one by one, in its order; `pieces` are its bytes, unpacked.

    Refuses `LogUnreadable` (no XML), `LogNotXes`, `LogWithEntities`, `LogTruncated`, `LogTooLarge`, `LogEventOutside`,
    `LogValueMissing` and `LogTimeUnreadable`, each with the line. What was given out before a refusal is to be dropped.
    """
    reader = _Reader()
    fed = 0
    for piece in pieces:
        fed += len(piece)
        _parse(reader, piece, last=False)
        if fed - reader.parser.CurrentByteIndex > LONGEST_TAG and not reader.closed:
            raise LogTooLarge(reader.line, limit=f"{LONGEST_TAG // 1024} KB")
        yield from reader.done
        reader.done.clear()
    if not fed:
        raise LogUnreadable(1)
    _parse(reader, b"", last=True)
    yield from reader.done


def _parse(reader: _Reader, piece: bytes, *, last: bool) -> None:
    try:
        reader.parser.Parse(piece, last)
    except ExpatError as error:
        message = str(error).partition(":")[0]
        cut = last and reader.depth + reader.traces and (message in _CUT)
        kind: type[LogRefused] = LogTruncated if cut else LogUnreadable
        raise kind(error.lineno or 1) from None
    except (ValueError, LookupError):
        raise LogUnreadable(reader.line) from None
