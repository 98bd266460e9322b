from django.apps import AppConfig


class PagesConfig(AppConfig):
    name = "u2t.pages"
