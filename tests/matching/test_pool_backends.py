"""Which code places a pool makes no difference; what contradicts itself is refused; ways are measured exactly."""

from __future__ import annotations

import importlib.util
from collections.abc import Callable
from dataclasses import replace
from math import isqrt
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.matching.pools import make_pool, pools, reach
from u2t.matching import pool as pools_of_many
from u2t.matching.costs import Costs
from u2t.matching.pool import Pool, hub_graph, measure_ways, pool_objections, solve_pool
from u2t.matching.pool import compiled as compiling
from u2t.matching.pool import solve as solving
from u2t.matching.problem import Position, Problem, Rule
from u2t.objections import Refused

BIG = np.iinfo(np.int32).min


def crowd(people: int = 400, order: str = "weighted", seed: int = 5) -> Pool:
    """Two institutions with two categories each, two streams, ways too long, people fixed, some groups empty."""
    random = np.random.default_rng(seed)
    ways = random.integers(0, 90, (40, 7)).astype(np.int32)
    ways[random.random(ways.shape) < 0.2] ^= -1
    seats = sorted({(b, p, s) for b, p, s in random.integers(0, (4, 7, 2), (60, 3)).tolist()})
    block = random.integers(0, 4, people).astype(np.int16)
    wishes = random.integers(-2, 7, (people, 2)).astype(np.int16)
    return Pool(
        block=block,
        home=(block // 2 * 20 + random.integers(0, 20, people)).astype(np.int32),
        wishes=np.where(wishes[:, :1] == -1, -1, wishes).astype(np.int16),
        kind=random.integers(0, 3, people).astype(np.int8),
        score=random.integers(0, 10_000, people).astype(np.int32),
        lottery=random.permutation(people).astype(np.int64) * 1_000_003,
        fixed=np.where(random.random(people) < 0.05, random.integers(0, 7, people), -1).astype(np.int16),
        seat_block=np.array([seat[0] for seat in seats], dtype=np.int32),
        seat_place=np.array([seat[1] for seat in seats], dtype=np.int16),
        seat_stream=np.array([seat[2] for seat in seats], dtype=np.int8),
        places=random.integers(0, 5, len(seats)).astype(np.int32),
        ways=ways,
        needs=random.integers(0, 40, (3, 2)).astype(np.int32),
        wish_costs=(0, 6),
        order=order,
        score_weight=10,
    )


def test_compiled_and_plain_code_agree_to_the_bit() -> None:
    for order in ("inconvenience", "weighted", "merit"):
        pool = crowd(order=order)
        plain, fast = solve_pool(pool, "kernel"), solve_pool(pool, "compiled")
        assert plain.assign.tobytes() == fast.assign.tobytes()
        assert plain.prices.tobytes() == fast.prices.tobytes()
        assert plain.block_levels.tobytes() == fast.block_levels.tobytes()
        assert (plain.bound, plain.fill_bound) == (fast.bound, fast.fill_bound)
        assert fast.proven


@pytest.mark.parametrize("order", ["inconvenience", "weighted", "merit"])
def test_lemon_finds_what_the_kernel_finds(order: str) -> None:
    pool = crowd(order=order)
    ours, theirs = solve_pool(pool, "kernel"), solve_pool(pool, "hub")
    assert ours.value == theirs.value
    assert ours.levels.filled == theirs.levels.filled
    assert ours.proven
    assert theirs.proven
    assert reach(pool, theirs.assign.tolist())[0] == theirs.levels.filled


def test_a_large_pool_is_compiled_and_a_small_one_never_waits_for_that(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    pool = crowd(people=60)
    assert solve_pool(pool).backend == "hub"
    monkeypatch.setattr(solving, "WORTH_COMPILING", 50)
    monkeypatch.setattr(compiling, "find_spec", lambda name: None)
    assert solve_pool(pool).backend == "hub"
    monkeypatch.setattr(compiling, "find_spec", importlib.util.find_spec)
    monkeypatch.setattr(compiling, "compiled", lambda: vars(solving.kernel))
    assert solve_pool(pool).backend == "compiled"


def test_a_backend_that_nobody_knows_is_not_guessed() -> None:
    with pytest.raises(ValueError, match="no such backend: quick"):
        solve_pool(crowd(people=5), "quick")


def test_where_nothing_can_be_kept_the_code_is_compiled_all_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    import numba

    asked: list[bool] = []

    def njit(plain: Callable[..., Any], *, cache: bool = False) -> Callable[..., Any]:
        asked.append(cache)
        if cache:
            raise RuntimeError("cannot cache function: no locator available")
        return plain

    monkeypatch.setattr(numba, "njit", njit)
    compiling.compiled.cache_clear()
    functions = compiling.compiled()
    compiling.compiled.cache_clear()
    assert set(compiling.NAMES) <= set(functions)
    assert asked.count(True) == len(compiling.KEPT)
    assert asked.count(False) == len(compiling.NAMES)


@given(pools(people=8))
@settings(max_examples=60, deadline=None)
def test_the_cheapest_flow_on_the_hub_graph_is_the_value_of_the_block(pool: Pool) -> None:
    from u2t.matching.flow import cheapest_flow

    answer = solve_pool(pool, "kernel")
    whole = 0
    for block in range(pool.blocks):
        graph = hub_graph(pool, block)
        assert graph.costs.min(initial=0) >= 0
        starts, ends, flow = cheapest_flow(
            graph.supply, graph.starts, graph.ends, graph.costs, graph.capacities
        )
        order = np.lexsort((graph.ends, graph.starts))
        assert starts.tolist() == graph.starts[order].tolist()
        assert ends.tolist() == graph.ends[order].tolist()
        whole += int((flow * graph.costs[order]).sum())
    unplaced = pool.people - answer.levels.filled
    assert whole == answer.value + int(pool.gains().sum()) + pool.unplaced_cost * unplaced


def test_a_worse_placement_is_not_proved_by_its_own_prices() -> None:
    pool = make_pool(block=[0, 0], ways=[[0, 9], [9, 0]], seats=[(0, 0, 0, 1), (0, 1, 0, 1)])
    people, held = np.array([0, 1]), np.array([1, 0])
    prices = solving.prices_of(pool, 0, 2, people, held)
    total, least, _ = solving.reckon(
        pool, 0, 2, people, held, prices, pool.unplaced_cost, np.ones(2, dtype=np.int64)
    )
    assert total == 18
    assert least - int(prices.sum()) < total


BROKEN: dict[str, dict[str, Any]] = {
    "matching.pool_shape": {"lottery": np.arange(3)},
    "matching.pool_not_whole": {"score": np.array([0.5, 1])},
    "matching.pool_out_of_range": {"home": np.array([0, 2])},
    "matching.unknown_order": {"order": "beauty"},
    "matching.negative_scores": {"score": np.array([5, -1]), "order": "merit"},
    "matching.pool_negative": {"places": np.array([-1, 1])},
    "matching.pool_wish_costs": {"wish_costs": (6, 0)},
    "matching.pool_unsorted": {"seat_block": np.array([1, 0])},
    "matching.pool_lottery_twice": {"lottery": np.array([4, 4])},
    "matching.pool_too_large": {"score": np.array([1, 1 << 40]), "order": "merit"},
}


@pytest.mark.parametrize("code", BROKEN)
def test_arrays_that_contradict_themselves_are_refused_by_name(code: str) -> None:
    pool = make_pool(
        block=[0, 0],
        ways=[[1, 2], [3, 4]],
        wishes=[[0, 1], [-1, -1]],
        wish_costs=(0, 6),
        unlisted=60,
        seats=[(0, 0, 0, 1), (0, 1, 0, 1)],
    )
    assert pool_objections(pool) == []
    with pytest.raises(Refused) as refused:
        solve_pool(replace(pool, **BROKEN[code]))
    assert [objection.code for objection in refused.value.objections] == [code]


def test_everything_wrong_is_said_at_once() -> None:
    pool = make_pool(block=[0], ways=[[1]], seats=[(0, 0, 0, 1)], wishes=[[-1]], wish_costs=(-1,))
    broken = replace(pool, home=np.array([7]), kind=np.array([-1]), order="merit", score=np.array([-3]))
    assert [(found.code, found.about.get("field")) for found in pool_objections(broken)] == [
        ("matching.pool_out_of_range", "home"),
        ("matching.pool_out_of_range", "kind"),
        ("matching.negative_scores", None),
        ("matching.pool_negative", "rule"),
    ]
    shapes = replace(pool, wish_costs=(0, 1), ways=np.zeros(3), places=np.zeros(2))
    fields = {found.about["field"] for found in pool_objections(shapes)}
    assert {"wish_costs", "ways"} <= fields


@given(st.lists(st.tuples(st.integers(0, 400_000), st.integers(-400_000, 400_000)), min_size=1, max_size=5))
@settings(max_examples=60, deadline=None)
def test_ways_are_measured_as_for_a_university(spots: list[tuple[int, int]]) -> None:
    codes = (620101, 620102, 620201, 630101, 100101)[: len(spots)]
    rule = Rule()
    positions = tuple(Position(str(code), *spot) for code, spot in zip(codes, spots, strict=True))
    costs = Costs(Problem(positions=positions[1:], rule=rule))
    at = np.array([(BIG, BIG), *spots[1:]], dtype=np.int32)
    homes, home_at = np.array([0, *codes]), np.vstack([at[:1], at])
    found = measure_ways(homes, home_at, np.array(codes), at, rule.tier_penalty, rule.assumed_km, max_km=100)
    free = measure_ways(homes, home_at, np.array(codes), at, rule.tier_penalty, rule.assumed_km)
    for row, home in enumerate(homes.tolist()):
        for column, place in enumerate(codes):
            km, _, tier = costs.way(str(home) if home else None, str(place))
            way = km + rule.tier_penalty[tier]
            assert found[row, column] == (way if km <= 100 else ~way)
            assert free[row, column] == way


@given(st.integers(0, 1 << 25))
def test_roots_of_whole_numbers_are_exact(root: int) -> None:
    for number in (root * root - 1, root * root, root * root + 2 * root):
        assert int(np.sqrt(np.float64(max(number, 0)))) == isqrt(max(number, 0))


def test_the_package_offers_what_it_names() -> None:
    assert all(hasattr(pools_of_many, name) for name in pools_of_many.__all__)
