"""Load provinces, districts and tambons."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.utils import timezone

from u2t.programme.actions import places


class Command(BaseCommand):
    help = "Load the places of the country, or of some provinces; loading again mends names and adds what is new."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--provinces", nargs="+", metavar="CODE", help="two-digit codes; default: all")

    def handle(self, *args: Any, **options: Any) -> None:
        loaded = places.load_places(at=timezone.now(), provinces=options["provinces"])
        self.stdout.write(
            f"{loaded.provinces} provinces, {loaded.districts} districts, {loaded.tambons} tambons"
        )
