from django.apps import AppConfig


class VaultConfig(AppConfig):
    name = "u2t.vault"
