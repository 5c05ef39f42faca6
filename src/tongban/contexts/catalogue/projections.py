"""The kind of stream that an item version is: handed to the ledger, which keeps the read tables equal to `rows`."""

from __future__ import annotations

from tongban.contexts.catalogue.core.life.events import ALL
from tongban.contexts.catalogue.core.life.machine import decide
from tongban.contexts.catalogue.core.life.rows import CURRENT, LIFE, VERSION, rows
from tongban.contexts.catalogue.core.life.state import VersionState, evolve
from tongban.foundation.ledger.contract import Kind

ITEM_VERSION: Kind[VersionState] = Kind(
    name="item_version",
    state=VersionState,
    events=ALL,
    decide=decide,
    evolve=evolve,
    rows=rows,
    tables=(VERSION, CURRENT, LIFE),  # in this order: the pointer refers to the version
)
KINDS = (ITEM_VERSION,)
