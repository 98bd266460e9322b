from django.apps import AppConfig


class PlacementConfig(AppConfig):
    name = "u2t.placement"
