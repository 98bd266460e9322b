"""Open the account of somebody of the programme office, which is how an institution gets its first one."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from u2t.objections import Refused
from u2t.pages import words
from u2t.people.actions import staff
from u2t.programme.models import Duty, Institution


class Command(BaseCommand):
    help = "Open an account of the programme office or of an executive; its first password is printed once."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--institution", required=True, metavar="CODE")
        parser.add_argument("--kind", choices=Duty.Kind.values, default=Duty.Kind.OFFICE.value)
        parser.add_argument("--title", default="")
        parser.add_argument("--given-name", required=True)
        parser.add_argument("--surname", required=True)

    def handle(self, *args: Any, **options: Any) -> None:
        institution = Institution.objects.filter(code=options["institution"]).first()
        if institution is None:
            raise CommandError(f"there is no institution {options['institution']}")
        given = {name: options[name] for name in ("kind", "title", "given_name", "surname")}
        try:
            opened = staff.add_staff(institution=institution, **given, by=None, at=timezone.now())
        except Refused as refused:
            raise CommandError("\n".join(words.say_all(refused.objections))) from refused
        self.stdout.write(f"{opened.account.username} {opened.password}")
