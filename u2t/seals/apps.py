from django.apps import AppConfig


class SealsConfig(AppConfig):
    name = "u2t.seals"
