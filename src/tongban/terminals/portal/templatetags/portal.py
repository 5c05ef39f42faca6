"""Template filters of the portal."""

from __future__ import annotations

import re

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString

from tongban.terminals.common.presenters.languages import is_english

register = template.Library()
_CHINESE = re.compile("[\u4e00-\u9fff]")


@register.filter
def own(text: str) -> str | SafeString:
    """Proper data that has no English, such as the name of a local rule: marked as Chinese on an English page."""
    if is_english() and _CHINESE.search(text):
        return format_html('<span lang="zh-Hans">{}</span>', text)
    return text
