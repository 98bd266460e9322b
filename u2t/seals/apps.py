from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules


class SealsConfig(AppConfig):
    name = "u2t.seals"

    def ready(self) -> None:
        autodiscover_modules("verifying")
