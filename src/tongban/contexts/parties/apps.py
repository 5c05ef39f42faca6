"""Django's handle on this context."""

from django.apps import AppConfig


class PartiesConfig(AppConfig):
    name = "tongban.contexts.parties"
    label = "parties"
    verbose_name = "Parties"
