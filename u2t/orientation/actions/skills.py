"""Areas, courses, enrolments, and the evidence that the office accepts or returns."""

from __future__ import annotations

import secrets
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.db.models import Model
from django.utils import timezone

from u2t.audit.actions import record
from u2t.objections import Objection, refuse_if
from u2t.orientation import permissions, usual
from u2t.orientation.models import Area, Course, Enrolment
from u2t.pages.declare import allow
from u2t.people.models import Account, Worker
from u2t.programme.models import Round
from u2t.vault import actions as vault

COURSE_FIELDS = ("area", "name_th", "name_en", "provider_th", "address", "hours")


def use_usual_areas(*, round: Round, by: Account | None, at: datetime) -> list[Area]:
    """The programme's four areas where the round has none; otherwise the ones it has."""
    allow(by is None or permissions.may_plan(by, round))
    with transaction.atomic():
        Round.objects.select_for_update(of=("self",)).get(pk=round.pk)
        there = list(Area.objects.filter(round=round))
        if there:
            return there
        rows = [
            Area(round=round, code=code, name_th=thai, name_en=english, position=position)
            for position, (code, thai, english) in enumerate(usual.AREAS)
        ]
        made = Area.objects.bulk_create(rows)
        _note("areas_set", round, round, by, at, areas=[area.code for area in made])
    return made


def name_areas(
    *,
    round: Round,
    names: Mapping[int, tuple[str, str]],
    more: Sequence[tuple[str, str]] = (),
    by: Account | None,
    at: datetime,
) -> None:
    """Give areas new names (by key: Thai, English) and add ``more``. An area once there stays.

    Raises :class:`u2t.objections.Refused` for a name that is empty or stands twice.
    """
    allow(by is None or permissions.may_plan(by, round))
    with transaction.atomic():
        Round.objects.select_for_update(of=("self",)).get(pk=round.pk)
        areas = list(Area.objects.filter(round=round).order_by("position", "pk"))
        for area in areas:
            area.name_th, area.name_en = names.get(area.pk, (area.name_th, area.name_en))
        last = max((area.position for area in areas), default=-1)
        areas += [
            Area(
                round=round,
                code=f"area-{secrets.token_hex(4)}",
                name_th=thai,
                name_en=english,
                position=last + n,
            )
            for n, (thai, english) in enumerate(more, 1)
        ]
        thai_names = [area.name_th.strip() for area in areas]
        found = [Objection("orientation.area_without_name")] if not all(thai_names) else []
        twice = sorted({name for name in thai_names if name and thai_names.count(name) > 1})
        refuse_if([*found, *(Objection("orientation.area_twice", {"name": name}) for name in twice)])
        for area in areas:
            area.save()
        _note("areas_set", round, round, by, at, areas=thai_names)


def add_course(*, round: Round, by: Account | None, at: datetime, **values: Any) -> Course:
    """Offer a course in an area of the round."""
    allow(by is None or permissions.may_plan(by, round))
    with transaction.atomic():
        course = Course(added_at=at, added_by=by)
        _fill(course, round, values)
        _note("course_added", course, round, by, at, name=course.name_th)
    return course


def change_course(*, course: Course, by: Account | None, at: datetime, **values: Any) -> Course:
    """Change what a course says; who is enrolled stays."""
    round = course.area.round
    allow(by is None or permissions.may_plan(by, round))
    with transaction.atomic():
        course = (
            Course.objects.select_for_update(of=("self",)).select_related("area__round").get(pk=course.pk)
        )
        _fill(course, round, values)
        _note("course_changed", course, round, by, at, name=course.name_th)
    return course


def _fill(course: Course, round: Round, values: Mapping[str, Any]) -> None:
    for name in COURSE_FIELDS:
        if name in values:
            setattr(course, name, values[name])
    refuse_if(
        [] if course.area.round_id == round.pk else [Objection("orientation.area_elsewhere", {}, "area")]
    )
    course.save()


def close_course(*, course: Course, closed: bool, by: Account | None, at: datetime) -> None:
    """Offer a course no longer, or again. Who has joined may still hand in."""
    round = course.area.round
    allow(by is None or permissions.may_plan(by, round))
    with transaction.atomic():
        Course.objects.filter(pk=course.pk).update(closed_at=at if closed else None)
        _note("course_closed" if closed else "course_opened", course, round, by, at, name=course.name_th)


def enrol(*, worker: Worker, course: Course, by: Account | None, at: datetime) -> Enrolment:
    """Join a course of one's round; joined twice, it is the same enrolment.

    Raises :class:`u2t.objections.Refused` for a closed course, one of another round, or who has left.
    """
    allow(by is None or permissions.may_enrol(by, worker))
    with transaction.atomic():
        worker = Worker.objects.select_for_update(of=("self",)).select_related("round").get(pk=worker.pk)
        there = Enrolment.objects.filter(worker=worker, course=course, left_at=None).first()
        if there is not None:
            return there
        found = []
        if course.area.round_id != worker.round_id:
            found.append(Objection("orientation.course_elsewhere", {"course": course.name}))
        if course.closed_at is not None:
            found.append(Objection("orientation.course_closed", {"course": course.name}))
        if worker.left_on is not None:
            found.append(Objection("orientation.has_left", {"worker": str(worker)}))
        refuse_if(found)
        made = Enrolment.objects.create(worker=worker, course=course, enrolled_at=at)
        _note("enrolled", made, worker.round, by, at, course=course.pk)
    return made


def leave(*, enrolment: Enrolment, by: Account | None, at: datetime) -> None:
    """Leave a course again; what the office has accepted stays."""
    allow(by is None or permissions.may_enrol(by, enrolment.worker))
    with transaction.atomic():
        enrolment = _locked(enrolment)
        refuse_if(_settled(enrolment))
        enrolment.left_at = at
        enrolment.save(update_fields=["left_at"])
        _note("left_course", enrolment, enrolment.worker.round, by, at)


def hand_in(
    *,
    enrolment: Enrolment,
    finished_on: date,
    hours: int,
    evidence_number: str = "",
    file: tuple[str, bytes] | None = None,
    by: Account | None,
    at: datetime,
) -> Enrolment:
    """Hand in that a course was finished: a file (name, bytes), or the number of the evidence, or both.

    What the office returned can be handed in anew; without another file the former one stays. Raises
    :class:`u2t.objections.Refused` with everything against it, the file's own faults included.
    """
    allow(by is None or permissions.may_enrol(by, enrolment.worker))
    looked = vault.look_at(data=file[1], name=file[0]) if file else None
    with transaction.atomic():
        enrolment = _locked(enrolment)
        found = _settled(enrolment)
        if looked is None and enrolment.evidence_id is None and not evidence_number.strip():
            found.append(Objection("orientation.no_evidence", {}, "file"))
        if finished_on > timezone.localdate(at):
            found.append(Objection("orientation.finished_ahead", {}, "finished_on"))
        refuse_if(found)
        former = enrolment.evidence
        if looked is not None:
            enrolment.evidence = vault.store(looked=looked, at=at)
        enrolment.finished_on, enrolment.hours = finished_on, hours
        enrolment.evidence_number = evidence_number.strip()
        enrolment.handed_in_at, enrolment.returned_at, enrolment.returned_by = at, None, None
        enrolment.return_reason = ""
        enrolment.save()
        if looked is not None and former is not None:
            vault.erase(file=former, at=at)
        _note("evidence_handed_in", enrolment, enrolment.worker.round, by, at, hours=hours)
    return enrolment


def accept(*, enrolment: Enrolment, by: Account | None, at: datetime) -> Enrolment:
    """Accept what was handed in; its hours count from now on."""
    return _decided(enrolment, None, by, at)


def return_evidence(*, enrolment: Enrolment, reason: str, by: Account | None, at: datetime) -> Enrolment:
    """Give it back with a reason that the worker reads."""
    return _decided(enrolment, reason.strip(), by, at)


def _decided(enrolment: Enrolment, reason: str | None, by: Account | None, at: datetime) -> Enrolment:
    allow(by is None or permissions.may_plan(by, enrolment.worker.round))
    with transaction.atomic():
        enrolment = _locked(enrolment)
        found = _settled(enrolment)
        if enrolment.handed_in_at is None or enrolment.returned_at is not None:
            found.append(Objection("orientation.nothing_handed_in", {"worker": str(enrolment.worker)}))
        if reason is not None and not reason:
            found.append(Objection("orientation.no_reason", {}, "reason"))
        refuse_if(found)
        if reason is None:
            enrolment.accepted_at, enrolment.accepted_by = at, by
        else:
            enrolment.returned_at, enrolment.returned_by, enrolment.return_reason = at, by, reason
        enrolment.save()
        verb = "evidence_accepted" if reason is None else "evidence_returned"
        _note(verb, enrolment, enrolment.worker.round, by, at, reason=reason or "")
    return enrolment


def _settled(enrolment: Enrolment) -> list[Objection]:
    about = {"course": enrolment.course.name}
    found = [Objection("orientation.already_accepted", about)] if enrolment.accepted_at else []
    return [*found, *([Objection("orientation.course_left", about)] if enrolment.left_at else [])]


def _locked(enrolment: Enrolment) -> Enrolment:
    rows = Enrolment.objects.select_for_update(of=("self",))
    return rows.select_related("worker__round", "worker__person", "course", "evidence").get(pk=enrolment.pk)


def _note(verb: str, subject: Model, round: Round, by: Account | None, at: datetime, **note: object) -> None:
    record(verb=f"orientation.{verb}", subject=subject, by=by, at=at, round_code=round.code, note=note)
