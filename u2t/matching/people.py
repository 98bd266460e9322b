"""People to seats: one category at a time, fill first, then the least inconvenience, then the lottery."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from u2t.matching.costs import Costs
from u2t.matching.flow import cheapest_flow
from u2t.matching.plan import PriceProof
from u2t.matching.prices import NEVER, Block, Ints, canonical_prices, lottery_choice
from u2t.matching.problem import Candidate, Problem, SeatGroup, SeatKey


@dataclass(frozen=True)
class Category:
    """One category's market after the locked people have taken their places.

    ``by_tambon[person, tambon]`` is the cost without missing skills, ``needs[skill class, seat]`` those.
    ``classes[person]`` holds home, skill class and whether there are wishes: people of one class differ only
    in the tambons they list, and ``shared[home, wishing, tambon]`` is what an unlisted one costs them.
    """

    name: str
    people: tuple[Candidate, ...]
    locked: tuple[Candidate, ...]
    seats: tuple[SeatGroup, ...]
    places: Ints
    tambons: tuple[str, ...]
    seat_tambon: Ints
    cover: tuple[str, ...]
    filled: int
    shared: Ints
    by_tambon: Ints
    listed: NDArray[np.bool_]
    allowed: NDArray[np.bool_]
    classes: Ints
    needs: Ints

    @property
    def block(self) -> Block:
        """The dense table of costs."""
        near = np.where(self.allowed, self.by_tambon, NEVER)
        cost = near[:, self.seat_tambon] + self.needs[self.classes[:, 1]]
        cost[cost >= NEVER] = NEVER
        cost[:, self.places == 0] = NEVER
        free = np.ones(len(self.seats), dtype=bool)
        return Block(cost, self.places, free, len(self.people) - self.filled)


def categories(problem: Problem, costs: Costs) -> list[Category]:
    """Every category that has seats or people, by code."""
    names = {seat.category for seat in problem.seats} | {person.category for person in problem.candidates}
    people: dict[str, list[Candidate]] = defaultdict(list)
    seats: dict[str, list[SeatGroup]] = defaultdict(list)
    for person in problem.candidates:
        people[person.category].append(person)
    for seat in problem.seats:
        seats[seat.category].append(seat)
    return [_category(name, people[name], tuple(seats[name]), costs) for name in sorted(names)]


def _category(name: str, everyone: list[Candidate], seats: tuple[SeatGroup, ...], costs: Costs) -> Category:
    people = tuple(person for person in everyone if person.lock is None)
    locked = tuple(person for person in everyone if person.lock is not None)
    column = {seat.key: index for index, seat in enumerate(seats)}
    places = np.array([seat.places for seat in seats], dtype=np.int64)
    for person in locked:
        assert person.lock is not None
        places[column[person.lock]] -= 1
    tambons = tuple(dict.fromkeys(seat.tambon for seat in seats))
    row = {tambon: index for index, tambon in enumerate(tambons)}
    seat_tambon = np.array([row[seat.tambon] for seat in seats], dtype=np.int64)
    cover, filled = largest_fill(people, tambons, np.bincount(seat_tambon, places, len(tambons)).tolist())
    shared, by_tambon, listed, allowed, classes = _tables(people, row, costs)
    needs = _needs(people, seats, classes, costs)
    return Category(
        name, people, locked, seats, places, tambons, seat_tambon, cover, filled,
        shared, by_tambon, listed, allowed, classes, needs,
    )  # fmt: skip


def largest_fill(
    people: Iterable[Candidate], tambons: tuple[str, ...], places: list[float]
) -> tuple[tuple[str, ...], int]:
    """The covered tambons that prove how many seats can be filled, and that number.

    Whoever is not fixed may go anywhere, so the Hall condition needs only two kinds of sets: the tambons
    with more fixed people than places, or all tambons together.
    """
    fixed: dict[str, int] = defaultdict(int)
    roaming = 0
    for person in people:
        if person.fixed_tambon is None:
            roaming += 1
        else:
            fixed[person.fixed_tambon] += 1
    room = dict(zip(tambons, (int(count) for count in places), strict=True))
    left = sum(max(0, count - fixed[tambon]) for tambon, count in room.items())
    if roaming >= left:
        return tambons, sum(room.values())
    cover = tuple(tambon for tambon, count in room.items() if fixed[tambon] > count)
    return cover, sum(min(count, fixed[tambon]) for tambon, count in room.items()) + roaming


def _tables(
    people: tuple[Candidate, ...], row: dict[str, int], costs: Costs
) -> tuple[Ints, Ints, NDArray[np.bool_], NDArray[np.bool_], Ints]:
    """The fields ``shared``, ``by_tambon``, ``listed``, ``allowed`` and ``classes`` of a category."""
    rule = costs.rule
    shape = (len(people), len(row))
    homes = {home: index for index, home in enumerate(dict.fromkeys(person.home for person in people))}
    travel = np.array([[costs.travel(home, tambon) for tambon in row] for home in homes], dtype=np.int64)
    travel = travel.reshape(len(homes), len(row))
    shared = np.stack([travel, travel + rule.wish_unlisted], axis=1)
    skills = {known: index for index, known in enumerate(dict.fromkeys(person.skills for person in people))}
    classes = np.array(
        [(homes[person.home], skills[person.skills], bool(person.wishes)) for person in people],
        dtype=np.int64,
    ).reshape(len(people), 3)
    ranks = [
        (index, row[wish], rule.wish_penalty(rank, True))
        for index, person in enumerate(people)
        for rank, wish in enumerate(person.wishes)
        if wish in row
    ]
    listed, allowed = np.zeros(shape, dtype=bool), np.ones(shape, dtype=bool)
    by_tambon = shared[classes[:, 0], classes[:, 2]]
    if ranks:
        who, where, penalty = np.array(ranks, dtype=np.int64).T
        by_tambon[who, where] = travel[classes[who, 0], where] + penalty
        listed[who, where] = True
    for index, person in enumerate(people):
        if person.fixed_tambon is not None:
            allowed[index] = False
            allowed[index, row[person.fixed_tambon]] = True
    return shared, by_tambon, listed, allowed, classes


def _needs(people: tuple[Candidate, ...], seats: tuple[SeatGroup, ...], classes: Ints, costs: Costs) -> Ints:
    """Penalty for missing skills by skill class and seat; classes that pay the same everywhere become one."""
    streams = {stream: index for index, stream in enumerate(dict.fromkeys(seat.workstream for seat in seats))}
    example: dict[int, Candidate] = {}
    for person, kind in zip(people, classes[:, 1].tolist(), strict=True):
        example.setdefault(kind, person)
    rows: dict[tuple[int, ...], int] = {}
    merged = np.zeros(len(example), dtype=np.int64)
    for kind, person in example.items():
        penalties = tuple(costs.missing(person, stream) for stream in streams)
        merged[kind] = rows.setdefault(penalties, len(rows))
    if people:
        classes[:, 1] = merged[classes[:, 1]]
    table = np.array(list(rows), dtype=np.int64).reshape(len(rows), len(streams))
    return table[:, [streams[seat.workstream] for seat in seats]]


def solve_category(category: Category, costs: Costs) -> tuple[dict[str, SeatKey | None], PriceProof]:
    """The best assignment of one category and its proof; locked people included."""
    seats: dict[str, SeatKey | None] = {person.key: person.lock for person in category.locked}
    block = category.block
    assigned = _cheapest(category) if category.people else np.zeros(0, dtype=np.int64)
    prices, reserve = canonical_prices(block, assigned)
    assigned = lottery_choice(block, assigned, prices, reserve)
    own = block.with_reserve[np.arange(len(assigned)), assigned]
    keys = [seat.key for seat in category.seats]
    for person, column in zip(category.people, assigned.tolist(), strict=True):
        seats[person.key] = keys[column] if column < len(keys) else None
    locked = sum(costs.seat(person, person.lock).total for person in category.locked if person.lock)
    proof = PriceProof(
        name=category.name,
        filled=category.filled + len(category.locked),
        total=int(own.sum()) + locked,
        prices=tuple(zip(keys, prices.tolist(), strict=True)),
        reserve=reserve,
        cover=category.cover,
    )
    return seats, proof


def _cheapest(category: Category) -> Ints:
    """Columns of a cheapest assignment, by a flow in which whole classes share their arcs.

    What an unlisted tambon costs depends only on the class, so person → class → tambon → seat replaces
    every arc person → seat that is not a wish, exactly. People fixed to a tambon keep their own arc.
    """
    people, tambons, seats = len(category.people), len(category.tambons), len(category.seats)
    kinds = len(category.needs)
    roaming = np.asarray(category.allowed.all(axis=1))
    classes, hub = np.unique(category.classes[roaming], axis=0, return_inverse=True)
    first_hub, first_tambon = people, people + len(classes)
    first_seat = first_tambon + tambons * kinds
    reserve, empty = first_seat + seats, first_seat + seats + 1
    kind = category.classes[:, 1]
    own_arcs = (category.listed | ~roaming[:, None]) & category.allowed
    who, where = np.nonzero(own_arcs)
    rows = np.flatnonzero(roaming)
    shared = category.shared[classes[:, 0], classes[:, 2]]
    hubs = np.arange(len(classes))
    middle = np.arange(tambons * kinds)
    step_seat = np.tile(np.arange(seats), kinds)
    step_kind = np.repeat(np.arange(kinds), seats)
    unplaced = people - category.filled
    vacant = int(category.places.sum()) - category.filled
    parts = [
        (rows, first_hub + hub.ravel(), np.zeros(len(rows), dtype=np.int64)),
        (who, first_tambon + where * kinds + kind[who], category.by_tambon[who, where]),
        (
            np.repeat(first_hub + hubs, tambons),
            (first_tambon + middle.reshape(tambons, kinds)[:, 0][None, :] + classes[:, 1:2]).ravel(),
            shared.ravel(),
        ),
        (
            first_tambon + category.seat_tambon[step_seat] * kinds + step_kind,
            first_seat + step_seat,
            category.needs[step_kind, step_seat],
        ),
        (np.arange(people), np.full(people, reserve), np.zeros(people, dtype=np.int64)),
        (np.full(seats, empty), first_seat + np.arange(seats), np.zeros(seats, dtype=np.int64)),
    ]
    supply = np.zeros(empty + 1, dtype=np.int64)
    supply[:people] = 1
    supply[first_seat:reserve] = -category.places
    supply[reserve], supply[empty] = -unplaced, vacant
    starts, ends, costs = (np.concatenate([part[side] for part in parts]) for side in range(3))
    flow = cheapest_flow(supply, starts, ends, costs, max(people, vacant, 1))
    return _trace(people, first_seat, flow)


def _trace(people: int, first_seat: int, flow: tuple[Ints, Ints, Ints]) -> Ints:
    """Follow the units of flow from each person to a seat."""
    used = flow[2] > 0
    starts, ends, units = (side[used].tolist() for side in flow)
    onward: dict[int, list[int]] = defaultdict(list)
    for start, end, count in zip(starts, ends, units, strict=True):
        onward[start].extend([end] * count)
    assigned = []
    for person in range(people):
        node = onward[person].pop()
        while node < first_seat:
            node = onward[node].pop()
        assigned.append(node - first_seat)
    return np.array(assigned, dtype=np.int64)
