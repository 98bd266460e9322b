"""Small random pools with many ties, and their levels found by trying everything."""

from __future__ import annotations

from collections import Counter
from itertools import product

import numpy as np
from hypothesis import strategies as st

from u2t.matching.pool import Pool


@st.composite
def pools(draw: st.DrawFn, people: int = 5, blocks: int = 2) -> Pool:
    """Too few people or too many, wishes twice or elsewhere, ways too long, people fixed, groups without places."""
    count, rows, columns = draw(st.integers(0, people)), 3, 3
    number = st.sampled_from((*range(10), ~0, ~3, ~9))
    ways = [
        [
            (lambda way, far: ~way if far else way)(draw(number), draw(st.integers(0, 3)) == 0)
            for _ in range(columns)
        ]
        for _ in range(rows)
    ]
    seats = draw(
        st.lists(
            st.tuples(st.integers(0, blocks - 1), st.integers(0, columns - 1), st.integers(0, 1)), max_size=4
        )
    )
    wish = st.sampled_from((0, 1, 2, -2))
    wishes = [[*draw(st.lists(wish, max_size=2)), -1, -1][:2] for _ in range(count)]
    whole = st.integers(0, 400)
    unlisted = draw(st.integers(0, 6))
    return make_pool(
        block=[draw(st.integers(0, blocks - 1)) for _ in range(count)],
        home=[draw(st.integers(0, rows - 1)) for _ in range(count)],
        wishes=wishes,
        kind=[draw(st.integers(0, 1)) for _ in range(count)],
        score=[draw(whole) for _ in range(count)],
        lottery=draw(st.permutations(range(count))),
        fixed=[draw(st.sampled_from((-1, -1, -1, 0, 1))) for _ in range(count)],
        seats=[(*seat, draw(st.integers(0, 2))) for seat in sorted(seats)],
        ways=ways,
        needs=[[0, 4], [0, 0]],
        wish_costs=(0, min(2, unlisted)),
        unlisted=unlisted,
        order=draw(st.sampled_from(("inconvenience", "weighted", "merit"))),
        score_weight=draw(st.integers(0, 5)),
    )


def make_pool(
    *,
    block: list[int],
    ways: list[list[int]],
    seats: list[tuple[int, int, int, int]],
    home: list[int] | None = None,
    wishes: list[list[int]] | None = None,
    kind: list[int] | None = None,
    score: list[int] | None = None,
    lottery: list[int] | None = None,
    fixed: list[int] | None = None,
    needs: list[list[int]] | None = None,
    wish_costs: tuple[int, ...] = (),
    unlisted: int = 0,
    order: str = "inconvenience",
    score_weight: int = 0,
) -> Pool:
    """A pool from lists; ``seats`` are (block, place, stream, places)."""
    count = len(block)
    columns = np.array(seats, dtype=np.int32).reshape(len(seats), 4).T
    return Pool(
        block=np.array(block, dtype=np.int16),
        home=np.array(range(count) if home is None else home, dtype=np.int32),
        wishes=np.array(wishes or [], dtype=np.int16).reshape(count, len(wish_costs)),
        kind=np.array(kind or [0] * count, dtype=np.int8),
        score=np.array(score or [0] * count, dtype=np.int32),
        lottery=np.array(range(count) if lottery is None else lottery, dtype=np.int32),
        fixed=np.array([-1] * count if fixed is None else fixed, dtype=np.int16),
        seat_block=columns[0],
        seat_place=columns[1],
        seat_stream=columns[2],
        places=columns[3],
        ways=np.array(ways, dtype=np.int32),
        needs=np.array(needs or [[0]], dtype=np.int32),
        wish_costs=wish_costs,
        unlisted=unlisted,
        order=order,
        score_weight=score_weight,
    )


def cost(pool: Pool, person: int, seat: int) -> int | None:
    """What a seat costs a person, as plainly as can be; nothing where it is not allowed."""
    if pool.block[person] != pool.seat_block[seat]:
        return None
    place, fixed = int(pool.seat_place[seat]), int(pool.fixed[person])
    way = int(pool.ways[pool.home[person], place])
    if fixed not in (-1, place) or (way < 0 and fixed == -1):
        return None
    way = -1 - way if way < 0 else way
    wishes = pool.wishes[person].tolist()
    wished = (
        0
        if not wishes or wishes[0] == -1
        else pool.wish_costs[wishes.index(place)]
        if place in wishes
        else pool.unlisted
    )
    return way + wished + int(pool.needs[pool.kind[person], pool.seat_stream[seat]])


def reach(pool: Pool, assign: list[int]) -> tuple[int, int, int, int]:
    """Seats filled, sum of scores, sum of inconvenience, and the inconvenience less what the scores are worth."""
    placed = [(person, seat) for person, seat in enumerate(assign) if seat >= 0]
    for seat, count in Counter(seat for _, seat in placed).items():
        assert count <= pool.places[seat]
    costs = [cost(pool, person, seat) for person, seat in placed]
    assert None not in costs
    total = sum(own for own in costs if own is not None)
    scores = [int(pool.score[person]) for person, _ in placed]
    worth = sum(pool.score_weight * score // 100 for score in scores)
    return len(placed), sum(scores), total, total - worth


def best_reach(pool: Pool) -> tuple[int, ...]:
    """What the order of the pool asks for, by trying everything."""
    seats = [
        [-1, *(s for s in range(pool.seats) if cost(pool, person, s) is not None)]
        for person in range(pool.people)
    ]
    found = []
    for choice in product(*seats):
        taken = Counter(seat for seat in choice if seat >= 0)
        if all(count <= pool.places[seat] for seat, count in taken.items()):
            found.append(ranked(pool, reach(pool, list(choice))))
    return min(found)


def ranked(pool: Pool, reached: tuple[int, int, int, int]) -> tuple[int, ...]:
    """The same as numbers of which the smaller is better, the first before the second."""
    filled, score, inconvenience, value = reached
    if pool.order == "merit":
        return -filled, -score, inconvenience
    return -filled, value if pool.order == "weighted" else inconvenience
