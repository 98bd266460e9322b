"""A whole nation at once: very many people and seats as arrays, placed and proved in a blink.

``solve_pool(pool, backend="auto") -> PoolAnswer``
    Who goes where, with prices that prove it. Exact: every allowed pair counts.
``draw_ties(pool, answer) -> PoolAnswer``
    The same, with equally good placements decided by the lottery alone, whatever found the answer.
``pool_objections(pool)``
    Everything that makes the arrays contradict themselves.
``hub_graph(pool, block)``, ``table(pool, block)``
    One block as a flow problem for any solver of cheapest flows, and as a dense table.
``measure_ways(...)``
    Kilometres and tier penalties between many homes and places, to the metre the same as everywhere else.
"""

from u2t.matching.pool.hub import HubGraph, hub_graph
from u2t.matching.pool.kernel import NEVER
from u2t.matching.pool.problem import ELSEWHERE, NO_WISH, Pool, pool_objections
from u2t.matching.pool.solve import BACKENDS, Levels, PoolAnswer, solve_pool
from u2t.matching.pool.table import table
from u2t.matching.pool.ties import draw_ties
from u2t.matching.pool.ways import measure_ways

__all__ = [
    "BACKENDS",
    "ELSEWHERE",
    "NEVER",
    "NO_WISH",
    "HubGraph",
    "Levels",
    "Pool",
    "PoolAnswer",
    "draw_ties",
    "hub_graph",
    "measure_ways",
    "pool_objections",
    "solve_pool",
    "table",
]
