"""Take one of the answers to a place that became free, or to a tambon that fell out."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import asdict
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import Max

from u2t import matching
from u2t.audit import actions as audit
from u2t.matching.costs import Costs
from u2t.objections import Objection, refuse_if
from u2t.pages.declare import allow
from u2t.people.models import Worker
from u2t.placement import permissions
from u2t.placement.actions.plans import lock
from u2t.placement.models import Engagement, Leadership, Refill
from u2t.placement.queries import plans, refills
from u2t.placement.rules import Place
from u2t.programme.models import Round, RoundTambon


def refill_place(
    *, left: Worker, moves: int, reason: str, by: Any, at: datetime, seen: str | None = None
) -> Refill:
    """Answer the place that ``left`` gave up with the answer that moves so many people.

    ``seen`` is the name of the state that the answers were shown for: if anything has changed since, all of them are
    refused. ``None`` skips that.
    """
    with transaction.atomic():
        _begin(left.round, by)
        return _take(refills.after_leaving(left), moves=moves, reason=reason, seen=seen, by=by, at=at)


def drop_tambon(
    *, tambon: RoundTambon, moves: int, reason: str, by: Any, at: datetime, seen: str | None = None
) -> Refill:
    """Take the tambon out of the round's placement: its people go where the answer with so many moves sends them.

    The tambon keeps its rows and its history. Whoever led it leads it no more.
    """
    with transaction.atomic():
        _begin(tambon.round, by)
        made = _take(refills.after_dropping(tambon), moves=moves, reason=reason, seen=seen, by=by, at=at)
        Leadership.objects.current().filter(tambon=tambon).update(ended_at=at, ended_by=by)
        return made


def _begin(round: Round, by: Any) -> None:
    allow(by is None or permissions.may_place(by, round))
    lock(round)


def _take(
    question: refills.Question, *, moves: int, reason: str, seen: str | None, by: Any, at: datetime
) -> Refill:
    refuse_if([*_forms(reason, seen, question), *question.objections])
    problem, plan, frontier = question.problem, question.plan, question.frontier
    assert problem
    assert plan
    assert frontier
    answer = next((one for one in frontier.answers if one.moves == moves), None)
    refuse_if([] if answer else [Objection("placement.no_such_answer", {"moves": moves})])
    assert answer
    refuse_if(_check_objections(problem, plan, frontier))
    round, steps = question.round, refills.steps_json(question, answer)
    last = Refill.objects.filter(round=round).aggregate(last=Max("number"))["last"] or 0
    made = Refill.objects.create(
        round=round,
        number=last + 1,
        left=question.left,
        dropped=question.dropped,
        cause=question.cause,
        moves=steps,
        proof=frontier.to_json(),
        problem_digest=frontier.digest,
        reason=reason,
        made_at=at,
        made_by=by,
    )
    leaving = [*(step.person for step in answer.steps), *answer.unplaced]
    current = Engagement.objects.current().filter(worker_id__in=[int(person) for person in leaving])
    current.update(ended_at=at, ended_by=by, end_reason=reason)
    Engagement.objects.bulk_create(_engagements(made, problem, answer, by=by, at=at))
    note = {"number": made.number, "moves": moves, "people": steps, "unplaced": list(answer.unplaced)}
    verb = "placement.drop_tambon" if question.dropped else "placement.refill"
    audit.record(verb=verb, subject=made, by=by, at=at, round_code=round.code, note=note | {"reason": reason})
    return made


def _engagements(
    made: Refill, problem: matching.Problem, answer: matching.Answer, *, by: Any, at: datetime
) -> Iterable[Engagement]:
    codes, costs = plans.codes_of(made.round), Costs(problem)
    people = {person.key: person for person in problem.candidates}
    offices = {office.key: office for office in problem.offices}
    for step in answer.steps:
        tambon, category, workstream, office = codes.slot(Place(*step.end, step.office))
        sits = offices.get(step.office or "")
        yield Engagement(
            worker_id=int(step.person),
            tambon_id=tambon,
            category_id=category,
            workstream_id=workstream,
            office_id=office,
            refill=made,
            why=_why(costs, people[step.person], step.end, sits),
            begun_at=at,
            begun_by=by,
        )


def _why(
    costs: Costs, person: matching.Candidate, seat: matching.SeatKey, office: matching.Office | None
) -> Mapping[str, Any]:
    return {
        "decided_by": "refill",
        "seat": list(seat),
        "parts": asdict(costs.seat(person, seat)),
        "office_parts": asdict(costs.office(person, seat, office)) if office else None,
        "alternatives": [],
        "wishes": [],
    }


def _forms(reason: str, seen: str | None, question: refills.Question) -> Iterable[Objection]:
    if not reason.strip():
        yield Objection("placement.reason_missing", field="reason")
    if seen is not None and question.seen and seen != question.seen:
        yield Objection("placement.changed_meanwhile")


def _check_objections(
    problem: matching.Problem, plan: matching.Plan, frontier: matching.Frontier
) -> list[Objection]:
    """One objection for answers that the independent check does not let pass: nobody at an office can mend them."""
    wrong = matching.refill_violations(problem, plan, frontier)
    reasons = sorted({violation.code.partition(".")[2] for violation in wrong})
    return [Objection("placement.answers_broken", {"reasons": ", ".join(reasons)})] if reasons else []
