"""The figures by which rules are compared mean what they say, looked at person by person."""

from __future__ import annotations

import numpy as np
import pytest

from u2t.matching import Rule
from u2t.matching.costs import tier_of
from u2t.matching.nation import CATEGORIES, Design, Nation, draw_nation
from u2t.matching.pool import NEVER, Pool, solve_pool, table
from u2t.placement.rules.nation import ACCEPTING, accept, look

CODES = [f"{p}{d:02}{t:02}" for p in range(60, 66) for d in range(1, 4) for t in range(1, 6)]
DESIGN = Design(seed=5, institutions=2, tambons=7, applicants=260, homes="mixed", rule=Rule(max_km=300))


@pytest.fixture(scope="module")
def nation() -> Nation:
    return draw_nation(DESIGN, CODES)


@pytest.fixture(scope="module")
def pool(nation: Nation) -> Pool:
    return nation.pool()


def test_envy_by_score_is_counted_person_by_person(pool: Pool) -> None:
    assign = solve_pool(pool, "hub").assign
    score, envious = pool.score.tolist(), 0
    for block in range(pool.blocks):
        who, cost = table(pool, block)
        first = int(pool.first_seat[block])
        own = {i: int(cost[row, assign[i] - first]) if assign[i] >= 0 else NEVER for row, i in enumerate(who)}
        for row, i in enumerate(who):
            better = {first + s for s in range(cost.shape[1]) if cost[row, s] < own[i]}
            envious += any(assign[j] in better and score[j] < score[i] for j in who)
    assert 0 < envious == look("any", pool, assign.astype(np.int64)).envious


@pytest.mark.parametrize("name", ACCEPTING)
def test_nobody_is_passed_over_by_deferred_acceptance(nation: Nation, pool: Pool, name: str) -> None:
    assign = accept(nation, pool, ACCEPTING[name])
    assert (np.bincount(assign[assign >= 0], minlength=pool.seats) <= pool.places).all()
    homes = np.concatenate([one.home for one in nation.institutions]).tolist()
    for block in range(pool.blocks):
        who, cost = table(pool, block)
        first = int(pool.first_seat[block])
        places = (
            nation.institutions[block // len(CATEGORIES)]
            .tambons[pool.seat_place[first : first + cost.shape[1]]]
            .tolist()
        )
        for row, i in enumerate(who.tolist()):
            own = cost[row, assign[i] - first] if assign[i] >= 0 else NEVER
            for s in np.flatnonzero(cost[row] < own).tolist():
                holders = [j for j in who.tolist() if assign[j] == first + s]
                assert len(holders) == pool.places[first + s]
                claims = {
                    j: priority(name, homes[j], places[s], int(pool.score[j]), int(pool.lottery[j]))
                    for j in (i, *holders)
                }
                assert all(claims[j] < claims[i] for j in holders)


def priority(name: str, home: int, place: int, score: int, lottery: int) -> tuple[int, ...]:
    """The smaller goes first."""
    tier = tier_of(f"{home:06}" if home else None, f"{place:06}")
    return ((tier,) if name == "accept_residence" else ()) + (-score, lottery)


def test_a_first_wish_is_counted_only_for_those_who_have_one(nation: Nation, pool: Pool) -> None:
    assign = accept(nation, pool, ACCEPTING["accept_score"])
    held = [i for i in range(pool.people) if assign[i] >= 0]
    wishing = [i for i in held if pool.wishes[i, 0] >= 0]
    row = look("any", pool, assign)
    assert (row.filled, row.wishing) == (len(held), len(wishing))
    assert row.first_wish == sum(pool.wishes[i, 0] == pool.seat_place[assign[i]] for i in wishing)
    assert row.score == sum(int(pool.score[i]) for i in held)
