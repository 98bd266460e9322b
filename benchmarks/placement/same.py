"""The same to the bit: on reruns, in any order of input, by every backend as far as promised, on both databases."""

from __future__ import annotations

import contextlib
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from benchmarks import reporting
from benchmarks.placement import pools
from tests import machine
from u2t.matching.pool import Pool, solve_pool

ROOT = machine.__file__.rpartition("/tests/")[0]
ON_A_DATABASE = """
import contextlib, hashlib, json, sys
import django
django.setup()
from django.core.management import call_command
from django.utils import timezone
from u2t.home.actions import load_demo
from u2t.placement import actions
with contextlib.redirect_stdout(sys.stderr):
    call_command("migrate", verbosity=0)
    round = load_demo(at=timezone.now())
    run = actions.compute(run=actions.begin_run(round=round, by=None, at=timezone.now()), by=None, at=timezone.now())
numbers = {str(worker.pk): worker.number for worker in round.workers.all()}
seats = {numbers[key]: seat for key, seat in run.plan["seats"].items()}
told = json.dumps([sorted(seats.items()), run.plan["certificate"]["people"]], sort_keys=True)
print(hashlib.sha256(told.encode()).hexdigest())
"""


def measures(quick: bool) -> list[reporting.Measure]:
    """How many results differed; none may."""
    drawn = pools.pool(*((20_000, 8, 300) if quick else (200_000, 76, 3_000)))
    times = 3 if quick else 10
    found = [
        reporting.Measure(
            f"{drawn.people:,} applicants, results that differ on reruns and permuted input, of {times}",
            differing(drawn, times),
            "count",
            0,
            "lower",
        )
    ]
    if not quick:
        different = len(set(on_databases())) - 1
        name = "demo university, plans that differ between SQLite and PostgreSQL"
        found.append(reporting.Measure(name, different, "count", 0, "lower"))
    return found


def differing(drawn: Pool, times: int) -> int:
    """Of so many solutions of the same people in another order each, how many differ from the first."""
    first, different = solve_pool(drawn), 0
    for number in range(times):
        order = np.random.default_rng(number).permutation(drawn.people)
        again = solve_pool(permuted(drawn, order) if number else drawn)
        assign = again.assign[np.argsort(order)] if number else again.assign
        different += not (np.array_equal(assign, first.assign) and np.array_equal(again.prices, first.prices))
    return different


def permuted(drawn: Pool, order: NDArray[np.int64]) -> Pool:
    """The same pool with its people in another order."""
    names = ("block", "home", "wishes", "kind", "score", "lottery", "fixed")
    return replace(drawn, **{name: getattr(drawn, name)[order] for name in names})


def on_databases() -> Iterator[str]:
    """The fingerprint of the demo university's plan, computed in a new installation on each database."""
    programs = machine.postgres()
    assert programs, "this measure needs PostgreSQL's programs"
    yield _fingerprint("")
    with machine.own_postgres(programs) as url:
        yield _fingerprint(url)


def _fingerprint(url: str) -> str:
    with tempfile.TemporaryDirectory() as folder, contextlib.ExitStack():
        environment = {**os.environ, "U2T_DATA_DIR": folder, "DJANGO_SETTINGS_MODULE": "u2t.settings"}
        environment.pop("DATABASE_URL", None)
        if url:
            environment["DATABASE_URL"] = url
        done = subprocess.run(
            [sys.executable, "-c", ON_A_DATABASE],
            cwd=ROOT,
            env=environment,
            capture_output=True,
            text=True,
            check=False,
        )
        if done.returncode:
            raise RuntimeError(done.stderr[-800:])
        return done.stdout.strip().splitlines()[-1]
