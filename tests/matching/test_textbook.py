"""Published instances with a known optimum, and the proof that goes with each answer."""

from __future__ import annotations

import numpy as np
import pytest

from u2t.matching.flow import cheapest_assignment
from u2t.matching.prices import Block, canonical_prices, exchange_costs, lottery_choice

CHRISTOFIDES = (
    (13, 21, 20, 12, 8, 26, 22, 11),
    (12, 36, 25, 41, 40, 11, 4, 8),
    (35, 32, 13, 36, 26, 21, 13, 37),
    (34, 54, 7, 8, 12, 22, 11, 40),
    (21, 6, 45, 18, 24, 34, 12, 48),
    (42, 19, 39, 15, 14, 16, 28, 46),
    (16, 34, 38, 3, 34, 40, 22, 24),
    (26, 20, 5, 17, 45, 31, 37, 43),
)
"""Assignment example of N. Christofides, Graph Theory: An Algorithmic Approach (1975); optimum 76."""

WORKERS = ((90, 80, 75, 70), (35, 85, 55, 65), (125, 95, 90, 95), (45, 110, 95, 115), (50, 100, 90, 100))
"""Five workers, four tasks: the assignment example of the OR-Tools documentation; optimum 265."""


def block(costs: tuple[tuple[int, ...], ...]) -> Block:
    table = np.array(costs, dtype=np.int64)
    people, columns = table.shape
    free = np.ones(columns, dtype=bool)
    return Block(table, np.ones(columns, dtype=np.int64), free, max(0, people - columns))


@pytest.mark.parametrize(("costs", "optimum"), [(CHRISTOFIDES, 76), (WORKERS, 265)])
def test_a_published_instance_is_solved_and_its_prices_prove_it(
    costs: tuple[tuple[int, ...], ...], optimum: int
) -> None:
    market = block(costs)
    found = cheapest_assignment(market)
    prices, reserve = canonical_prices(market, found)
    settled = lottery_choice(market, found, prices, reserve)
    rows = np.arange(len(costs))
    assert market.with_reserve[rows, settled].sum() == optimum
    level = prices if reserve is None else np.append(prices, reserve)
    cheapest = (market.with_reserve + level).min(axis=1).sum()
    bound = cheapest - prices.sum() - (reserve or 0) * market.unplaced
    assert bound == optimum
    assert (prices >= 0).all()


def test_prices_are_refused_for_an_assignment_that_can_be_improved() -> None:
    market = block(((1, 5), (1, 1)))
    with pytest.raises(ArithmeticError):
        canonical_prices(market, np.array([1, 0]))


def test_nobody_moves_for_nothing_and_an_exchange_costs_what_it_says() -> None:
    market = block(((1, 5), (1, 2)))
    moves = exchange_costs(market, np.array([0, 1]))
    assert moves.tolist() == [[0, 4], [-1, 0]]


def test_the_lottery_decides_between_equal_people() -> None:
    market = block(((3, 1), (3, 1)))
    for found in ([0, 1], [1, 0]):
        prices, reserve = canonical_prices(market, np.array(found))
        assert lottery_choice(market, np.array(found), prices, reserve).tolist() == [1, 0]
