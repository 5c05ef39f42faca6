"""The approval graph: papers are nodes between items: who issues them, and who demands them."""

from tongban.contexts.catalogue.core.graph.circles import Circle, circles
from tongban.contexts.catalogue.core.graph.model import Graph, Need, Node, build
from tongban.contexts.catalogue.core.graph.plan import Carried, Plan, Step, UnknownGoal, plan
from tongban.contexts.catalogue.core.graph.report import GraphReport, report
from tongban.contexts.catalogue.core.graph.savings import Outside, Saving, outside, savings
from tongban.contexts.catalogue.core.graph.times import Times, days, times

__all__ = [
    "Carried",
    "Circle",
    "Graph",
    "GraphReport",
    "Need",
    "Node",
    "Outside",
    "Plan",
    "Saving",
    "Step",
    "Times",
    "UnknownGoal",
    "build",
    "circles",
    "days",
    "outside",
    "plan",
    "report",
    "savings",
    "times",
]
