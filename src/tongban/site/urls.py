"""All addresses: every terminal brings its own."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, include, path

from tongban.site import health

urlpatterns: list[URLPattern | URLResolver] = [
    path("health/", health.health),
    path("gallery/", include("tongban.ui.urls")),
    path("", include("tongban.terminals.common.urls")),
    path("desk/", include("tongban.terminals.desk.urls")),
    path("counter/", include("tongban.terminals.counter.urls")),
    path("", include("tongban.terminals.portal.urls")),
]
