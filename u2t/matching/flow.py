"""The one door to pylmcf, LEMON's network simplex."""

from __future__ import annotations

from collections import defaultdict

import numpy as np
import pylmcf

from u2t.matching.prices import NEVER, Block, Ints


def cheapest_flow(
    supply: Ints, starts: Ints, ends: Ints, costs: Ints, largest: int | Ints
) -> tuple[Ints, Ints, Ints]:
    """Starts, ends and flows of a cheapest flow that meets ``supply`` exactly (it must be feasible).

    Arcs may come in any order; none carries more than ``largest`` (one number for all, or one each). Costs are
    whole and not negative.
    """
    order = np.lexsort((ends, starts))
    starts, ends, costs = starts[order], ends[order], costs[order]
    graph = pylmcf.Graph(len(supply), starts, ends)
    graph.set_node_supply(supply)
    graph.set_edge_costs(costs)
    graph.set_edge_capacities(np.broadcast_to(np.asarray(largest, dtype=np.int64), len(order))[order])
    graph.solve()
    return starts, ends, graph.result()


def reached(people: int, first_seat: int, flow: tuple[Ints, Ints, Ints]) -> Ints:
    """The node from ``first_seat`` on that each person's unit of flow comes to; people are the first nodes."""
    used = flow[2] > 0
    starts, ends, units = (side[used].tolist() for side in flow)
    onward: dict[int, list[int]] = defaultdict(list)
    for start, end, count in zip(starts, ends, units, strict=True):
        onward[start].extend([end] * count)
    found = []
    for person in range(people):
        node = onward[person].pop()
        while node < first_seat:
            node = onward[node].pop()
        found.append(node)
    return np.array(found, dtype=np.int64)


def cheapest_assignment(block: Block) -> Ints:
    """Columns of a cheapest assignment, person by column; the last column is "unplaced".

    Costs may be below zero: what each person pays at least is taken off first, which changes no choice.
    """
    people, columns = block.cost.shape
    reserve, empty = people + columns, people + columns + 1
    leaving = np.zeros(people, dtype=np.int64) if block.leaving is None else block.leaving
    least = np.minimum(block.cost.min(axis=1, initial=NEVER), leaving)
    who, where = np.nonzero(block.cost < NEVER)
    optional = np.flatnonzero(block.may_stay_free)
    every = np.arange(people)
    starts = np.concatenate([who, every, np.full(len(optional), empty)])
    ends = np.concatenate([people + where, np.full(people, reserve), people + optional])
    free = np.zeros(len(optional), dtype=np.int64)
    arc_costs = np.concatenate([block.cost[who, where] - least[who], leaving - least, free])
    supply = np.ones(empty + 1, dtype=np.int64)
    supply[people:reserve] = -block.places
    supply[reserve] = -block.unplaced
    supply[empty] = block.places.sum() + block.unplaced - people
    largest = max(people, int(supply[empty]), 1)
    starts, ends, flow = cheapest_flow(supply, starts, ends, arc_costs, largest)
    used = (flow > 0) & (starts < people)
    assigned = np.zeros(people, dtype=np.int64)
    assigned[starts[used]] = ends[used] - people
    return assigned
