"""People in groups that attend sessions together."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from u2t.audit.actions import record
from u2t.objections import Objection, refuse_if
from u2t.orientation import permissions
from u2t.orientation.models import Group
from u2t.orientation.queries import attendance
from u2t.orientation.queries import sessions as queries
from u2t.orientation.rules import planning
from u2t.pages.declare import allow
from u2t.people.models import Account, Worker
from u2t.programme.models import Round

TAMBON, DISTRICT, EVENLY = "tambon", "district", "evenly"
MOST_GROUPS = 200


def make_groups(
    *, round: Round, how: str, count: int | None = None, by: Account | None, at: datetime
) -> list[Group]:
    """Put everybody who is in no group yet into one: by their tambon, their district, or evenly into ``count``.

    Done again it takes in only those who came since. Groups of tambons and districts are found again by their name;
    dividing evenly makes new ones, with the people of one tambon side by side.
    """
    allow(by is None or permissions.may_plan(by, round))
    with transaction.atomic():
        round = Round.objects.select_for_update(of=("self",)).get(pk=round.pk)
        free = [member.worker for member in queries.members(round) if member.group is None]
        refuse_if(_objections(free, how, count))
        named = _evenly(round, free, count or 1) if how == EVENLY else _by_place(free, how)
        groups = []
        for name, keys in named.items():
            group, _made = Group.objects.get_or_create(round=round, name=name[:100])
            group.workers.add(*keys)
            groups.append(group)
        refuse_if(_too_full(round))
        note = {"how": how, "groups": len(groups), "workers": len(free)}
        record(verb="groups_made", subject=round, by=by, at=at, round_code=round.code, note=note)
    return groups


def _objections(free: list[Worker], how: str, count: int | None) -> list[Objection]:
    found = [] if free else [Objection("orientation.nobody_without_group")]
    if how == EVENLY and not 1 <= (count or 0) <= MOST_GROUPS:
        found.append(Objection("orientation.how_many_groups", {"most": MOST_GROUPS}, "count"))
    return found


def _evenly(round: Round, free: list[Worker], count: int) -> dict[str, list[int]]:
    people = []
    for worker in free:
        place = attendance.place_of(worker)
        people.append((worker.pk, place.pk if place else ""))
    used = set(round.orientation_groups.values_list("name", flat=True))
    names = (name for number in range(1, len(used) + count + 1) if (name := f"กลุ่ม {number}") not in used)
    return dict(zip(names, planning.divided(people, count), strict=False))


def _by_place(free: list[Worker], how: str) -> dict[str, list[int]]:
    names, places = {"": "ไม่ทราบตำบล"}, {}
    for worker in free:
        place = attendance.place_of(worker)
        if place is None:
            places[worker.pk] = ""
            continue
        code = place.pk if how == TAMBON else place.district_id
        district = f"อ.{place.district.name_th}"
        names[code] = f"ต.{place.name_th} {district}" if how == TAMBON else district
        places[worker.pk] = code
    gathered: dict[str, list[int]] = {}
    for code, keys in planning.by_place(places).items():
        gathered.setdefault(names[code], []).extend(keys)
    return gathered


def move_worker(*, worker: Worker, group: Group | None, by: Account | None, at: datetime) -> None:
    """Put a worker into another group, or into none; refused where a room would become too small."""
    allow(by is None or permissions.may_plan(by, worker.round))
    if group is not None and group.round_id != worker.round_id:
        refuse_if([Objection("orientation.worker_of_another_round")])
    with transaction.atomic():
        Round.objects.select_for_update(of=("self",)).get(pk=worker.round_id)
        worker.orientation_groups.set([group] if group else [])
        refuse_if(_too_full(worker.round))
        note = {"group": group.name if group else ""}
        record(verb="moved_to_group", subject=worker, by=by, at=at, round_code=worker.round.code, note=note)


def drop_groups(*, round: Round, by: Account | None, at: datetime) -> int:
    """Take all groups away, to begin again; refused while a session is for one of them."""
    allow(by is None or permissions.may_plan(by, round))
    with transaction.atomic():
        groups = Group.objects.filter(round=round)
        used = list(groups.filter(sessions__cancelled_at=None, sessions__isnull=False).distinct())
        refuse_if(Objection("orientation.group_in_use", {"group": group.name}) for group in used)
        count = groups.count()
        groups.delete()
        record(
            verb="groups_dropped", subject=round, by=by, at=at, round_code=round.code, note={"groups": count}
        )
    return count


def _too_full(round: Round) -> list[Objection]:
    """An objection for each session still planned whose room is smaller than its groups."""
    found = []
    limited = round.sessions.filter(cancelled_at=None).exclude(capacity=None).prefetch_related("groups")
    for session in limited:
        groups = [group.pk for group in session.groups.all()]
        expected = queries.expected_in(round, groups) if groups else 0
        if expected > (session.capacity or 0):
            about = {"session": session.name, "capacity": session.capacity, "expected": expected}
            found.append(Objection("orientation.session_too_full", about))
    return found
