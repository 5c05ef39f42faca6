"""Search that finds by citizens' words: pure, in memory, built once for a set of items."""

from tongban.contexts.catalogue.core.search.compare import How
from tongban.contexts.catalogue.core.search.facets import AXES, Axis, Choices, Facet, Value
from tongban.contexts.catalogue.core.search.finding import Hit, PackageHit, SearchResult, search
from tongban.contexts.catalogue.core.search.index import Index, build
from tongban.contexts.catalogue.core.search.rank import Reason
from tongban.contexts.catalogue.core.search.suggest import Suggestion, suggest

__all__ = [
    "AXES",
    "Axis",
    "Choices",
    "Facet",
    "Hit",
    "How",
    "Index",
    "PackageHit",
    "Reason",
    "SearchResult",
    "Suggestion",
    "Value",
    "build",
    "search",
    "suggest",
]
