from django.apps import AppConfig


class ProgrammeConfig(AppConfig):
    name = "u2t.programme"
