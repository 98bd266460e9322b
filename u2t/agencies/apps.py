from django.apps import AppConfig


class AgenciesConfig(AppConfig):
    name = "u2t.agencies"
