"""``manage.py messages``: message ids and their Thai."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from u2t.pages import messages


class Command(BaseCommand):
    help = "Bring each part's Thai catalogue in line with its code and compile it; --check only reports."
    requires_system_checks = ()

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("parts", nargs="*", help="only these parts, for instance: placement handover")
        parser.add_argument(
            "--check", action="store_true", help="write nothing; fail if any Thai is missing or wrong"
        )
        parser.add_argument(
            "--fill", type=Path, metavar="FILE", help="a JSON object of id: Thai for what has no Thai yet"
        )
        parser.add_argument("--compile", action="store_true", help="only compile")

    def handle(self, *args: Any, **options: Any) -> None:
        wanted = options["parts"] or messages.parts()
        if unknown := set(wanted) - set(messages.parts()):
            raise CommandError(f"Nothing is said in: {', '.join(sorted(unknown))}.")
        if options["check"]:
            self._check(wanted)
            return
        if not options["compile"]:
            for part in wanted:
                missing = messages.update(part)
                self.stdout.write(f"{part}: {len(messages.used(part))} messages, {len(missing)} without Thai")
                for message in missing:
                    self.stdout.write(f"  {message}")
        if options["fill"]:
            filled = messages.fill(json.loads(options["fill"].read_text("utf-8")), wanted)
            self.stdout.write(f"{filled} filled")
        self.stdout.write(f"{messages.compile_all()} catalogues compiled")

    def _check(self, wanted: list[str]) -> None:
        found = [fault for fault in messages.faults() if fault.part in wanted]
        for fault in found:
            self.stderr.write(str(fault))
        if found:
            raise CommandError(
                f"{len(found)} messages need work: run 'manage.py messages', then fill in the Thai."
            )
        self.stdout.write("All messages have their Thai.")
