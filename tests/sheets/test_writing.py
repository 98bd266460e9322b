"""What we write can be opened, read again, and is never a formula."""

from __future__ import annotations

import csv
import io
from datetime import date

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from u2t.sheets import cells, write
from u2t.sheets.columns import Column
from u2t.sheets.reading import read
from u2t.sheets.report import Report
from u2t.sheets.tables import read_table

DANGEROUS = ["=1+1", "+66812345678", "-5", "@SUM(A1)", "\t=1", "\r=1", '=HYPERLINK("http://x")', "＝1"]


@pytest.mark.parametrize("value", DANGEROUS)
def test_a_text_that_begins_like_a_formula_is_exported_as_text(value: str) -> None:
    rows = list(csv.reader(io.StringIO(write.csv_bytes(["ก"], [[value]]).decode("utf-8-sig"), newline="")))
    assert rows[1][0].startswith("'")
    sheet = openpyxl.load_workbook(io.BytesIO(write.xlsx_bytes(["ก"], [[value]]))).active
    assert sheet["A2"].data_type == "s"
    assert sheet["A2"].value.startswith("'")


@settings(max_examples=40, deadline=None)
@given(st.text(alphabet=st.characters(codec="utf-8", exclude_categories=["Cc", "Cs"]), max_size=20))
def test_no_exported_text_is_a_formula(value: str) -> None:
    sheet = openpyxl.load_workbook(io.BytesIO(write.xlsx_bytes(["ก"], [[value], ["ท้าย"]]))).active
    assert sheet["A2"].data_type in ("s", "n")


def test_id_numbers_stay_text_and_numbers_stay_numbers() -> None:
    data = write.xlsx_bytes(["เลข", "จำนวน", "วัน", "ว่าง"], [["0123456789012", 5, date(2021, 1, 31), None]])
    assert read(data, "ก.xlsx").sheets[0].rows[1][:3] == ["0123456789012", 5.0, "2021-01-31"]


def test_a_template_is_read_again_and_its_example_is_not_taken_for_a_row() -> None:
    columns = (
        Column(
            "given",
            "ชื่อ",
            "Given name",
            cells.text,
            is_required=True,
            is_needed=True,
            example="ตัวอย่าง",
            note="=ชื่อจริง",
        ),
        Column("kind", "ประเภท", "Kind", cells.text, choices=("ก", "ข"), example="ก"),
    )
    words = write.Words("คน", "ตัวอย่าง", "คำอธิบาย", "คอลัมน์", "ความหมาย", "จำเป็น", ["กรอกที่นี่"])
    data = write.template_bytes(columns, words)
    report = Report()
    table = read_table(
        read(data, "ก.xlsx"), columns, report=report, skipped_sheets=frozenset({"ตัวอย่าง", "คำอธิบาย"})
    )
    assert len(table) == 0
    assert [finding.code for finding in report] == ["file.no_rows"]
    book = openpyxl.load_workbook(io.BytesIO(data))
    assert [cell.value for cell in book["คน"][1]] == ["ชื่อ *", "ประเภท"]
    assert [cell.value for cell in book["ตัวอย่าง"][2]] == ["ตัวอย่าง", "ก"]
    assert book["คน"].freeze_panes == "A2"
    assert book["คน"].data_validations.dataValidation[0].formula1 == '"ก,ข"'
