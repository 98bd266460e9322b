"""What demands of a rule take to solve and what they cost the people of a university; and a first run anywhere."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from dataclasses import replace
from statistics import median
from typing import Any

from benchmarks import reporting
from benchmarks.placement.resignation import with_spares
from benchmarks.placement.university import university
from u2t.matching import Problem, solve, violations

DEMANDS: dict[str, dict[str, Any]] = {
    "no demand": {},
    "nobody farther than 60 km": {"max_km": 60},
    "three people with digital skills in every tambon": {"skill_floor": (("digital", 3),)},
    "merit first": {"order": "merit"},
    "a point is worth 10 km": {"order": "weighted", "score_weight": 10},
}
FIRST_SOLVE = """
import time
from benchmarks.placement import pools
from u2t.matching.pool import solve_pool
drawn = pools.pool(5_000, 1, 60)
begun = time.process_time()
solve_pool(drawn, BACKEND)
print(time.process_time() - begun)
"""


def measures(rounds: int) -> list[reporting.Measure]:
    """CPU seconds of people, offices and lecturers together, by demand; and the price of each in inconvenience."""
    problem = scored(with_spares(university(1)))
    found, usual = [], 0
    for name, demand in DEMANDS.items():
        demanding = replace(problem, rule=replace(problem.rule, **demand))
        took, plan = [], solve(demanding)
        assert violations(demanding, plan) == []
        for _ in range(rounds):
            begun = time.process_time()
            solve(demanding)
            took.append(time.process_time() - begun)
        found.append(reporting.Measure(f"1,400 for 1,200, {name}, CPU", median(took), "s", None, "lower"))
        cost = plan.levels["inconvenience"]
        usual = usual or cost
        if demand:
            about = f"1,400 for 1,200, {name}: more inconvenience"
            found.append(reporting.Measure(about, 100 * (cost / usual - 1), "%", None, "lower"))
    for backend, name in (("hub", "without numba"), ("compiled", "with numba, compiling")):
        found.append(
            reporting.Measure(
                f"5,000 for 1,200, first run on a machine {name}, CPU",
                first_run(backend),
                "s",
                1.0 if backend == "hub" else None,
                "lower",
            )
        )
    return found


def scored(problem: Problem) -> Problem:
    """The same people with scores between 50 and 100 points, from their numbers."""
    people = (replace(one, score=5_000 + one.lottery * 7_919 % 5_001) for one in problem.candidates)
    return replace(problem, candidates=tuple(people))


def first_run(backend: str) -> float:
    """CPU seconds of solving in a new process, with nothing compiled before."""
    with tempfile.TemporaryDirectory() as folder:
        code = FIRST_SOLVE.replace("BACKEND", repr(backend))
        environment = {**os.environ, "NUMBA_CACHE_DIR": folder}
        done = subprocess.run(
            [sys.executable, "-c", code], env=environment, capture_output=True, text=True, check=True
        )
        return float(done.stdout)
