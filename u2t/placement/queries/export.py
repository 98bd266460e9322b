"""The placement of a round as a spreadsheet."""

from __future__ import annotations

from collections.abc import Iterable

from django.utils.translation import gettext as _

from u2t.placement.queries import teams
from u2t.programme.models import Round
from u2t.sheets import write

TYPES = {
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "csv": "text/csv; charset=utf-8",
}


def table_of(round: Round, kind: str) -> tuple[bytes, str]:
    """The file and its content type; ``kind`` is ``xlsx`` or ``csv``. Two queries."""
    header = [
        _("Number"), _("Title"), _("Given name"), _("Surname"), _("Category"), _("Tambon code"), _("Tambon"),
        _("District"), _("Province"), _("Line of work"), _("Data agency"), _("Wish"), _("Kilometres"),
    ]  # fmt: skip
    rows = [*_placed(round), *_unplaced(round)]
    rows.sort(key=lambda row: row[0])
    if kind == "csv":
        return write.csv_bytes(header, rows), TYPES["csv"]
    return write.xlsx_bytes(header, rows, sheet=_("Placement")), TYPES["xlsx"]


def _placed(round: Round) -> Iterable[tuple[int, *tuple[object, ...]]]:
    for engagement in teams.engagements().filter(worker__round=round):
        worker, tambon = engagement.worker, engagement.tambon.tambon
        parts = engagement.why.get("parts") or {}
        rank = parts.get("wish_rank")
        yield (
            worker.number,
            worker.person.title,
            worker.person.given_name,
            worker.person.surname,
            engagement.category.name,
            tambon.code,
            tambon.name,
            tambon.district.name,
            tambon.district.province.name,
            engagement.workstream.name,
            engagement.office.agency.name_th if engagement.office else "",
            None if rank is None else rank + 1,
            None if parts.get("km_assumed", True) else parts.get("km"),
        )


def _unplaced(round: Round) -> Iterable[tuple[int, *tuple[object, ...]]]:
    for worker in teams.unplaced(round):
        person = worker.person
        yield worker.number, person.title, person.given_name, person.surname, worker.category.name
