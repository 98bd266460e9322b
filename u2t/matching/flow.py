"""The one door to pylmcf, LEMON's network simplex."""

from __future__ import annotations

import numpy as np
import pylmcf
from numpy.typing import NDArray

Ints = NDArray[np.int64]


def cheapest_flow(
    supply: Ints, starts: Ints, ends: Ints, costs: Ints, largest: int
) -> tuple[Ints, Ints, Ints]:
    """Starts, ends and flows of a cheapest flow that meets ``supply`` exactly (it must be feasible).

    Arcs may come in any order; none carries more than ``largest``. Costs are whole and not negative.
    """
    order = np.lexsort((ends, starts))
    starts, ends, costs = starts[order], ends[order], costs[order]
    graph = pylmcf.Graph(len(supply), starts, ends)
    graph.set_node_supply(supply)
    graph.set_edge_costs(costs)
    graph.set_edge_capacities(np.full(len(starts), largest, dtype=np.int64))
    graph.solve()
    return starts, ends, graph.result()
