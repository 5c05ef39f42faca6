"""The catalogue as a Django app."""

from __future__ import annotations

from django.apps import AppConfig


class CatalogueConfig(AppConfig):
    """Tables, migrations and messages of the catalogue."""

    name = "tongban.contexts.catalogue"
    label = "catalogue"
    default_auto_field = "django.db.models.BigAutoField"
