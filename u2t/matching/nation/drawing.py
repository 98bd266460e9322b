"""The applicants of a simulated nation, institution by institution, from a seed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass, field
from typing import Any

import numpy as np
from numpy.typing import NDArray

from u2t.matching.nation.land import Ints, below, draws, positions
from u2t.matching.problem import Rule
from u2t.objections import Objection

CATEGORIES = ("graduate", "public", "student")
GROUPS = (("graduate", "data"), ("graduate", "team"), ("public", "team"), ("student", "team"))
"""The seat groups of every tambon; data managers are graduates, and their seats need the digital skill."""

WISHES = 3
# Per cent of the homes: in one of the institution's tambons, in a district of theirs, in a province of theirs,
# anywhere in the country; the others are unknown.
HOMES = {"near": (55, 30, 11, 3), "mixed": (30, 25, 25, 19), "anywhere": (1, 1, 2, 95)}
# Per cent of the applicants with 0, 1, 2 and 3 wishes.
_WISHING = (10, 10, 20, 60)
# Streams of chance; positions of the land have the first few.
_CATEGORY, _HOME, _TOWN, _SKILL, _SCORE, _LOTTERY, _COUNT, _TASTE, _CHOSEN = range(16, 25)


@dataclass(frozen=True)
class Design:
    """What a simulated nation is made of; the same design gives the same nation to the bit.

    ``places`` are those of :data:`GROUPS` in every tambon, ``shares`` the per cent of applicants by category, in
    the order of :data:`CATEGORIES`. Where there are more tambons than place codes, the country is gone through
    again, so a hundred nations are drawn like one.
    """

    seed: int = 1
    institutions: int = 76
    tambons: int = 3_000
    applicants: int = 200_000
    places: tuple[int, int, int, int] = (2, 8, 5, 5)
    shares: tuple[int, int, int] = (40, 40, 20)
    homes: str = "near"
    digital: int = 30
    rule: Rule = field(default_factory=lambda: Rule(order="merit"))

    @property
    def seats(self) -> int:
        """All places together."""
        return self.tambons * sum(self.places)

    def to_json(self) -> dict[str, Any]:
        """Plain values; :meth:`from_json` is the exact opposite."""
        return asdict(self)

    @classmethod
    def from_json(cls, given: dict[str, Any]) -> Design:
        """What :meth:`to_json` gave, also after a way through JSON, which has no tuples."""
        pairs = ("need_weight", "skill_floor")
        rule = {name: _tupled(value) for name, value in given["rule"].items() if name not in pairs}
        rule |= {name: tuple((skill, number) for skill, number in given["rule"][name]) for name in pairs}
        return cls(**{**{name: _tupled(value) for name, value in given.items()}, "rule": Rule(**rule)})


def design_objections(design: Design) -> list[Objection]:
    """Everything that makes a design no nation; empty if it can be drawn."""
    found = []
    least = {"institutions": 1, "tambons": design.institutions, "applicants": 0}
    found += [
        Objection("matching.nation_too_small", {"field": name, "least": end})
        for name, end in least.items()
        if getattr(design, name) < end
    ]
    if min(design.places) < 0 or min(design.shares) < 0 or sum(design.shares) != 100:
        found.append(Objection("matching.nation_odd_numbers", {}))
    if design.homes not in HOMES or not 0 <= design.digital <= 100:
        found.append(Objection("matching.nation_odd_numbers", {}))
    if design.rule.skill_floor:
        found.append(Objection("matching.nation_without_floors", {}))
    return found


def _tupled(value: Any) -> Any:
    return tuple(value) if isinstance(value, list) else value


@dataclass(frozen=True)
class Institution:
    """One institution's tambons and applicants.

    Places are six-digit codes. Of each applicant: ``category``, a position in :data:`CATEGORIES`; ``home``, 0 for
    unknown; ``wishes[n, 3]``, positions in ``tambons``, -1 behind the last; ``digital``, whether the skill is
    there; ``score`` in hundredths of a point; ``lottery``, one number each, the smaller first.
    """

    number: int
    tambons: Ints
    category: NDArray[np.int8]
    home: NDArray[np.int32]
    wishes: NDArray[np.int16]
    digital: NDArray[np.bool_]
    score: NDArray[np.int16]
    lottery: NDArray[np.int32]

    @property
    def people(self) -> int:
        """How many applicants."""
        return len(self.home)

    @property
    def code(self) -> str:
        """A short name that nobody has: SIM and the number, counted from 1."""
        return f"SIM{self.number + 1:03}"


def share(total: int, parts: int, number: int) -> int:
    """Part ``number`` of ``total`` cut into so many nearly equal parts."""
    return total * (number + 1) // parts - total * number // parts


def tambons_of(design: Design, codes: Sequence[str], number: int) -> Ints:
    """The tambons of one institution: neighbours by code, so a province or parts of two or three.

    ``codes`` are all tambons of the country, six digits each.
    """
    first = design.tambons * number // design.institutions
    count = share(design.tambons, design.institutions, number)
    country = np.array(sorted(int(code) for code in codes), dtype=np.int64)
    # Where fewer are wanted than there are, each stands for a stretch of the list, wherever the seed falls in it.
    stretch = max(len(country) // design.tambons, 1) if design.tambons <= len(country) else 1
    wanted = np.arange(first, first + count)
    if design.tambons > len(country):
        return np.sort(country[wanted % len(country)])
    begins = wanted * len(country) // design.tambons
    chosen: Ints = country[begins + below(draws(design.seed, _CHOSEN, wanted), stretch)]
    return chosen


def draw_institution(design: Design, codes: Sequence[str], number: int) -> Institution:
    """Institution ``number`` (from 0) of the nation; needs none of the others."""
    tambons = tambons_of(design, codes, number)
    n = share(design.applicants, design.institutions, number)
    seed = design.seed * 1_000_003 + number
    home = _homes(design, seed, tambons, np.array(sorted(int(code) for code in codes), dtype=np.int64), n)
    points = np.sum([below(draws(seed, _SCORE + 100 * k, n), 2_501) for k in range(4)], axis=0)
    order = np.argsort(draws(seed, _LOTTERY, n), kind="stable")
    lottery = np.empty(n, dtype=np.int32)
    lottery[order] = np.arange(n, dtype=np.int32)
    return Institution(
        number=number,
        tambons=tambons,
        category=_picked(draws(seed, _CATEGORY, n), design.shares).astype(np.int8),
        home=home.astype(np.int32),
        wishes=_wishes(design, seed, tambons, home),
        digital=below(draws(seed, _SKILL, n), 100) < design.digital,
        # A bell between 30 and 100 points, 65 in the middle.
        score=(3_000 + 7 * points // 10).astype(np.int16),
        lottery=lottery,
    )


def _picked(values: NDArray[np.uint64], per_cent: Sequence[int]) -> Ints:
    """Which of the shares each number falls into; the last position is whatever remains of a hundred."""
    return np.searchsorted(np.cumsum(per_cent), below(values, 100), side="right")


def _homes(design: Design, seed: int, tambons: Ints, country: Ints, n: int) -> Ints:
    circles = (
        tambons,
        country[np.isin(country // 100, tambons // 100)],
        country[np.isin(country // 10_000, tambons // 10_000)],
        country,
    )
    where = draws(seed, _TOWN, n)
    # Squared, so that some places are towns: the first of a shuffled list come up more often.
    skewed = (where >> np.uint64(43)) ** np.uint64(2)
    circle = _picked(draws(seed, _HOME, n), HOMES[design.homes])
    home = np.zeros(n, dtype=np.int64)
    for number, places in enumerate(circles):
        shuffled = places[np.argsort(draws(seed, _TOWN + 100 * (number + 1), len(places)), kind="stable")]
        here = circle == number
        index = (skewed[here] * np.uint64(len(places))) >> np.uint64(42)
        home[here] = shuffled[index.astype(np.int64)]
    return home


def _wishes(design: Design, seed: int, tambons: Ints, home: Ints) -> NDArray[np.int16]:
    """The three that please most: near ones, liked ones, and taste."""
    wishes = np.full((len(home), WISHES), -1, dtype=np.int16)
    known, row = np.unique(home, return_inverse=True)
    far = _kilometres(design.seed, known, tambons)
    liked = 100 + below(draws(seed, _TASTE, len(tambons)), 120)
    ranks = min(WISHES, len(tambons))
    for first in range(0, len(home), 4_096):
        part = slice(first, first + 4_096)
        people = len(row[part])
        taste = draws(seed, _TASTE + 100, np.arange(people * len(tambons)) + first * len(tambons))
        dislike = (far[row[part]] + 5) * liked * (8 + below(taste, 56).reshape(people, len(tambons)))
        # With its position in the last digits no two are equal, so every machine finds the same three.
        packed = dislike * len(tambons) + np.arange(len(tambons))
        best = np.sort(np.partition(packed, ranks - 1, axis=1)[:, :ranks], axis=1)
        wishes[part, :ranks] = best % len(tambons)
    count = _picked(draws(seed, _COUNT, len(home)), _WISHING)
    wishes[np.arange(WISHES) >= count[:, None]] = -1
    return wishes


def _kilometres(seed: int, homes: Ints, tambons: Ints) -> Ints:
    """Whole kilometres, about; 60 from an unknown home."""
    (east, north), (to_east, to_north) = positions(seed, homes), positions(seed, tambons)
    squared = (east[:, None] - to_east) ** 2 + (north[:, None] - to_north) ** 2
    far = np.sqrt(squared.astype(np.float64)).astype(np.int64) // 1_000
    far[homes == 0] = 60
    return far
