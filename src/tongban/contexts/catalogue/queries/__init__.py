"""What may be asked of the catalogue."""

from tongban.contexts.catalogue.queries.listed import (
    beside,
    by_agency,
    current,
    current_version_read,
    external,
    handled,
    items,
    paper_names,
    papers,
    refresh,
    search,
    suggest,
    version,
)

__all__ = [
    "beside",
    "by_agency",
    "current",
    "current_version_read",
    "external",
    "handled",
    "items",
    "paper_names",
    "papers",
    "refresh",
    "search",
    "suggest",
    "version",
]
