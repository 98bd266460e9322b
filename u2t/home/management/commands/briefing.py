"""Print the figures of a round's announcement."""

from __future__ import annotations

import json
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from u2t.home.queries import briefing
from u2t.programme.models import Round


class Command(BaseCommand):
    help = "The figures of a round, computed live."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--round", required=True, metavar="CODE")
        parser.add_argument("--json", action="store_true", help="as JSON, for scripts")

    def handle(self, *args: Any, **options: Any) -> None:
        round = Round.objects.select_related("institution").filter(code=options["round"]).first()
        if round is None:
            known = ", ".join(Round.objects.values_list("code", flat=True)) or "-"
            raise CommandError(f"ไม่พบรอบโครงการ {options['round']} (รอบที่มี: {known})")
        figures = briefing.briefing(round).as_json()
        if options["json"]:
            self.stdout.write(json.dumps(figures, ensure_ascii=False, indent=2))
            return
        for name, value in figures.items():
            self.stdout.write(f"{name}: {value}")
