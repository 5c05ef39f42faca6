"""Pictures drawn by the server from real facts: the plan of a route, the way of a case, the days of both clocks.

Inputs are small frozen values of this package (`days` accepts anything shaped like a process day). Every picture says
in one sentence, in the current language, what it shows; those that carry facts are followed by the same in text.
"""

from tongban.ui.pictures.chain import Link, hash_chain
from tongban.ui.pictures.days import DayCell, DayLike, days_clock, days_strip, days_text
from tongban.ui.pictures.flow import FlowEdge, FlowPicture, FlowShape, flow, flow_svg, flow_text
from tongban.ui.pictures.goal import GoalStop, GoalWay, goal_svg, goal_text, goal_way
from tongban.ui.pictures.plan import Fork, RoutePlan, Stop, plan_text, route_plan
from tongban.ui.pictures.small import clock_bars, meter, mini_line, package_lines, skyline
from tongban.ui.pictures.staff import staff_route
from tongban.ui.pictures.way import Parallel, Station, Way, way, way_text
from tongban.ui.pictures.web import Web, WebPaper, web

__all__ = [
    "DayCell",
    "DayLike",
    "FlowEdge",
    "FlowPicture",
    "FlowShape",
    "Fork",
    "GoalStop",
    "GoalWay",
    "Link",
    "Parallel",
    "RoutePlan",
    "Station",
    "Stop",
    "Way",
    "Web",
    "WebPaper",
    "clock_bars",
    "days_clock",
    "days_strip",
    "days_text",
    "flow",
    "flow_svg",
    "flow_text",
    "goal_svg",
    "goal_text",
    "goal_way",
    "hash_chain",
    "meter",
    "mini_line",
    "package_lines",
    "plan_text",
    "route_plan",
    "skyline",
    "staff_route",
    "way",
    "way_text",
    "web",
]
