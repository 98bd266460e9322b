"""``manage.py import_roster KIND FILE --round CODE [--dry-run]``."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone
from django.utils.translation import gettext as _

from u2t.objections import Objection, Refused
from u2t.pages.words import say
from u2t.programme.models import Round
from u2t.rosters import actions, words
from u2t.rosters.models import Roster
from u2t.rosters.rules.checking import Checked
from u2t.sheets.report import PROBLEM

_PLACES_SHOWN = 20


class Command(BaseCommand):
    help = "Bring a spreadsheet of workers, lecturers, agencies or tambons into a round: all rows or none."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("kind", choices=Roster.Kind.values)
        parser.add_argument("file", type=Path)
        parser.add_argument("--round", required=True, help="code of the round")
        parser.add_argument("--dry-run", action="store_true", help="check and report, store nothing")

    def handle(self, *args: Any, **options: Any) -> None:
        kind, path, at = options["kind"], options["file"], timezone.now()
        try:
            round, data = self._round(options["round"]), self._bytes(path)
            work = actions.check_roster if options["dry_run"] else actions.import_roster
            by = {} if options["dry_run"] else {"by": None}
            checked = work(round=round, kind=kind, file_name=path.name, data=data, at=at, **by)
        except Refused as refused:
            raise CommandError(
                "\n".join(_in_words(objection) for objection in refused.objections)
            ) from refused
        self._tell(checked)
        if checked.report.has_problems:
            refusal = Objection("rosters.has_problems", {"count": checked.report.count(PROBLEM)})
            raise CommandError(_in_words(refusal))
        done = _("%(new)s would be added") if options["dry_run"] else _("%(new)s added")
        already = _("%(unchanged)s already there") % {"unchanged": checked.unchanged}
        self.stdout.write(f"{done % {'new': len(checked.newcomers)}}, {already}.")

    def _round(self, code: str) -> Round:
        round = Round.objects.filter(code=code).first()
        if round is None:
            raise Refused([Objection("rosters.no_such_round", {"code": code})])
        return round

    def _bytes(self, path: Path) -> bytes:
        try:
            return path.read_bytes()
        except OSError as error:
            raise Refused([Objection("rosters.no_such_file", {"path": str(path)})]) from error

    def _tell(self, checked: Checked) -> None:
        """Problems to standard error, what was repaired or noticed to standard output."""
        for group in checked.report.groups():
            out = self.stderr if group.kind == PROBLEM else self.stdout
            for finding in group.findings[:_PLACES_SHOWN]:
                out.write(f"{words.KIND_WORDS[group.kind]}: {words.line(finding, checked.kind)}")
            if group.count > _PLACES_SHOWN:
                out.write(_("… and %(count)s more of this kind") % {"count": group.count - _PLACES_SHOWN})


def _in_words(objection: Objection) -> str:
    to_do = words.TO_DO.get(objection.code.partition(".")[2])
    return f"{say(objection)} {to_do}" if to_do else say(objection)
