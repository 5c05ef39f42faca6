from django.apps import AppConfig


class DocumentsConfig(AppConfig):
    name = "tongban.contexts.documents"
    label = "documents"

    def ready(self) -> None:
        from tongban.contexts.documents.core.licence import KIND
        from tongban.foundation import ledger

        ledger.register(KIND)
