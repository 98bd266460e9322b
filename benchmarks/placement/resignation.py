"""Somebody resigns from a university: the whole frontier of answers, beside solving everything again."""

from __future__ import annotations

import gc
import random
import time
from dataclasses import replace
from statistics import median

from benchmarks import reporting
from benchmarks.placement.university import university
from u2t.matching import Plan, Problem, SeatKey, solve
from u2t.matching.costs import Costs
from u2t.matching.refill import Refiller

SPARE = 200
"""Hired people beyond the places, so that there is somebody to call."""


def measures(quick: bool) -> list[reporting.Measure]:
    """Milliseconds a resignation, and how often the last answer was not what a full solve finds."""
    trials = 20 if quick else 240
    asked, prepared, solved, wrong = [], [], [], 0
    for seed in range(1, 2 if quick else 5):
        problem = with_spares(university(seed, positions=bool(seed % 2)))
        plan = solve(problem)
        draw = random.Random(seed)
        people = sorted(key for key, seat in plan.seats.items() if seat is not None)
        for leaver in draw.sample(people, trials // (1 if quick else 4)):
            rest, left, vacancy = without(problem, plan, leaver)
            gc.collect()
            start = time.process_time()
            refiller = Refiller(rest, left)
            refiller.prepare(vacancy[1])
            ready = time.process_time()
            frontier = refiller.refill((vacancy,))
            asked.append(time.process_time() - ready)
            prepared.append(ready - start)
            start = time.process_time()
            again = solve(replace(rest, lecturers=(), offices=()))
            solved.append(time.process_time() - start)
            best = total(rest, left) + frontier.answers[-1].cost
            wrong += best != again.levels["inconvenience"]
    return [
        reporting.Measure("resignation: all answers, CPU, median", 1e3 * median(asked), "ms", 2.0, "lower"),
        reporting.Measure("resignation: slowest", 1e3 * max(asked), "ms", None, "lower"),
        reporting.Measure(
            "resignation: preparing the university", 1e3 * median(prepared), "ms", None, "lower"
        ),
        reporting.Measure(
            "resignation: people placed anew / all answers",
            median(solved) / median(asked),
            "ratio",
            None,
            "higher",
        ),
        reporting.Measure(
            f"resignation: answers that a full solve betters, of {len(asked)}", wrong, "count", 0, "lower"
        ),
    ]


def with_spares(problem: Problem) -> Problem:
    """The same university with some more hired people than places."""
    extra = [
        replace(one, key=f"s{one.key}", lottery=one.lottery + 10_000) for one in problem.candidates[:SPARE]
    ]
    return replace(problem, candidates=(*problem.candidates, *extra))


def without(problem: Problem, plan: Plan, leaver: str) -> tuple[Problem, Plan, SeatKey]:
    """The problem without the leaver, what is left in force, and the place that became free."""
    vacancy = plan.seats[leaver]
    assert vacancy is not None
    rest = replace(problem, candidates=tuple(one for one in problem.candidates if one.key != leaver))
    seats = {key: seat for key, seat in plan.seats.items() if key != leaver}
    return rest, replace(plan, seats=seats), vacancy


def total(problem: Problem, plan: Plan) -> int:
    """The inconvenience of everybody who is placed."""
    costs = Costs(problem)
    people = {one.key: one for one in problem.candidates}
    return sum(costs.seat(people[key], seat).total for key, seat in plan.seats.items() if seat)
