from django.apps import AppConfig


class RecruitmentConfig(AppConfig):
    name = "u2t.recruitment"
