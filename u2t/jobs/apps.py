from django.apps import AppConfig


class JobsConfig(AppConfig):
    name = "u2t.jobs"

    def ready(self) -> None:
        from u2t.jobs import worker

        worker.load_works()
