"""All addresses: every terminal brings its own."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, include, path

from tongban.site import health

urlpatterns: list[URLPattern | URLResolver] = [
    path("health/", health.health),
    path("gallery/", include("tongban.ui.urls")),
    path("", include("tongban.terminals.common.urls")),
]
for _address, _terminal in (("desk/", "desk"), ("counter/", "counter"), ("", "portal")):
    try:
        urlpatterns.append(path(_address, include(f"tongban.terminals.{_terminal}.urls")))
    except ModuleNotFoundError as _missing:
        if _missing.name != f"tongban.terminals.{_terminal}.urls":
            raise
