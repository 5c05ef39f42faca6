"""What may be done to the catalogue."""

from tongban.contexts.catalogue.actions.loading import (
    CatalogueRefused,
    LoadReport,
    NoCatalogueThere,
    check,
    load,
    read_folder,
)

__all__ = ["CatalogueRefused", "LoadReport", "NoCatalogueThere", "check", "load", "read_folder"]
