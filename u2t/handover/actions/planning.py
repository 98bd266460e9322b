"""Who receives whom and when."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.utils import timezone

from u2t.agencies.models import Coverage, Participation
from u2t.audit.actions import record
from u2t.handover import permissions, rules
from u2t.handover.actions.outcomes import Outcome, locked
from u2t.handover.models import Handover, Letter
from u2t.handover.queries import letters, standing
from u2t.objections import Objection, refuse_if
from u2t.pages.declare import allow
from u2t.people.models import Account
from u2t.programme.models import Round, RoundTambon


@dataclass(frozen=True)
class Planned:
    """The handovers that were made now, and why others could not be."""

    made: tuple[Handover, ...]
    objections: tuple[Objection, ...]


def plan_handovers(*, round: Round, by: Account | None, at: datetime) -> Planned:
    """Make the handovers that are missing: a tambon's to its main host, an agency's of its data managers.

    Each gets the round's planned day where the round has one. Doing it again makes only what is new; a tambon
    without a main host is objected to and the others are planned.
    """
    allow(by is None or permissions.may_hand_over(by, round))
    with transaction.atomic():
        round = Round.objects.select_for_update(of=("self",)).get(pk=round.pk)
        missing = standing.unplanned(round)
        hosts = dict(
            Coverage.objects.filter(tambon__in=missing.tambons, is_main=True).values_list(
                "tambon_id", "participation_id"
            )
        )
        made = [_handover(round, hosts[tambon.pk], tambon, by, at) for tambon in missing.tambons]
        made += [_handover(round, agency.pk, None, by, at) for agency in missing.agencies]
        for handover in made:
            handover.save()
            _note("planned", handover, by, at, handed_on=_iso(handover.handed_on))
    objections = [
        Objection("handover.no_host", {"tambon": letters.short_place(tambon.tambon)})
        for tambon in missing.tambons_without_host
    ]
    return Planned(tuple(made), tuple(objections))


def _handover(
    round: Round, receiver: int, tambon: RoundTambon | None, by: Account | None, at: datetime
) -> Handover:
    return Handover(
        round=round,
        receiver_id=receiver,
        tambon=tambon,
        handed_on=round.handover_on,
        planned_at=at,
        planned_by=by,
    )


def set_date(
    *, handovers: Iterable[Handover], handed_on: date | None, by: Account | None, at: datetime
) -> list[Outcome]:
    """Set the date of one or many handovers, or take it away with ``None``; one outcome each.

    Raises :class:`u2t.objections.Refused` for a date that cannot be meant.
    """
    outcomes = []
    with transaction.atomic():
        rows = locked(handovers, by)
        for round in {handover.round for handover in rows} if handed_on else ():
            until = rules.last_day(round.starts_on, round.months)
            refuse_if(rules.objections_to_date(handed_on, round.starts_on, until))
        active = _active(rows)
        for handover in rows:
            found = rules.objections_to_change(str(handover), active.get(handover.pk, ""), _is_done(handover))
            if not found and handover.handed_on != handed_on:
                before, handover.handed_on = handover.handed_on, handed_on
                handover.save(update_fields=["handed_on"])
                _note("date_set", handover, by, at, before=_iso(before), handed_on=_iso(handed_on))
            outcomes.append(Outcome(handover, found))
    return outcomes


def mark_done(*, handovers: Iterable[Handover], by: Account | None, at: datetime) -> list[Outcome]:
    """Note that teams have been handed over; one outcome each."""
    outcomes = []
    today = timezone.localdate(at)
    with transaction.atomic():
        for handover in locked(handovers, by):
            found = rules.objections_to_done(str(handover), handover.handed_on, _is_done(handover), today)
            if not found:
                handover.done_at, handover.done_by = at, by
                handover.save(update_fields=["done_at", "done_by"])
                _note("done", handover, by, at, handed_on=_iso(handover.handed_on))
            outcomes.append(Outcome(handover, found))
    return outcomes


def undo_done(*, handover: Handover, by: Account | None, at: datetime) -> Handover:
    """Take back that a team has been handed over; nothing happens where it was not."""
    with transaction.atomic():
        (handover,) = locked([handover], by)
        if _is_done(handover):
            handover.done_at = handover.done_by = None
            handover.save(update_fields=["done_at", "done_by"])
            _note("undone", handover, by, at)
    return handover


def change_receiver(
    *, handover: Handover, receiver: Participation, by: Account | None, at: datetime
) -> Handover:
    """Let another host agency of the round receive a tambon's team."""
    with transaction.atomic():
        (handover,) = locked([handover], by)
        label, before = str(handover), handover.receiver.agency.name_th
        found = list(
            rules.objections_to_change(label, _active([handover]).get(handover.pk, ""), _is_done(handover))
        )
        if not handover.tambon_id:
            found.append(Objection("handover.receiver_fixed", {"handover": label}))
        elif receiver.round_id != handover.round_id or not receiver.is_host:
            about = {"handover": label, "agency": receiver.agency.name_th}
            found.append(Objection("handover.no_receiver", about))
        refuse_if(found)
        if handover.receiver_id != receiver.pk:
            handover.receiver = receiver
            handover.save(update_fields=["receiver"])
            _note("receiver_changed", handover, by, at, before=before, receiver=receiver.agency.name_th)
    return handover


def remove_handover(*, handover: Handover, by: Account | None, at: datetime) -> None:
    """Take a handover off the list that came to nothing: nobody is there to hand over and no letter was ever issued.

    Planning makes it again once people are placed there.
    """
    with transaction.atomic():
        (handover,) = locked([handover], by)
        label = str(handover)
        found = []
        if letters.people_of(handover):
            found.append(Objection("handover.has_workers", {"handover": label}))
        if handover.letters.exists():
            found.append(Objection("handover.had_letter", {"handover": label}))
        if _is_done(handover):
            found.append(Objection("handover.is_done", {"handover": label}))
        refuse_if(found)
        record(
            verb="handover.removed",
            subject=handover.round,
            by=by,
            at=at,
            round_code=handover.round.code,
            note={"handover": label, "receiver": handover.receiver.agency.name_th},
        )
        handover.delete()


def _active(handovers: list[Handover]) -> dict[int, str]:
    active = Letter.objects.filter(handover__in=handovers, cancelled_at=None)
    return dict(active.values_list("handover_id", "reference"))


def _is_done(handover: Handover) -> bool:
    return handover.done_at is not None


def _iso(day: date | None) -> str:
    return day.isoformat() if day else ""


def _note(verb: str, handover: Handover, by: Account | None, at: datetime, **note: str) -> None:
    record(verb=f"handover.{verb}", subject=handover, by=by, at=at, round_code=handover.round.code, note=note)
