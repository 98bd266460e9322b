"""One pool placed by other means. ``python -m benchmarks.placement.peers CONTESTANT …`` measures one contestant in a
process of its own and prints what it took: seconds to build what it needs, to solve, peak memory, and the value found.

All contestants count the same value: as many seats as possible filled, then inconvenience less what scores are worth.
"""

from __future__ import annotations

import argparse
import gc
import json
import os
import resource
import sys
import tempfile
import time
import warnings
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from benchmarks.placement import pools
from u2t.matching.nation import Nation
from u2t.matching.pool import Pool, hub_graph, solve_pool, table

Ints = NDArray[np.int64]
ENOUGH = 0.3
"""CPU seconds that a measurement must last."""


def arcs_of_hubs(pool: Pool) -> list[Any]:
    """Our own reduced graph of every block, given to others."""
    return [(graph.starts, graph.ends, graph.capacities, graph.costs, graph.supply) for graph in _hubs(pool)]


def _hubs(pool: Pool) -> Any:
    order = np.argsort(pool.block, kind="stable")
    first = np.searchsorted(pool.block[order], np.arange(pool.blocks + 1))
    for block in range(pool.blocks):
        yield hub_graph(pool, block, order[first[block] : first[block + 1]])


def arcs_of_pairs(pool: Pool) -> list[Any]:
    """An arc for every person and seat group: the graph as it is usually built."""
    graphs = []
    for costs, places, afar in tables(pool):
        people, seats = costs.shape
        sink = people + seats
        every = np.arange(people, dtype=np.int64)
        seat = np.arange(people, sink, dtype=np.int64)
        starts = np.concatenate([np.repeat(every, seats), seat, every])
        ends = np.concatenate([np.tile(seat, people), np.full(seats, sink), np.full(people, sink)])
        paid = np.concatenate([costs.ravel(), np.zeros(seats, dtype=np.int64), afar])
        room = np.concatenate([np.ones(people * seats, dtype=np.int64), places, np.ones_like(every)])
        supply = np.zeros(sink + 1, dtype=np.int64)
        supply[:people], supply[sink] = 1, -people
        graphs.append((starts, ends, room, paid, supply))
    return graphs


def tables(pool: Pool) -> list[tuple[Ints, Ints, Ints]]:
    """By block: costs person by seat group, places, and what it costs to leave each person out."""
    found = []
    for block in range(pool.blocks):
        who, costs = table(pool, block)
        seats = slice(int(pool.first_seat[block]), int(pool.first_seat[block + 1]))
        afar = pool.unplaced_cost + pool.gains(who)
        found.append((costs, pool.places[seats].astype(np.int64), afar))
    return found


def lemon(graphs: list[Any]) -> int:
    """LEMON's network simplex."""
    import pylmcf

    total = 0
    for starts, ends, room, paid, supply in graphs:
        order = np.lexsort((ends, starts))
        graph = pylmcf.Graph(len(supply), starts[order], ends[order])
        graph.set_node_supply(supply)
        graph.set_edge_costs(paid[order])
        graph.set_edge_capacities(room[order])
        graph.solve()
        total += int(graph.total_cost())
    return total


def ortools(graphs: list[Any]) -> int:
    """OR-Tools' cost-scaling push-relabel."""
    from ortools.graph.python import min_cost_flow

    total = 0
    for starts, ends, room, paid, supply in graphs:
        flow = min_cost_flow.SimpleMinCostFlow()
        flow.add_arcs_with_capacity_and_unit_cost(starts, ends, room, paid)
        flow.set_nodes_supplies(np.arange(len(supply)), supply)
        assert flow.solve() == flow.OPTIMAL
        total += int(flow.optimal_cost())
    return total


def transport(blocks: list[tuple[Ints, Ints, Ints]]) -> int:
    """POT's exact optimal transport, which works in floating point; a last column takes who is left."""
    import ot

    total = 0
    for costs, places, afar in blocks:
        people, left = len(costs), max(0, len(costs) - int(places.sum()))
        free = max(0, int(places.sum()) - people)
        rows, columns = np.ones(people + (free > 0)), np.append(places, left).astype(float)
        square = np.hstack([costs, afar[:, None]]).astype(float)
        if free:
            rows[-1] = free
            square = np.vstack([square, np.append(np.zeros(len(places)), 0.0)])
        with warnings.catch_warnings():
            warnings.simplefilter("error")
            total += round(float((ot.emd(rows, columns, square, numItermax=10**8) * square).sum()))
    return total


def assignment(blocks: list[tuple[Ints, Ints, Ints]]) -> int:
    """SciPy's linear sum assignment, a column for every single place and one more for everybody left out."""
    from scipy.optimize import linear_sum_assignment

    total = 0
    for costs, places, afar in blocks:
        single = np.repeat(costs - afar[:, None], places, axis=1)
        rows, columns = linear_sum_assignment(single)
        total += int(single[rows, columns].sum()) + int(afar.sum())
    return total


def ours(pool: Pool, backend: str) -> int:
    """People to seats, with the proof."""
    answer = solve_pool(pool, backend)
    assert answer.proven
    return answer.value


def read(path: Path) -> int:
    """Not a contestant: the time to read the same applicants as text."""
    return len(np.loadtxt(path, delimiter=",", skiprows=1))


Contestant = tuple[Callable[[Pool], Any], Callable[[Any], int]]
CONTESTANTS: dict[str, Contestant] = {
    "ours": (lambda pool: pool, lambda pool: ours(pool, "compiled")),
    "ours without numba": (lambda pool: pool, lambda pool: ours(pool, "hub")),
    "LEMON, our reduction": (arcs_of_hubs, lemon),
    "OR-Tools, our reduction": (arcs_of_hubs, ortools),
    "LEMON, dense": (arcs_of_pairs, lemon),
    "OR-Tools, dense": (arcs_of_pairs, ortools),
    "POT, dense": (tables, transport),
    "SciPy, dense": (tables, assignment),
}
READING = "np.loadtxt"


def value_of(who: str, pool: Pool, found: int, filled: int) -> int:
    """What a contestant found, without the costs by which it is made to fill seats first."""
    if who.startswith("ours"):
        return found
    left = pool.people - filled
    return found - left * pool.unplaced_cost - int(pool.gains().sum())


def main() -> None:
    """Measure one contestant on one pool."""
    parser = argparse.ArgumentParser()
    parser.add_argument("contestant", choices=[*CONTESTANTS, READING])
    pools.arguments(parser)
    chosen = parser.parse_args()
    nation = pools.drawn(chosen)
    pool = nation.pool()
    spent = {"build": 0.0, "solve": 0.0, "wall": 0.0}
    value, times = 0, 0
    with tempfile.TemporaryDirectory() as folder:
        build, solve = (
            _reading(nation, Path(folder)) if chosen.contestant == READING else _placing(chosen.contestant)
        )
        before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
        gc.collect()
        gc.freeze()
        while spent["build"] + spent["solve"] < ENOUGH:
            start, clock = time.process_time(), time.perf_counter()
            built = build(pool)
            ready = time.process_time()
            value = solve(built)
            spent["build"] += ready - start
            spent["solve"] += time.process_time() - ready
            spent["wall"] += time.perf_counter() - clock
            times += 1
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    places = int(pool.places.sum())
    result = {name: seconds / times for name, seconds in spent.items()}
    result |= {"peak_mb": peak / 1024, "before_mb": before / 1024, "people": pool.people, "places": places}
    if chosen.contestant != READING:
        result["value"] = value_of(chosen.contestant, pool, value, pools.most_filled(pool))
    print(json.dumps(result))


def _placing(who: str) -> Contestant:
    """The contestant, once its libraries are loaded and its code is compiled."""
    build, solve = CONTESTANTS[who]
    solve(build(pools.small()))
    return build, solve


def _reading(nation: Nation, folder: Path) -> Contestant:
    path = folder / "applicants.csv"
    pools.write_csv(nation, path)
    return (lambda _: path), read


if __name__ == "__main__":
    # One core for everybody.
    if os.environ.get("OMP_NUM_THREADS") != "1":
        os.environ["OMP_NUM_THREADS"] = "1"
        os.execv(sys.executable, [sys.executable, "-m", "benchmarks.placement.peers", *sys.argv[1:]])
    main()
