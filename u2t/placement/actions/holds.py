"""Pin people and leaders where they are, and release them: what is pinned, a plan computed anew keeps."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any

from django.db import transaction

from u2t import matching
from u2t.audit import actions as audit
from u2t.objections import Objection, refuse_if
from u2t.pages.declare import allow
from u2t.people.models import Worker
from u2t.placement import permissions
from u2t.placement.actions.plans import lock
from u2t.placement.models import Engagement, Leadership
from u2t.placement.queries import stated
from u2t.placement.queries.problem import problem_for
from u2t.programme.models import Round


def hold(*, workers: Sequence[Worker], reason: str, by: Any, at: datetime) -> int:
    """Pin the workers, all of one round, to the slots and offices they have; returns how many.

    Refused with everything that stands against it: no reason, somebody without a slot or pinned already, and what
    the pinned ones together would contradict (more than a slot or an office takes, a floor of the rule).
    """
    if not workers:
        refuse_if([Objection("placement.nobody_chosen")])
    round = workers[0].round
    allow(by is None or permissions.may_place(by, round))
    with transaction.atomic():
        lock(round)
        current = _current(workers)
        refuse_if([*_reason(reason), *_strangers(round, workers), *_holdable(workers, current)])
        refuse_if(_contradictions(round, lambda: _pin(current.values(), reason=reason, by=by, at=at)))
        for worker in workers:
            _record("hold", worker, round, reason, by=by, at=at, number=worker.number)
    return len(workers)


def release(*, workers: Sequence[Worker], reason: str, by: Any, at: datetime) -> int:
    """Let the next plan decide again about the workers, all of one round; returns how many."""
    if not workers:
        refuse_if([Objection("placement.nobody_chosen")])
    round = workers[0].round
    allow(by is None or permissions.may_place(by, round))
    with transaction.atomic():
        lock(round)
        current = _current(workers)
        loose = (worker for worker in workers if worker.pk not in current or not current[worker.pk].is_held)
        refuse_if([*_reason(reason), *_strangers(round, workers), *map(_not_held, loose)])
        _unpin(current.values())
        for worker in workers:
            _record("release", worker, round, reason, by=by, at=at, number=worker.number)
    return len(workers)


def hold_leader(*, leaderships: Sequence[Leadership], reason: str, by: Any, at: datetime) -> int:
    """Pin lecturers to the tambons they lead in one round, so that a new plan chooses only the others."""
    if not leaderships:
        refuse_if([Objection("placement.nobody_chosen")])
    round = leaderships[0].tambon.round
    allow(by is None or permissions.may_place(by, round))
    with transaction.atomic():
        lock(round)
        found = _leading(leaderships)
        held = [
            Objection("placement.held_already", {"name": str(one.lecturer)}) for one in found if one.is_held
        ]
        refuse_if([*_reason(reason), *_others(round, found), *_ended(leaderships, found), *held])
        refuse_if(_contradictions(round, lambda: _pin(found, reason=reason, by=by, at=at)))
        for one in found:
            _record("hold_leader", one.lecturer, round, reason, by=by, at=at, tambon=one.tambon.tambon_id)
    return len(found)


def release_leader(*, leaderships: Sequence[Leadership], reason: str, by: Any, at: datetime) -> int:
    """Let the next plan choose again whether these lecturers lead these tambons of one round."""
    if not leaderships:
        refuse_if([Objection("placement.nobody_chosen")])
    round = leaderships[0].tambon.round
    allow(by is None or permissions.may_place(by, round))
    with transaction.atomic():
        lock(round)
        found = _leading(leaderships)
        loose = [_not_held(one.lecturer) for one in found if not one.is_held]
        refuse_if([*_reason(reason), *_others(round, found), *_ended(leaderships, found), *loose])
        _unpin(found)
        for one in found:
            _record("release_leader", one.lecturer, round, reason, by=by, at=at, tambon=one.tambon.tambon_id)
    return len(found)


def _current(workers: Sequence[Worker]) -> dict[int, Engagement]:
    found = Engagement.objects.current().filter(worker__in=workers)
    return {engagement.worker_id: engagement for engagement in found}


def _leading(leaderships: Sequence[Leadership]) -> list[Leadership]:
    keys = [one.pk for one in leaderships]
    found = Leadership.objects.current().filter(pk__in=keys).order_by("pk")
    return list(found.select_related("lecturer__person", "tambon"))


def _reason(reason: str) -> Iterator[Objection]:
    if not reason.strip():
        yield Objection("placement.reason_missing", field="reason")


def _strangers(round: Round, workers: Iterable[Worker]) -> Iterator[Objection]:
    for worker in workers:
        if worker.round_id != round.pk:
            yield Objection("placement.other_round", {"name": str(worker)})


def _others(round: Round, found: Iterable[Leadership]) -> Iterator[Objection]:
    for one in found:
        if one.tambon.round_id != round.pk:
            yield Objection("placement.other_round", {"name": str(one.lecturer)})


def _ended(asked: Sequence[Leadership], found: Sequence[Leadership]) -> Iterator[Objection]:
    still = {one.pk for one in found}
    for one in asked:
        if one.pk not in still:
            about = {"lecturer": str(one.lecturer), "tambon": one.tambon.tambon.full_name}
            yield Objection("placement.lecturer_not_here", about)


def _holdable(workers: Iterable[Worker], current: Mapping[int, Engagement]) -> Iterator[Objection]:
    for worker in workers:
        if worker.pk not in current:
            yield Objection("placement.no_slot_to_hold", {"name": str(worker)})
        elif current[worker.pk].is_held:
            yield Objection("placement.held_already", {"name": str(worker)})


def _not_held(one: object) -> Objection:
    return Objection("placement.not_held", {"name": str(one)})


def _contradictions(round: Round, pin: Callable[[], None]) -> Sequence[Objection]:
    """Pin, and say what contradicts itself now and did not before; a refusal takes the pins back."""
    before = set(map(repr, matching.objections(problem_for(round))))
    pin()
    after = matching.objections(problem_for(round))
    return stated.objections(round, (one for one in after if repr(one) not in before))


def _pin(rows: Iterable[Engagement | Leadership], *, reason: str, by: Any, at: datetime) -> None:
    for row in rows:
        row.held_at, row.held_by, row.held_reason = at, by, reason.strip()
        row.save(update_fields=["held_at", "held_by", "held_reason"])


def _unpin(rows: Iterable[Engagement | Leadership]) -> None:
    for row in rows:
        row.held_at, row.held_by, row.held_reason = None, None, ""
        row.save(update_fields=["held_at", "held_by", "held_reason"])


def _record(
    verb: str, subject: Any, round: Round, reason: str, *, by: Any, at: datetime, **more: object
) -> None:
    """One event a person, so that each one's own history is whole."""
    note = {"reason": reason.strip(), **more}
    audit.record(verb=f"placement.{verb}", subject=subject, by=by, at=at, round_code=round.code, note=note)


def release_ticked(
    *, workers: Sequence[Worker], leaderships: Sequence[Leadership], reason: str, by: Any, at: datetime
) -> int:
    """Release workers and leaders of one round together, all of them or none; returns how many."""
    if not workers and not leaderships:
        refuse_if([Objection("placement.nobody_chosen")])
    count = 0
    with transaction.atomic():
        if workers:
            count += release(workers=workers, reason=reason, by=by, at=at)
        if leaderships:
            count += release_leader(leaderships=leaderships, reason=reason, by=by, at=at)
    return count
