"""The whole way from the bytes of a file to what it would add, with every finding on the way."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

from u2t.rosters.rules import agencies, lecturers, tambons, workers
from u2t.rosters.rules.known import Known
from u2t.sheets import reading, tables
from u2t.sheets.columns import Column, Compound
from u2t.sheets.report import Report
from u2t.sheets.workbook import LIMITS, Limits

SAMPLE_ROWS = 5
# Sheets of our own templates that hold no rows of the office.
EXAMPLE_SHEETS = frozenset({"ตัวอย่าง", "Example", "คำอธิบาย", "Notes"})


class Kind(Protocol):
    """What a module of one kind of roster offers."""

    SHOWN: tuple[str, ...]
    columns: Callable[[Known], tuple[Column, ...]]
    offered: Callable[[Known], tuple[Column, ...]]
    compounds: Callable[[Known], tuple[Compound, ...]]
    newcomers: Callable[[tables.Table, Known, Report], tuple[list[Any], int]]
    shown: Callable[[Any, Known], tuple[str, ...]]


KINDS: dict[str, Kind] = {
    "tambons": tambons,  # type: ignore[dict-item]
    "lecturers": lecturers,  # type: ignore[dict-item]
    "agencies": agencies,  # type: ignore[dict-item]
    "workers": workers,  # type: ignore[dict-item]
}


@dataclass(frozen=True)
class Checked:
    """What a file comes to: ``rows`` read, ``unchanged`` there already, ``newcomers`` to store, the report.

    ``sample`` shows the first newcomers as they were understood, in the order of ``shown``.
    """

    kind: str
    rows: int
    unchanged: int
    newcomers: Sequence[Any]
    report: Report
    shown: tuple[str, ...]
    sample: tuple[tuple[str, ...], ...]

    def as_json(self) -> dict[str, object]:
        """The check as plain values, for keeping; newcomers are left out."""
        return {
            "rows": self.rows,
            "unchanged": self.unchanged,
            "new": len(self.newcomers),
            "groups": self.report.as_json(),
            "shown": list(self.shown),
            "sample": [list(row) for row in self.sample],
        }


def check(kind: str, data: bytes, file_name: str, known: Known, limits: Limits = LIMITS) -> Checked:
    """Read and check a roster; raises :class:`u2t.sheets.workbook.Unreadable` for what is no table at all."""
    module = KINDS[kind]
    workbook = reading.read(data, file_name, limits)
    report = Report()
    table = tables.read_table(
        workbook,
        module.columns(known),
        module.compounds(known),
        report=report,
        skipped_sheets=EXAMPLE_SHEETS,
    )
    newcomers, unchanged = module.newcomers(table, known, report) if len(table) else ([], 0)
    sample = tuple(module.shown(new, known) for new in newcomers[:SAMPLE_ROWS])
    return Checked(kind, len(table), unchanged, newcomers, report, module.SHOWN, sample)
