"""Whether answers to a free place keep every rule and are as good as they claim: an independent reading of both.

Shares no code with the search. Costs come from :class:`~u2t.matching.bounds.Tariff`; whole numbers only.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import pairwise

from u2t.matching.answers import Answer, Frontier, Priced, holds
from u2t.matching.bounds import IMPOSSIBLE, Tariff
from u2t.matching.plan import Plan
from u2t.matching.problem import Candidate, Problem, SeatKey, digest
from u2t.objections import Objection


def refill_violations(problem: Problem, plan: Plan, frontier: Frontier) -> list[Objection]:
    """Everything that is wrong with the answers; none may be taken while this is not empty.

    ``problem`` is the one the frontier was made for: without who left, or without the tambon that fell out.
    """
    if frontier.digest != digest(problem):
        return [Objection("matching.other_problem", {"plan": frontier.digest})]
    reading = _Reading(problem, plan, frontier)
    found = [one for answer in frontier.answers for one in _answer(reading, answer)]
    values = [(answer.moves, -answer.value) for answer in frontier.answers]
    if any(after[0] <= before[0] or after[1] <= before[1] for before, after in pairwise(values)):
        found.append(Objection("matching.answers_not_better", {}))
    if not found and not _is_proved(reading):
        found.append(Objection("matching.optimum_not_proved", {"name": "refill", "total": len(values)}))
    return found


@dataclass(frozen=True)
class _Person:
    """A person who may be moved: the seat now and what each seat adds to the objective, only allowed ones."""

    category: str
    start: SeatKey | None
    more: Mapping[SeatKey, int]


class _Reading:
    """The problem read once more around the places that are to be dealt with."""

    def __init__(self, problem: Problem, plan: Plan, frontier: Frontier) -> None:
        self.problem, self.plan, self.frontier = problem, plan, frontier
        self.tariff = Tariff(problem)
        self.known = {person.key: person for person in problem.candidates}
        self.displaced = {
            key for key, seat in plan.seats.items() if seat and seat[0] == frontier.dropped
        } & set(self.known)
        self.places = {seat.key: seat.places for seat in problem.seats}
        self.held = Counter(seat for key in self.known if (seat := self.seat_of(key)))
        self.room = Counter(frontier.vacancies)

    def seat_of(self, key: str) -> SeatKey | None:
        """Where somebody is; nowhere in a tambon that fell out."""
        return None if key in self.displaced else self.plan.seats.get(key)

    def may(self, person: Candidate, seat: SeatKey) -> bool:
        """Whether the rule would give the person this seat."""
        far = self.problem.rule.max_km
        if person.category != seat[1] or person.lock is not None:
            return False
        if person.fixed_tambon is not None:
            return person.fixed_tambon == seat[0]
        return far is None or self.tariff.distance(person.home, seat[0])[0] <= far

    def people(self, categories: set[str]) -> list[_Person]:
        """Everybody of the categories who is not locked."""
        found, weights = [], self.frontier.weights
        seats = [seat for seat in self.places if seat[1] in categories]
        for person in self.problem.candidates:
            if person.lock is not None or person.category not in categories:
                continue
            start, gain = self.seat_of(person.key), 0
            if start is None:
                gain = weights.fill + weights.restore * (person.key in self.displaced)
                gain += weights.unit * self.worth(person)
            now = self.tariff.seat(person, start) if start else gain
            more = {s: self.tariff.seat(person, s) - now for s in seats if self.may(person, s)}
            if start:
                more[start] = 0
            found.append(_Person(person.category, start, more))
        return found

    def worth(self, person: Candidate) -> int:
        """Hundredths of a point where merit counts first, kilometres where scores are weighed."""
        rule = self.problem.rule
        return (person.score or 0) if rule.order == "merit" else rule.worth(person.score)


def _answer(reading: _Reading, answer: Answer) -> Iterator[Objection]:
    taken, left = Counter[SeatKey](), Counter[SeatKey]()
    tariff, cost, value = reading.tariff, 0, 0
    weights = reading.frontier.weights
    for step in answer.steps:
        person = reading.known.get(step.person)
        if person is None or reading.seat_of(step.person) != step.start or step.start == step.end:
            yield Objection("matching.unknown_person", {"person": step.person})
            return
        if not reading.may(person, step.end):
            yield Objection("matching.seat_not_allowed", {"person": step.person, "seat": "/".join(step.end)})
        taken[step.end] += 1
        cost += tariff.seat(person, step.end)
        if step.start is None:
            bonus = weights.restore * (step.person in reading.displaced)
            value -= weights.fill + bonus + weights.unit * reading.worth(person)
        else:
            left[step.start] += 1
            cost -= tariff.seat(person, step.start)
    if len({step.person for step in answer.steps}) < len(answer.steps):
        yield Objection("matching.moved_twice", {})
    for seat, count in taken.items():
        if count - left[seat] > reading.room[seat] or (
            reading.held[seat] - left[seat] + count > max(reading.places.get(seat, 0), reading.held[seat])
        ):
            yield Objection("matching.quota_exceeded", {"seat": "/".join(seat)})
    entering = [step.person for step in answer.steps if step.start is None]
    stated = (answer.moves, answer.filled, answer.restored, answer.cost, answer.value)
    restored = len(reading.displaced & set(entering))
    moves = len(answer.steps) - len(entering)
    if stated != (moves, len(entering), restored, cost, value + cost):
        yield Objection("matching.wrong_total", {"name": "refill"})
    yield from _offices(reading, answer)


def _offices(reading: _Reading, answer: Answer) -> Iterator[Objection]:
    streams = {stream.code for stream in reading.problem.workstreams if stream.to_office}
    moving = {step.person for step in answer.steps}
    gone = moving | reading.displaced
    sitting = Counter(
        office for key, office in reading.plan.offices.items() if key in reading.known and key not in gone
    )
    before = Counter(office for key, office in reading.plan.offices.items() if key in reading.known)
    sitting.update(step.office for step in answer.steps)
    for step in answer.steps:
        if step.office is not None and step.end[2] not in streams:
            yield Objection("matching.office_for_wrong_people", {"person": step.person})
    for office in reading.problem.offices:
        if sitting[office.key] > max(office.capacity, before[office.key]):
            yield Objection("matching.office_full", {"office": office.key})


def _is_proved(reading: _Reading) -> bool:
    frontier = reading.frontier
    people = reading.people({seat[1] for seat in frontier.vacancies})
    if not holds(frontier):
        return False
    if frontier.chains is not None:
        return _labels_hold(reading, people)
    return all(
        _priced_holds(reading, people, answer, proof)
        for answer, proof in zip(frontier.answers, frontier.priced, strict=True)
    )


def _labels_hold(reading: _Reading, people: list[_Person]) -> bool:
    """The published tables are never dearer than what anybody would really do.

    Then no chain of at most k moves is below the label, because each link of it is at least the table's number. If
    the labels have settled, no closed chain of exchanges pays either, and every plan is made of one chain and such.
    """
    proof = reading.frontier.chains
    if proof is None or reading.frontier.vacancies != (proof.seats[proof.vacancy],):
        return False
    place = {seat: index for index, seat in enumerate(proof.seats)}
    # What is neither free nor held by somebody who may move can be no part of an answer.
    within = reading.room + Counter(person.start for person in people if person.start)
    for person in people:
        start = None if person.start is None else place[person.start]
        for seat, more in person.more.items():
            if not within[seat] or seat == person.start:
                continue
            stated = proof.entries[place[seat]] if start is None else proof.exchanges[start][place[seat]]
            if stated is None or stated > more:
                return False
    return True


def _priced_holds(reading: _Reading, people: list[_Person], answer: Answer, proof: Priced) -> bool:
    """By weak duality: with any prices, and ``turn`` for each move, no plan costs less than the sum of what suits
    each person best, less what the places cost. So none with as many moves as the answer has is below its value."""
    price: dict[SeatKey | str, int] = {}
    for category, prices in proof.prices:
        seats = sorted(seat for seat in reading.places if seat[1] == category)
        if len(prices) != len(seats) + 1 or min(prices) < 0:
            return False
        price |= dict(zip((*seats, category), prices, strict=True))
    if proof.scale <= 0 or proof.turn < 0:
        return False
    moving = [person for person in people if person.start is None or not proof.is_frozen]
    places = reading.room + Counter(person.start for person in moving if person.start)
    bound = -sum(price[seat] * count for seat, count in places.items())
    for person in moving:
        options = [] if person.start else [price[person.category]]
        bound -= sum(options)
        for seat, more in person.more.items():
            if places[seat]:
                turn = proof.turn if person.start not in (None, seat) else 0
                options.append(more * proof.scale + turn + price[seat])
        bound += min(options, default=IMPOSSIBLE)
    return bound == proof.scale * answer.value + proof.turn * answer.moves
