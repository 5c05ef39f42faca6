"""Published lists as drafts: every row of a CSV is imported, already there, or refused with its reason.

Pure: bytes in, a `Plan` out. `actions.import_list` opens the drafts.
"""

from __future__ import annotations

from tongban.contexts.catalogue.core.importing.agencies import Agencies, agencies
from tongban.contexts.catalogue.core.importing.plan import Plan, plan
from tongban.contexts.catalogue.core.importing.reading import ENCODINGS, MOST_ROWS
from tongban.contexts.catalogue.core.importing.refusals import AgencyUnknown, ListRefused
from tongban.contexts.catalogue.core.importing.rows import Draft, Told

__all__ = [
    "ENCODINGS",
    "MOST_ROWS",
    "Agencies",
    "AgencyUnknown",
    "Draft",
    "ListRefused",
    "Plan",
    "Told",
    "agencies",
    "plan",
]
