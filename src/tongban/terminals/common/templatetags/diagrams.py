"""The drawing of a route in a template."""

from __future__ import annotations

from django import template
from django.utils.safestring import SafeString

from tongban.terminals.common.presenters.diagram import model_diagram
from tongban.ui.pictures import flow_svg

register = template.Library()


@register.simple_tag
def route_picture(xml: str) -> SafeString:
    """The drawing of a route's text; nothing where there is none to draw."""
    found = model_diagram(xml)
    return flow_svg(found) if found is not None else SafeString("")
