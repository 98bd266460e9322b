from django.apps import AppConfig


class PeopleConfig(AppConfig):
    name = "u2t.people"
