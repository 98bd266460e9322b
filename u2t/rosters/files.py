"""Spreadsheets that this part writes: templates to fill in, and what was found in a roster."""

from __future__ import annotations

from dataclasses import replace

from django.utils.translation import gettext as _

from u2t.pages import findings
from u2t.rosters import words
from u2t.rosters.models import Roster
from u2t.rosters.rules import checking
from u2t.rosters.rules.known import Known
from u2t.sheets import write
from u2t.sheets.columns import Column
from u2t.sheets.report import Report


def offered_columns(kind: str, known: Known) -> list[Column]:
    """The columns of the template, each with what to write in it in the active language."""
    notes = words.NOTES
    offered = checking.KINDS[kind].offered(known)
    return [replace(column, note=str(notes.get(column.field, ""))) for column in offered]


def template_xlsx(kind: str, known: Known) -> bytes:
    """The workbook to fill in: headers and lists, one filled example, and what each column means."""
    said = write.Words(
        sheet=str(Roster.Kind(kind).label),
        example_sheet="ตัวอย่าง",
        notes_sheet="คำอธิบาย",
        column=_("Column"),
        meaning=_("What to write"),
        required=_("must be filled"),
        intro=[
            _("Fill in the first sheet, one row each. The other sheets are not read."),
            _("Columns may be left out or stand in another order. Columns with * must be filled."),
        ],
    )
    return write.template_bytes(offered_columns(kind, known), said)


def template_csv(kind: str, known: Known) -> bytes:
    """The headers alone, for programs that write CSV."""
    return write.csv_bytes([column.thai for column in offered_columns(kind, known)], [])


def findings_xlsx(roster: Roster) -> bytes:
    """Every kept finding as a row: kind, place, column, value, what, what to do."""
    header = [
        _("Kind"),
        _("Place"),
        _("Column"),
        _("Value in the file"),
        _("What was found"),
        _("What to do"),
    ]
    rows = []
    for group in Report.from_json(roster.report["groups"]).groups():
        kind = str(findings.KIND_WORDS[group.kind])
        for finding in group.findings:
            said = words.worded(finding, roster.kind)
            rows.append([kind, said.place, said.field, said.value, said.what, said.to_do])
        if group.left_out:
            more = _("… and %(count)s more of this kind") % {"count": group.left_out}
            rows.append([kind, "", words.field_label(roster.kind, group.field), "", more, ""])
    return write.xlsx_bytes(header, rows, sheet=_("Findings"), widths=[14, 16, 20, 28, 50, 50])
