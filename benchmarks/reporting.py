"""The one form in which every benchmark reports: ``{"measure", "value", "unit", "target", "better"}``."""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterable
from dataclasses import asdict, dataclass


@dataclass(frozen=True)
class Measure:
    """One number; ``better`` is ``"lower"`` or ``"higher"``, ``target`` may be missing."""

    measure: str
    value: float
    unit: str
    target: float | None
    better: str

    @property
    def met(self) -> bool | None:
        """Whether the target is reached; ``None`` without one."""
        if self.target is None:
            return None
        return self.value <= self.target if self.better == "lower" else self.value >= self.target


def arguments(description: str | None) -> argparse.Namespace:
    """``--quick`` and ``--json`` of the command line."""
    parser = argparse.ArgumentParser(description=(description or "").splitlines()[0])
    parser.add_argument("--quick", action="store_true", help="fewer rounds and sizes")
    parser.add_argument("--json", action="store_true", help="print a JSON list instead of a table")
    return parser.parse_args()


def report(measures: Iterable[Measure], chosen: argparse.Namespace) -> None:
    """Print the measures, as JSON if asked for."""
    found = list(measures)
    if chosen.json:
        rounded = [{**asdict(one), "value": float(f"{one.value:.4g}")} for one in found]
        print(json.dumps(rounded, ensure_ascii=False, indent=1))
        return
    for one in found:
        verdict = {True: "reached", False: "MISSED", None: ""}[one.met]
        target = "" if one.target is None else f"target {one.target:g}"
        print(f"{one.measure:58} {one.value:10.4g} {one.unit:6} {target:14} {verdict}")
