"""Freeze the input, select, adopt what was found, announce it."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterator
from dataclasses import asdict
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import Max
from django.urls import reverse

from u2t import admission
from u2t.audit import actions as audit
from u2t.jobs import actions as jobs
from u2t.jobs.models import Job
from u2t.objections import Objection, Refused, refuse_if
from u2t.pages.declare import allow
from u2t.recruitment import permissions
from u2t.recruitment.actions import offering, telling
from u2t.recruitment.models import Application, Call, Outcome, Selection
from u2t.recruitment.queries import ballots
from u2t.recruitment.queries import offers as asked

KIND = "recruitment.select"
STEPS = ("read", "select", "check", "store")
Progress = Callable[[str, int, int], None]


def begin(*, call: Call, by: Any, at: datetime) -> Selection:
    """Freeze what a selection would be made from, under the call's next number; nothing is selected yet.

    Raises :class:`~u2t.objections.Refused` with everything that is missing: screening, scores, seed, closing.
    """
    allow(by is None or permissions.may_select(by, call))
    with transaction.atomic():
        call = offering.lock(call)
        refuse_if([*ballots.objections_to_begin(call, at), *_beyond_the_round(call)])
        ballot = ballots.ballot_of(call)
        refuse_if(_unusable(admission.objections(ballot)))
        last = call.selections.aggregate(last=Max("number"))["last"] or 0
        selection = Selection.objects.create(
            call=call,
            number=last + 1,
            ballot=ballot.to_json(),
            ballot_digest=admission.digest(ballot),
            asked_at=at,
            asked_by=by,
        )
        _record("selection_begun", selection, by, at)
    return selection


def ask(*, call: Call, by: Any, at: datetime) -> Job:
    """Freeze the input and put the computation on the queue; while one is running for the call, that is returned."""
    allow(by is None or permissions.may_select(by, call))
    jobs.take_up_lost(at=at)
    with transaction.atomic():
        offering.lock(call)
        name = f"{call._meta.app_label}.{call._meta.object_name}:{call.pk}"
        running = Job.objects.filter(kind=KIND, subject=name, finished_at=None, failed_at=None).first()
        if running is not None:
            return running
        selection = begin(call=call, by=by, at=at)
        next_url = reverse("recruitment:selection", args=[call.round.code, call.number, selection.number])
        arguments = {"selection": selection.pk}
        return jobs.ask(kind=KIND, subject=call, arguments=arguments, next_url=next_url, by=by, at=at)


def compute(*, selection: Selection, at: datetime, progress: Progress | None = None) -> Selection:
    """Select from the frozen input and store the result, which the independent checker must have accepted.

    Done again for a computed selection it must find the same bits, else it is refused.
    """
    tell = progress or (lambda step, done, total: None)
    tell("read", 0, 0)
    ballot = admission.Ballot.from_json(selection.ballot)
    tell("select", 0, 0)
    found = admission.select(ballot)
    tell("check", 0, 0)
    refuse_if(_unsound(ballot, found))
    result = found.to_json()
    made = digest_of(result)
    tell("store", 0, 0)
    with transaction.atomic():
        selection = (
            Selection.objects.select_for_update(of=("self",))
            .select_related("call__round")
            .get(pk=selection.pk)
        )
        if selection.computed_at is not None:
            refuse_if([Objection("recruitment.selection_differs")] if selection.result_digest != made else [])
            return selection
        selection.result, selection.result_digest, selection.computed_at = result, made, at
        selection.save(update_fields=["result", "result_digest", "computed_at"])
        _record("selection_computed", selection, selection.asked_by, at)
    return selection


def adopt(*, selection: Selection, by: Any, at: datetime) -> Selection:
    """Make the computed selection the call's result: every applicant's outcome with its reason is stored.

    Refused where the applications have changed since they were frozen. What happens to applications afterwards
    (a withdrawal) does not change outcomes.
    """
    allow(by is None or permissions.may_select(by, selection.call))
    with transaction.atomic():
        call = offering.lock(selection.call)
        selection = Selection.objects.select_for_update(of=("self",)).get(pk=selection.pk)
        selection.call = call
        # A sheet that is being locked or a withdrawal is either in what is compared below, or finds it decided.
        applications = Application.objects.select_for_update().filter(call=call)
        list(applications.order_by("pk").values_list("pk"))
        refuse_if(_objections_to_adopt(selection))
        ballot = admission.Ballot.from_json(selection.ballot)
        found = admission.Selection.from_json(selection.result)
        refuse_if(_unsound(ballot, found))
        Outcome.objects.bulk_create(_outcomes(selection, ballot, found), batch_size=500)
        selection.adopted_at, selection.adopted_by = at, by
        selection.save(update_fields=["adopted_at", "adopted_by"])
        _record("selection_adopted", selection, by, at, placed=len(found.placed))
    return selection


def announce(*, selection: Selection, by: Any, at: datetime) -> Selection:
    """Publish the adopted selection, offer their slots to the selected, and tell every applicant."""
    allow(by is None or permissions.may_select(by, selection.call))
    with transaction.atomic():
        call = offering.lock(selection.call)
        selection = Selection.objects.select_for_update(of=("self",)).get(pk=selection.pk)
        selection.call = call
        refuse_if(_objections_to_announce(selection))
        selection.announced_at, selection.announced_by = at, by
        selection.save(update_fields=["announced_at", "announced_by"])
        offers = offering.offer_to_selected(selection=selection, by=by, at=at)
        telling.results(selection=selection, at=at)
        _record("selection_announced", selection, by, at, offers=offers)
    return selection


def digest_of(result: dict[str, Any]) -> str:
    """SHA-256 of a result as canonical JSON: the same bits, the same digest."""
    text = json.dumps(result, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def _objections_to_adopt(selection: Selection) -> Iterator[Objection]:
    if selection.computed_at is None:
        yield Objection("recruitment.selection_not_computed")
        return
    if selection.call.selections.filter(adopted_at__isnull=False).exists():
        yield Objection("recruitment.selection_adopted_already")
        return
    if admission.digest(ballots.ballot_of(selection.call)) != selection.ballot_digest:
        yield Objection("recruitment.selection_outdated")


def _objections_to_announce(selection: Selection) -> Iterator[Objection]:
    if selection.adopted_at is None:
        yield Objection("recruitment.selection_not_adopted")
    if selection.announced_at is not None:
        yield Objection("recruitment.announced_already")
    if selection.call.names_announced is None:
        yield Objection("recruitment.names_undecided")
    if selection.adopted_at is not None:
        yield from _beyond_the_round(selection.call)


def _beyond_the_round(call: Call) -> list[Objection]:
    """Seats for which the call promises more than the round has left; nobody is promised a slot twice."""
    return [
        Objection("recruitment.slots_taken", {"place": place, "category": category, "left": left})
        for place, category, left in asked.beyond_the_round(call)
    ]


def _outcomes(
    selection: Selection, ballot: admission.Ballot, found: admission.Selection
) -> Iterator[Outcome]:
    explainer = admission.Explainer(ballot, found)
    tambons = dict(selection.call.round.tambons.values_list("tambon_id", "pk"))
    places = {key: place for seat in found.lists.values() for place, key in enumerate(seat.admitted, start=1)}
    keys = dict(Application.objects.filter(call=selection.call).values_list("number", "pk"))
    for person in ballot.applicants:
        standing = explainer.explain(person.key)
        waits = {answer.tambon: answer.reserve for answer in standing.answers if answer.reserve}
        kind = Outcome.Kind.SELECTED if standing.tambon else Outcome.Kind.NOT_SELECTED
        why = asdict(standing)
        del why["key"]
        yield Outcome(
            selection=selection,
            application_id=keys[int(person.key)],
            kind=Outcome.Kind.RESERVE if waits and not standing.tambon else kind,
            tambon_id=tambons[standing.tambon] if standing.tambon else None,
            place=places.get(person.key),
            reserve_places=waits,
            why=why,
        )


def _unusable(found: list[Objection]) -> list[Objection]:
    return [
        Objection(
            "recruitment.ballot_unusable",
            {"what": one.code, "about": ", ".join(map(str, one.about.values()))},
        )
        for one in found
    ]


def _unsound(ballot: admission.Ballot, found: admission.Selection) -> list[Objection]:
    try:
        wrong = admission.violations(ballot, found)
    except Refused as refused:
        wrong = list(refused.objections)
    return [Objection("recruitment.selection_unsound", {"what": one.code}) for one in wrong[:20]]


def _record(verb: str, selection: Selection, by: Any, at: datetime, **note: object) -> None:
    audit.record(
        verb=f"recruitment.{verb}",
        subject=selection,
        by=by,
        at=at,
        round_code=selection.call.round.code,
        note={
            "call": selection.call.number,
            "number": selection.number,
            "ballot": selection.ballot_digest,
            **note,
        },
    )
