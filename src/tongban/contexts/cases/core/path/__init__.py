"""Moving a case along its item's route: one push, then everything the platform does by itself, then the record of it.

`advance` is the door of whoever completes a task; `move` takes any other push. What a route asks of the world is acted
on in `moving`; what its conditions may name stands in `data`; when its timers come, in `timing`.
"""

from tongban.contexts.cases.core.path.catching import Catch, catches
from tongban.contexts.cases.core.path.data import route_data
from tongban.contexts.cases.core.path.moving import Cause, RouteMoved, advance, move
from tongban.contexts.cases.core.path.timing import Moment, moment_of

__all__ = ["Catch", "Cause", "Moment", "RouteMoved", "advance", "catches", "moment_of", "move", "route_data"]
