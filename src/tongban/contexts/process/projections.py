"""The kind of stream of this context and the read row it stands for."""

from __future__ import annotations

from tongban.contexts.process.core import years
from tongban.foundation.ledger import Due, Kind, Rows, Table

YEAR_TABLE = Table(
    name="process_calendar_year",
    key=("stream_id",),
    columns=("stream_id", "year", "rest", "work", "provisional", "source"),
    types=("text", "int", "date[]", "date[]", "boolean", "text"),
)


def year_rows(stream_id: str, state: years.YearState) -> Rows:
    """The row of a loaded year, and the work of counting open deadlines anew while that is owed."""
    row = (stream_id, state.year, list(state.rest), list(state.work), state.provisional, state.source)
    owed = []
    if state.recompute_since is not None:
        args = {"year": state.year, "change": state.changes, "source": state.source}
        owed.append(Due("recompute", state.recompute_since, years.RECOMPUTE, args, years.QUEUE))
    return Rows({YEAR_TABLE.name: [row] if state.year else []}, owed)


CALENDAR_YEAR = Kind(
    name="calendar_year",
    state=years.YearState,
    events=years.EVENTS,
    decide=years.decide,
    evolve=years.evolve,
    rows=year_rows,
    tables=(YEAR_TABLE,),
)
KINDS = (CALENDAR_YEAR,)


def stream_of(year: int) -> str:
    """The stream of a year."""
    return f"calendar-{year}"
