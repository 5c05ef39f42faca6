from django.apps import AppConfig


class ProcessConfig(AppConfig):
    name = "tongban.contexts.process"
    label = "process"
