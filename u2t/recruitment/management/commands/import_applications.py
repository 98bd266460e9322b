"""``manage.py import_applications FILE --round CODE --call N [--dry-run]``."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone
from django.utils.translation import gettext as _

from u2t.objections import Objection, Refused
from u2t.pages import findings
from u2t.pages.words import say_all
from u2t.recruitment.actions import bringing_in as actions
from u2t.recruitment.models import Call
from u2t.recruitment.rules.bringing import Checked
from u2t.recruitment.words import bringing as words
from u2t.sheets.report import NOTICE, PROBLEM, REPAIR, Group

_PLACES_SHOWN = {PROBLEM: 50, REPAIR: 3, NOTICE: 3}


class Command(BaseCommand):
    help = (
        "Bring applications from a spreadsheet into a call: all rows or none, each with number and receipt."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument("--round", required=True, metavar="CODE", help="the round's code")
        parser.add_argument("--call", required=True, type=int, metavar="NUMBER", help="the call's number")
        parser.add_argument("--dry-run", action="store_true", help="check and report, store nothing")

    def handle(self, *args: Any, **options: Any) -> None:
        path, at = options["file"], timezone.now()
        try:
            call, data = _call(options["round"], options["call"]), _bytes(path)
            given = {"call": call, "file_name": path.name, "data": data, "at": at}
            checked = (
                actions.check_applications(**given)
                if options["dry_run"]
                else actions.bring_in(**given, by=None)
            )
        except Refused as refused:
            raise CommandError("\n".join(say_all(refused.objections))) from refused
        self._tell(checked)
        if checked.report.has_problems:
            count = checked.report.count(PROBLEM)
            raise CommandError(_("%(count)s problems; nothing was stored.") % {"count": count})
        done = (
            _("%(count)s would be stored.")
            if options["dry_run"]
            else _("%(count)s applications were stored.")
        )
        self.stdout.write(done % {"count": f"{len(checked.applications):,}"})

    def _tell(self, checked: Checked) -> None:
        for group in checked.report.groups():
            write = self.stderr if group.kind == PROBLEM else self.stdout
            for line in _lines(group):
                write.write(line)


def _lines(group: Group) -> list[str]:
    shown = group.findings[: _PLACES_SHOWN[group.kind]]
    lines = [f"{findings.KIND_WORDS[group.kind]}: {words.line(finding)}" for finding in shown]
    if group.count > len(shown):
        lines.append(_("… and %(count)s more of this kind") % {"count": group.count - len(shown)})
    return lines


def _call(round_code: str, number: int) -> Call:
    found = (
        Call.objects.select_related("round__institution")
        .filter(round__code=round_code, number=number)
        .first()
    )
    if found is None:
        raise Refused([Objection("recruitment.call_unknown", {"round": round_code, "number": number})])
    return found


def _bytes(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise Refused([Objection("recruitment.call_no_such_file", {"path": str(path)})]) from error
