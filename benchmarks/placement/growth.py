"""How time and memory grow from ten thousand to a million applicants, with the proof, and a plot of it."""

from __future__ import annotations

import random
from pathlib import Path
from statistics import median
from typing import Any

from benchmarks import reporting
from benchmarks.placement.race import GROWTH, MILLION, NATION, REDUCED, one_run

PLOT = Path(__file__).resolve().parent.parent / "reports" / "placement_growth.svg"


def measures(quick: bool) -> list[reporting.Measure]:
    """Microseconds an applicant at every size; the million beside the nation; the peers as far as they are run."""
    rounds = 1 if quick else 5
    ours = timed("ours", rounds)
    found = []
    for size in GROWTH:
        one = ours[size.people]
        each = 1e6 * one["seconds"] / size.people
        found.append(reporting.Measure(f"growth: {size.people:,} applicants", each, "µs each", None, "lower"))
    million, nation = ours[MILLION.people], ours[NATION.people]
    found += [
        reporting.Measure(
            "growth: 1,000,000 / 200,000", million["seconds"] / nation["seconds"], "ratio", 6.0, "lower"
        ),
        reporting.Measure("1,000,000 applicants, CPU", million["seconds"], "s", None, "lower"),
        reporting.Measure("1,000,000 applicants, peak memory", million["peak_mb"], "MB", 500.0, "lower"),
    ]
    if not quick:
        peers = {who: timed(who, 1) for who in REDUCED}
        plot({"U2T": ours, **peers})
    return found


def timed(who: str, rounds: int) -> dict[int, dict[str, float]]:
    """By number of applicants: median CPU seconds and the largest peak memory."""
    seen: dict[int, list[dict[str, Any]]] = {}
    for number in range(rounds):
        for size in random.Random(number).sample(GROWTH, len(GROWTH)):
            answer = one_run(who, size)
            if answer is not None:
                seen.setdefault(size.people, []).append(answer)
    return {
        people: {
            "seconds": median(one["build"] + one["solve"] for one in answers),
            "peak_mb": max(one["peak_mb"] for one in answers),
        }
        for people, answers in sorted(seen.items())
    }


def plot(lines: dict[str, dict[int, dict[str, float]]]) -> None:
    """Time and memory against the number of applicants, both on logarithmic axes, with a straight line of slope 1."""
    import matplotlib

    matplotlib.use("svg")
    matplotlib.rcParams["svg.hashsalt"] = "u2t"
    from matplotlib import pyplot

    figure, (left, right) = pyplot.subplots(1, 2, figsize=(10, 4), layout="constrained")
    for (name, values), mark in zip(lines.items(), "os^", strict=False):
        people = list(values)
        left.loglog(people, [values[n]["seconds"] for n in people], marker=mark, label=name)
        right.loglog(people, [values[n]["peak_mb"] for n in people], marker=mark, label=name)
    base = lines["U2T"]
    first = min(base)
    left.loglog(list(base), [base[first]["seconds"] * n / first for n in base], "k:", label="linear growth")
    left.set(title="People to seats, proof included", xlabel="applicants", ylabel="CPU seconds, one core")
    right.set(title="Peak memory of the process", xlabel="applicants", ylabel="MB")
    for axis in (left, right):
        axis.grid(alpha=0.3)
        axis.legend()
    PLOT.parent.mkdir(exist_ok=True)
    figure.savefig(PLOT, metadata={"Date": None})
