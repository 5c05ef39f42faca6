"""Search that finds by citizens' words: pure, in memory, built once for a set of items."""

from tongban.contexts.catalogue.core.search.compare import How
from tongban.contexts.catalogue.core.search.index import Index, build
from tongban.contexts.catalogue.core.search.rank import Hit, PackageHit, Reason, SearchResult, search
from tongban.contexts.catalogue.core.search.suggest import Suggestion, suggest

__all__ = [
    "Hit",
    "How",
    "Index",
    "PackageHit",
    "Reason",
    "SearchResult",
    "Suggestion",
    "build",
    "search",
    "suggest",
]
