"""How the events of each area of handling are told in a case's history.

Each module has `short(event)`, the link of the chain in two to four signs, and `told(event, view)`: what, who, and the
words given with it; both None for events that are not of its area.
"""

from tongban.terminals.common.presenters.told import automatic, course, fairness, special

AREAS = (automatic, course, fairness, special)
