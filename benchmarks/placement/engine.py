"""The whole engine for one university, people, offices and lecturers: ours beside solvers given the same problems.

All contestants run in turn within each round, medians of CPU seconds are compared, and before a number is printed all
objectives must be equal. The peers start from finished cost tables; ours starts from people and places, breaks ties
by the lottery and writes the certificate.
"""

from __future__ import annotations

import random
import time
from collections.abc import Callable
from statistics import median
from typing import Any

import highspy
import numpy as np
import pylmcf
from numpy.typing import NDArray
from ortools.graph.python import min_cost_flow
from scipy.optimize import linear_sum_assignment

from benchmarks import reporting
from benchmarks.placement.university import university
from u2t.matching import Plan, Problem, solve, violations
from u2t.matching.bounds import Tariff
from u2t.matching.costs import Costs
from u2t.matching.leaders import solve_leaders
from u2t.matching.offices import solve_offices
from u2t.matching.people import categories, proved, seat_category

Ints = NDArray[np.int64]
Table = tuple[Ints, Ints]
"""Costs, person by place group, and the places of each group."""


def measures(seeds: range, rounds: int) -> list[reporting.Measure]:
    """Ratios and seconds over some universities, with and without known positions."""
    times: dict[str, list[float]] = {}
    ratios: dict[str, list[float]] = {}
    gaps = []
    for seed in seeds:
        problem = university(seed, positions=bool(seed % 2))
        once, plan = _one_university(problem, rounds)
        gaps.append(plan.certificate.leaders.gap if plan.certificate.leaders else 0)
        for name, seconds in once.items():
            times.setdefault(name, []).append(seconds)
        for part in ("people", "offices", "leaders"):
            peers = [seconds for name, seconds in once.items() if name.startswith(f"{part}: ")]
            ratios.setdefault(part, []).append(once[part] / min(peers))
            once[f"best {part}"] = min(peers)
        best = once["best people"] + once["best offices"] + once["best leaders"]
        ratios.setdefault("engine", []).append(once["engine"] / best)
    measures = [
        reporting.Measure(
            "placement engine, ours / best direct solvers", median(ratios["engine"]), "ratio", 1.5, "lower"
        ),
        reporting.Measure("placement engine, CPU", median(times["engine"]), "s", 1.0, "lower"),
        reporting.Measure("placement checker, CPU", median(times["checker"]), "s", 0.5, "lower"),
        reporting.Measure("leaders, largest gap left", max(gaps), "km", 0, "lower"),
    ]
    for part in ("people", "offices", "leaders"):
        name = f"{part}, ours / best direct solver"
        measures.append(reporting.Measure(name, median(ratios[part]), "ratio", None, "lower"))
    for name, seconds in sorted(times.items()):
        if name not in ("engine", "checker"):
            measures.append(reporting.Measure(f"{name}, CPU", median(seconds), "s", None, "lower"))
    return measures


def _one_university(problem: Problem, rounds: int) -> tuple[dict[str, float], Plan]:
    """Median CPU seconds of every contestant; raises if they disagree."""
    plan = solve(problem)
    assert violations(problem, plan) == []
    levels = plan.levels
    tables, offices = people_tables(problem), office_table(problem, plan)
    contestants: dict[str, tuple[Callable[[], Any], int | None]] = {
        "engine": (lambda: solve(problem), None),
        "checker": (lambda: violations(problem, plan), None),
        "people": (lambda: our_people(problem), levels["inconvenience"]),
        "people: LEMON, dense": (lambda: sum(map(lemon, tables)), levels["inconvenience"]),
        "people: OR-Tools, dense": (lambda: sum(map(ortools, tables)), levels["inconvenience"]),
        "people: SciPy, dense": (lambda: sum(map(scipy, tables)), levels["inconvenience"]),
        "offices": (lambda: our_offices(problem, plan), levels["office_cost"]),
        "offices: LEMON, dense": (lambda: lemon(offices), levels["office_cost"]),
        "offices: OR-Tools, dense": (lambda: ortools(offices), levels["office_cost"]),
        "offices: SciPy, dense": (lambda: scipy(offices), levels["office_cost"]),
        "leaders": (lambda: our_leaders(problem), levels["leader_cost"]),
        "leaders: HiGHS, compact": (lambda: highs_leaders(problem), levels["leader_cost"]),
    }
    spent: dict[str, list[float]] = {name: [] for name in contestants}
    for number in range(rounds):
        for name in random.Random(number).sample(sorted(contestants), len(contestants)):
            run, expected = contestants[name]
            start = time.process_time()
            value = run()
            spent[name].append(time.process_time() - start)
            if expected is not None and value != expected:
                raise AssertionError(f"{name} found {value}, the plan says {expected}")
    return {name: median(seconds) for name, seconds in spent.items()}, plan


def our_people(problem: Problem) -> int:
    """From people and places to seats, settled and proved."""
    costs = Costs(problem)
    return sum(
        proved(category, seat_category(category), costs)[1].total for category in categories(problem, costs)
    )


def our_offices(problem: Problem, plan: Plan) -> int:
    """From holders of seats to offices, settled and proved."""
    proof = solve_offices(problem, Costs(problem), plan.seats)[1]
    assert proof is not None
    return proof.total


def our_leaders(problem: Problem) -> int:
    """From lecturers to teams, with the bound."""
    proof = solve_leaders(problem, Costs(problem))[1]
    assert proof is not None
    return proof.total


def people_tables(problem: Problem) -> list[Table]:
    """The dense table of each category, by the checker's reading of the rule; nobody is fixed in it."""
    tariff, tables = Tariff(problem), []
    for category in sorted({seat.category for seat in problem.seats}):
        seats = [seat for seat in problem.seats if seat.category == category]
        people = [person for person in problem.candidates if person.category == category]
        costs = [[tariff.seat(person, seat.key) for seat in seats] for person in people]
        tables.append((np.array(costs, dtype=np.int64), np.array([seat.places for seat in seats])))
    return tables


def office_table(problem: Problem, plan: Plan) -> Table:
    """People by offices: first the one required place of each, at a price that fills it, then the others."""
    tariff = Tariff(problem)
    people = [person for person in problem.candidates if person.key in plan.offices]
    costs = [
        [tariff.office(person, plan.seats[person.key] or ("", "", ""), office) for office in problem.offices]
        for person in people
    ]
    table = np.array(costs, dtype=np.int64)
    minimum = np.array([office.minimum for office in problem.offices])
    capacity = np.array([office.capacity for office in problem.offices])
    return np.hstack([table, table + REQUIRED]), np.concatenate([minimum, capacity - minimum])


REQUIRED = 100_000
"""Added to every place beyond an office's minimum, so that a plain assignment fills the minimums first."""


def _without_offset(total: int) -> int:
    return total % REQUIRED


def lemon(table: Table) -> int:
    """pylmcf on the dense bipartite graph."""
    costs, places = table
    people, groups = costs.shape
    starts = np.repeat(np.arange(people, dtype=np.int64), groups)
    ends = np.tile(np.arange(people, people + groups, dtype=np.int64), people)
    graph = pylmcf.Graph(people + groups, starts, ends)
    graph.set_supply_type("geq")
    graph.set_node_supply(np.concatenate([np.ones(people, dtype=np.int64), -places.astype(np.int64)]))
    graph.set_edge_costs(costs.ravel())
    graph.set_edge_capacities(np.ones(len(starts), dtype=np.int64))
    graph.solve()
    return _without_offset(graph.total_cost())


def ortools(table: Table) -> int:
    """OR-Tools' min-cost flow on the dense bipartite graph; a sink takes up free places."""
    costs, places = table
    people, groups = costs.shape
    flow = min_cost_flow.SimpleMinCostFlow()
    starts = np.repeat(np.arange(people), groups)
    ends = np.tile(np.arange(people, people + groups), people)
    flow.add_arcs_with_capacity_and_unit_cost(
        starts, ends, np.ones(len(starts), dtype=np.int64), costs.ravel()
    )
    sink = people + groups
    columns = np.arange(people, sink)
    flow.add_arcs_with_capacity_and_unit_cost(
        columns, np.full(groups, sink), places, np.zeros(groups, dtype=np.int64)
    )
    flow.set_nodes_supplies(np.arange(people), np.ones(people, dtype=np.int64))
    flow.set_node_supply(sink, -people)
    assert flow.solve() == flow.OPTIMAL
    return _without_offset(flow.optimal_cost())


def scipy(table: Table) -> int:
    """SciPy's linear sum assignment with one column for every single place."""
    costs, places = table
    single = np.repeat(costs, places, axis=1)
    rows, columns = linear_sum_assignment(single)
    return _without_offset(int(single[rows, columns].sum()))


def highs_leaders(problem: Problem) -> int:
    """HiGHS on the textbook model: x[lecturer, tambon], uncovered[tambon, dimension]."""
    tariff, rule = Tariff(problem), problem.rule
    solver = highspy.Highs()
    solver.silent()
    solver.setOptionValue("threads", 1)
    solver.setOptionValue("mip_rel_gap", 0.0)
    solver.setOptionValue("mip_abs_gap", 0.5)
    lecturers, tambons, dimensions = problem.lecturers, problem.tambons, problem.dimensions
    rows = len(tambons) + len(lecturers) + len(tambons) * len(dimensions)
    cost, index, start = [], [], [0]
    for which, lecturer in enumerate(lecturers):
        known = [number for number, name in enumerate(dimensions) if name in lecturer.expertise]
        for where, tambon in enumerate(tambons):
            cost.append(tariff.way(lecturer.base, tambon))
            base = len(tambons) + len(lecturers) + where * len(dimensions)
            index += [where, len(tambons) + which, *(base + number for number in known)]
            start.append(len(index))
    whole = len(cost)
    for number in range(len(tambons) * len(dimensions)):
        cost.append(rule.uncovered_dimension)
        index.append(len(tambons) + len(lecturers) + number)
        start.append(len(index))
    model = highspy.HighsLp()
    model.num_col_, model.num_row_ = len(cost), rows
    model.col_cost_, model.col_lower_ = np.array(cost, dtype=float), np.zeros(len(cost))
    model.col_upper_ = np.ones(len(cost))
    team = np.full(len(tambons), float(rule.leaders_per_tambon))
    most = np.array([float(lecturer.max_tambons) for lecturer in lecturers])
    cover = np.ones(len(tambons) * len(dimensions))
    model.row_lower_ = np.concatenate([team, np.full(len(lecturers), -np.inf), cover])
    model.row_upper_ = np.concatenate([team, most, np.full(len(cover), np.inf)])
    model.a_matrix_.format_ = highspy.MatrixFormat.kColwise
    model.a_matrix_.start_, model.a_matrix_.index_ = np.array(start), np.array(index)
    model.a_matrix_.value_ = np.ones(len(index))
    kind = highspy.HighsVarType
    model.integrality_ = [kind.kInteger] * whole + [kind.kContinuous] * (len(cost) - whole)
    solver.passModel(model)
    solver.run()
    return round(solver.getInfo().objective_function_value)
