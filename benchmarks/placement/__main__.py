"""``python -m benchmarks.placement [--quick] [--json] [--only PART …]``: every measure of placement, part by part."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable

from benchmarks import reporting
from benchmarks.placement import acceptance, demands, engine, growth, race, resignation, same, stage, verifier

PARTS: dict[str, Callable[[bool], list[reporting.Measure]]] = {
    "race": race.measures,
    "growth": growth.measures,
    "acceptance": lambda quick: acceptance.measures(1 if quick else 3),
    "resignation": resignation.measures,
    "verifier": verifier.measures,
    "same": same.measures,
    "demands": lambda quick: demands.measures(1 if quick else 5),
    "engine": lambda quick: engine.measures(range(1, 3) if quick else range(1, 5), rounds=3 if quick else 5),
    "stage": stage.measures,
}


def main() -> None:
    """Run and print every measure, or those of some parts."""
    parser = argparse.ArgumentParser(add_help=False)
    parser.add_argument("--only", nargs="+", choices=PARTS, default=list(PARTS))
    chosen, rest = parser.parse_known_args()
    sys.argv[1:] = rest
    arguments = reporting.arguments(
        "Placement beside the best solvers there are; --only PART … runs some parts."
    )
    found = []
    for part in chosen.only:
        print(f"… {part}", file=sys.stderr, flush=True)
        found += PARTS[part](arguments.quick)
    reporting.report(found, arguments)


if __name__ == "__main__":
    main()
