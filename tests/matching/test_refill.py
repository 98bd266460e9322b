"""The least disturbing answers to a change: against trying everything, against solving anew, against a stranger."""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import replace
from itertools import product

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from tests.matching import worlds
from tests.matching.village import FAR, NEAR, NEXT, village
from u2t import matching
from u2t.matching import Candidate, Office, Plan, Problem, Rule, SeatGroup, SeatKey
from u2t.matching.answers import Answer, Frontier, holds
from u2t.matching.check_refill import refill_violations
from u2t.matching.costs import Costs
from u2t.matching.refill import Refiller, drop, refill, without
from u2t.objections import Refused

ORDERS = st.sampled_from(
    (
        worlds.RULE,
        replace(worlds.RULE, order="merit"),
        replace(worlds.RULE, order="weighted", score_weight=3),
        replace(worlds.RULE, max_km=4),
    )
)


@st.composite
def placed(draw: st.DrawFn) -> tuple[Problem, Plan]:
    """Five people or so and fewer seats, with many ties, by any order of the rule, and the best plan."""
    keys = draw(st.lists(st.tuples(st.sampled_from(worlds.TAMBONS), st.sampled_from(("team", "data"))),
                         min_size=2, max_size=3, unique=True))  # fmt: skip
    seats = tuple(SeatGroup(tambon, "a", stream, draw(st.integers(1, 2))) for tambon, stream in keys)
    people = [
        Candidate(
            f"p{number}", "a", number, draw(st.sampled_from(worlds.HOMES)),
            tuple(draw(st.lists(st.sampled_from(worlds.TAMBONS), unique=True, max_size=2))),
            frozenset(draw(st.sets(st.just("digital")))), score=draw(st.sampled_from((0, 100, 250))),
        )
        for number in range(draw(st.integers(3, 5)))
    ]  # fmt: skip
    if draw(st.integers(0, 3)) == 0:
        people[0] = replace(people[0], fixed_tambon=seats[0].tambon)
    if draw(st.integers(0, 3)) == 0:
        people[1] = replace(people[1], lock=seats[1].key)
    rule, positions = draw(ORDERS), draw(worlds.positions)
    problem = Problem(
        seats, tuple(people), worlds.STREAMS, positions=positions, skills=("digital",), rule=rule
    )
    return problem, matching.solve(problem)


def leavers(problem: Problem, seats: dict[str, SeatKey | None]) -> list[Candidate]:
    """Those who hold a seat and are not locked to it."""
    return [person for person in problem.candidates if seats[person.key] and person.lock is None]


def restricted(plan: Plan, problem: Problem, seats: dict[str, SeatKey | None] | None = None) -> Plan:
    """The plan of the people of the problem alone, perhaps in other seats."""
    costs, wanted = Costs(problem), seats or plan.seats
    kept = {person.key: wanted.get(person.key) for person in problem.candidates}
    people = {person.key: person for person in problem.candidates}
    parts = {key: costs.seat(people[key], seat) for key, seat in kept.items() if seat}
    return replace(plan, seats=kept, parts=parts)


def best_within(
    problem: Problem, plan: Plan, vacancies: list[SeatKey], most: int, displaced: frozenset[str] = frozenset()
) -> tuple[int, ...]:
    """Filled, restored, worth and inconvenience of the best plan with so many moves, by trying all of them."""
    costs = Costs(problem)
    merit = problem.rule.order == "merit"
    room = Counter(seat for seat in plan.seats.values() if seat) + Counter(vacancies)
    kinds = {seat[1] for seat in vacancies}
    people = [p for p in problem.candidates if p.category in kinds and p.lock is None]
    locked = [p for p in problem.candidates if p.lock is not None]
    room.subtract(Counter(p.lock for p in locked if p.lock))
    options = []
    for person in people:
        now = plan.seats[person.key]
        may = [
            seat
            for seat, count in room.items()
            if count and seat[1] == person.category and person.fixed_tambon in (None, seat[0])
            and (person.fixed_tambon or costs.within(person.home, seat[0]))
        ]  # fmt: skip
        options.append(list(dict.fromkeys([now, *may])))
    found = []
    for seats in product(*options):
        taken = Counter(seat for seat in seats if seat)
        moved = [
            (p, plan.seats[p.key], s) for p, s in zip(people, seats, strict=True) if s != plan.seats[p.key]
        ]
        if any(count > room[seat] for seat, count in taken.items()):
            continue
        if sum(before is not None for _, before, _ in moved) > most:
            continue
        coming = [p for p, before, _ in moved if before is None]
        worth = sum(costs.worth(p) for p in coming)
        more = sum(
            costs.seat(p, s).total - (costs.seat(p, before).total if before else 0)
            for p, before, s in moved
            if s
        )
        value = (worth, -more) if merit else (worth - more,)
        found.append((len(coming), sum(p.key in displaced for p in coming), *value))
    return max(found)


def value_of(problem: Problem, answer: Answer) -> tuple[int, ...]:
    """The same levels of an answer."""
    costs = Costs(problem)
    people = {person.key: person for person in problem.candidates}
    worth = sum(costs.worth(people[step.person]) for step in answer.steps if step.start is None)
    last = (worth, -answer.cost) if problem.rule.order == "merit" else (worth - answer.cost,)
    return (answer.filled, answer.restored, *last)


def reached(frontier: Frontier, moves: int) -> Answer:
    """The best answer with so many moves."""
    return [answer for answer in frontier.answers if answer.moves <= moves][-1]


@settings(max_examples=60, deadline=None)
@given(placed(), st.data())
def test_each_answer_is_the_best_with_so_many_moves(town: tuple[Problem, Plan], data: st.DataObject) -> None:
    problem, plan = town
    seated = leavers(problem, dict(plan.seats))
    assume(seated)
    leaver = data.draw(st.sampled_from(seated))
    seat = plan.seats[leaver.key]
    assert seat is not None
    rest = replace(problem, candidates=tuple(p for p in problem.candidates if p is not leaver))
    now = restricted(plan, rest)
    frontier = refill(rest, now, [seat])
    assert refill_violations(rest, now, frontier) == []
    assert frontier.is_settled, "nothing else can be improved in an optimal plan"
    for moves in range(len(seated)):
        best = best_within(rest, now, [seat], moves)
        assert value_of(rest, reached(frontier, moves)) == best


@settings(max_examples=50, deadline=None)
@given(placed(), st.data())
def test_the_last_answer_is_as_good_as_solving_everything_anew(
    town: tuple[Problem, Plan], data: st.DataObject
) -> None:
    problem, plan = town
    seated = leavers(problem, dict(plan.seats))
    assume(seated)
    leaver = data.draw(st.sampled_from(seated))
    seat = plan.seats[leaver.key]
    assert seat is not None
    rest = replace(problem, candidates=tuple(p for p in problem.candidates if p is not leaver))
    now = restricted(plan, rest)
    anew, last = matching.solve(rest), refill(rest, now, [seat]).answers[-1]
    after = restricted(plan, rest, {**now.seats, **{step.person: step.end for step in last.steps}})
    assert totals(rest, after) == totals(rest, anew)


def totals(problem: Problem, plan: Plan) -> tuple[int, int]:
    """Filled seats, and everything after that as the rule weighs it."""
    costs = Costs(problem)
    placed = [person for person in problem.candidates if plan.seats[person.key]]
    worth = sum(costs.worth(person) for person in placed)
    unit = 10**6 if problem.rule.order == "merit" else 1
    return len(placed), unit * worth - sum(parts.total for parts in plan.parts.values())


@settings(max_examples=60, deadline=None)
@given(placed(), st.data())
def test_a_plan_that_was_changed_by_hand_gets_sound_answers(
    town: tuple[Problem, Plan], data: st.DataObject
) -> None:
    problem, plan = town
    people = [p for p in problem.candidates if p.lock is None and p.fixed_tambon is None]
    pairs = [(a, b) for a in people for b in people if a.key < b.key and a.category == b.category]
    seats = dict(plan.seats)
    if pairs:
        one, other = data.draw(st.sampled_from(pairs))
        seats[one.key], seats[other.key] = seats[other.key], seats[one.key]
    seated = leavers(problem, seats)
    assume(seated)
    leaver = data.draw(st.sampled_from(seated))
    rest = replace(problem, candidates=tuple(p for p in problem.candidates if p is not leaver))
    now = restricted(plan, rest, seats)
    seat = seats[leaver.key]
    assert seat is not None
    frontier = refill(rest, now, [seat])
    assert refill_violations(rest, now, frontier) == []
    assert value_of(rest, frontier.answers[0]) == best_within(rest, now, [seat], 0)
    if frontier.is_settled:
        assert value_of(rest, frontier.answers[-1]) == best_within(rest, now, [seat], 9)


@settings(max_examples=60, deadline=None)
@given(placed(), st.data())
def test_a_tambon_that_falls_out_moves_as_few_others_as_can_be(
    town: tuple[Problem, Plan], data: st.DataObject
) -> None:
    problem, plan = town
    tambon = data.draw(st.sampled_from([seat.tambon for seat in problem.seats]))
    displaced = frozenset(key for key, seat in plan.seats.items() if seat and seat[0] == tambon)
    frontier = drop(problem, plan, tambon)
    rest = without(problem, plan, tambon)
    assert refill_violations(rest, plan, frontier) == []
    cleared = restricted(plan, rest, {k: None if k in displaced else s for k, s in plan.seats.items()})
    for answer in frontier.answers:
        if frontier.vacancies:
            best = best_within(rest, cleared, list(frontier.vacancies), answer.moves, displaced)
            assert value_of(rest, answer) == best
        assert set(answer.unplaced) == displaced - {step.person for step in answer.steps}
    if frontier.vacancies:
        assert value_of(rest, frontier.answers[-1]) == best_within(
            rest, cleared, list(frontier.vacancies), 9, displaced
        )


@settings(max_examples=40, deadline=None)
@given(placed(), st.data())
def test_several_who_leave_at_once_are_answered_together(
    town: tuple[Problem, Plan], data: st.DataObject
) -> None:
    problem, plan = town
    seated = leavers(problem, dict(plan.seats))
    assume(len(seated) > 1)
    gone = data.draw(st.lists(st.sampled_from(seated), min_size=2, max_size=2, unique=True))
    rest = replace(problem, candidates=tuple(p for p in problem.candidates if p not in gone))
    now, free = restricted(plan, rest), [seat for p in gone if (seat := plan.seats[p.key])]
    frontier = refill(rest, now, free)
    assert refill_violations(rest, now, frontier) == []
    for answer in frontier.answers:
        assert value_of(rest, answer) == best_within(rest, now, free, answer.moves)
    assert value_of(rest, frontier.answers[-1]) == best_within(rest, now, free, 9)


def row_of_villages() -> tuple[Problem, Plan]:
    """Cat, who lives in FAR and works in NEXT, was held up by Ben, who has left FAR; Dee waits and lives in NEAR."""
    problem = village(
        seats=(SeatGroup(NEXT, "public", "team", 1), SeatGroup(FAR, "public", "team", 1)),
        candidates=(
            Candidate("cat", "public", 1, FAR, (FAR,)),
            Candidate("dee", "public", 2, NEXT, (NEXT,)),
        ),
        rule=Rule(),
    )
    costs, cat = Costs(problem), problem.candidates[0]
    seat: SeatKey = (NEXT, "public", "team")
    solved = matching.solve(problem)
    return problem, replace(solved, seats={"cat": seat, "dee": None}, parts={"cat": costs.seat(cat, seat)})


def test_a_resignation_is_answered_without_moving_anybody_and_then_better() -> None:
    problem, plan = row_of_villages()
    vacancy = (FAR, "public", "team")
    frontier = refill(problem, plan, [vacancy])
    still, one = frontier.answers
    assert (still.moves, [(s.person, s.start, s.end) for s in still.steps]) == (0, [("dee", None, vacancy)])
    assert one.moves == 1
    assert [(s.person, s.end[0]) for s in one.steps] == [("cat", FAR), ("dee", NEXT)]
    assert one.cost < still.cost
    assert frontier.is_settled
    assert refill(problem, plan, [vacancy], max_moves=0).answers == (still,)


def test_whoever_is_held_is_not_moved() -> None:
    problem, plan = row_of_villages()
    held = replace(problem.candidates[0], lock=plan.seats["cat"])
    frontier = refill(
        replace(problem, candidates=(held, problem.candidates[1])), plan, [(FAR, "public", "team")]
    )
    assert [answer.moves for answer in frontier.answers] == [0]


def test_where_nobody_waits_the_place_stays_empty_or_somebody_near_takes_it() -> None:
    problem, plan = row_of_villages()
    alone = replace(problem, candidates=problem.candidates[:1])
    still, one = refill(alone, plan, [(FAR, "public", "team")]).answers
    assert (still.steps, still.filled, still.empty) == ((), 0, ((FAR, "public", "team"),))
    assert (one.filled, one.empty) == (0, ((NEXT, "public", "team"),))
    assert one.cost < 0


def test_a_place_that_is_not_free_is_refused() -> None:
    problem, plan = row_of_villages()
    with pytest.raises(Refused) as refused:
        refill(problem, plan, [(NEXT, "public", "team")])
    assert [one.code for one in refused.value.objections] == ["matching.place_not_free"]


def office_town() -> tuple[Problem, Plan]:
    """Two data managers in offices near and far; the one near has left, a third waits."""
    seats = (SeatGroup(NEAR, "student", "data", 2),)
    problem = village(
        seats=seats,
        candidates=(
            Candidate("eve", "student", 1, NEAR, (), frozenset({"digital"})),
            Candidate("fay", "student", 2, NEAR, (), frozenset({"digital"})),
        ),
        offices=(Office("land", "6201", 1), Office("labour", "62", 1, 0)),
        rule=Rule(skill_floor=(("digital", 2),)),
        skills=("digital",),
    )
    seat: SeatKey = (NEAR, "student", "data")
    costs, eve = Costs(problem), problem.candidates[0]
    labour = problem.offices[0] if problem.offices[0].key == "labour" else problem.offices[1]
    plan = replace(
        matching.solve(replace(problem, rule=Rule())),
        seats={"eve": seat, "fay": None},
        parts={"eve": costs.seat(eve, seat)},
        offices={"eve": "labour"},
        office_parts={"eve": costs.office(eve, seat, labour)},
    )
    return problem, plan


def test_a_newcomer_to_an_office_seat_gets_the_best_free_office() -> None:
    problem, plan = office_town()
    answer = refill(problem, plan, [(NEAR, "student", "data")]).answers[0]
    assert [(step.person, step.office) for step in answer.steps] == [("fay", "land")]
    full = replace(
        problem, offices=tuple(replace(o, capacity=1) for o in problem.offices if o.key == "labour")
    )
    answer = refill(full, plan, [(NEAR, "student", "data")]).answers[0]
    assert (answer.steps[0].office, answer.without_office) == (None, ("fay",))


def test_a_skill_that_falls_below_the_floor_is_told() -> None:
    problem, plan = office_town()
    vacancy = [(NEAR, "student", "data")]
    assert refill(problem, plan, vacancy).answers[0].short == ()
    fay = replace(problem.candidates[1], skills=frozenset())
    poorer = replace(problem, candidates=(problem.candidates[0], fay))
    assert refill(poorer, plan, vacancy).answers[0].short == ((NEAR, "digital", 1),)


def test_a_frontier_comes_back_from_json_as_it_was() -> None:
    problem, plan = row_of_villages()
    for frontier in (refill(problem, plan, [(FAR, "public", "team")]), drop(problem, plan, NEXT)):
        assert Frontier.from_json(json.loads(json.dumps(frontier.to_json()))) == frontier
        assert holds(frontier)


def test_the_check_refuses_whatever_is_bent() -> None:
    problem, plan = row_of_villages()
    honest = refill(problem, plan, [(FAR, "public", "team")])
    proof = honest.chains
    assert proof is not None
    still, one = honest.answers
    bent = [
        replace(honest, digest="another"),
        replace(honest, answers=(still,) * 2),
        replace(honest, answers=(replace(still, cost=still.cost - 1), one)),
        replace(honest, answers=(replace(still, value=still.value - 1), one)),
        replace(honest, answers=(replace(still, steps=one.steps), one)),
        replace(honest, answers=(still, replace(one, steps=one.steps[:1]))),
        replace(honest, answers=(still, replace(one, moves=2))),
        replace(honest, answers=(replace(still, steps=(replace(still.steps[0], office="land"),)), one)),
        replace(
            honest, chains=replace(proof, labels=tuple(tuple(v - 1 for v in row) for row in proof.labels))
        ),
        replace(honest, chains=replace(proof, entries=tuple(None for _ in proof.entries))),
        replace(honest, chains=replace(proof, vacancy=1 - proof.vacancy)),
        replace(honest, chains=replace(proof, labels=proof.labels[:1])),
    ]
    assert refill_violations(problem, plan, honest) == []
    assert all(refill_violations(problem, plan, one) for one in bent)


def test_the_check_refuses_bent_prices() -> None:
    problem, plan = row_of_villages()
    roomy = replace(problem, seats=(*problem.seats, SeatGroup(NEAR, "public", "team", 1)))
    honest, rest = drop(roomy, plan, NEXT), without(roomy, plan, NEXT)
    assert refill_violations(rest, plan, honest) == []
    assert len(honest.answers[0].steps) == 2
    proof = honest.priced[0]
    (name, prices), *_ = proof.prices
    bent = [
        replace(proof, scale=0),
        replace(proof, turn=-1),
        replace(proof, prices=((name, prices[:-1]),)),
        replace(proof, prices=((name, (prices[0] + 10**9, *prices[1:])),)),
    ]
    for one in bent:
        assert refill_violations(rest, plan, replace(honest, priced=(one,)))
    assert refill_violations(rest, plan, replace(honest, priced=()))


def test_one_preparation_answers_many_questions_the_same() -> None:
    problem, plan = row_of_villages()
    ready = Refiller(problem, plan)
    ready.prepare("public")
    vacancy = [(FAR, "public", "team")]
    assert ready.refill(vacancy) == ready.refill(vacancy) == refill(problem, plan, vacancy)
