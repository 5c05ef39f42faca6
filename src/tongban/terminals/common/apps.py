from django.apps import AppConfig


class CommonConfig(AppConfig):
    name = "tongban.terminals.common"
    label = "common"
