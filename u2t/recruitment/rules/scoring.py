"""How points become a score: the law of ``docs/algorithms/scoring.md``.

Every number is exact. A total and a score are thousandths of a point out of 100, so 0..100,000.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from u2t.objections import Objection

FULL = 100_000
"""All points of all criteria, in thousandths."""


@dataclass(frozen=True)
class Scale:
    """A criterion: points 0..``max_points``, weighed with ``weight`` against the weights of the others."""

    key: int
    max_points: int
    weight: int


@dataclass(frozen=True)
class Sheet:
    """What one interviewer says: ``total`` is None where the applicant did not come.

    ``is_extra`` marks the further interviewer who was asked because the first ones differ.
    """

    is_locked: bool
    total: int | None = None
    is_extra: bool = False


@dataclass(frozen=True)
class Standing:
    """Where the scoring of one applicant stands.

    ``state`` is *waiting* (somebody has not locked), *few* (too few interviewers were given), *third* (the totals
    differ too much and a further interviewer is needed), *absent* (nobody saw the applicant) or *scored*.
    ``score`` is known only when scored; ``spread`` is the distance of the first totals, in thousandths.
    """

    state: str
    score: int | None = None
    spread: int | None = None
    counted: tuple[int, ...] = ()

    @property
    def is_over(self) -> bool:
        """Nobody has to do anything more."""
        return self.state in ("scored", "absent")


def objections_to_points(scales: Sequence[Scale], points: Mapping[int, int | None]) -> list[Objection]:
    """What stands against these points: a criterion without any, or with more than it gives."""
    found = []
    for scale in scales:
        given = points.get(scale.key)
        if given is None:
            found.append(
                Objection("recruitment.mark_missing", {"criterion": scale.key}, f"points_{scale.key}")
            )
        elif not 0 <= given <= scale.max_points:
            about = {"criterion": scale.key, "most": scale.max_points}
            found.append(Objection("recruitment.mark_out_of_range", about, f"points_{scale.key}"))
    return found


def total(scales: Sequence[Scale], points: Mapping[int, int]) -> int:
    """The weighed total of one interviewer: every point counted, none alone gives 0, all full give 100,000.

    Wants points for every criterion. Weights that do not sum to 100 count in proportion.
    """
    weights = sum(scale.weight for scale in scales)
    if not weights:
        return 0
    parts = (Fraction(points[scale.key] * scale.weight, scale.max_points) for scale in scales)
    share = sum(parts, Fraction(0))
    return rounded(share * FULL / weights)


def mean(totals: Sequence[int]) -> int:
    """The mean, halves rounded up."""
    return rounded(Fraction(sum(totals), len(totals)))


def rounded(value: Fraction) -> int:
    """To the next whole thousandth, halves up."""
    return (2 * value.numerator + value.denominator) // (2 * value.denominator)


def spread(totals: Sequence[int]) -> int:
    """How far the highest lies above the lowest; of none or one: 0."""
    return max(totals) - min(totals) if totals else 0


def nearest(totals: Sequence[int], count: int) -> tuple[int, ...]:
    """The ``count`` totals that lie closest together; where two such groups are equally close, all of them.

    So a third total in the very middle of two others lets all three count, and no order of asking matters.
    """
    ordered = sorted(totals)
    if len(ordered) <= count:
        return tuple(ordered)
    groups = [tuple(ordered[at : at + count]) for at in range(len(ordered) - count + 1)]
    closest = min(map(spread, groups))
    near = {group for group in groups if spread(group) == closest}
    return near.pop() if len(near) == 1 else tuple(ordered)


def standing(sheets: Iterable[Sheet], needed: int, limit: int) -> Standing:
    """What the sheets come to, where ``needed`` interviewers are asked and may differ by ``limit`` whole points.

    An interviewer who noted the applicant as absent, while others have points, is no interviewer of that
    applicant; only where all locked sheets say so was the applicant absent.
    """
    known = list(sheets)
    locked = [sheet for sheet in known if sheet.is_locked]
    is_open = {sheet.is_extra for sheet in known if not sheet.is_locked}
    first = [sheet.total for sheet in locked if sheet.total is not None and not sheet.is_extra]
    totals = first + [sheet.total for sheet in locked if sheet.total is not None and sheet.is_extra]
    if False in is_open:
        return Standing("waiting")
    if len(totals) < needed:
        is_absent = len(locked) >= needed and not totals
        return Standing("waiting" if is_open else "absent" if is_absent else "few")
    asked = first if len(first) >= needed else totals
    apart = spread(asked)
    if apart <= limit * 1_000:
        return _scored(asked, apart)
    if len(totals) > needed:
        return _scored(nearest(totals, needed), apart)
    return Standing("waiting" if is_open else "third", spread=apart)


def _scored(totals: Sequence[int], apart: int) -> Standing:
    return Standing("scored", mean(totals), apart, tuple(sorted(totals)))
