"""The kind of stream that a case is: handed to the ledger, which keeps the read tables equal to `rows`."""

from __future__ import annotations

from tongban.contexts.cases.core.automatic.rows import TABLE_DECISION
from tongban.contexts.cases.core.batch import stream
from tongban.contexts.cases.core.batch.rows import BATCHED
from tongban.contexts.cases.core.batch.state import BatchState
from tongban.contexts.cases.core.decide import decide
from tongban.contexts.cases.core.events import ALL
from tongban.contexts.cases.core.evolve import evolve
from tongban.contexts.cases.core.fairness.rows import PUBLISHED, RECUSED
from tongban.contexts.cases.core.occurred import automatic, batch, course, fairness, special
from tongban.contexts.cases.core.rows import CASE, TASK, rows
from tongban.contexts.cases.core.special.rows import NOTICE
from tongban.contexts.cases.core.state import CaseState
from tongban.foundation.ledger.contract import Kind

CASE_KIND: Kind[CaseState] = Kind(
    name="case",
    state=CaseState,
    events=(*ALL, *course.ALL, *special.ALL, *fairness.ALL, *automatic.ALL, *batch.ALL),
    decide=decide,
    evolve=evolve,
    rows=rows,
    tables=(CASE, TASK, TABLE_DECISION, BATCHED, NOTICE, RECUSED, PUBLISHED),
)

#: One application for many people: the stream that says which cases it became.
BATCH_KIND: Kind[BatchState] = Kind(
    name="batch",
    state=BatchState,
    events=stream.EVENTS,
    decide=stream.decide,
    evolve=stream.evolve,
    rows=stream.rows,
    tables=(stream.BATCH,),
)
