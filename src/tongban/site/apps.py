from django.apps import AppConfig


class SiteConfig(AppConfig):
    name = "tongban.site"
    label = "site"

    def ready(self) -> None:
        from tongban.site import wiring

        wiring.wire()
