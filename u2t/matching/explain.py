"""Why somebody is where they are, in exact numbers and without naming anybody else.

For every other seat the explanation says by how much the best plan *with this person in that seat* would be
worse. That number is exact, not an estimate: it is the shortest chain of exchanges that would make room. Only a
skill floor makes it a least number: then the chain is priced with what each tambon gains by a skill.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from u2t.matching.costs import Costs
from u2t.matching.floors import priced_block
from u2t.matching.people import Category, categories
from u2t.matching.plan import CostParts, Plan
from u2t.matching.prices import NEVER, Block, Ints, canonical_prices, exchange_costs, lottery_choice
from u2t.matching.problem import Candidate, Problem, SeatKey


@dataclass(frozen=True)
class Alternative:
    """Another seat for the person.

    ``more``: by how much all placements together would cost more, after ``more_score`` hundredths of a point would
    have been lost in the sum of scores (only where merit comes first). ``own_more``: the person's own share of
    ``more``. ``threshold``: a person in the same position would get the seat if it cost them less than this; it costs
    ``parts.total``, so ``parts.total - threshold`` is missing, which is ``more``. ``price``: what a place
    there is worth to the others, in the units of the certificate.
    """

    seat: SeatKey
    parts: CostParts
    own_more: int
    more: int
    threshold: int
    price: int
    more_score: int = 0


@dataclass(frozen=True)
class WishAnswer:
    """What became of one wish.

    ``reason`` is ``granted``, ``locked`` (a human decided), ``fixed_elsewhere``, ``no_seat`` (none of the
    category there), ``too_far`` (beyond the rule's farthest way), ``fill`` (only if one seat fewer were filled
    in all), ``not_better`` (the seat given costs the person no more), ``full`` (``alternative.more`` says what the
    whole would have lost) or ``lottery`` (equally good in total, but an earlier number took it).
    """

    tambon: str
    rank: int
    reason: str
    alternative: Alternative | None = None


@dataclass(frozen=True)
class Explanation:
    """Why here. ``alternatives``: the next best seats in other tambons, at most two, least loss first.

    ``decided_by`` is ``plan``, ``lock`` (a human's choice) or ``fixed_tambon``; ``seat`` is ``None`` for
    somebody who stays unplaced, and then ``nearest`` is the seat they came nearest to: they would have been placed if
    it had cost them ``nearest.more`` less and the lottery agreed, or one more than that whatever the lottery.
    ``needed``: the smallest score, in hundredths, with which somebody unplaced would have been placed, all else as
    it is, the lottery included; ``None`` where no score would do or scores do not count. ``exact`` is false where a
    skill floor holds: then ``more`` and ``needed`` are least numbers, the true ones may be higher.
    """

    person: str
    seat: SeatKey | None
    parts: CostParts | None
    decided_by: str
    alternatives: tuple[Alternative, ...]
    wishes: tuple[WishAnswer, ...]
    score: int | None = None
    needed: int | None = None
    nearest: Alternative | None = None
    exact: bool = True


def explain(problem: Problem, plan: Plan, key: str) -> Explanation:
    """The explanation for one person of a plan that :func:`u2t.matching.solve` returned for this problem.

    Raises ``KeyError`` for an unknown person. For many people of one plan use one :class:`Explainer`.
    """
    return Explainer(problem, plan).explain(key)


class Explainer:
    """Explains people of one plan; what a whole category shares is worked out once."""

    def __init__(self, problem: Problem, plan: Plan) -> None:
        self.rule, self.plan = problem.rule, plan
        self.costs = Costs(problem)
        self.people = {person.key: person for person in problem.candidates}
        self.markets = {market.name: market for market in categories(problem, self.costs)}
        self._views: dict[str, _View] = {}

    def explain(self, key: str) -> Explanation:
        """The explanation for one person; raises ``KeyError`` for an unknown one."""
        person, seat = self.people[key], self.plan.seats[key]
        others = [] if person.lock else self._others(person, seat)
        decided = "lock" if person.lock else "fixed_tambon" if person.fixed_tambon else "plan"
        return Explanation(
            person=key,
            seat=seat,
            parts=self.costs.seat(person, seat) if seat else None,
            decided_by=decided,
            alternatives=tuple(other for other in others if not seat or other.seat[0] != seat[0])[:2],
            wishes=tuple(
                self._wish(person, seat, rank, tambon, others) for rank, tambon in enumerate(person.wishes)
            ),
            score=person.score,
            needed=None if seat or person.lock else self._needed(person),
            nearest=others[0] if others and not seat else None,
            exact=not self.rule.skill_floor,
        )

    def _view(self, person: Candidate) -> _View:
        name = person.category
        if name not in self._views:
            self._views[name] = _View(self.markets[name], self.plan)
        return self._views[name]

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
            return WishAnswer(tambon, rank, self._closed(person, tambon))
        best = there[0]
        if seat and best.own_more >= 0:
            return WishAnswer(tambon, rank, "not_better", best)
        return WishAnswer(tambon, rank, "full" if best.more or best.more_score else "lottery", best)

    def _closed(self, person: Candidate, tambon: str) -> str:
        """Why no exchange could give the person a seat there."""
        market = self.markets[person.category]
        places = zip(market.seats, market.places.tolist(), strict=True)
        if not any(group.tambon == tambon and count for group, count in places):
            return "no_seat"
        near = person.fixed_tambon or self.costs.within(person.home, tambon)
        return "fill" if near else "too_far"

    def _others(self, person: Candidate, seat: SeatKey | None) -> list[Alternative]:
        """The best seat of every other tambon, and other seats of the same, least loss first."""
        view = self._view(person)
        own = self.costs.seat(person, seat).total if seat else 0
        found: dict[str, Alternative] = {}
        for column, loss in view.losses(person):
            group = view.market.seats[column].key
            if group == seat:
                continue
            score, more = view.levels(loss)
            parts = self.costs.seat(person, group)
            price = view.price[group] // view.scale
            other = Alternative(group, parts, parts.total - own, more, parts.total - more, price, score)
            known = found.get(group[0])
            if known is None or _rank(other) < _rank(known):
                found[group[0]] = other
        return sorted(found.values(), key=_rank)

    def _needed(self, person: Candidate) -> int | None:
        """The smallest score that would have placed somebody unplaced."""
        view, market = self._view(person), self.markets[person.category]
        row, losses = view.row[person.key], [loss for _, loss in view.losses(person)]
        if not losses or not market.unit or (market.unit == 1 and not self.rule.score_weight):
            return None
        missing = market.unit * int(market.worth[row]) + min(losses)
        worth = -(-missing // market.unit)
        score = self._score_of(worth, market)
        tied = market.unit * self.costs.worth(replace(person, score=score)) == missing
        if tied and not self.rule.skill_floor and not view.wins_tie(row, missing):
            return self._score_of(worth + 1, market)
        return score

    def _score_of(self, worth: int, market: Category) -> int:
        """The smallest score that is worth so much."""
        return worth if self.rule.order == "merit" else -(-100 * worth // self.rule.score_weight)


def _rank(other: Alternative) -> tuple[int, int, int, SeatKey]:
    return other.more_score, other.more, other.parts.total, other.seat


class _View:
    """One category as its plan stands, with the cheapest chains of exchanges between all of its columns."""

    def __init__(self, market: Category, plan: Plan) -> None:
        proof = plan.certificate
        self.market, self.scale, self.gap = market, proof.scale, proof.gap
        prices = {(tambon, skill): price for tambon, skill, price in proof.skill_prices}
        self.block: Block = priced_block(market, self.scale, prices) if prices else market.block
        self.cost = self.block.with_reserve
        column = {group.key: index for index, group in enumerate(market.seats)}
        self.row = {person.key: row for row, person in enumerate(market.people)}
        given = [plan.seats[person.key] for person in market.people]
        self.assigned = np.array([column[seat] if seat else len(column) for seat in given], dtype=np.int64)
        own = [block for block in proof.people if block.name == market.name]
        self.price = {(key[0], key[1], key[2]): price for block in own for key, price in block.prices}
        level = [*(self.price[group.key] for group in market.seats), *(block.reserve or 0 for block in own)]
        self.level: Ints = np.array(level, dtype=np.int64)[: self.cost.shape[1]]
        self.chains = None if self.gap else self._chains()

    def _chains(self) -> Ints:
        """``[s, t]``: the cheapest way to make room at s by filling t, over any number of exchanges."""
        chains = exchange_costs(self.block, self.assigned)
        for middle in range(len(chains)):
            through = chains[:, middle : middle + 1] + chains[middle : middle + 1, :]
            chains = np.minimum(chains, np.minimum(through, NEVER))
        return chains

    def losses(self, person: Candidate) -> list[tuple[int, int]]:
        """Columns that the person may take, with what the whole would lose by it at least, as whole costs.

        An open proof leaves the prices alone to go by, and what it leaves open is taken off.
        """
        row = self.row[person.key]
        here, cost = int(self.assigned[row]), self.cost[row]
        columns = range(len(self.market.seats))
        if self.chains is None:
            priced = cost + self.level
            lost = priced - priced.min() - self.gap * self.scale
            found = [(c, max(0, int(lost[c]))) for c in columns if cost[c] < NEVER]
        else:
            lost = cost - cost[here] + self.chains[: len(cost), here]
            found = [
                (c, int(lost[c])) for c in columns if cost[c] < NEVER and self.chains[c, here] <= NEVER // 2
            ]
        return [(column, -(-loss // self.scale)) for column, loss in found]

    def levels(self, loss: int) -> tuple[int, int]:
        """A loss as hundredths of a point and inconvenience; outside merit it is inconvenience alone."""
        unit = self.market.unit
        if unit <= 1:
            return 0, loss
        score = (loss + unit // 2) // unit
        return score, loss - unit * score

    def wins_tie(self, row: int, leaving: int) -> bool:
        """Whether the lottery would seat somebody unplaced if leaving them out cost just so much."""
        worth = self.market.leaving.copy()
        worth[row] = leaving
        block = replace(self.block, leaving=worth)
        prices, reserve = canonical_prices(block, self.assigned)
        return int(lottery_choice(block, self.assigned, prices, reserve)[row]) < len(block.places)
