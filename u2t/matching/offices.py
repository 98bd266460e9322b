"""Holders of office seats to data agencies: as many as can be, every minimum, then the shortest ways."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np

from u2t.matching.costs import Costs
from u2t.matching.flow import cheapest_assignment
from u2t.matching.plan import PriceProof
from u2t.matching.prices import NEVER, Block, Ints, canonical_prices, lottery_choice
from u2t.matching.problem import Candidate, Office, Problem, SeatKey


def postings(problem: Problem, seats: Mapping[str, SeatKey | None]) -> list[tuple[Candidate, SeatKey]]:
    """Everybody who holds a seat that works at an office, in order of the lottery."""
    to_office = {stream.code for stream in problem.workstreams if stream.to_office}
    held = ((person, seats.get(person.key)) for person in problem.candidates)
    return [(person, seat) for person, seat in held if seat is not None and seat[2] in to_office]


def office_room(offices: Sequence[Office], taken: Mapping[str, int], people: int) -> list[tuple[int, int]]:
    """Required and further places of each office for ``people`` who are not fixed to one.

    If there are too few people for all minimums, nobody goes beyond a minimum.
    """
    room = []
    for office in offices:
        used = taken.get(office.key, 0)
        required = max(0, min(office.minimum, office.capacity) - used)
        room.append((required, max(0, office.capacity - used - required)))
    if people < sum(required for required, _ in room):
        room = [(required, 0) for required, _ in room]
    return room


def solve_offices(
    problem: Problem, costs: Costs, seats: Mapping[str, SeatKey | None]
) -> tuple[dict[str, str | None], PriceProof | None]:
    """The office of everybody who holds an office seat (``None``: no room), and the proof."""
    people = postings(problem, seats)
    if not people or not problem.offices:
        return {person.key: None for person, _ in people}, None
    taken: dict[str, int] = {}
    chosen: dict[str, str | None] = {}
    free: list[tuple[Candidate, SeatKey]] = []
    for person, seat in people:
        if person.fixed_office is None:
            free.append((person, seat))
        else:
            chosen[person.key] = person.fixed_office
            taken[person.fixed_office] = taken.get(person.fixed_office, 0) + 1
    room = office_room(problem.offices, taken, len(free))
    block = office_block(problem.offices, costs, free, room)
    assigned = cheapest_assignment(block) if free else np.zeros(0, dtype=np.int64)
    prices, reserve = canonical_prices(block, assigned)
    assigned = lottery_choice(block, assigned, prices, reserve)
    count = len(problem.offices)
    for (person, _), column in zip(free, assigned.tolist(), strict=True):
        chosen[person.key] = problem.offices[column // 2].key if column < 2 * count else None
    by_key = {office.key: office for office in problem.offices}
    total = sum(
        costs.office(person, seat, by_key[office]).total
        for person, seat in people
        if (office := chosen[person.key]) is not None
    )
    usable = np.where(block.places > 0, prices, NEVER)
    lowest = usable.reshape(count, 2).min(axis=1)
    lowest[lowest == NEVER] = 0
    proof = PriceProof(
        name="offices",
        filled=sum(office is not None for office in chosen.values()),
        total=total,
        prices=tuple(
            ((office.key,), price) for office, price in zip(problem.offices, lowest.tolist(), strict=True)
        ),
        reserve=reserve,
    )
    return chosen, proof


def office_block(
    offices: Sequence[Office],
    costs: Costs,
    people: Sequence[tuple[Candidate, SeatKey]],
    room: Sequence[tuple[int, int]],
) -> Block:
    """Two columns an office: its required places, then its further ones, which alone may stay free."""
    cost = _table(offices, costs, people)
    places = np.array(room, dtype=np.int64).ravel()
    short = len(people) < sum(need for need, _ in room)
    free = np.array([short, True] * len(offices), dtype=bool)
    twice = np.repeat(cost, 2, axis=1)
    twice[:, places == 0] = NEVER
    return Block(twice, places, free, max(0, len(people) - int(places.sum())))


def _table(offices: Sequence[Office], costs: Costs, people: Sequence[tuple[Candidate, SeatKey]]) -> Ints:
    """Cost of every person in every office; each way and each set of skills is looked at once."""
    places = {place: index for index, place in enumerate(dict.fromkeys(office.place for office in offices))}
    where = [places[office.place] for office in offices]
    ways: dict[str | None, Ints] = {}
    lacks: dict[frozenset[str], Ints] = {}
    rows = []
    for person, seat in people:
        origin = costs.office_origin(person, seat)
        if origin not in ways:
            ways[origin] = np.array([costs.travel(origin, place) for place in places], dtype=np.int64)[where]
        if person.skills not in lacks:
            lacking = [costs.office_missing(person, office) for office in offices]
            lacks[person.skills] = np.array(lacking, dtype=np.int64)
        rows.append(ways[origin] + lacks[person.skills])
    return np.array(rows, dtype=np.int64).reshape(len(people), len(offices))
