"""The table of what was done: when, by whom, what, the days counted, the time taken."""

from __future__ import annotations

import json
import time
import unicodedata
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from typing import TYPE_CHECKING, Any

from tongban.kernel.clock import CHINA

if TYPE_CHECKING:
    from tongban.site.walk.town import Town


@dataclass
class Row:
    """One step. `promised` and `legal`: working days counted so far, of how many, until when."""

    at: str
    who: str
    what: str
    promised: str = ""
    legal: str = ""
    seconds: float = 0.0


@dataclass
class Report:
    """Prints every step when it is done, or all at the end as JSON."""

    town: Town
    as_json: bool = False
    rows: list[Row] = field(default_factory=list)
    doing: str = ""

    def start(self) -> None:
        """The head of the table."""
        if not self.as_json:
            print(_line("CITY'S TIME", "WHO", "WHAT", "PROMISED", "LEGAL", "TOOK"))

    @contextmanager
    def step(self, who: str, what: str, case_id: str = "") -> Iterator[Row]:
        """One step; the block may set `row.who` and so on. With `case_id` the days of the case are counted after it."""
        row = Row("", who, what)
        self.doing = f"{who}: {what}"
        began = time.monotonic()
        yield row
        row.seconds = round(time.monotonic() - began, 3)
        row.at = f"{self.town.now().astimezone(CHINA):%Y-%m-%d %H:%M}"
        if case_id:
            row.promised, row.legal = self._days(case_id)
        self.rows.append(row)
        if not self.as_json:
            print(_line(row.at, row.who, row.what, row.promised, row.legal, f"{row.seconds:.2f} s"))

    def _days(self, case_id: str) -> tuple[str, str]:
        promised, legal = counted(self.town, case_id)
        return _days(promised), _days(legal)

    def end(self, result: dict[str, Any]) -> None:
        """The last words."""
        if self.as_json:
            print(json.dumps({"steps": [asdict(row) for row in self.rows], **result}, ensure_ascii=False))


def counted(town: Town, case_id: str) -> tuple[Any, Any]:
    """Both clocks of a case today, as `Deadline`s; None before acceptance. After the decision: as they stood then."""
    from tongban.contexts.cases.core.clocks import legal_deadline, promised_deadline
    from tongban.contexts.catalogue import queries as catalogue
    from tongban.contexts.process import queries as process

    state = town.state(case_id)
    item = catalogue.version(state.item_code, state.item_version).item
    at = state.decision.at if state.decision else town.now()
    today, calendar = at.astimezone(CHINA).date(), process.calendar()
    return promised_deadline(state, item, calendar, today), legal_deadline(state, item, calendar, today)


def _days(deadline: Any) -> str:
    if deadline is None:
        return "-"
    if deadline.stopped:
        return f"{deadline.used} of {deadline.limit_days}, stopped"
    return f"{deadline.used} of {deadline.limit_days}, by {deadline.date:%m-%d}"


_WIDTHS = (16, 28, 64, 17, 18, 8)


def _line(*cells: str) -> str:
    return "  ".join(_fit(cell, width) for cell, width in zip(cells, _WIDTHS, strict=True)).rstrip()


def _fit(text: str, width: int) -> str:
    wide = sum(2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in text)
    return text + " " * (width - wide)
