"""Routes read from BPMN 2.0 files: a declared subset, everything else refused with element, line and reason.

`parse` reads a route of the smallest part of the subset, under the rules of handling: every task says who does what.
`read` reads any diagram of the subset, with pools, events, sub-processes and several reviewers; docs/process.md
states the subset exactly. `read_tree` and `write_tree` keep a file as it is, for export.
"""

from tongban.contexts.process.core.bpmn.diagram import Diagram, Note, Refused
from tongban.contexts.process.core.bpmn.handled import parse
from tongban.contexts.process.core.bpmn.inventory import Inventory, inventory
from tongban.contexts.process.core.bpmn.reader import read, read_document, read_or_refused
from tongban.contexts.process.core.bpmn.tree import BPMN, LARGEST_FILE, TONGBAN, read_tree, write_tree
from tongban.contexts.process.core.routes import Flow, Lane, Node, Route, RouteOutsideSubset, RouteRefused

__all__ = [
    "BPMN",
    "LARGEST_FILE",
    "TONGBAN",
    "Diagram",
    "Flow",
    "Inventory",
    "Lane",
    "Node",
    "Note",
    "Refused",
    "Route",
    "RouteOutsideSubset",
    "RouteRefused",
    "inventory",
    "parse",
    "read",
    "read_document",
    "read_or_refused",
    "read_tree",
    "write_tree",
]
