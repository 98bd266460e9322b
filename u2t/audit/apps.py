from django.apps import AppConfig


class AuditConfig(AppConfig):
    name = "u2t.audit"
