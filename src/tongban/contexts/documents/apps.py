from django.apps import AppConfig


class DocumentsConfig(AppConfig):
    name = "tongban.contexts.documents"
    label = "documents"
