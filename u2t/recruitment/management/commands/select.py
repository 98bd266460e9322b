"""``manage.py select --round CODE --call N``: select from the applications, adopt, announce."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone
from django.utils.translation import gettext as _

from u2t import admission
from u2t.objections import Refused
from u2t.pages import words
from u2t.recruitment.actions import selecting
from u2t.recruitment.models import Call, Selection
from u2t.recruitment.words.results import STEPS


class Command(BaseCommand):
    help = "Select from the applications of a call; --adopt makes it the result, --announce publishes it."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--round", required=True, metavar="CODE", help="the round's code")
        parser.add_argument("--call", required=True, type=int, metavar="NUMBER", help="the call's number")
        parser.add_argument("--adopt", action="store_true", help="make it the result of the call")
        parser.add_argument(
            "--announce", action="store_true", help="adopt it, publish it and make the offers"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        calls = Call.objects.select_related("round__institution")
        call = calls.filter(round__code=options["round"], number=options["call"]).first()
        if call is None:
            about = {"code": options["round"], "number": options["call"]}
            raise CommandError(_("There is no call %(number)s of a round %(code)s.") % about)
        self.verbosity = options["verbosity"]
        try:
            selection = self._select(call)
            if options["adopt"] or options["announce"]:
                selection = selecting.adopt(selection=selection, by=None, at=timezone.now())
            if options["announce"]:
                selection = selecting.announce(selection=selection, by=None, at=timezone.now())
        except Refused as refused:
            raise CommandError("\n".join(words.say_all(refused.objections))) from refused
        self._report(selection)

    def _select(self, call: Call) -> Selection:
        selection = selecting.begin(call=call, by=None, at=timezone.now())
        return selecting.compute(selection=selection, at=timezone.now(), progress=self._tell)

    def _tell(self, step: str, done: int, total: int) -> None:
        if self.verbosity:
            self.stderr.write(str(STEPS[step]))

    def _report(self, selection: Selection) -> None:
        found = admission.Selection.from_json(selection.result or {})
        slots = sum(seat.slots for seat in found.lists.values())
        waiting = {key for seat in found.lists.values() for key in seat.reserves}
        lines = {
            _("Selection"): str(selection.number),
            _("Applications"): str(len(selection.ballot["applicants"])),
            _("Selected"): f"{len(found.placed)}/{slots}",
            _("In reserve"): str(len(waiting)),
            _("Input (SHA-256)"): selection.ballot_digest,
            _("Result (SHA-256)"): selection.result_digest,
            _("State"): self._state(selection),
        }
        for label, value in lines.items():
            self.stdout.write(f"{label}: {value}")

    def _state(self, selection: Selection) -> str:
        if selection.announced_at:
            return _("Announced")
        return _("Result adopted") if selection.adopted_at else _("Computed, not adopted")
