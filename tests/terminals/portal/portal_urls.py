"""The shared pages and the portal, as a city that runs no other terminal."""

from django.urls import include, path

urlpatterns = [
    path("", include("tongban.terminals.common.urls")),
    path("", include("tongban.terminals.portal.urls")),
]
