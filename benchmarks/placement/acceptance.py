"""Deferred acceptance at a university's size, everybody ranking every tambon: ours beside ``matching``, ``algmatch``
and plain Python, in processes of their own, all with the same result."""

from __future__ import annotations

from benchmarks import reporting
from benchmarks.recruitment import selection

PEOPLE, TAMBONS = 5_000, 60
SLOW = ("matching", "algmatch")


def measures(rounds: int) -> list[reporting.Measure]:
    """How many times longer the packages take for who gets what; the packages are run once.

    *Solving* starts from what each contestant has built for itself (ours: arrays). *Whole* counts the building too,
    from applicants as values.
    """
    took = selection.turns(PEOPLE, TAMBONS, ("ours", "plain Python", *SLOW), rounds, once=SLOW, every=True)
    name = "5,000 for 1,200, all pairs, deferred acceptance"
    found = []
    for who, one in took.items():
        found.append(reporting.Measure(f"{name}: {who}, CPU", one["whole"], "s", None, "lower"))
        found.append(reporting.Measure(f"{name}: {who}, of that built", one["build"], "s", None, "lower"))
        if who == "ours":
            continue
        ours = took["ours"]
        solving = (one["whole"] - one["build"]) / (ours["whole"] - ours["build"])
        target = 1000.0 if who == "matching" else None
        found.append(reporting.Measure(f"{name}: {who} / ours, solving", solving, "ratio", target, "higher"))
        whole = one["whole"] / ours["whole"]
        found.append(reporting.Measure(f"{name}: {who} / ours, whole", whole, "ratio", None, "higher"))
    return found
