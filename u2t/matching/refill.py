"""The least disturbing answers to a change: somebody left, several did, or a whole tambon fell out.

Whoever holds a seat keeps one, and whoever is locked to a seat keeps that one. Free places are filled first, then the
order of the rule decides; offices are chosen after that, for those who come to an office seat and for nobody else.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace

from u2t.matching.answers import Answer, Frontier, Priced, Step
from u2t.matching.costs import Costs
from u2t.matching.flow import cheapest_assignment
from u2t.matching.offices import office_block, office_room
from u2t.matching.plan import CostParts, Plan
from u2t.matching.prices import canonical_prices, lottery_choice
from u2t.matching.problem import Candidate, Problem, SeatKey, digest
from u2t.matching.vacancies import Changes, Exchange, Market, market_of, points_of, weighed
from u2t.objections import Objection, refuse_if


def refill(
    problem: Problem, plan: Plan, vacancies: Sequence[SeatKey], max_moves: int | None = None
) -> Frontier:
    """The answers for these free places, one entry for each place; other empty places stay as they are.

    ``problem`` is the one without who left, ``plan`` what is in force; entries of people who are not in the problem
    are not looked at. Raises :class:`u2t.objections.Refused` where no such place is free.
    """
    return Refiller(problem, plan).refill(vacancies, max_moves)


def drop(problem: Problem, plan: Plan, tambon: str, max_moves: int | None = None) -> Frontier:
    """The answers where a tambon falls out: its people need a seat elsewhere, before anybody who has none now.

    ``problem`` still holds the tambon. Every empty place of their categories elsewhere may be used.
    """
    rest, displaced = without(problem, plan, tambon), _people_of(plan, tambon)
    cleared = replace(
        plan,
        seats={key: None if key in displaced else seat for key, seat in plan.seats.items()},
        offices={key: office for key, office in plan.offices.items() if key not in displaced},
    )
    kinds = {person.category for person in rest.candidates if person.key in displaced}
    refiller = Refiller(rest, cleared)
    free = [seat for seat, count in refiller.free.items() if seat[1] in kinds for _ in range(count)]
    return refiller.dropped(tambon, displaced, free, max_moves)


def without(problem: Problem, plan: Plan, tambon: str) -> Problem:
    """The problem without the tambon; whoever was bound to it is bound to nothing."""
    displaced = _people_of(plan, tambon)
    return replace(
        problem,
        seats=tuple(seat for seat in problem.seats if seat.tambon != tambon),
        candidates=tuple(
            _loosened(person) if person.key in displaced or person.fixed_tambon == tambon else person
            for person in problem.candidates
        ),
        tambons=tuple(code for code in problem.tambons if code != tambon),
        leads=tuple(pair for pair in problem.leads if pair[0] != tambon),
    )


def _people_of(plan: Plan, tambon: str) -> frozenset[str]:
    return frozenset(key for key, seat in plan.seats.items() if seat and seat[0] == tambon)


def _loosened(person: Candidate) -> Candidate:
    return replace(person, lock=None, fixed_tambon=None, fixed_office=None)


class Refiller:
    """A problem and what is in force, made ready for questions; one question then takes a millisecond or two.

    ``free`` are the places that nobody holds, by seat group.
    """

    def __init__(self, problem: Problem, plan: Plan) -> None:
        self.problem = problem
        self.plan = plan
        self.digest = digest(problem)
        self.costs = Costs(problem)
        self.people = {person.key: person for person in problem.candidates}
        self._offices = {office.key: office for office in problem.offices}
        self._streams = {stream.code for stream in problem.workstreams if stream.to_office}
        held = Counter(seat for person in self.people if (seat := plan.seats.get(person)))
        self.free = {seat.key: seat.places - held[seat.key] for seat in problem.seats}
        self._taken = held
        self._exchanges: dict[str, tuple[Exchange, Frontier]] = {}

    def refill(self, vacancies: Sequence[SeatKey], max_moves: int | None = None) -> Frontier:
        """As :func:`refill`."""
        wanted = Counter(vacancies)
        refuse_if(
            Objection(
                "matching.place_not_free", {"seat": "/".join(seat), "free": max(0, self.free.get(seat, 0))}
            )
            for seat, count in wanted.items()
            if self.free.get(seat, 0) < count
        )
        if len(vacancies) == 1:
            return self._one(vacancies[0], max_moves)
        return self._several(tuple(vacancies), frozenset(), max_moves)

    def dropped(
        self, tambon: str, displaced: frozenset[str], vacancies: Sequence[SeatKey], max_moves: int | None
    ) -> Frontier:
        """As :func:`drop`, once the tambon is out of the problem and its people are out of the plan."""
        return replace(self._several(tuple(vacancies), displaced, max_moves), dropped=tambon)

    def prepare(self, category: str) -> Exchange:
        """Work out the exchanges of a category; the first question about it does so by itself."""
        if category not in self._exchanges:
            made = market_of(self.problem, self.costs, self.plan, category, ())
            weights, markets = weighed([made], frozenset())
            blank = Frontier(self.digest, (), None, weights, ())
            self._exchanges[category] = exchange = Exchange(markets[0]), blank
            assert exchange[0].proof
        return self._exchanges[category][0]

    def _one(self, vacancy: SeatKey, most: int | None) -> Frontier:
        exchange = self.prepare(vacancy[1])
        place = exchange.market.seats.index(vacancy)
        markets = {vacancy[1]: exchange.market}
        answers = tuple(
            self._answer(markets, {vacancy[1]: changes}, (vacancy,), frozenset(), (value, moves))
            for value, moves, changes in exchange.answers(place, most)
        )
        blank = self._exchanges[vacancy[1]][1]
        return replace(
            blank, vacancies=(vacancy,), answers=answers, chains=replace(exchange.proof, vacancy=place)
        )

    def _several(
        self, vacancies: tuple[SeatKey, ...], displaced: frozenset[str], most: int | None
    ) -> Frontier:
        names = sorted({seat[1] for seat in vacancies})
        made = [market_of(self.problem, self.costs, self.plan, name, vacancies) for name in names]
        weights, weighted = weighed(made, displaced)
        markets = {market.name: market for market in weighted}
        answers: list[Answer] = []
        proofs: list[Priced] = []
        for point in points_of(weighted, most):
            about = (point.value, point.moves)
            answers.append(self._answer(markets, point.changes, vacancies, displaced, about))
            proofs.append(point.proof)
        return Frontier(self.digest, vacancies, None, weights, tuple(answers), priced=tuple(proofs))

    def _answer(
        self,
        markets: Mapping[str, Market],
        changes: Mapping[str, Changes],
        vacancies: tuple[SeatKey, ...],
        displaced: frozenset[str],
        about: tuple[int, int],
    ) -> Answer:
        steps = _in_order(
            [
                Step(
                    market.people[row].key, self.plan.seats.get(market.people[row].key), market.seats[column]
                )
                for name, market in markets.items()
                for row, column in changes[name].items()
            ],
            vacancies,
        )
        seats = {**self.plan.seats, **{step.person: step.end for step in steps}}
        offices = self._choose_offices(steps, seats)
        steps = [replace(step, office=offices.get(step.person)) for step in steps]
        entering = [step.person for step in steps if step.start is None]
        parts = [
            (
                self.costs.seat(self.people[s.person], s.end),
                self.plan.parts.get(s.person) if s.start else None,
            )
            for s in steps
        ]
        taken = Counter(step.end for step in steps)
        left = Counter(step.start for step in steps if step.start)
        room = Counter(vacancies)
        empty = [seat for seat in {**room, **left} for _ in range(room[seat] + left[seat] - taken[seat])]
        return Answer(
            moves=about[1],
            steps=tuple(steps),
            filled=len(entering),
            restored=sum(person in displaced for person in entering),
            score=sum(self.people[person].score or 0 for person in entering),
            cost=sum(new.total - (old.total if old else 0) for new, old in parts),
            km=sum(_km(new) - (_km(old) if old else 0) for new, old in parts),
            office_cost=self._office_cost(steps),
            empty=tuple(sorted(empty)),
            unplaced=tuple(sorted(displaced - set(entering))),
            without_office=tuple(
                sorted(s.person for s in steps if s.end[2] in self._streams and s.office is None)
            ),
            short=self._short(seats, steps),
            value=about[0],
        )

    def _choose_offices(
        self, steps: Sequence[Step], seats: Mapping[str, SeatKey | None]
    ) -> dict[str, str | None]:
        """Offices of those whose step ends in an office seat; everybody else stays where they are."""
        coming = {step.person for step in steps if step.end[2] in self._streams}
        moving = {step.person for step in steps}
        if not coming or not self.problem.offices:
            return {}
        sitting = Counter(
            office for key, office in self.plan.offices.items() if key in self.people and key not in moving
        )
        arriving = [
            (person, seat)
            for person in sorted((self.people[key] for key in coming), key=lambda one: one.lottery)
            if (seat := seats[person.key])
        ]
        taken = {office: count for office, count in sitting.items() if office}
        room = office_room(self.problem.offices, taken, len(arriving))
        block = office_block(self.problem.offices, self.costs, arriving, room)
        assigned = cheapest_assignment(block)
        chosen = lottery_choice(block, assigned, *canonical_prices(block, assigned)).tolist()
        keys = [office.key for office in self.problem.offices for _ in ("required", "further")]
        return {
            person.key: keys[column] if column < len(keys) else None
            for (person, _), column in zip(arriving, chosen, strict=True)
        }

    def _office_cost(self, steps: Sequence[Step]) -> int:
        total = 0
        for step in steps:
            if step.office is not None:
                office = self._offices[step.office]
                total += self.costs.office(self.people[step.person], step.end, office).total
            before = self.plan.office_parts.get(step.person)
            if step.start is not None and before is not None:
                total -= before.total
        return total

    def _short(
        self, seats: Mapping[str, SeatKey | None], steps: Sequence[Step]
    ) -> tuple[tuple[str, str, int], ...]:
        """Touched tambons that have fewer people of a skill than the rule's floor."""
        floors = self.problem.rule.skill_floor
        if not floors:
            return ()
        touched = {seat[0] for step in steps for seat in (step.start, step.end) if seat}
        count = Counter(
            (seat[0], skill)
            for key, person in self.people.items()
            if (seat := seats.get(key)) and seat[0] in touched
            for skill in person.skills
        )
        return tuple(
            (tambon, skill, least - count[tambon, skill])
            for tambon in sorted(touched)
            for skill, least in floors
            if count[tambon, skill] < least
        )


def _km(parts: CostParts) -> int:
    return 0 if parts.km_assumed else parts.km


def _in_order(steps: list[Step], vacancies: Sequence[SeatKey]) -> list[Step]:
    """Each chain from the place that is free to the one that its last person leaves, then whatever is not linked."""
    left = sorted(steps, key=lambda step: (step.end, step.person))
    ordered: list[Step] = []
    waiting = list(vacancies)
    while left:
        seat = waiting.pop(0) if waiting else left[0].end
        step = next((step for step in left if step.end == seat), None)
        while step is not None:
            left.remove(step)
            ordered.append(step)
            follows = step.start
            step = next((step for step in left if step.end == follows), None) if follows else None
    return ordered
