"""A place that became free, the answers to it in words, and what was picked before."""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from u2t import matching
from u2t.matching.costs import Costs
from u2t.objections import Objection
from u2t.people.models import Worker
from u2t.placement.models import Engagement, Refill
from u2t.placement.queries import changes, plans
from u2t.placement.queries.problem import problem_for
from u2t.programme.models import Round, RoundTambon

MOST = 5
"""Answers that move more people than this are not offered: nobody would call them the least disturbing."""


@dataclass(frozen=True)
class Question:
    """What happened, what stands against an answer, and the answers; ``seen`` names the state they are worked out
    from. ``problem`` is the one that the answers are for, ``plan`` what is in force; both only where nothing objects."""

    round: Round
    left: Worker | None
    dropped: RoundTambon | None
    place: Engagement | None = None
    objections: tuple[Objection, ...] = ()
    problem: matching.Problem | None = None
    plan: matching.Plan | None = None
    frontier: matching.Frontier | None = None
    seen: str = ""

    @property
    def cause(self) -> dict[str, Any]:
        """What happened in the engine's keys."""
        places = [list(seat) for seat in self.frontier.vacancies] if self.frontier else []
        if self.left:
            return {"kind": "left", "person": str(self.left.pk), "places": places}
        code = self.dropped.tambon_id if self.dropped else ""
        seats = self.plan.seats.items() if self.plan else ()
        return {"kind": "dropped", "tambon": code, "people": [key for key, s in seats if s and s[0] == code]}


def after_leaving(worker: Worker) -> Question:
    """The answers to the place that the worker left; about twenty queries."""
    blank = Question(worker.round, worker, None)
    last = last_place(worker)
    blank = replace(blank, place=last)
    if worker.left_on is None or last is None:
        code = "placement.still_hired" if worker.left_on is None else "placement.left_no_slot"
        return replace(blank, objections=(Objection(code, {"name": str(worker)}),))
    problem = problem_for(worker.round)
    plan = plans.plan_now(worker.round, problem)
    ready = matching.Refiller(problem, plan)
    if ready.free.get(_seat(last), 0) < 1:
        return replace(blank, objections=(Objection("placement.place_taken", {"name": str(worker)}),))
    frontier = ready.refill([_seat(last)], MOST)
    return replace(blank, problem=problem, plan=plan, frontier=frontier, seen=_seen(frontier, plan, worker))


def after_dropping(tambon: RoundTambon) -> Question:
    """The answers to a tambon that falls out of the round."""
    round, blank = tambon.round, Question(tambon.round, None, tambon)
    if Refill.objects.filter(dropped=tambon).exists():
        about = {"tambon": tambon.tambon.full_name}
        return replace(blank, objections=(Objection("placement.dropped_already", about),))
    whole = problem_for(round)
    plan = plans.plan_now(round, whole)
    frontier = matching.drop(whole, plan, tambon.tambon_id, MOST)
    rest = matching.without(whole, plan, tambon.tambon_id)
    return replace(blank, problem=rest, plan=plan, frontier=frontier, seen=_seen(frontier, plan))


def last_place(worker: Worker) -> Engagement | None:
    """The slot that the worker held last, once it has ended."""
    ended = Engagement.objects.filter(worker=worker).exclude(ended_at=None).order_by("-ended_at", "-pk")
    places = ended.select_related("category", "workstream", "tambon__tambon__district__province")
    return places.first()


def _seat(place: Engagement) -> matching.SeatKey:
    return (place.tambon.tambon_id, place.category.code, place.workstream.code)


def _seen(frontier: matching.Frontier, plan: matching.Plan, left: Worker | None = None) -> str:
    """An answer that leaves the place empty changes no seat, so the answers given already count too."""
    answered = Refill.objects.filter(left=left).count() if left else 0
    state = [frontier.digest, frontier.dropped, frontier.vacancies, answered, sorted(plan.seats.items())]
    told = json.dumps([*state, sorted(plan.offices.items())])
    return hashlib.sha256(told.encode()).hexdigest()[:24]


@dataclass(frozen=True)
class Side:
    """A place with its names; ``km`` is ``None`` where it is not known, ``rank`` where it was not listed, from 1."""

    tambon: RoundTambon
    workstream: str
    office: str
    km: int | None
    rank: int | None

    @property
    def is_first_wish(self) -> bool:
        return self.rank == 1


@dataclass(frozen=True)
class StepLine:
    """One person's change; ``kind``: ``comes`` (had no slot), ``displaced`` (the tambon fell out) or ``moves``."""

    worker: Worker
    kind: str
    before: Side | None
    after: Side


@dataclass(frozen=True)
class SkillLine:
    """A tambon whose people would bring other skills than before."""

    tambon: RoundTambon
    lost: tuple[str, ...]
    gained: tuple[str, ...]


@dataclass(frozen=True)
class AnswerLine:
    """An answer in words. ``better`` and ``nearer`` compare it with the answer that moves nobody: inconvenience and
    kilometres saved for everybody together."""

    answer: matching.Answer
    steps: tuple[StepLine, ...]
    better: int
    nearer: int
    more_filled: int
    skills: tuple[SkillLine, ...]
    empty: tuple[tuple[RoundTambon, str, int], ...]
    unplaced: tuple[Worker, ...]
    short: tuple[tuple[RoundTambon, str, int], ...]

    @property
    def worse(self) -> int:
        return -self.better

    @property
    def farther(self) -> int:
        return -self.nearer


def answers_of(question: Question) -> list[AnswerLine]:
    """The answers with names: seven queries."""
    assert question.problem
    assert question.plan
    assert question.frontier
    names, frontier = changes.names_of(question.round), question.frontier
    told = [steps_json(question, answer) for answer in frontier.answers]
    keys = {step["person"] for steps in told for step in steps}
    keys |= {person for answer in frontier.answers for person in answer.unplaced}
    workers = workers_by_key(keys)
    still = frontier.answers[0]
    return [
        AnswerLine(
            answer=answer,
            steps=tuple(step_lines(steps, workers, names)),
            better=still.cost + still.office_cost - answer.cost - answer.office_cost,
            nearer=still.km - answer.km,
            more_filled=answer.filled - still.filled,
            skills=tuple(_skill_lines(question, answer, names)),
            empty=tuple(
                (names.tambons[seat[0]], names.workstreams[seat[2]], count)
                for seat, count in sorted(Counter(answer.empty).items())
            ),
            unplaced=tuple(workers[person] for person in answer.unplaced),
            short=tuple((names.tambons[t], names.skills.get(s, s), count) for t, s, count in answer.short),
        )
        for answer, steps in zip(frontier.answers, told, strict=True)
    ]


def steps_json(question: Question, answer: matching.Answer) -> list[dict[str, Any]]:
    """The steps as they are kept: who, from where to where, and what each place is for the person."""
    assert question.problem
    assert question.plan
    costs = Costs(question.problem)
    people = {person.key: person for person in question.problem.candidates}
    found = []
    for step in answer.steps:
        person = people[step.person]
        start = question.plan.seats.get(step.person)
        ends = ((start, question.plan.offices.get(step.person)), (step.end, step.office))
        sides = [_side_json(costs, person, seat, office) if seat else None for seat, office in ends]
        kind = "moves" if step.start else "displaced" if start else "comes"
        found.append({"person": step.person, "kind": kind, "before": sides[0], "after": sides[1]})
    return found


def _side_json(
    costs: Costs, person: matching.Candidate, seat: matching.SeatKey, office: str | None
) -> dict[str, Any]:
    parts = costs.seat(person, seat)
    km = None if parts.km_assumed else parts.km
    rank = None if parts.wish_rank is None else parts.wish_rank + 1
    return {"seat": list(seat), "office": office, "km": km, "rank": rank}


def workers_by_key(keys: Iterable[str]) -> dict[str, Worker]:
    """People with what a list shows, by the engine's keys; one query."""
    found = Worker.objects.select_related("person", "category", "round").in_bulk([int(key) for key in keys])
    return {str(pk): worker for pk, worker in found.items()}


def step_lines(
    steps: Sequence[Mapping[str, Any]], workers: Mapping[str, Worker], names: changes.Names
) -> Iterable[StepLine]:
    """Kept steps with names."""
    for step in steps:
        before, after = (_side(step[side], names) for side in ("before", "after"))
        assert after
        yield StepLine(workers[step["person"]], step["kind"], before, after)


def _side(kept: Mapping[str, Any] | None, names: changes.Names) -> Side | None:
    if kept is None:
        return None
    tambon, _, workstream = kept["seat"]
    office = names.offices.get(kept["office"] or "", "")
    stream = names.workstreams.get(workstream, workstream)
    return Side(names.tambons[tambon], stream, office, kept["km"], kept["rank"])


def _skill_lines(question: Question, answer: matching.Answer, names: changes.Names) -> Iterable[SkillLine]:
    """What each touched tambon's people bring afterwards, compared with now."""
    assert question.problem
    assert question.plan
    now = question.plan.seats
    then = {**now, **{step.person: step.end for step in answer.steps}}
    touched = {s[0] for step in answer.steps for s in (step.start, step.end) if s}
    brings: dict[tuple[str, bool], set[str]] = {(t, after): set() for t in touched for after in (False, True)}
    for person in question.problem.candidates:
        for after, seats in ((False, now), (True, then)):
            seat = seats.get(person.key)
            if seat and seat[0] in touched:
                brings[seat[0], after] |= person.skills
    for tambon in sorted(touched):
        before, after_ = brings[tambon, False], brings[tambon, True]
        lost = tuple(names.skills[s] for s in sorted(before - after_) if s in names.skills)
        gained = tuple(names.skills[s] for s in sorted(after_ - before) if s in names.skills)
        if lost or gained:
            yield SkillLine(names.tambons[tambon], lost, gained)


@dataclass(frozen=True)
class Kept:
    """What was picked, as the history shows it; ``others`` are moves and inconvenience of every answer there was."""

    refill: Refill
    steps: tuple[StepLine, ...]
    frontier: matching.Frontier
    holds: bool
    others: tuple[tuple[matching.Answer, int, bool], ...]
    unplaced: tuple[Worker, ...]

    @property
    def moves(self) -> int:
        return sum(step.kind == "moves" for step in self.steps)


def kept_of(refill: Refill) -> Kept:
    """A picked answer with names, its proof added up once more: seven queries."""
    frontier = matching.Frontier.from_json(refill.proof)
    moves = sum(step["kind"] == "moves" for step in refill.moves)
    still = frontier.answers[0]
    chosen = next(answer for answer in frontier.answers if answer.moves == moves)
    workers = workers_by_key({*(step["person"] for step in refill.moves), *chosen.unplaced})
    return Kept(
        refill=refill,
        steps=tuple(step_lines(refill.moves, workers, changes.names_of(refill.round))),
        frontier=frontier,
        holds=matching.holds(frontier),
        others=tuple(
            (one, still.cost + still.office_cost - one.cost - one.office_cost, one.moves == moves)
            for one in frontier.answers
        ),
        unplaced=tuple(workers[person] for person in chosen.unplaced),
    )


def open_places(round: Round) -> list[tuple[Worker, RoundTambon, str]]:
    """Who left a slot that is still free and has not been answered, the latest first, each with tambon and work."""
    standing = changes.standing_of(round)
    free = Counter(standing.seats) - Counter(standing.filled)
    gone = (
        Engagement.objects.filter(worker__round=round, worker__refills=None)
        .exclude(worker__left_on=None)
        .exclude(ended_at=None)
        .select_related("worker__person", "worker__category", "worker__round", "category", "workstream")
        .select_related("tambon__tambon__district__province")
        .order_by("-ended_at", "-pk")
    )
    found: dict[int, tuple[Worker, RoundTambon, str]] = {}
    seen: set[int] = set()
    for one in gone:
        if one.worker_id in seen:
            continue
        seen.add(one.worker_id)
        seat = _seat(one)
        if free[seat] > 0:
            free[seat] -= 1
            found[one.worker_id] = (one.worker, one.tambon, one.workstream.name)
    return list(found.values())
