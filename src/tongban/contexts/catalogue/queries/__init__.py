"""What may be asked of the catalogue."""

from tongban.contexts.catalogue.queries.authors import authors_of
from tongban.contexts.catalogue.queries.damaged import damaged
from tongban.contexts.catalogue.queries.drafts import draft, drafts, touched, versions_of
from tongban.contexts.catalogue.queries.finding import Unfound, search, suggest, unfound
from tongban.contexts.catalogue.queries.graph import graph, graph_report, packages, way
from tongban.contexts.catalogue.queries.handed import handed, in_force
from tongban.contexts.catalogue.queries.item_files import item_file
from tongban.contexts.catalogue.queries.life import check_draft, checker, source_of
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
    synonyms,
    version,
)
from tongban.contexts.catalogue.queries.lists import (
    figures,
    figures_by_level,
    figures_by_organ,
    list_sizes,
    listed_items,
    listed_lines,
    responsibilities,
    type_sizes,
)
from tongban.contexts.catalogue.queries.modelling import (
    check_model,
    model,
    model_impact,
    model_text,
    model_version,
    model_versions,
    published_model,
    route_text,
    sees_models,
)
from tongban.contexts.catalogue.queries.modelling import models_of as models
from tongban.contexts.catalogue.queries.replayed import histories, history_case, history_cases, history_of

__all__ = [
    "Unfound",
    "authors_of",
    "beside",
    "by_agency",
    "check_draft",
    "check_model",
    "checker",
    "current",
    "current_version_read",
    "damaged",
    "draft",
    "drafts",
    "external",
    "figures",
    "figures_by_level",
    "figures_by_organ",
    "graph",
    "graph_report",
    "handed",
    "handled",
    "histories",
    "history_case",
    "history_cases",
    "history_of",
    "in_force",
    "item_file",
    "items",
    "list_sizes",
    "listed_items",
    "listed_lines",
    "model",
    "model_impact",
    "model_text",
    "model_version",
    "model_versions",
    "models",
    "packages",
    "paper_names",
    "papers",
    "published_model",
    "refresh",
    "responsibilities",
    "route_text",
    "search",
    "sees_models",
    "source_of",
    "suggest",
    "synonyms",
    "touched",
    "type_sizes",
    "unfound",
    "version",
    "versions_of",
    "way",
]
