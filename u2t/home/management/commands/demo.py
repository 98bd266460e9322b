"""Load the demo round into an empty database, write its rosters, or show its log-ins."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from u2t.home import actions
from u2t.objections import Refused
from u2t.pages import words


class Command(BaseCommand):
    help = "Load the demo round if the database has no round yet."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--show-logins", action="store_true", help="only print the demo's log-ins")
        parser.add_argument(
            "--rosters", type=Path, metavar="DIR", help="only write the demo's rosters as workbooks"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        if options["rosters"]:
            for file in actions.write_rosters(options["rosters"]):
                self.stdout.write(str(file))
            return
        if not options["show_logins"]:
            self._load()
        self._show()

    def _load(self) -> None:
        try:
            round = actions.load_demo(
                at=timezone.now(), say=lambda text: self.stdout.write(f"demo: {text} …")
            )
        except Refused as refused:
            raise CommandError("\n".join(words.say_all(refused.objections))) from refused
        self.stdout.write(
            f"demo: {round.code}" if round else "demo: a round is there already, nothing loaded"
        )

    def _show(self) -> None:
        file = actions.logins_file()
        if not file.exists():
            return
        for login in json.loads(file.read_text(encoding="utf-8")):
            role = actions.ROLES[login["role"]]
            self.stdout.write(f"  {role!s:<28} {login['username']:<10} {login['password']}")
