"""What came out of a nation, or of a share of it, in figures that can be added up."""

from __future__ import annotations

import hashlib
import zlib
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from typing import Any

import numpy as np

from u2t.matching.nation.drawing import Design
from u2t.matching.nation.pooling import Nation, Part, draw_nation, parts
from u2t.matching.pool import Pool, PoolAnswer, draw_ties, solve_pool


@dataclass(frozen=True)
class Tally:
    """Figures of some institutions: applicants, places, seats filled; sums over everybody placed of score (in
    hundredths of a point) and inconvenience; of those placed with wishes, how many got their first and how many
    any; the objective and the proved bound; by whom it was solved; and each institution's fingerprint."""

    people: int
    seats: int
    filled: int
    score: int
    inconvenience: int
    wishing: int
    first_wish: int
    any_wish: int
    value: int
    bound: int
    proven: bool
    backend: str
    digests: dict[int, str]

    @property
    def digest(self) -> str:
        """SHA-256 over the institutions in the order of their numbers: the same however they were shared out."""
        lines = (f"{number}:{self.digests[number]}\n" for number in sorted(self.digests))
        return hashlib.sha256("".join(lines).encode()).hexdigest()

    def to_json(self) -> dict[str, Any]:
        """Plain values; :meth:`from_json` is the exact opposite."""
        return {**asdict(self), "digests": {str(number): one for number, one in self.digests.items()}}

    @classmethod
    def from_json(cls, given: dict[str, Any]) -> Tally:
        """What :meth:`to_json` gave."""
        return cls(**{**given, "digests": {int(number): one for number, one in given["digests"].items()}})


def add_up(tallies: Iterable[Tally]) -> Tally:
    """One tally of all; raises ``ValueError`` if an institution is counted twice."""
    found = list(tallies)
    digests: dict[int, str] = {}
    for one in found:
        if not digests.keys().isdisjoint(one.digests):
            raise ValueError(f"counted twice: {sorted(digests.keys() & one.digests.keys())}")
        digests |= one.digests
    backends = sorted({one.backend for one in found})
    return Tally(
        people=sum(one.people for one in found),
        seats=sum(one.seats for one in found),
        filled=sum(one.filled for one in found),
        score=sum(one.score for one in found),
        inconvenience=sum(one.inconvenience for one in found),
        wishing=sum(one.wishing for one in found),
        first_wish=sum(one.first_wish for one in found),
        any_wish=sum(one.any_wish for one in found),
        value=sum(one.value for one in found),
        bound=sum(one.bound for one in found),
        proven=all(one.proven for one in found),
        backend=", ".join(backends),
        digests=digests,
    )


def count(pool: Pool, answer: PoolAnswer, found: Sequence[Part]) -> Tally:
    """The figures of a solved pool; ``found`` are its parts."""
    held = np.flatnonzero(answer.assign >= 0)
    wishes = pool.wishes[held]
    column = pool.seat_place[answer.assign[held]]
    got = wishes == column[:, None]
    return Tally(
        people=pool.people,
        seats=int(pool.places.sum()),
        filled=answer.levels.filled,
        score=answer.levels.score,
        inconvenience=answer.levels.inconvenience,
        wishing=int((wishes[:, 0] >= 0).sum()),
        first_wish=int(got[:, 0].sum()),
        any_wish=int(got.any(axis=1).sum()),
        value=answer.value,
        bound=answer.bound,
        proven=answer.proven,
        backend=answer.backend,
        digests={part.number: part.digest for part in found},
    )


def place(nation: Nation, backend: str = "auto", pool: Pool | None = None) -> tuple[Tally, list[Part]]:
    """Solve and prove all institutions of ``nation``; ``backend`` as in ``solve_pool``; ``pool`` if it is made already.

    Ties are drawn, so that every backend gives the same people the same seats.
    """
    pool = pool or nation.pool()
    answer = draw_ties(pool, solve_pool(pool, backend))
    found = parts(nation, pool, answer)
    return count(pool, answer, found), found


def place_share(
    design: Design, codes: Sequence[str], first: int, many: int, backend: str
) -> tuple[Tally, bytes]:
    """Draw and place ``many`` institutions from ``first`` on; the seats of all their applicants, compressed."""
    tally, found = place(draw_nation(design, codes, range(first, first + many)), backend)
    return tally, zlib.compress(b"".join(part.seat.astype("<i2").tobytes() for part in found), 6)
