"""People to seats, one category at a time: fill first, then the order of the rule, then the lottery."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from u2t.matching.costs import Costs
from u2t.matching.flow import cheapest_flow, reached
from u2t.matching.plan import PriceProof
from u2t.matching.prices import NEVER, Block, Ints, canonical_prices, lottery_choice
from u2t.matching.problem import Candidate, Problem, SeatGroup, SeatKey
from u2t.matching.reach import reach
from u2t.objections import Objection


@dataclass(frozen=True)
class Category:
    """One category's market after the locked people have taken their places.

    ``by_tambon[person, tambon]`` is the cost without missing skills, ``needs[skill class, seat]`` those.
    ``classes[person]`` holds home, skill class and whether there are wishes: people of one class differ only
    in the tambons they list, and ``shared[home, wishing, tambon]`` is what an unlisted one costs them.
    ``within[home, tambon]`` tells where the rule sends people without a fixed tambon. ``leaving[person]`` is what
    it costs to leave them unplaced, in kilometres or their equivalent.
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
    within: NDArray[np.bool_]
    worth: Ints
    most_lacking: int
    unit: int = 0

    @property
    def leaving(self) -> Ints:
        """What it costs to leave each person unplaced."""
        return self.unit * self.worth

    @property
    def unplaced(self) -> int:
        """How many people stay without a seat."""
        return len(self.people) - self.filled

    @property
    def dearest(self) -> int:
        """No seat costs anybody more."""
        return int(self.shared.max(initial=0)) + self.most_lacking

    @property
    def block(self) -> Block:
        """The dense table of costs."""
        near = np.where(self.allowed, self.by_tambon, NEVER)
        cost = near[:, self.seat_tambon] + self.needs[self.classes[:, 1]]
        cost[cost >= NEVER] = NEVER
        cost[:, self.places == 0] = NEVER
        free = np.ones(len(self.seats), dtype=bool)
        return Block(cost, self.places, free, self.unplaced, self.leaving)


@dataclass(frozen=True)
class Seating:
    """Columns of a best assignment (the last one stands for "unplaced") and the prices that prove it."""

    assigned: Ints
    prices: Ints
    reserve: int | None


def categories(problem: Problem, costs: Costs) -> list[Category]:
    """Every category that has seats or people, by code.

    For the order ``merit`` a hundredth of a point counts more than twice all inconvenience there can be: then no
    kilometres outweigh it, the two levels are one number, and each can be read off it.
    """
    names = {seat.category for seat in problem.seats} | {person.category for person in problem.candidates}
    people: dict[str, list[Candidate]] = defaultdict(list)
    seats: dict[str, list[SeatGroup]] = defaultdict(list)
    for person in problem.candidates:
        people[person.category].append(person)
    for seat in problem.seats:
        seats[seat.category].append(seat)
    found = [_category(name, people[name], tuple(seats[name]), costs) for name in sorted(names)]
    dearest = max((category.dearest for category in found), default=0)
    everything = 2 + 2 * dearest * sum(category.filled for category in found)
    unit = {"inconvenience": 0, "weighted": 1, "merit": everything}[problem.rule.order]
    return [replace(category, unit=unit) for category in found]


def too_large(found: Sequence[Category]) -> list[Objection]:
    """Numbers that could not be added without losing digits."""
    most = max((category.unit * int(category.worth.max(initial=0)) for category in found), default=0)
    return [Objection("matching.numbers_too_large", {"largest": most})] if most > NEVER >> 4 else []


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
    room = np.bincount(seat_tambon, places, len(tambons)).astype(np.int64)
    shared, by_tambon, listed, allowed, classes, within = _tables(people, row, costs)
    needs = _needs(people, seats, classes, costs)
    worth = np.array([costs.worth(person) for person in people], dtype=np.int64)
    most_lacking = max((costs.penalty(seat.workstream) for seat in seats), default=0)
    if within.all():
        cover, filled = largest_fill(people, tambons, room.tolist())
    else:
        filling = reach(allowed, room)
        cover, filled = tuple(np.array(tambons)[filling.cover()].tolist()), filling.filled
    return Category(
        name, people, locked, seats, places, tambons, seat_tambon, cover, filled,
        shared, by_tambon, listed, allowed, classes, needs, within, worth, most_lacking,
    )  # fmt: skip


def largest_fill(
    people: Iterable[Candidate], tambons: tuple[str, ...], places: Iterable[int]
) -> tuple[tuple[str, ...], int]:
    """The covered tambons that prove how many seats can be filled where no way is too far, and that number.

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
    room = dict(zip(tambons, places, strict=True))
    left = sum(max(0, count - fixed[tambon]) for tambon, count in room.items())
    if roaming >= left:
        return tambons, sum(room.values())
    cover = tuple(tambon for tambon, count in room.items() if fixed[tambon] > count)
    return cover, sum(min(count, fixed[tambon]) for tambon, count in room.items()) + roaming


def _tables(
    people: tuple[Candidate, ...], row: dict[str, int], costs: Costs
) -> tuple[Ints, Ints, NDArray[np.bool_], NDArray[np.bool_], Ints, NDArray[np.bool_]]:
    """The fields ``shared``, ``by_tambon``, ``listed``, ``allowed``, ``classes`` and ``within`` of a category."""
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
    near = np.array([[costs.within(home, tambon) for tambon in row] for home in homes], dtype=bool)
    near = near.reshape(len(homes), len(row))
    listed, allowed = np.zeros(shape, dtype=bool), near[classes[:, 0]]
    by_tambon = shared[classes[:, 0], classes[:, 2]]
    if ranks:
        who, where, penalty = np.array(ranks, dtype=np.int64).T
        by_tambon[who, where] = travel[classes[who, 0], where] + penalty
        listed[who, where] = True
    for index, person in enumerate(people):
        if person.fixed_tambon is not None:
            allowed[index] = False
            allowed[index, row[person.fixed_tambon]] = True
    return shared, by_tambon, listed, allowed, classes, near


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


def seat_category(category: Category) -> Seating:
    """The best assignment of one category, locked people aside, and the prices that prove it."""
    block = category.block
    assigned = _cheapest(category) if category.people else np.zeros(0, dtype=np.int64)
    prices, reserve = canonical_prices(block, assigned)
    return Seating(lottery_choice(block, assigned, prices, reserve), prices, reserve)


def proved(
    category: Category, seating: Seating, costs: Costs
) -> tuple[dict[str, SeatKey | None], PriceProof]:
    """The seats by person, locked people included, and the proof as it is published."""
    keys = [seat.key for seat in category.seats]
    seats: dict[str, SeatKey | None] = {person.key: person.lock for person in category.locked}
    for person, column in zip(category.people, seating.assigned.tolist(), strict=True):
        seats[person.key] = keys[column] if column < len(keys) else None
    everybody = (*category.people, *category.locked)
    placed = [(person, seat) for person in everybody if (seat := seats[person.key])]
    proof = PriceProof(
        name=category.name,
        filled=len(placed),
        total=_total(category, seating)
        + sum(costs.seat(person, person.lock).total for person in category.locked if person.lock),
        prices=tuple(zip(keys, seating.prices.tolist(), strict=True)),
        reserve=seating.reserve,
        cover=category.cover,
        score_total=sum(person.score or 0 for person, _ in placed) if category.unit else 0,
    )
    return seats, proof


def _total(category: Category, seating: Seating) -> int:
    """The inconvenience of all who are seated, locked people aside."""
    cost = np.hstack([category.block.cost, np.zeros((len(category.people), 1), dtype=np.int64)])
    return int(cost[np.arange(len(category.people)), seating.assigned].sum())


def _cheapest(category: Category) -> Ints:
    """Columns of a cheapest assignment, by a flow in which whole classes share their arcs.

    What an unlisted tambon costs depends only on the class, so person → class → tambon → seat replaces
    every arc person → seat that is not a wish, exactly. People fixed to a tambon keep their own arc.
    """
    people, tambons, seats = len(category.people), len(category.tambons), len(category.seats)
    kinds = len(category.needs)
    roaming = np.array([person.fixed_tambon is None for person in category.people])
    classes, hub = np.unique(category.classes[roaming], axis=0, return_inverse=True)
    first_hub, first_tambon = people, people + len(classes)
    first_seat = first_tambon + tambons * kinds
    reserve, empty = first_seat + seats, first_seat + seats + 1
    kind = category.classes[:, 1]
    own_arcs = (category.listed | ~roaming[:, None]) & category.allowed
    who, where = np.nonzero(own_arcs)
    rows = np.flatnonzero(roaming)
    shared = category.shared[classes[:, 0], classes[:, 2]]
    hubs, near = np.nonzero(category.within[classes[:, 0]])
    step_seat = np.tile(np.arange(seats), kinds)
    step_kind = np.repeat(np.arange(kinds), seats)
    vacant = int(category.places.sum()) - category.filled
    parts = [
        (rows, first_hub + hub.ravel(), np.zeros(len(rows), dtype=np.int64)),
        (who, first_tambon + where * kinds + kind[who], category.by_tambon[who, where]),
        (first_hub + hubs, first_tambon + near * kinds + classes[hubs, 1], shared[hubs, near]),
        (
            first_tambon + category.seat_tambon[step_seat] * kinds + step_kind,
            first_seat + step_seat,
            category.needs[step_kind, step_seat],
        ),
        (np.arange(people), np.full(people, reserve), category.leaving),
        (np.full(seats, empty), first_seat + np.arange(seats), np.zeros(seats, dtype=np.int64)),
    ]
    supply = np.zeros(empty + 1, dtype=np.int64)
    supply[:people] = 1
    supply[first_seat:reserve] = -category.places
    supply[reserve], supply[empty] = -category.unplaced, vacant
    starts, ends, costs = (np.concatenate([part[side] for part in parts]) for side in range(3))
    flow = cheapest_flow(supply, starts, ends, costs, max(people, vacant, 1))
    return reached(people, first_seat, flow) - first_seat
