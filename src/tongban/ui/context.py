"""What every page knows: the city, the language, the mode, and today by the platform's clock.

A context processor; it asks the database nothing. The clock is named by `settings.TONGBAN_NOW` as a dotted path,
because the face knows no floor beside it.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any, cast

from django.conf import settings
from django.http import HttpRequest
from django.utils.module_loading import import_string
from django.utils.translation import get_language

#: Cookie that keeps 关怀版 (large type) for a browser; the value "care" turns it on.
MODE_COOKIE = "tongban_mode"
CARE = "care"


def now() -> datetime:
    """The present moment by the platform's clock, which stands still or jumps in a demo."""
    clock = import_string(getattr(settings, "TONGBAN_NOW", "tongban.foundation.time.now"))
    return cast(Callable[[], datetime], clock)()


def page(request: HttpRequest) -> dict[str, Any]:
    """Give templates `city`, `demo`, `lang`, `care`, `mode`, `now` and `today`."""
    language = get_language() or "zh-hans"
    english = language.startswith("en")
    care = request.COOKIES.get(MODE_COOKIE) == CARE
    moment = now()
    return {
        "city": getattr(
            settings, "TONGBAN_CITY_EN" if english else "TONGBAN_CITY", "Jiangcheng" if english else "江城市"
        ),
        "demo": bool(getattr(settings, "TONGBAN_DEMO", False)),
        "lang": "en" if english else "zh-Hans",
        "english": english,
        "care": care,
        "mode": CARE if care else "",
        "now": moment,
        "today": moment.date(),
    }
