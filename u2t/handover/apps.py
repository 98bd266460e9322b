from django.apps import AppConfig


class HandoverConfig(AppConfig):
    name = "u2t.handover"
