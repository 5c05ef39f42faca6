from django.apps import AppConfig


class CounterConfig(AppConfig):
    name = "tongban.terminals.counter"
    label = "counter"
