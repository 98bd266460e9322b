"""``manage.py import_roster KIND FILE --round CODE [--dry-run]``."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone
from django.utils.translation import gettext as _

from u2t.objections import Objection, Refused
from u2t.pages import findings
from u2t.pages.words import say
from u2t.programme.models import Round
from u2t.rosters import actions, words
from u2t.rosters.models import Roster
from u2t.rosters.rules.checking import Checked
from u2t.sheets.report import NOTICE, PROBLEM, REPAIR, Group

_PLACES_SHOWN = {PROBLEM: 50, REPAIR: 3, NOTICE: 3}


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
            raise CommandError("\n".join(_problems(checked)))
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
        """What was repaired or noticed."""
        for group in checked.report.groups():
            if group.kind != PROBLEM:
                self.stdout.write("\n".join(_lines(group, checked.kind)))


def _problems(checked: Checked) -> list[str]:
    """Every problem with its place and what to do, and at the end how many there are."""
    lines = [line for group in checked.report.groups(PROBLEM) for line in _lines(group, checked.kind)]
    count = Objection("rosters.has_problems", {"count": checked.report.count(PROBLEM)})
    return [*lines, _in_words(count)]


def _lines(group: Group, kind: str) -> list[str]:
    heading, shown = findings.KIND_WORDS[group.kind], _PLACES_SHOWN[group.kind]
    lines = [f"{heading}: {words.line(finding, kind)}" for finding in group.findings[:shown]]
    if group.count > shown:
        lines.append(_("… and %(count)s more of this kind") % {"count": group.count - shown})
    return lines


def _in_words(objection: Objection) -> str:
    to_do = words.TO_DO.get(objection.code.partition(".")[2])
    return f"{say(objection)} {to_do}" if to_do else say(objection)
