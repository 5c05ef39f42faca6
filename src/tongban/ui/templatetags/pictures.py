"""Template tags that draw: thin names for `tongban.ui.pictures`."""

from __future__ import annotations

from django import template

from tongban.ui import pictures

register = template.Library()

for _draw in (
    pictures.route_plan,
    pictures.plan_text,
    pictures.flow,
    pictures.flow_svg,
    pictures.flow_text,
    pictures.goal_way,
    pictures.web,
    pictures.way,
    pictures.way_text,
    pictures.staff_route,
    pictures.days_strip,
    pictures.days_text,
    pictures.days_clock,
    pictures.clock_bars,
    pictures.meter,
    pictures.mini_line,
    pictures.package_lines,
    pictures.skyline,
    pictures.hash_chain,
):
    register.simple_tag(_draw)
