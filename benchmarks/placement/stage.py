"""Placement of the demo university from its tables to the stored plan: the part that a stage adds to the engine.

It loads the demo round (1,200 people, 60 tambons, 48 offices, 120 lecturers) into a throwaway installation, and in each
repetition computes and stores a plan and, beside it, only solves the same problem. Both must give the same plan.
"""

from __future__ import annotations

import contextlib
import sys
import tempfile
import time
from pathlib import Path
from statistics import median

from benchmarks import reporting, rosters

TARGET_SECONDS = 2.0


def measures(quick: bool) -> list[reporting.Measure]:
    """Medians of CPU seconds, database and independent checker included."""
    with (
        tempfile.TemporaryDirectory(prefix="u2t-placement-") as folder,
        contextlib.redirect_stdout(sys.stderr),
    ):
        rosters.set_up(Path(folder))
        stored, read, solved, adopted = _measured(repetitions=3 if quick else 7)
    return [
        reporting.Measure("tables to stored plan, 1,200 people", stored, "CPU s", TARGET_SECONDS, "lower"),
        reporting.Measure("of which reading the tables", read, "CPU s", None, "lower"),
        reporting.Measure("of which solving", solved, "CPU s", None, "lower"),
        reporting.Measure("adopting the plan with 1,200 explanations", adopted, "CPU s", None, "lower"),
    ]


def _measured(repetitions: int) -> list[float]:
    from django.utils import timezone

    from u2t import matching
    from u2t.home.actions import load_demo
    from u2t.placement import actions
    from u2t.placement.models import Engagement
    from u2t.placement.queries.problem import problem_for

    round = load_demo(at=timezone.now())
    assert round is not None
    stored, read, solved, adopted = [], [], [], []
    for _ in range(repetitions + 1):
        run = actions.begin_run(round=round, by=None, at=timezone.now())
        started = time.process_time()
        run = actions.compute(run=run, by=None, at=timezone.now())
        stored.append(time.process_time() - started)
        started = time.process_time()
        problem = problem_for(round)
        read.append(time.process_time() - started)
        started = time.process_time()
        plan = matching.solve(problem)
        solved.append(time.process_time() - started)
        # Who leads already goes on leading where others would be no better.
        given = {name: value for name, value in plan.to_json().items() if name != "leaders"}
        assert {name: run.plan[name] for name in given} == given, "the stored plan is not the solver's"
        # Nobody is placed any more, so that adopting begins every engagement anew.
        Engagement.objects.current().filter(worker__round=round).update(ended_at=timezone.now())
        started = time.process_time()
        actions.adopt(run=run, by=None, at=timezone.now())
        adopted.append(time.process_time() - started)
        assert Engagement.objects.current().count() == sum(seat is not None for seat in plan.seats.values())
    return [median(values[1:]) for values in (stored, read, solved, adopted)]
