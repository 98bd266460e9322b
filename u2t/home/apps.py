from django.apps import AppConfig


class HomeConfig(AppConfig):
    name = "u2t.home"
