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
from tongban.contexts.catalogue.actions.loading import (
    CatalogueRefused,
    LoadReport,
    NoCatalogueThere,
    check,
    load,
    load_drafts,
    read_folder,
)
from tongban.contexts.catalogue.actions.publishing import cancel_item, end_version, publish_version, put_in_force

__all__ = [
    "CatalogueRefused",
    "LoadReport",
    "NoCatalogueThere",
    "Opening",
    "abandon_draft",
    "adopt",
    "cancel_item",
    "check",
    "end_version",
    "load",
    "load_drafts",
    "open_draft",
    "open_drafts",
    "publish_version",
    "put_in_force",
    "read_folder",
    "return_approved",
    "review_draft",
    "review_legality",
    "save_draft",
    "submit_draft",
]
