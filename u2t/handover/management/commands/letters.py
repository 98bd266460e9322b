"""``manage.py letters --round CODE --out DIR``: all letters of a round, for scripts."""

from __future__ import annotations

import tempfile
from datetime import date
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone
from django.utils.translation import gettext as _

from u2t.handover import printing
from u2t.handover.actions import whole
from u2t.objections import Objection, Refused
from u2t.pages import words, written
from u2t.programme.models import Round


class Command(BaseCommand):
    help = (
        "Issue the letters of a round that are still missing and write all of them to a folder: letters.pdf, "
        "letters.zip and one PDF each. All or nothing; run again it prints the same letters."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--round", required=True, metavar="CODE")
        parser.add_argument("--out", required=True, type=Path, metavar="DIR")
        parser.add_argument(
            "--date",
            type=date.fromisoformat,
            metavar="ISO-DATE",
            help="handover date of what has none; without it the round's planned day, else its first day of work",
        )
        parser.add_argument(
            "--dated",
            type=date.fromisoformat,
            metavar="ISO-DATE",
            help="date of new letters; today without it",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            round = self._round(options["round"])
            out = _writable(options["out"])
            letters = whole.issue_round(
                round=round,
                dated_on=options["dated"] or timezone.localdate(),
                handed_on=options["date"] or self._usual_day(round),
                by=None,
                at=timezone.now(),
            )
            with tempfile.TemporaryDirectory(dir=out, prefix=".letters-") as folder:
                printing.write_all(letters, Path(folder), lambda *_: None, keep_single=True)
                for file in sorted(Path(folder).iterdir()):
                    file.replace(out / file.name)
        except Refused as refused:
            raise CommandError("\n".join(words.say_all(refused.objections))) from refused
        said = _("%(count)s letters in %(folder)s") % {"count": len(letters), "folder": out}
        self.stdout.write(said)

    def _round(self, code: str) -> Round:
        round = Round.objects.select_related("institution").filter(code=code).first()
        if round is None:
            raise Refused([Objection("handover.no_such_round", {"code": code})])
        return round

    def _usual_day(self, round: Round) -> date:
        """The round's planned day of handover, else its first day of work, which is said where it is used."""
        if round.handover_on:
            return round.handover_on
        if count := whole.undated(round):
            about = {"count": count, "day": written.day(round.starts_on)}
            self.stderr.write(
                _(
                    "%(count)s handovers have no date and the round has no planned day of handover: the first day "
                    "of work, %(day)s, is used. Give another one with --date."
                )
                % about
            )
        return round.starts_on


def _writable(folder: Path) -> Path:
    """The folder, made where it is missing, found out before any number is used."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=folder):
            pass
    except OSError as error:
        about = {"folder": str(folder), "problem": error.strerror or type(error).__name__}
        raise Refused([Objection("handover.out_unwritable", about)]) from error
    return folder
