"""Addresses of the gallery."""

from __future__ import annotations

from django.urls import path

from tongban.ui import views

app_name = "ui"
urlpatterns = [
    path("", views.portal, name="gallery"),
    path("staff/", views.staff, name="gallery_staff"),
]
