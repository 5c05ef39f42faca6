from django.apps import AppConfig


class PortalConfig(AppConfig):
    name = "tongban.terminals.portal"
    label = "portal"
