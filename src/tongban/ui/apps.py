"""The design system as a Django application."""

from django.apps import AppConfig


class UiConfig(AppConfig):
    """Tokens, parts, pictures, forms and the gallery; knows no context."""

    name = "tongban.ui"
    label = "ui"
