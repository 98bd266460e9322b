"""Selection of a call: ours beside the packages ``matching`` and ``algmatch``, OR-Tools and plain Python.

``python -m benchmarks.recruitment.selection [--quick] [--json]``. All contestants get the same ballot and take turns
in processes of their own; CPU seconds are compared, medians of the rounds, what each had to build first counted in
and also reported apart. No number is printed before all of them have given the same result. A contestant that has
not answered after three minutes of CPU is stopped and said to have no answer.
"""

from __future__ import annotations

import gc
import json
import random
import resource
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from statistics import median
from typing import Any

from benchmarks import reporting
from benchmarks.recruitment import calls, peers
from u2t.admission import Ballot, Explainer, select, select_arrays, violations

LIMIT = 180
"""CPU seconds after which a contestant is stopped."""

PEERS = ("matching", "algmatch", "OR-Tools CP-SAT", "plain Python")
OURS = ("ours", "ours, everything")
TARGETS = {"matching": 1000.0, "algmatch": 200.0}
GROWTH = ((10_000, 150), (50_000, 750), (200_000, 3_000), (1_000_000, 15_000))

Took = dict[str, dict[str, float]]


def main() -> None:
    """Run and print every measure."""
    arguments = reporting.arguments(__doc__)
    reporting.report(measures(arguments.quick), arguments)


def measures(quick: bool) -> list[reporting.Measure]:
    """Every number; ``quick`` takes fewer rounds and a smaller call for the packages' largest."""
    largest = (20_000, 300) if quick else (40_000, 600)
    rounds = 1 if quick else 3
    found = race("6,000 for 1,200", 6_000, 60, (*OURS, *PEERS), rounds)
    name = f"{largest[0]:,} for {3 * largest[0] // 10:,}"
    found += race(name, *largest, (*OURS, *PEERS), rounds, once=PEERS[:3])
    fast = (*OURS, "plain Python") if quick else (*OURS, *PEERS[2:])
    found += race("200,000 for 60,000", 200_000, 3_000, fast, rounds, once=PEERS[:3])
    found += growth(2 if quick else 5)
    found += around("6,000 for 1,200", calls.call(6_000, 60))
    found += losses(1 if quick else 5)
    return found


def race(
    name: str,
    people: int,
    tambons: int,
    contestants: tuple[str, ...],
    rounds: int,
    once: tuple[str, ...] = (),
) -> list[reporting.Measure]:
    """How many times longer the others take; targets hold for the largest call that the packages can still do."""
    took = turns(people, tambons, contestants, rounds, once)
    ours = took["ours"]
    found = [
        reporting.Measure(f"{name}: {who}, CPU", one["whole"], "s", None, "lower")
        for who, one in took.items()
    ]
    found += [
        reporting.Measure(f"{name}: {who}, of that built first", one["build"], "s", None, "lower")
        for who, one in took.items()
        if one["build"] > one["whole"] / 100
    ]
    found += [
        reporting.Measure(f"{name}: {who}, peak memory", one["peak_mb"], "MB", None, "lower")
        for who, one in took.items()
    ]
    for who in contestants:
        if who in OURS:
            continue
        if who not in took:
            found.append(reporting.Measure(f"{name}: {who}, no answer after", LIMIT, "s", None, "lower"))
            continue
        target = TARGETS.get(who) if people > 6_000 else None
        times = took[who]["whole"] / ours["whole"]
        found.append(reporting.Measure(f"{name}: {who} / ours", times, "ratio", target, "higher"))
        times = took[who]["whole"] / took["ours, everything"]["whole"]
        found.append(reporting.Measure(f"{name}: {who} / ours, everything", times, "ratio", None, "higher"))
    return found


def turns(
    people: int,
    tambons: int,
    contestants: tuple[str, ...],
    rounds: int,
    once: tuple[str, ...] = (),
    every: bool = False,
) -> Took:
    """Medians of every contestant that answered, those in ``once`` a single time; raises if two disagree."""
    seen: dict[str, list[dict[str, Any]]] = {}
    stopped: set[str] = set()
    for number in range(rounds):
        for who in random.Random(number).sample(contestants, len(contestants)):
            if who in stopped or (number and who in once):
                continue
            answer = one_run(who, people, tambons, seed=1, every=every)
            if answer is None:
                stopped.add(who)
                seen.pop(who, None)
            else:
                seen.setdefault(who, []).append(answer)
    results = {answer["result"] for answers in seen.values() for answer in answers}
    if len(results) != 1:
        raise AssertionError(f"the contestants disagree about {people} applicants: {sorted(seen)}")
    return {
        who: {
            "build": median(one["build"] for one in answers),
            "whole": median(one["build"] + one["solve"] for one in answers),
            "peak_mb": max(one["peak_mb"] for one in answers),
        }
        for who, answers in sorted(seen.items())
    }


def one_run(who: str, people: int, tambons: int, seed: int, every: bool = False) -> dict[str, Any] | None:
    """One contestant in a process of its own, ``None`` if it had to be stopped."""
    command = [
        sys.executable,
        "-m",
        "benchmarks.recruitment.peers",
        who,
        str(people),
        str(tambons),
        str(seed),
        *(["--every"] if every else []),
    ]
    limit = (LIMIT, LIMIT)
    try:
        done = subprocess.run(
            command,
            capture_output=True,
            text=True,
            check=False,
            # The machine may be busy with other things, so the clock on the wall is only the last resort.
            timeout=4 * LIMIT,
            preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_CPU, limit),
        )
    except subprocess.TimeoutExpired:
        return None
    if done.returncode in (-signal.SIGXCPU, -signal.SIGKILL):
        return None
    if done.returncode or not done.stdout:
        raise RuntimeError(f"{who} with {people} applicants: {done.stderr[-500:]}")
    found: dict[str, Any] = json.loads(done.stdout)
    return found


def growth(rounds: int) -> list[reporting.Measure]:
    """From arrays to the result, in CPU microseconds for each applicant, ten thousand to a million of them."""
    ballots = {people: calls.array_call(people, tambons) for people, tambons in GROWTH}
    took: dict[int, list[float]] = {people: [] for people in ballots}
    for number in range(rounds):
        for people in random.Random(number).sample(sorted(ballots), len(ballots)):
            took[people].append(cpu(lambda people=people: select_arrays(ballots[people])))  # type: ignore[misc]
    each = {people: 1e6 * median(seconds) / people for people, seconds in took.items()}
    found = [
        reporting.Measure(f"growth: arrays to result, {people:,}", micro, "µs each", None, "lower")
        for people, micro in each.items()
    ]
    ratio = each[1_000_000] / each[10_000]
    found.append(reporting.Measure("growth: one of 1,000,000 / one of 10,000", ratio, "ratio", 3.0, "lower"))
    return found


def around(name: str, ballot: Ballot) -> list[reporting.Measure]:
    """What stands around the selection: the checker, and the reasons."""
    selection = select(ballot)
    assert violations(ballot, selection) == []
    checker = median(cpu(lambda: violations(ballot, selection)) for _ in range(3))
    explainer = Explainer(ballot, selection)
    keys = [one.key for one in ballot.applicants[::20]]
    reasons = cpu(lambda: [explainer.explain(key) for key in keys]) / len(keys)
    return [
        reporting.Measure(f"{name}: independent check, CPU", checker, "s", None, "lower"),
        reporting.Measure(
            f"{name}: reasons with exact thresholds, CPU", 1000 * reasons, "ms each", None, "lower"
        ),
    ]


def losses(rounds: int) -> list[reporting.Measure]:
    """Where plain Python is faster: very small calls, and a chain that moves one person at a time."""
    found = []
    for name, people, tambons in (("60 for 20, one tambon", 60, 1), ("chain of 3,000", 3_000, 0)):
        took = turns(people, tambons, ("ours", "plain Python"), rounds)
        ratio = took["ours"]["whole"] / took["plain Python"]["whole"]
        found.append(reporting.Measure(f"{name}: ours / plain Python", ratio, "ratio", None, "lower"))
    return found


def cpu(run: Callable[[], object]) -> float:
    """CPU seconds of one call, the mean of as many as last long enough to be measured; older things stay unvisited."""
    gc.collect()
    gc.freeze()
    start, times = time.process_time(), 0
    while (spent := time.process_time() - start) < peers.ENOUGH:
        run()
        times += 1
    return spent / times


if __name__ == "__main__":
    main()
