"""``manage.py place --round CODE``: compute a plan and adopt it."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone
from django.utils.translation import gettext as _

from u2t.objections import Refused
from u2t.pages import words, written
from u2t.placement import actions
from u2t.placement.models import Run
from u2t.placement.queries import compare, shown
from u2t.placement.words import STEPS
from u2t.programme.models import Round


class Command(BaseCommand):
    help = "Compute the best placement of a round and adopt it; --plan-only stops before adopting."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--round", required=True, metavar="CODE", help="the round's code")
        parser.add_argument("--plan-only", action="store_true", help="compute and show, but do not adopt")

    def handle(self, *args: Any, **options: Any) -> None:
        self.verbosity = options["verbosity"]
        round = Round.objects.select_related("institution").filter(code=options["round"]).first()
        if round is None:
            raise CommandError(_("There is no round %(code)s.") % {"code": options["round"]})
        try:
            run = actions.begin_run(round=round, by=None, at=timezone.now())
            run = actions.compute(run=run, by=None, at=timezone.now(), progress=self._tell)
            comparison = compare.with_now(run)
            if not options["plan_only"]:
                actions.adopt(run=run, by=None, at=timezone.now())
        except Refused as refused:
            raise CommandError("\n".join(words.say_all(refused.objections))) from refused
        self._report(run, comparison)

    def _tell(self, step: str, done: int, of: int) -> None:
        if done == of and self.verbosity:
            self.stderr.write(str(STEPS[step]))

    def _report(self, run: Run, comparison: compare.Comparison) -> None:
        found = shown.shown(run.round, run.summary or {}, run.plan or {})
        lines = {
            _("Plan"): str(run.number),
            _("Filled slots"): f"{found.slots.filled}/{found.slots.slots}",
            _("In tambon teams"): f"{found.team.filled}/{found.team.slots}",
            _("Data managers"): f"{found.data_managers.filled}/{found.data_managers.slots}",
            _("Got their first wish"): written.percent(found.first_wish, found.asked),
            _("Tambons with all PMs"): f"{found.led_tambons}/{len(found.rows)}",
            _("Without a slot"): str(found.unplaced),
            _("Changes to what was in force"): str(comparison.changes),
            _("State"): _("In force") if run.adopted_at else _("Computed, not adopted"),
        }
        for label, value in lines.items():
            self.stdout.write(f"{label}: {value}")
