"""The plan of orientation, its sessions and what is handed out in them."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone

from u2t.audit.actions import record
from u2t.objections import Objection, refuse_if
from u2t.orientation import permissions
from u2t.orientation.models import Group, Material, Plan, Session
from u2t.orientation.queries import sessions as queries
from u2t.orientation.rules import planning
from u2t.pages.declare import allow
from u2t.people.models import Account
from u2t.programme.models import Round

PLAN_FIELDS = (
    "percent_of_hours", "test_percent", "late_after_minutes", "doors_before_minutes", "certificate_title_th",
    "certificate_text_th",
)  # fmt: skip


def set_plan(*, round: Round, by: Account | None, at: datetime, **values: Any) -> Plan:
    """Write down what the round asks of everybody: any of the fields of :data:`PLAN_FIELDS`."""
    allow(by is None or permissions.may_plan(by, round))
    with transaction.atomic():
        plan = Plan.objects.select_for_update().filter(round=round).first() or Plan(round=round)
        for name, value in values.items():
            if name not in PLAN_FIELDS:
                raise TypeError(f"a plan has no {name}")
            setattr(plan, name, value)
        plan.changed_at, plan.changed_by = at, by
        plan.save()
        record(verb="plan_set", subject=plan, by=by, at=at, round_code=round.code, note=values)
    return plan


def add_session(
    *, round: Round, groups: Iterable[Group] = (), by: Account | None, at: datetime, **values: Any
) -> Session:
    """A session from ``name_th``, ``name_en``, ``place_th``, ``begins_at``, ``ends_at``, ``capacity``, ``is_required``.

    Refused where it ends before it begins, is longer than a day, or its room is smaller than its groups.
    """
    allow(by is None or permissions.may_plan(by, round))
    chosen = list(groups)
    with transaction.atomic():
        session = Session(round=round, **values)
        _refuse(session, chosen)
        session.save()
        session.groups.set(chosen)
        _note("session_added", session, by, at)
    return session


def change_session(
    *, session: Session, groups: Iterable[Group] = (), by: Account | None, at: datetime, **values: Any
) -> Session:
    """Write the session anew; scans stay with it, and attendance follows the new times."""
    allow(by is None or permissions.may_plan(by, session.round))
    chosen = list(groups)
    with transaction.atomic():
        session = _locked(session)
        for name, value in values.items():
            setattr(session, name, value)
        _refuse(session, chosen)
        session.save()
        session.groups.set(chosen)
        _note("session_changed", session, by, at)
    return session


def cancel_session(*, session: Session, by: Account | None, at: datetime) -> Session:
    """Cancel a session: it stays in the programme, crossed out, and counts for nothing."""
    allow(by is None or permissions.may_plan(by, session.round))
    with transaction.atomic():
        session = _locked(session)
        if session.cancelled_at is not None:
            refuse_if([Objection("orientation.session_cancelled", {"session": session.name})])
        session.cancelled_at, session.cancelled_by = at, by
        session.save(update_fields=["cancelled_at", "cancelled_by"])
        _note("session_cancelled", session, by, at)
    return session


def restore_session(*, session: Session, by: Account | None, at: datetime) -> Session:
    """Take a cancellation back."""
    allow(by is None or permissions.may_plan(by, session.round))
    with transaction.atomic():
        session = _locked(session)
        session.cancelled_at = session.cancelled_by = None
        session.save(update_fields=["cancelled_at", "cancelled_by"])
        _note("session_restored", session, by, at)
    return session


def copy_session(*, session: Session, begins_at: datetime, by: Account | None, at: datetime) -> Session:
    """The same session once more at another time, as long, in the same place, for the same groups."""
    return add_session(
        round=session.round,
        name_th=session.name_th,
        name_en=session.name_en,
        place_th=session.place_th,
        begins_at=begins_at,
        ends_at=begins_at + (session.ends_at - session.begins_at),
        capacity=session.capacity,
        is_required=session.is_required,
        groups=session.groups.all(),
        by=by,
        at=at,
    )


def _locked(session: Session) -> Session:
    return Session.objects.select_for_update(of=("self",)).select_related("round").get(pk=session.pk)


def _refuse(session: Session, groups: list[Group]) -> None:
    expected = queries.expected_in(session.round, [group.pk for group in groups]) if session.capacity else 0
    refuse_if(planning.objections(session.begins_at, session.ends_at, session.capacity, expected))


def _note(verb: str, session: Session, by: Account | None, at: datetime) -> None:
    note = {
        "name": session.name_th,
        "place": session.place_th,
        "begins": timezone.localtime(session.begins_at).isoformat(),
        "ends": timezone.localtime(session.ends_at).isoformat(),
    }
    record(verb=verb, subject=session, by=by, at=at, round_code=session.round.code, note=note)


def add_material(
    *, session: Session, name: str, address: str = "", file: Any = None, by: Account | None, at: datetime
) -> Material:
    """Something to read: an address, or a file that the vault already keeps; exactly one of the two."""
    allow(by is None or permissions.may_plan(by, session.round))
    if bool(address) == (file is not None):
        refuse_if([Objection("orientation.address_or_file", field="address")])
    with transaction.atomic():
        material = Material.objects.create(
            session=session, name=name, address=address, file=file, added_at=at, added_by=by
        )
        record(
            verb="material_added",
            subject=material,
            by=by,
            at=at,
            round_code=session.round.code,
            note={"name": name},
        )
    return material


def remove_material(*, material: Material, by: Account | None, at: datetime) -> Material:
    """Take a material off the session; removing it again changes nothing."""
    round = material.session.round
    allow(by is None or permissions.may_plan(by, round))
    if material.removed_at is None:
        with transaction.atomic():
            material.removed_at = at
            material.save(update_fields=["removed_at"])
            record(verb="material_removed", subject=material, by=by, at=at, round_code=round.code)
    return material
