"""What may be done to the catalogue."""

from tongban.contexts.catalogue.actions.adopting import adopt
from tongban.contexts.catalogue.actions.drafting import (
    Opening,
    abandon_draft,
    open_draft,
    open_drafts,
    return_approved,
    review_draft,
    review_legality,
    save_draft,
    submit_draft,
)
from tongban.contexts.catalogue.actions.handing import compare, hand_on, is_published
from tongban.contexts.catalogue.actions.importing import ImportReport, RowRefusal, import_list
from tongban.contexts.catalogue.actions.loading import (
    CatalogueRefused,
    LoadReport,
    NoCatalogueThere,
    check,
    load,
    load_drafts,
    read_folder,
)
from tongban.contexts.catalogue.actions.model_publishing import publish_model
from tongban.contexts.catalogue.actions.modelling import (
    abandon_model,
    open_model,
    return_model,
    review_model,
    review_model_legality,
    save_model,
    submit_model,
)
from tongban.contexts.catalogue.actions.publishing import cancel_item, end_version, publish_version, put_in_force
from tongban.contexts.catalogue.actions.unfound import note_unfound

__all__ = [
    "CatalogueRefused",
    "ImportReport",
    "LoadReport",
    "NoCatalogueThere",
    "Opening",
    "RowRefusal",
    "abandon_draft",
    "abandon_model",
    "adopt",
    "cancel_item",
    "check",
    "compare",
    "end_version",
    "hand_on",
    "import_list",
    "is_published",
    "load",
    "load_drafts",
    "note_unfound",
    "open_draft",
    "open_drafts",
    "open_model",
    "publish_model",
    "publish_version",
    "put_in_force",
    "read_folder",
    "return_approved",
    "return_model",
    "review_draft",
    "review_legality",
    "review_model",
    "review_model_legality",
    "save_draft",
    "save_model",
    "submit_draft",
    "submit_model",
]
