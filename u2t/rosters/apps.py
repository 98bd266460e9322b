from django.apps import AppConfig


class RostersConfig(AppConfig):
    name = "u2t.rosters"
