"""``manage.py open_call --round CODE --opens MOMENT --closes MOMENT``: draft a call, and publish it if told."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone
from django.utils.translation import gettext as _

from u2t.objections import Objection, Refused
from u2t.pages import words
from u2t.programme.actions import rounds
from u2t.programme.models import Round
from u2t.recruitment.actions import calls


def moment(text: str) -> datetime:
    """``2021-01-15T16:30`` in the time zone of the pages."""
    found = datetime.fromisoformat(text)
    return found if timezone.is_aware(found) else timezone.make_aware(found)


class Command(BaseCommand):
    help = (
        "Draft a call with the usual conditions for every slot that nobody holds; --publish shows it at once."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--round", required=True, metavar="CODE", help="the round's code")
        parser.add_argument(
            "--opens", type=moment, metavar="MOMENT", help="for instance 2021-01-04T08:30; now"
        )
        parser.add_argument("--closes", type=moment, required=True, metavar="MOMENT")
        parser.add_argument("--name", default="", help="the Thai name of the call")
        names = parser.add_mutually_exclusive_group()
        names.add_argument("--names", dest="names", action="store_true", default=None,
                           help="results show names beside the numbers")  # fmt: skip
        names.add_argument("--no-names", dest="names", action="store_false", help="results show numbers only")
        parser.add_argument("--seed", help="the lottery seed, fixed at once; “draw” lets the system draw one")
        parser.add_argument(
            "--publish", action="store_true", help="announce the round if needed, and publish"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            call = self._draft(options)
        except Refused as refused:
            raise CommandError("\n".join(words.say_all(refused.objections))) from refused
        state = _("published") if call.published_at else _("a draft")
        said = {"round": call.round.code, "number": call.number, "state": state}
        self.stdout.write(_("Call %(number)s of %(round)s: %(state)s.") % said)

    def _draft(self, options: dict[str, Any]) -> Any:
        at = timezone.now()
        round = Round.objects.select_related("institution").filter(code=options["round"]).first()
        if round is None:
            raise Refused([Objection("recruitment.call_no_such_round", {"code": options["round"]})])
        values: dict[str, Any] = {"closes_at": options["closes"], "opens_at": options["opens"] or at}
        if options["name"]:
            values["name_th"] = options["name"]
        if options["names"] is not None:
            values["names_announced"] = options["names"]
        call = calls.draft_call(round=round, by=None, at=at, **values)
        if options["seed"]:
            seed = None if options["seed"] == "draw" else options["seed"]
            call = calls.publish_seed(call=call, seed=seed, by=None, at=at)
        if options["publish"]:
            if not round.is_announced:
                rounds.announce_round(round=round, by=None, at=at)
            call = calls.publish_call(call=call, by=None, at=at)
        return call
