"""``python -m benchmarks.placement [--quick] [--json]``: every measure of placement, one after the other."""

from __future__ import annotations

from benchmarks import reporting
from benchmarks.placement import engine, stage


def main() -> None:
    """Run and print every measure."""
    arguments = reporting.arguments("Placement beside the best solvers there are.")
    quick = arguments.quick
    measures = engine.measures(range(1, 3) if quick else range(1, 5), rounds=3 if quick else 5)
    measures += stage.measures(quick)
    reporting.report(measures, arguments)


if __name__ == "__main__":
    main()
