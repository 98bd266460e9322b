"""The reader's side of the proof: costs and lower bounds worked out again from the published rule.

Nothing of the solver is used here, neither its code nor its libraries; whole numbers only. The bounds hold
for *any* prices, so a wrong price can make a proof fail but never make a bad plan look good.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from math import isqrt

from u2t.matching.plan import Branch, LeaderProof, Leaf
from u2t.matching.problem import Candidate, Lecturer, Office, Problem, SeatKey

IMPOSSIBLE = 10**18


class Tariff:
    """The rule read once more: what each placement costs."""

    def __init__(self, problem: Problem) -> None:
        self.rule = problem.rule
        self.points = {point.code: point for point in problem.positions}
        self.wanted = {stream.code: stream.needs for stream in problem.workstreams}
        self.weight = dict(problem.rule.need_weight)
        self.known_ways: dict[tuple[str | None, str], int] = {}

    def nearness(self, home: str | None, place: str) -> int:
        """0 same tambon, 1 same district, 2 same province, 3 elsewhere, 4 unknown."""
        if not home:
            return 4
        if len(home) == len(place) == 6 and home == place:
            return 0
        if min(len(home), len(place)) > 3 and home[:4] == place[:4]:
            return 1
        return 2 if home[:2] == place[:2] else 3

    def distance(self, home: str | None, place: str) -> tuple[int, bool]:
        """Kilometres rounded to the nearest and whether they had to be assumed."""
        if home in self.points and place in self.points:
            here, there = self.points[home], self.points[place]
            metres = isqrt((here.east - there.east) ** 2 + (here.north - there.north) ** 2)
            return (metres + 500) // 1000, False
        return self.rule.assumed_km[self.nearness(home, place)], True

    def way(self, home: str | None, place: str) -> int:
        """Kilometres plus the penalty of the residence tier."""
        if (home, place) not in self.known_ways:
            tier = self.rule.tier_penalty[self.nearness(home, place)]
            self.known_ways[home, place] = self.distance(home, place)[0] + tier
        return self.known_ways[home, place]

    def wish(self, person: Candidate, tambon: str) -> int:
        """0 without any wish; by rank if listed, at most the penalty of the unlisted."""
        if not person.wishes:
            return 0
        if tambon not in person.wishes:
            return self.rule.wish_unlisted
        return min(self.rule.wish_unlisted, person.wishes.index(tambon) * self.rule.wish_step)

    def lack(self, person: Candidate, workstream: str) -> int:
        """Penalty for skills that the workstream wants and the person has not."""
        wanted = self.wanted.get(workstream, frozenset())
        return sum(self.weight.get(skill, self.rule.need_missing) for skill in wanted - person.skills)

    def worth(self, person: Candidate) -> int:
        """What the order of the rule counts for a seated person, in the proof's units."""
        score = person.score or 0
        by_order = {"merit": score, "weighted": score * self.rule.score_weight // 100}
        return by_order.get(self.rule.order, 0)

    def allows(self, person: Candidate, tambon: str) -> bool:
        """Whether somebody who is not locked may be sent to the tambon."""
        if person.fixed_tambon:
            return person.fixed_tambon == tambon
        return self.rule.max_km is None or self.distance(person.home, tambon)[0] <= self.rule.max_km

    def seat(self, person: Candidate, seat: SeatKey) -> int:
        """Inconvenience of a person in a seat."""
        return self.way(person.home, seat[0]) + self.wish(person, seat[0]) + self.lack(person, seat[2])

    def office(self, person: Candidate, seat: SeatKey, office: Office) -> int:
        """Cost of the holder of a seat in an office."""
        lacking = sum(1 for need in office.needs if need not in person.skills)
        start = person.home if self.rule.office_from_home else seat[0]
        return self.way(start, office.place) + lacking * self.rule.office_need_missing


@dataclass(frozen=True)
class Market:
    """One category without the people who are locked to a seat, nor their places."""

    people: tuple[Candidate, ...]
    places: Mapping[SeatKey, int]


def market(problem: Problem, category: str) -> Market:
    """What is left to decide in a category."""
    locked = Counter(
        person.lock for person in problem.candidates if person.category == category and person.lock
    )
    places = {seat.key: seat.places - locked[seat.key] for seat in problem.seats if seat.category == category}
    people = (person for person in problem.candidates if person.category == category)
    return Market(tuple(person for person in people if person.lock is None), places)


def most_filled(tariff: Tariff, here: Market, cover: Sequence[str]) -> int:
    """At most so many seats can be filled: the covered tambons, and who may go elsewhere."""
    inside = frozenset(cover)
    outside = {seat[0] for seat, places in here.places.items() if places and seat[0] not in inside}
    covered = sum(places for seat, places in here.places.items() if seat[0] in inside)
    known: dict[tuple[str | None, str | None], bool] = {}
    for person in here.people:
        if (person.home, person.fixed_tambon) not in known:
            escapes = any(tariff.allows(person, tambon) for tambon in outside)
            known[person.home, person.fixed_tambon] = escapes
    return covered + sum(known[person.home, person.fixed_tambon] for person in here.people)


def dearest(tariff: Tariff, here: Market) -> int:
    """No seat of the category costs anybody more."""
    homes, tambons = {person.home for person in here.people}, {seat[0] for seat in here.places}
    way = max((tariff.way(home, tambon) for home in homes for tambon in tambons), default=0)
    nobody = Candidate("", "", 0)
    return (
        way
        + tariff.rule.wish_unlisted
        + max((tariff.lack(nobody, seat[2]) for seat in here.places), default=0)
    )


@dataclass(frozen=True)
class Terms:
    """How the certificate counts: prices in 1/``scale``, a unit of worth as ``unit``, people with wanted skills."""

    unit: int = 0
    scale: int = 1
    skill_prices: Mapping[tuple[str, str], int] = field(default_factory=dict)

    def wanted(self, tambon: str, skills: frozenset[str]) -> int:
        """What the people of a tambon gain by somebody with the skills."""
        return sum(
            price
            for (place, skill), price in self.skill_prices.items()
            if place == tambon and skill in skills
        )

    @property
    def counted(self) -> frozenset[str]:
        """The skills that have a price anywhere."""
        return frozenset(skill for _, skill in self.skill_prices)


def least_inconvenience(
    tariff: Tariff,
    here: Market,
    prices: Mapping[SeatKey, int],
    reserve: int | None,
    filled: int,
    terms: Terms,
) -> int:
    """Every way to fill ``filled`` seats counts at least this, in 1/scale.

    Without a reserve everybody must be placed.
    """
    by_tambon: dict[str, list[SeatKey]] = {}
    for seat, places in here.places.items():
        if places > 0:
            by_tambon.setdefault(seat[0], []).append(seat)
    offers = _Offers(tariff, terms, prices, by_tambon)
    bound = -sum(prices[seat] * places for seat, places in here.places.items())
    for person in here.people:
        best = offers.cheapest(person) - terms.scale * terms.unit * tariff.worth(person)
        bound += best if reserve is None else min(best, reserve)
    unplaced = len(here.people) - filled
    if unplaced and reserve is None:
        return -IMPOSSIBLE
    return bound - (reserve or 0) * unplaced


class _Offers:
    """The cheapest seat for each person, prices included; what people of one kind share is looked at once."""

    def __init__(
        self,
        tariff: Tariff,
        terms: Terms,
        prices: Mapping[SeatKey, int],
        by_tambon: Mapping[str, list[SeatKey]],
    ) -> None:
        self.tariff, self.terms, self.prices, self.by_tambon = tariff, terms, prices, by_tambon
        self.streams = sorted({seat[2] for seats in by_tambon.values() for seat in seats})
        self.counted = terms.counted
        self.inside: dict[tuple[str, tuple[int, ...], frozenset[str]], int] = {}
        self.anywhere: dict[tuple[str | None, tuple[int, ...], frozenset[str], bool], int] = {}

    def cheapest(self, person: Candidate) -> int:
        """The least that any seat costs the person; worth is not counted."""
        lack = tuple(self.tariff.lack(person, stream) for stream in self.streams)
        skills = person.skills & self.counted
        if person.fixed_tambon:
            return self._at(
                person, person.fixed_tambon, self.tariff.wish(person, person.fixed_tambon), lack, skills
            )
        kind = (person.home, lack, skills, bool(person.wishes))
        if kind not in self.anywhere:
            # A listed tambon never costs more than an unlisted one and is looked at below.
            flat = self.tariff.rule.wish_unlisted if person.wishes else 0
            offers = (self._at(person, tambon, flat, lack, skills) for tambon in self.by_tambon)
            self.anywhere[kind] = min(offers, default=IMPOSSIBLE)
        wished = (self._at(person, t, self.tariff.wish(person, t), lack, skills) for t in person.wishes)
        return min(self.anywhere[kind], *wished, IMPOSSIBLE)

    def _at(
        self, person: Candidate, tambon: str, wish: int, lack: tuple[int, ...], skills: frozenset[str]
    ) -> int:
        if tambon not in self.by_tambon or not self.tariff.allows(person, tambon):
            return IMPOSSIBLE
        scale, kind = self.terms.scale, (tambon, lack, skills)
        if kind not in self.inside:
            lacking = dict(zip(self.streams, lack, strict=True))
            best = min(scale * lacking[seat[2]] + self.prices[seat] for seat in self.by_tambon[tambon])
            self.inside[kind] = best - self.terms.wanted(tambon, skills)
        return scale * (self.tariff.way(person.home, tambon) + wish) + self.inside[kind]


def least_office_cost(
    costs: Sequence[Mapping[str, int]],
    room: Mapping[str, tuple[int, int]],
    prices: Mapping[str, int],
    reserve: int | None,
    filled: int,
) -> int:
    """Every way to send ``filled`` people costs at least this; ``room``: least and most by office."""
    bound = -sum(max(prices[office] * least, prices[office] * most) for office, (least, most) in room.items())
    usable = [office for office, (_, most) in room.items() if most]
    for cost in costs:
        options = [cost[office] + prices[office] for office in usable]
        if reserve is not None:
            options.append(reserve)
        bound += min(options, default=IMPOSSIBLE)
    unplaced = len(costs) - filled
    if unplaced and reserve is None:
        return -IMPOSSIBLE
    return bound - (reserve or 0) * unplaced


def most_leaders(problem: Problem, cut: int) -> int:
    """At most so many leaders: all places of all tambons but ``cut``, and what lecturers can do there."""
    full = (len(problem.tambons) - cut) * problem.rule.leaders_per_tambon
    return full + sum(min(lecturer.max_tambons, cut) for lecturer in problem.lecturers)


@dataclass(frozen=True)
class Condition:
    """The lecturers lead the tambons at most ``most`` times, or (``fewer`` false) at least once more."""

    lecturers: frozenset[str]
    tambons: frozenset[str]
    most: int
    fewer: bool


def least_leader_cost(problem: Problem, tariff: Tariff, proof: LeaderProof) -> int | None:
    """Every choice of leaders, spread evenly, costs at least this; ``None`` if the tree is no proof at all.

    A branch divides all choices in two, so the lower of its two bounds holds for all. In a leaf every lecturer's
    time has a price, and so has every condition: then each tambon may take the team that is cheapest for it alone,
    and the sum of those, less the worth of the time there is, cannot be undercut. Costs are whole: round up.
    """
    return _least(problem, tariff, proof, proof.tree, ())


def _least(
    problem: Problem, tariff: Tariff, proof: LeaderProof, tree: Leaf | Branch, path: tuple[Condition, ...]
) -> int | None:
    if isinstance(tree, Branch):
        lecturers, tambons = frozenset(tree.lecturers), frozenset(tree.tambons)
        low = Condition(lecturers, tambons, tree.most, True)
        high = Condition(lecturers, tambons, tree.most, False)
        below = _least(problem, tariff, proof, tree.fewer, (*path, low))
        above = _least(problem, tariff, proof, tree.more, (*path, high))
        return None if below is None or above is None else min(below, above)
    price = dict.fromkeys((lecturer.key for lecturer in problem.lecturers), 0)
    honest = {key for key, _ in tree.prices} <= set(price) and len(tree.turns) == len(path)
    if not honest or min((*tree.turns, *(value for _, value in tree.prices)), default=0) < 0:
        return None
    price.update(tree.prices)
    tambons_in_all = len(problem.tambons)
    low_size, more = divmod(proof.filled, tambons_in_all)
    sizes = (low_size, low_size + 1) if more else (low_size,)
    bound = tree.size_price * proof.filled
    for lecturer in problem.lecturers:
        bound -= price[lecturer.key] * min(lecturer.max_tambons, tambons_in_all)
    for condition, turn in zip(path, tree.turns, strict=True):
        bound += -turn * condition.most if condition.fewer else turn * (condition.most + 1)
    known: dict[tuple[tuple[int, ...], tuple[str, ...]], int] = {}
    for tambon in problem.tambons:
        standing = tuple(lecturer for place, lecturer in problem.leads if place == tambon)
        added = dict(price)
        for condition, turn in zip(path, tree.turns, strict=True):
            if tambon in condition.tambons:
                for key in condition.lecturers:
                    added[key] += turn if condition.fewer else -turn
        offer = tuple(
            proof.scale * tariff.way(lecturer.base, tambon) + added[lecturer.key]
            for lecturer in problem.lecturers
        )
        if (offer, standing) not in known:
            team = _cheapest_team(problem, proof.scale, tree.size_price, offer, sizes, standing)
            known[offer, standing] = team
        bound += known[offer, standing]
    return -(-bound // proof.scale)


def _cheapest_team(
    problem: Problem,
    scale: int,
    size_price: int,
    offer: Sequence[int],
    sizes: Sequence[int],
    standing: Sequence[str],
) -> int:
    """The cheapest team of one tambon with the prices of its members; ``standing`` are of it in any case."""
    lacking, spent = frozenset(problem.dimensions), 0
    dear = scale * problem.rule.uncovered_dimension
    offers = []
    for price, lecturer in zip(offer, problem.lecturers, strict=True):
        if lecturer.key in standing:
            lacking, spent = lacking - lecturer.expertise, spent + price
        elif lecturer.max_tambons > 0:
            offers.append((price, lecturer))
    offers.sort(key=lambda one: one[0])
    return min(
        (
            spent + _extend(offers, 0, size - len(standing), lacking, dear, IMPOSSIBLE) - size_price * size
            for size in sizes
            if size >= len(standing)
        ),
        default=IMPOSSIBLE,
    )


def _extend(
    offers: Sequence[tuple[int, Lecturer]],
    start: int,
    size: int,
    lacking: frozenset[str],
    dear: int,
    best: int,
) -> int:
    """The cheapest way to add ``size`` of the offers from ``start`` on, or ``best`` if none is below it."""
    if not size:
        return min(best, dear * len(lacking))
    for index in range(start, len(offers) - size + 1):
        price, lecturer = offers[index]
        if sum(offer[0] for offer in offers[index : index + size]) >= best:
            break
        rest = _extend(offers, index + 1, size - 1, lacking - lecturer.expertise, dear, best - price)
        best = min(best, price + rest)
    return best
