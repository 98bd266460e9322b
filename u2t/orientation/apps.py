from django.apps import AppConfig


class OrientationConfig(AppConfig):
    name = "u2t.orientation"
