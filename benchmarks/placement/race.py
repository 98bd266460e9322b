"""Pools of a university's, the nation's and larger sizes: ours beside the best exact solvers.

Everybody gets the same pool and takes turns in processes of their own, on one core; CPU seconds are compared, medians
of the rounds, what each must build counted in and also reported apart. No number is printed before all contestants
have found the same value.
"""

from __future__ import annotations

import json
import random
import resource
import signal
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median
from typing import Any

from benchmarks import reporting
from benchmarks.placement.peers import CONTESTANTS, READING

LIMIT = 300
"""CPU seconds after which a contestant is stopped."""

OURS = ("ours", "ours without numba")
REDUCED = ("LEMON, our reduction", "OR-Tools, our reduction")
DENSE = ("LEMON, dense", "OR-Tools, dense")
TABLES = ("POT, dense", "SciPy, dense")


@dataclass(frozen=True)
class Size:
    """A pool by name: people, institutions and tambons, and how many people are there for each place."""

    name: str
    people: int
    institutions: int
    tambons: int
    order: str = "weighted"

    @property
    def arguments(self) -> list[str]:
        return [str(self.people), str(self.institutions), str(self.tambons), "--order", self.order]


UNIVERSITY = Size("5,000 for 1,200", 5_000, 1, 60)
NATION = Size("200,000 for 60,000", 200_000, 76, 3_000)
MILLION = Size("1,000,000 for 300,000", 1_000_000, 380, 15_000)
GROWTH = (
    Size("10,000", 10_000, 4, 150),
    Size("50,000", 50_000, 19, 750),
    NATION,
    Size("500,000", 500_000, 190, 7_500),
    MILLION,
)
OTHERS = (
    Size("nation, inconvenience alone", 200_000, 76, 3_000, "inconvenience"),
    Size("nation, merit first", 200_000, 76, 3_000, "merit"),
    Size("nation, as many people as places", 60_000, 76, 3_000, "inconvenience"),
    Size("nation, too few people", 45_000, 76, 3_000, "inconvenience"),
)


def measures(quick: bool) -> list[reporting.Measure]:
    """The races with their targets."""
    rounds = 3 if quick else 7
    found = race(UNIVERSITY, (*OURS, *REDUCED, *DENSE, *TABLES, READING), rounds)
    slow = () if quick else (*DENSE, *TABLES)
    found += race(NATION, (*OURS, *REDUCED, *slow, READING), rounds, once=slow)
    for size in () if quick else OTHERS:
        found += race(size, ("ours", *REDUCED), rounds=1)
    return found


def race(
    size: Size, contestants: Sequence[str], rounds: int, once: Sequence[str] = ()
) -> list[reporting.Measure]:
    """Ratios to ours with the issue's targets, and what each took."""
    took = turns(size, contestants, rounds, once)
    ours = took["ours"]
    found = []
    for who, one in took.items():
        name = f"{size.name}: {who}"
        found.append(reporting.Measure(f"{name}, CPU", one["whole"], "s", None, "lower"))
        if one["build"] > one["whole"] / 20:
            found.append(reporting.Measure(f"{name}, of that built first", one["build"], "s", None, "lower"))
        found.append(reporting.Measure(f"{name}, peak memory", one["peak_mb"], "MB", None, "lower"))
        if who == READING:
            ratio = ours["whole"] / one["whole"]
            target = 1.5 if size is NATION else None
            found.append(reporting.Measure(f"{size.name}: ours / {READING}", ratio, "ratio", target, "lower"))
        elif who not in OURS:
            named = size in (UNIVERSITY, NATION)
            target = {**dict.fromkeys(REDUCED, 5.0), **dict.fromkeys(DENSE, 12.0)}.get(who) if named else None
            ratio = one["whole"] / ours["whole"]
            found.append(reporting.Measure(f"{size.name}: {who} / ours", ratio, "ratio", target, "higher"))
    found += [
        reporting.Measure(f"{size.name}: {who}, no answer after", LIMIT, "s", None, "lower")
        for who in contestants
        if who not in took
    ]
    return found


def turns(
    size: Size, contestants: Sequence[str], rounds: int, once: Sequence[str] = ()
) -> dict[str, dict[str, float]]:
    """Medians of every contestant that answered, those in ``once`` a single time; raises if two disagree."""
    seen: dict[str, list[dict[str, Any]]] = {}
    stopped: set[str] = set()
    for number in range(rounds):
        for who in random.Random(number).sample(list(contestants), len(contestants)):
            if who in stopped or (number and who in once):
                continue
            answer = one_run(who, size)
            if answer is None:
                stopped.add(who)
            else:
                seen.setdefault(who, []).append(answer)
    values = {who: {one["value"] for one in answers} for who, answers in seen.items() if who in CONTESTANTS}
    if len(set().union(*values.values())) != 1:
        raise AssertionError(f"{size.name}: the contestants disagree: {values}")
    return {
        who: {
            "build": median(one["build"] for one in answers),
            "whole": median(one["build"] + one["solve"] for one in answers),
            "wall": median(one["wall"] for one in answers),
            "peak_mb": max(one["peak_mb"] for one in answers),
        }
        for who, answers in sorted(seen.items())
        if who not in stopped
    }


def one_run(who: str, size: Size) -> dict[str, Any] | None:
    """One contestant in a process of its own, ``None`` if it had to be stopped."""
    command = [sys.executable, "-m", "benchmarks.placement.peers", who, *size.arguments]
    done = subprocess.run(
        command,
        capture_output=True,
        text=True,
        check=False,
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_CPU, (LIMIT, LIMIT)),
    )
    if done.returncode in (-signal.SIGXCPU, -signal.SIGKILL):
        return None
    if done.returncode or not done.stdout:
        raise RuntimeError(f"{who} with {size.name}: {done.stderr[-800:]}")
    found: dict[str, Any] = json.loads(done.stdout)
    return found
