"""When and where applicants are interviewed."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, datetime

from django.db import transaction
from django.utils import timezone

from u2t.audit.actions import record
from u2t.objections import Objection, refuse_if
from u2t.pages.declare import allow
from u2t.people.models import Account
from u2t.recruitment import permissions
from u2t.recruitment.actions import telling
from u2t.recruitment.models import Application, Call
from u2t.recruitment.queries import assessing
from u2t.recruitment.rules import assigning


def schedule(
    *,
    call: Call,
    applications: Iterable[Application],
    days: Sequence[date],
    hours: assigning.Hours,
    rooms: Sequence[str],
    by: Account | None,
    at: datetime,
) -> int:
    """Give each of these applicants a time and a room, in the order of their numbers; answers how many.

    Who has a time keeps it, a taken time and room is not given again, and all get one or nobody does.
    """
    allow(by is None or permissions.may_screen(by, call))
    keys = [application.pk for application in applications]
    with transaction.atomic():
        Call.objects.select_for_update().get(pk=call.pk)
        waiting = list(assessing.passed(call).filter(pk__in=keys, interview_at=None).order_by("number"))
        taken = {
            (timezone.localtime(begins).replace(tzinfo=None), place)
            for begins, place in assessing.live(call)
            .filter(interview_at__isnull=False)
            .values_list("interview_at", "interview_place")
        }
        free = [slot for slot in assigning.slots(days, hours, rooms) if slot not in taken]
        found = [] if waiting else [Objection("recruitment.nobody_to_schedule")]
        if len(free) < len(waiting):
            found.append(Objection("recruitment.too_few_times", {"free": len(free), "wanted": len(waiting)}))
        refuse_if(found)
        zone = timezone.get_default_timezone()
        for application, (begins, room) in zip(waiting, free, strict=False):
            application.interview_at = begins.replace(tzinfo=zone)
            application.interview_place = room
            application.call = call
        Application.objects.bulk_update(waiting, ["interview_at", "interview_place"], batch_size=300)
        telling.timed(applications=waiting, at=at)
        _record("interviews_scheduled", call, by, at, {"count": len(waiting)})
    return len(waiting)


def set_time(
    *, application: Application, begins: datetime | None, place: str, by: Account | None, at: datetime
) -> None:
    """Set, move or take away one applicant's time."""
    call = application.call
    allow(by is None or permissions.may_screen(by, call))
    place = " ".join(place.split())[:200]
    with transaction.atomic():
        application = Application.objects.select_for_update(of=("self",)).get(pk=application.pk)
        about = {"receipt": application.receipt}
        refuse_if(
            [
                *([] if assessing.has_passed(application) else [Objection("recruitment.not_passed", about)]),
                *([Objection("recruitment.already_scored", about)] if application.scored_at else []),
                *([Objection("recruitment.place_missing", field="place")] if begins and not place else []),
            ]
        )
        application.interview_at, application.interview_place = begins, place if begins else ""
        application.save(update_fields=["interview_at", "interview_place"])
        application.call = call
        telling.timed(applications=[application], at=at)
        note = {"begins": begins.isoformat() if begins else "", "place": place}
        record(
            verb="recruitment.interview_time",
            subject=application,
            by=by,
            at=at,
            round_code=call.round.code,
            note=note,
        )


def clear_times(*, call: Call, by: Account | None, at: datetime) -> int:
    """Take away every time of applicants whom nobody has scored yet; answers how many."""
    allow(by is None or permissions.may_screen(by, call))
    with transaction.atomic():
        timed = assessing.live(call).filter(interview_at__isnull=False, scored_at=None)
        cleared = Application.objects.filter(pk__in=timed.values("pk")).update(
            interview_at=None, interview_place=""
        )
        _record("interview_times_cleared", call, by, at, {"count": cleared})
    return cleared


def _record(verb: str, call: Call, by: Account | None, at: datetime, note: dict[str, object]) -> None:
    record(verb=f"recruitment.{verb}", subject=call, by=by, at=at, round_code=call.round.code, note=note)
