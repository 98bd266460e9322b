"""A whole round at once: what a script asks for."""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction

from u2t.handover.actions import issuing, planning
from u2t.handover.actions.outcomes import locked
from u2t.handover.models import Letter
from u2t.handover.queries import letters, standing
from u2t.objections import Objection, refuse_if
from u2t.people.models import Account
from u2t.programme.models import Round


def undated(round: Round) -> int:
    """How many handovers of the round would have no date if they were planned now."""
    without = standing.wanted(round).filter(handed_on=None, done_at=None).count()
    missing = standing.unplanned(round)
    return without + (0 if round.handover_on else len(missing.tambons) + len(missing.agencies))


def issue_round(
    *, round: Round, dated_on: date, handed_on: date | None, by: Account | None, at: datetime
) -> list[Letter]:
    """Plan what is missing, give ``handed_on`` to what has no date, issue every letter that is missing.

    Returns all active letters of the round in the order of the register. All or nothing: raises
    :class:`u2t.objections.Refused` with every objection of every handover, and then nothing is kept.
    """
    with transaction.atomic():
        # Rows before the first event: who appends to the chain of events makes everybody else wait, so whoever
        # holds a row that is wanted here could never go on.
        Round.objects.select_for_update(of=("self",)).get(pk=round.pk)
        locked(standing.handovers(round), by)
        planned = planning.plan_handovers(round=round, by=by, at=at)
        found: dict[Objection, None] = dict.fromkeys(planned.objections)
        waiting = list(standing.wanted(round).exclude(letters__in=letters.letters_of(round)))
        if handed_on is not None:
            without = [handover for handover in waiting if handover.handed_on is None]
            for outcome in planning.set_date(handovers=without, handed_on=handed_on, by=by, at=at):
                found |= dict.fromkeys(outcome.objections)
        for issued in issuing.issue_letters(handovers=waiting, dated_on=dated_on, by=by, at=at):
            found |= dict.fromkeys(issued.objections)
        active = list(letters.letters_of(round))
        if not active and not found:
            found[Objection("handover.no_letters")] = None
        refuse_if(found)
    return active
