"""What was decided, why it is optimal, and the same as JSON both ways."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

from u2t.matching.problem import SeatKey


@dataclass(frozen=True)
class CostParts:
    """What one placement costs, part by part, in kilometres or their equivalent.

    ``wish_rank`` counts from 0 and is ``None`` for a place that was not listed; ``km_assumed`` tells that the
    distance was taken from the rule because a position is unknown.
    """

    km: int
    km_assumed: bool
    tier: str
    tier_penalty: int
    wish_rank: int | None
    wish_penalty: int
    need_penalty: int

    @property
    def total(self) -> int:
        """The sum that counts in the objective."""
        return self.km + self.tier_penalty + self.wish_penalty + self.need_penalty


@dataclass(frozen=True)
class PriceProof:
    """One price per place group: the proof for one category's seats, or for the offices.

    ``filled`` is proved largest by ``cover``: everybody who is placed takes a place in a covered tambon or
    could take one outside. ``total`` is proved least by the bound of docs/algorithms/placement.md;
    ``reserve`` is the cost above which somebody is rather left unplaced (``None``: nobody had to be).
    ``score_total`` is the sum of the placed people's scores where the order of the rule looks at them.
    """

    name: str
    filled: int
    total: int
    prices: tuple[tuple[tuple[str, ...], int], ...]
    reserve: int | None = None
    cover: tuple[str, ...] = ()
    score_total: int = 0


@dataclass(frozen=True)
class Leaf:
    """Prices of the lecturers, of a leader as such, and of each decision between the root and here, in order."""

    prices: tuple[tuple[str, int], ...]
    size_price: int = 0
    turns: tuple[int, ...] = ()


@dataclass(frozen=True)
class Branch:
    """Either these lecturers lead these tambons ``most`` times at most (``fewer``), or more often (``more``)."""

    lecturers: tuple[str, ...]
    tambons: tuple[str, ...]
    most: int
    fewer: Leaf | Branch
    more: Leaf | Branch


@dataclass(frozen=True)
class LeaderProof:
    """A bound by prices (whole numbers of 1/``scale``), mostly a single leaf, else one leaf for each part.

    ``gap`` is ``total - bound``; the plan is claimed to be optimal only if it is 0. ``filled`` is proved largest
    by the cut at ``cut`` tambons.
    """

    filled: int
    cut: int
    total: int
    bound: int
    scale: int
    tree: Leaf | Branch

    @property
    def gap(self) -> int:
        """How far the plan may be from the optimum at most; 0 is a proof of optimality."""
        return self.total - self.bound


@dataclass(frozen=True)
class Certificate:
    """Everything an independent reader needs, with the problem, to prove that the plan is the best.

    ``unit`` is what one unit of worth counts against inconvenience: 0 if scores do not count, 1 if the rule weighs
    them in kilometres, and for merit a number above every sum of inconvenience. Prices and reserves of ``people``
    and the ``skill_prices`` (tambon, skill, price) are whole numbers of 1/``scale``. ``gap`` is how far the people's
    objective may be from the best one; only a skill floor can leave one, and 0 is a proof of optimality.
    """

    people: tuple[PriceProof, ...] = ()
    offices: PriceProof | None = None
    leaders: LeaderProof | None = None
    unit: int = 0
    scale: int = 1
    skill_prices: tuple[tuple[str, str, int], ...] = ()
    gap: int = 0


@dataclass(frozen=True)
class Plan:
    """Who goes where. Every candidate, every holder of an office seat and every tambon has an entry."""

    digest: str
    seats: Mapping[str, SeatKey | None]
    parts: Mapping[str, CostParts]
    offices: Mapping[str, str | None]
    office_parts: Mapping[str, CostParts]
    leaders: Mapping[str, tuple[str, ...]]
    certificate: Certificate

    @property
    def levels(self) -> dict[str, int]:
        """The values of the objectives, in their order of importance within each sub-problem."""
        proof, values = self.certificate, {}
        values["seats_filled"] = sum(block.filled for block in proof.people)
        if proof.unit:
            values["score"] = sum(block.score_total for block in proof.people)
        values["inconvenience"] = sum(block.total for block in proof.people)
        if proof.offices:
            values["offices_filled"] = proof.offices.filled
            values["office_cost"] = proof.offices.total
        if proof.leaders:
            values["leaders_filled"] = proof.leaders.filled
            values["leader_cost"] = proof.leaders.total
        return values

    @property
    def unplaced(self) -> tuple[str, ...]:
        """Keys of the people without a seat."""
        return tuple(sorted(key for key, seat in self.seats.items() if seat is None))

    def to_json(self) -> dict[str, Any]:
        """Only dictionaries, lists, strings, whole numbers, booleans and nulls."""
        return {
            "digest": self.digest,
            "seats": {key: list(seat) if seat else None for key, seat in self.seats.items()},
            "parts": {key: asdict(parts) for key, parts in self.parts.items()},
            "offices": dict(self.offices),
            "office_parts": {key: asdict(parts) for key, parts in self.office_parts.items()},
            "leaders": {key: list(names) for key, names in self.leaders.items()},
            "certificate": {
                "people": [_price_json(proof) for proof in self.certificate.people],
                "offices": self.certificate.offices and _price_json(self.certificate.offices),
                "leaders": self.certificate.leaders and _leader_json(self.certificate.leaders),
                "unit": self.certificate.unit,
                "scale": self.certificate.scale,
                "skill_prices": [list(line) for line in self.certificate.skill_prices],
                "gap": self.certificate.gap,
            },
        }

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> Plan:
        """The plan that :meth:`to_json` was called on; what older plans do not know has its first value."""
        proof = data["certificate"]
        return cls(
            digest=data["digest"],
            seats={key: _seat(seat) for key, seat in data["seats"].items()},
            parts={key: CostParts(**parts) for key, parts in data["parts"].items()},
            offices=dict(data["offices"]),
            office_parts={key: CostParts(**parts) for key, parts in data["office_parts"].items()},
            leaders={key: tuple(names) for key, names in data["leaders"].items()},
            certificate=Certificate(
                people=tuple(_price_proof(block) for block in proof["people"]),
                offices=_price_proof(proof["offices"]) if proof["offices"] else None,
                leaders=_leader_proof(proof["leaders"]) if proof["leaders"] else None,
                unit=proof.get("unit", 0),
                scale=proof.get("scale", 1),
                skill_prices=tuple(
                    (tambon, skill, price) for tambon, skill, price in proof.get("skill_prices", ())
                ),
                gap=proof.get("gap", 0),
            ),
        )


def _seat(value: list[str] | None) -> SeatKey | None:
    return None if value is None else (value[0], value[1], value[2])


def _price_json(proof: PriceProof) -> dict[str, Any]:
    prices = [[list(key), price] for key, price in proof.prices]
    return {**asdict(proof), "prices": prices, "cover": list(proof.cover)}


def _leader_json(proof: LeaderProof) -> dict[str, Any]:
    return {**asdict(proof), "tree": _tree_json(proof.tree)}


def _tree_json(tree: Leaf | Branch) -> dict[str, Any]:
    if isinstance(tree, Leaf):
        prices = [[key, price] for key, price in tree.prices]
        return {"prices": prices, "size_price": tree.size_price, "turns": list(tree.turns)}
    return {
        "lecturers": list(tree.lecturers),
        "tambons": list(tree.tambons),
        "most": tree.most,
        "fewer": _tree_json(tree.fewer),
        "more": _tree_json(tree.more),
    }


def _tree(data: Mapping[str, Any]) -> Leaf | Branch:
    if "prices" in data:
        prices = tuple((key, price) for key, price in data["prices"])
        return Leaf(prices, data["size_price"], tuple(data["turns"]))
    below = _tree(data["fewer"]), _tree(data["more"])
    return Branch(tuple(data["lecturers"]), tuple(data["tambons"]), data["most"], *below)


def _price_proof(data: Mapping[str, Any]) -> PriceProof:
    prices = tuple((tuple(key), price) for key, price in data["prices"])
    return PriceProof(**{**data, "prices": prices, "cover": tuple(data["cover"])})


def _leader_proof(data: Mapping[str, Any]) -> LeaderProof:
    return LeaderProof(**{**data, "tree": _tree(data["tree"])})
