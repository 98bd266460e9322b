"""``manage.py tick``: do the regular jobs that are due, for an installation whose web process has no job thread."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from u2t.jobs import actions


class Command(BaseCommand):
    help = "Do the regular jobs that are due: send mails, lapse offers, call reserves. Run it every minute."

    def handle(self, *args: Any, **options: Any) -> None:
        for kind in actions.tick(at=timezone.now()):
            self.stdout.write(kind)
