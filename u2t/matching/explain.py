"""Why somebody is where they are, in exact numbers and without naming anybody else.

For every other seat the explanation says by how much the best plan *with this person in that seat* would be
worse. That number is exact, not an estimate: it is the shortest chain of exchanges that would make room.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from u2t.matching.costs import Costs
from u2t.matching.people import Category, categories
from u2t.matching.plan import CostParts, Plan
from u2t.matching.prices import NEVER, Ints, exchange_costs
from u2t.matching.problem import Candidate, Problem, SeatKey


@dataclass(frozen=True)
class Alternative:
    """Another seat for the person.

    ``more``: by how much all placements together would cost more; ``own_more``: the person's own share of it.
    ``threshold``: a person in the same position would get the seat if it cost them less than this; it costs
    ``parts.total``, so ``parts.total - threshold`` is missing, which is ``more``. ``price``: what a place
    there is worth to the others.
    """

    seat: SeatKey
    parts: CostParts
    own_more: int
    more: int
    threshold: int
    price: int


@dataclass(frozen=True)
class WishAnswer:
    """What became of one wish.

    ``reason`` is ``granted``, ``locked`` (a human decided), ``fixed_elsewhere``, ``no_seat`` (none of the
    category there), ``fill`` (only if one seat fewer were filled in all), ``not_better`` (the seat given costs
    the person no more), ``full`` (``alternative.more`` says what the whole would have lost) or ``lottery``
    (equally good in total, but an earlier number took it).
    """

    tambon: str
    rank: int
    reason: str
    alternative: Alternative | None = None


@dataclass(frozen=True)
class Explanation:
    """Why here. ``alternatives``: the next best seats in other tambons, at most two, least loss first.

    ``decided_by`` is ``plan``, ``lock`` (a human's choice) or ``fixed_tambon``; ``seat`` is ``None`` for
    somebody who stays unplaced, and then the first alternative is the nearest chance.
    """

    person: str
    seat: SeatKey | None
    parts: CostParts | None
    decided_by: str
    alternatives: tuple[Alternative, ...]
    wishes: tuple[WishAnswer, ...]


def explain(problem: Problem, plan: Plan, key: str) -> Explanation:
    """The explanation for one person of a plan that :func:`u2t.matching.solve` returned for this problem.

    Raises ``KeyError`` for an unknown person. For many people of one plan use one :class:`Explainer`.
    """
    return Explainer(problem, plan).explain(key)


class Explainer:
    """Explains people of one plan; what a whole category shares is worked out once."""

    def __init__(self, problem: Problem, plan: Plan) -> None:
        self.plan = plan
        self.costs = Costs(problem)
        self.people = {person.key: person for person in problem.candidates}
        self.markets = {market.name: market for market in categories(problem, self.costs)}
        self.prices = {
            (key[0], key[1], key[2]): price
            for proof in plan.certificate.people
            for key, price in proof.prices
        }
        self._chains: dict[str, Ints] = {}

    def explain(self, key: str) -> Explanation:
        """The explanation for one person; raises ``KeyError`` for an unknown one."""
        person, seat = self.people[key], self.plan.seats[key]
        parts = self.costs.seat(person, seat) if seat else None
        others = [] if person.lock else self._others(person, seat, parts.total if parts else 0)
        decided = "lock" if person.lock else "fixed_tambon" if person.fixed_tambon else "plan"
        return Explanation(
            person=key,
            seat=seat,
            parts=parts,
            decided_by=decided,
            alternatives=tuple(other for other in others if not seat or other.seat[0] != seat[0])[:2],
            wishes=tuple(
                self._wish(person, seat, rank, tambon, others) for rank, tambon in enumerate(person.wishes)
            ),
        )

    def _wish(
        self, person: Candidate, seat: SeatKey | None, rank: int, tambon: str, others: list[Alternative]
    ) -> WishAnswer:
        if seat and seat[0] == tambon:
            return WishAnswer(tambon, rank, "granted")
        if person.lock:
            return WishAnswer(tambon, rank, "locked")
        if person.fixed_tambon not in (None, tambon):
            return WishAnswer(tambon, rank, "fixed_elsewhere")
        there = [other for other in others if other.seat[0] == tambon]
        if not there:
            return WishAnswer(tambon, rank, "fill" if self._offered(person, tambon) else "no_seat")
        best = there[0]
        if seat and best.own_more >= 0:
            return WishAnswer(tambon, rank, "not_better", best)
        return WishAnswer(tambon, rank, "full" if best.more else "lottery", best)

    def _offered(self, person: Candidate, tambon: str) -> bool:
        market = self.markets[person.category]
        places = zip(market.seats, market.places.tolist(), strict=True)
        return any(group.tambon == tambon and count for group, count in places)

    def _others(self, person: Candidate, seat: SeatKey | None, own: int) -> list[Alternative]:
        """The best seat of every other tambon, and other seats of the same, least loss first."""
        market = self.markets[person.category]
        chains = self._chain(market)
        keys = [group.key for group in market.seats]
        here = keys.index(seat) if seat else len(keys)
        found: dict[str, Alternative] = {}
        for column, key in enumerate(keys):
            if key == seat or not market.places[column] or person.fixed_tambon not in (None, key[0]):
                continue
            if chains[column, here] > NEVER // 2:
                continue
            parts = self.costs.seat(person, key)
            threshold = own - int(chains[column, here])
            other = Alternative(
                key, parts, parts.total - own, parts.total - threshold, threshold, self.prices[key]
            )
            known = found.get(key[0])
            if known is None or (other.more, other.parts.total) < (known.more, known.parts.total):
                found[key[0]] = other
        return sorted(found.values(), key=lambda other: (other.more, other.parts.total, other.seat))

    def _chain(self, market: Category) -> Ints:
        """``[s, t]``: the cheapest way to make room at s by filling t, over any number of exchanges."""
        chains = self._chains.get(market.name)
        if chains is None:
            column = {group.key: index for index, group in enumerate(market.seats)}
            given = [self.plan.seats[person.key] for person in market.people]
            assigned = np.array([column[seat] if seat else len(column) for seat in given], dtype=np.int64)
            chains = exchange_costs(market.block, assigned)
            for middle in range(len(chains)):
                through = chains[:, middle : middle + 1] + chains[middle : middle + 1, :]
                chains = np.minimum(chains, np.minimum(through, NEVER))
            self._chains[market.name] = chains
        return chains
