"""The approval graph as pictures take it: names in the page's language, working days as numbers."""

from __future__ import annotations

from collections.abc import Mapping

from django.utils.translation import gettext as _

from tongban.contexts.catalogue.core.folder import Paper
from tongban.contexts.catalogue.core.graph import Graph, GraphReport, Plan
from tongban.contexts.catalogue.core.items import Text
from tongban.terminals.common.presenters.languages import said
from tongban.ui.pictures.goal import GoalStop, GoalWay
from tongban.ui.pictures.web import Web, WebPaper

Offices = Mapping[str, str]  # agency key -> name in the page's language


def goal_way(plan: Plan, offices: Offices, papers: tuple[Paper, ...] = ()) -> GoalWay:
    """The way to a goal; papers of others are told with their issuer."""
    issuers = {paper.code: said(paper.issuer) for paper in papers}
    stops = tuple(
        GoalStop(
            step.code,
            said(step.name),
            offices.get(step.agency) or issuers.get(step.code, step.agency),
            float(step.start),
            float(step.finish),
            step.after,
            step.code in plan.critical_path,
        )
        for step in plan.steps
    )
    return GoalWay(stops, _("办成"), float(plan.parallel_days))


def web(graph: Graph, report: GraphReport, offices: Offices, names: Mapping[str, Text], issuers: Offices) -> Web:
    """The whole city: which item's paper waits for which."""
    papers = tuple(
        WebPaper(
            node.code,
            said(names.get(node.code, node.name)),
            offices.get(node.agency) or issuers.get(node.code, node.agency),
            node.agency,
        )
        for node in graph.nodes.values()
    )
    waits = tuple(dict.fromkeys((item, paper) for item, paper in graph.demands() if paper in graph.nodes))
    return Web(papers, waits, tuple(circle.items for circle in report.circles), report.critical_path)
