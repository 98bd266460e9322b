"""A block as a flow in which whole classes share their arcs, for solvers of cheapest flows.

What an unlisted place costs depends only on home, skill class and whether there are wishes. So person → class →
place → seat replaces every arc person → seat that is neither a wish nor a fixed place, exactly.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from u2t.matching.flow import cheapest_flow, reached
from u2t.matching.pool.kernel import Ints, Whole
from u2t.matching.pool.problem import Pool
from u2t.matching.pool.table import fixed_costs


@dataclass(frozen=True)
class HubGraph:
    """Arcs ``starts → ends`` with ``capacities`` and whole ``costs``, none negative; ``supply`` by node.

    Nodes: ``people`` first, one each, as in ``who``; from ``first_seat`` the seat groups; the last one takes
    everybody, from the seats for nothing and from the person directly for being unplaced. The cost of a flow
    is the value of the block and ``pool.unplaced_cost`` for each person unplaced, and for everybody the gain.
    """

    who: Ints
    starts: Ints
    ends: Ints
    capacities: Ints
    costs: Ints
    supply: Ints
    first_seat: int


def hub_graph(pool: Pool, block: int, who: Ints | None = None) -> HubGraph:
    """The graph of one block; ``who`` are its people, if they are known already."""
    who = np.flatnonzero(pool.block == block) if who is None else who
    first, last = int(pool.first_seat[block]), int(pool.first_seat[block + 1])
    seats, people, kinds = last - first, len(who), len(pool.needs)
    code = (pool.home[who].astype(np.int64) * kinds + pool.kind[who]) * 2 + pool.wishing(who)
    roaming = np.flatnonzero(pool.fixed[who] < 0)
    classes, hub = np.unique(code[roaming], return_inverse=True)
    places, seat_place = np.unique(pool.seat_place[first:last], return_inverse=True)
    first_hub, middle = people, people + len(classes)
    first_seat = middle + len(places) * kinds
    sink = first_seat + seats
    shared = pool.ways[classes // 2 // kinds][:, places].astype(np.int64)
    near_class, near_place = np.nonzero(shared >= 0)
    priced = shared[near_class, near_place] + np.where(classes[near_class] % 2, pool.unlisted, 0)
    own_who, own_place, own_cost = _own_arcs(pool, who, places)
    step_kind, step_seat = np.repeat(np.arange(kinds), seats), np.tile(np.arange(seats), kinds)
    everybody = np.arange(people)
    parts = [
        (roaming, first_hub + hub.ravel(), 0),
        (first_hub + near_class, middle + near_place * kinds + classes[near_class] // 2 % kinds, priced),
        (own_who, middle + own_place * kinds + pool.kind[who[own_who]], own_cost),
        (
            middle + seat_place[step_seat] * kinds + step_kind,
            first_seat + step_seat,
            pool.needs[step_kind, pool.seat_stream[first:last][step_seat]],
        ),
        (first_seat + np.arange(seats), np.full(seats, sink), 0),
        (everybody, np.full(people, sink), pool.unplaced_cost + pool.gains(who)),
    ]
    starts = np.concatenate([part[0] for part in parts]).astype(np.int64)
    ends = np.concatenate([part[1] for part in parts]).astype(np.int64)
    costs = np.concatenate([np.broadcast_to(part[2], len(part[0])) for part in parts]).astype(np.int64)
    capacities = np.full(len(starts), max(people, 1), dtype=np.int64)
    capacities[len(starts) - people - seats : len(starts) - people] = pool.places[first:last]
    capacities[len(starts) - people :] = 1
    supply = np.zeros(sink + 1, dtype=np.int64)
    supply[:people], supply[sink] = 1, -people
    return HubGraph(who, starts, ends, capacities, costs, supply, first_seat)


def _own_arcs(pool: Pool, who: Ints, places: Whole) -> tuple[Ints, Ints, Ints]:
    """Person, place (index into ``places``) and cost of every wish and every fixed place."""
    wishes = pool.wishes[who]
    fixed = pool.fixed[who]
    column = np.hstack([wishes, fixed[:, None]]).astype(np.int64)
    index = np.searchsorted(places, column)
    known = np.isin(column, places)
    cost = pool.ways[pool.home[who][:, None], np.where(known, column, 0)].astype(np.int64)
    keep = known & (cost >= 0)
    cost[:, :-1] += np.array(pool.wish_costs, dtype=np.int64)
    keep[:, :-1] &= (fixed < 0)[:, None]
    keep[:, -1] = known[:, -1]
    bound = np.flatnonzero(keep[:, -1])
    cost[bound, -1] = fixed_costs(pool, who[bound])
    person, rank = np.nonzero(keep)
    return person, index[person, rank], cost[person, rank]


def place_by_hubs(pool: Pool, block: int, who: Ints) -> Ints:
    """Seat group (within the block) of each of the block's people, -1 for none; LEMON decides between equals."""
    graph = hub_graph(pool, block, who)
    people, sink = len(who), len(graph.supply) - 1
    if not people:
        return np.zeros(0, dtype=np.int64)
    flow = cheapest_flow(graph.supply, graph.starts, graph.ends, graph.costs, graph.capacities)
    node = reached(people, graph.first_seat, flow)
    return np.where(node < sink, node - graph.first_seat, -1)
