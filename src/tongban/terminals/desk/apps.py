from django.apps import AppConfig


class DeskConfig(AppConfig):
    name = "tongban.terminals.desk"
    label = "desk"
