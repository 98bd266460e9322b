"""Open a round by command, with the programme's usual categories, workstreams and quotas."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from u2t.agencies.actions import register
from u2t.agencies.models import Kind
from u2t.objections import Refused
from u2t.pages import words
from u2t.programme import usual
from u2t.programme.actions import institutions, places, rounds
from u2t.programme.models import Institution, Tambon

# What the letters of the institution say; may also be entered on its page.
LETTER = {
    "letter-prefix": ("letter_prefix", "letter code of the institution (ที่ …)"),
    "letter-address": ("address_th", "address on letters"),
    "letter-office": ("owner_office_th", "office that owns the letters"),
    "letter-telephone": ("telephone", "its telephone"),
    "signer": ("signer_name_th", "full name of whoever signs the letters"),
    "signer-post": ("signer_post_th", "post of whoever signs"),
}


class Command(BaseCommand):
    help = "Open a round with the usual categories, workstreams and quotas; change them on its page."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--code", required=True, help="for instance UNI-2570")
        parser.add_argument(
            "--institution", required=True, metavar="CODE", help="entered if it is not there yet"
        )
        parser.add_argument(
            "--institution-name", default="", metavar="NAME", help="its Thai name, if it is new"
        )
        parser.add_argument("--name", required=True, help="the round's Thai name")
        parser.add_argument("--starts-on", required=True, type=date.fromisoformat, metavar="ISO-DATE")
        parser.add_argument("--months", type=int, default=usual.MONTHS)
        parser.add_argument("--orientation", nargs=2, type=date.fromisoformat, metavar=("FROM", "UNTIL"))
        parser.add_argument("--handover-on", type=date.fromisoformat, metavar="ISO-DATE")
        for option, (_field, meaning) in LETTER.items():
            parser.add_argument(f"--{option}", default="", metavar="TEXT", help=meaning)

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            self._open(options)
        except Refused as refused:
            raise CommandError("\n".join(words.say_all(refused.objections))) from refused

    def _open(self, options: dict[str, Any]) -> None:
        now = timezone.now()
        if not Tambon.objects.exists():
            places.load_places(at=now)
        if not Kind.objects.exists():
            register.load_kinds(at=now)
        code = options["institution"]
        institution = Institution.objects.filter(code__iexact=code).first() or institutions.open_institution(
            code=code, name_th=options["institution_name"], at=now
        )
        letter = {field: options[o.replace("-", "_")] for o, (field, _meaning) in LETTER.items()}
        if any(letter.values()):
            institutions.change_institution(
                institution=institution,
                letter={field: text for field, text in letter.items() if text},
                home_district=institution.home_district_id or "",
                by=None,
                at=now,
            )
        first, last = options["orientation"] or (None, None)
        round = rounds.open_round(
            institution=institution,
            code=options["code"],
            name_th=options["name"],
            starts_on=options["starts_on"],
            months=options["months"],
            orientation_from=first,
            orientation_until=last,
            handover_on=options["handover_on"],
            categories=usual.CATEGORIES,
            workstreams=usual.WORKSTREAMS,
            quotas=usual.QUOTAS,
            by=None,
            at=now,
        )
        self.stdout.write(round.code)
