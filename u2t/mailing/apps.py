from django.apps import AppConfig


class MailingConfig(AppConfig):
    name = "u2t.mailing"
