"""The kinds of stream of the catalogue: versions of items, and of routes and decision tables.

Handed to the ledger, which keeps the read tables equal to `rows`.
"""

from __future__ import annotations

from tongban.contexts.catalogue.core.life.events import ALL
from tongban.contexts.catalogue.core.life.machine import decide
from tongban.contexts.catalogue.core.life.rows import CURRENT, LIFE, VERSION, rows
from tongban.contexts.catalogue.core.life.state import VersionState, evolve
from tongban.contexts.catalogue.core.modelling import events as modelled
from tongban.contexts.catalogue.core.modelling import machine as modelling
from tongban.contexts.catalogue.core.modelling.rows import MODEL
from tongban.contexts.catalogue.core.modelling.rows import rows as model_rows
from tongban.contexts.catalogue.core.modelling.state import ModelState
from tongban.contexts.catalogue.core.modelling.state import evolve as evolve_model
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
MODEL_VERSION: Kind[ModelState] = Kind(
    name="model_version",
    state=ModelState,
    events=modelled.ALL,
    decide=modelling.decide,
    evolve=evolve_model,
    rows=model_rows,
    tables=(MODEL,),
)
KINDS = (ITEM_VERSION, MODEL_VERSION)
