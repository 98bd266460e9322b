"""Recompute the chain of events and say where it is broken, if it is."""

from django.core.management.base import BaseCommand, CommandError

from u2t.audit import queries
from u2t.audit.models import Event


class Command(BaseCommand):
    help = "Check that no event was changed or taken away."

    def handle(self, *args: object, **options: object) -> None:
        broken = queries.first_broken_link()
        if broken is not None:
            raise CommandError(
                f"event {broken.pk} ({broken.verb}, {broken.at.isoformat()}) does not follow the one before"
            )
        self.stdout.write(f"{Event.objects.count()} events, chain whole")
