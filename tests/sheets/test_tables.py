"""From rows of cells to typed columns, with everything odd reported where it stands."""

from __future__ import annotations

from datetime import date

import openpyxl

from tests.sheets import files
from u2t.sheets import cells
from u2t.sheets.columns import INVALID, Column, Compound, Mended
from u2t.sheets.reading import read
from u2t.sheets.report import NOTICE, PROBLEM, REPAIR, Finding, Report
from u2t.sheets.tables import Table, read_table
from u2t.thai.problem import Problem

COLUMNS = (
    Column("given", "ชื่อ", "Given name", cells.text, is_required=True, is_needed=True),
    Column("surname", "นามสกุล", "Surname", cells.text, aliases=("สกุล",), is_required=True, is_needed=True),
    Column("count", "จำนวน", "Count", cells.whole_number(1, 99)),
    Column("on", "วันที่", "Date", cells.day(date(2021, 2, 1))),
)
HEADER = ("ชื่อ", "นามสกุล", "จำนวน", "วันที่")


def table_of(rows: files.Rows | openpyxl.Workbook, **more: object) -> tuple[Table, Report]:
    data = files.saved(rows) if isinstance(rows, openpyxl.Workbook) else files.xlsx(rows)
    report = Report()
    return read_table(read(data, "ก.xlsx"), COLUMNS, report=report, **more), report  # type: ignore[arg-type]


def found(report: Report, kind: str = "") -> list[tuple[str, int, str]]:
    return [(f.code, f.row, f.column) for f in report if kind in ("", f.kind)]


def test_headers_may_be_thai_or_english_starred_in_any_order_below_a_title() -> None:
    table, report = table_of(
        [
            ("รายชื่อผู้ปฏิบัติงาน",),
            ("ประจำปี ๒๕๖๔",),
            (),
            ("Count (คน)", "สกุล *", "GIVEN NAME", "ลำดับที่"),
            ("3", "ใจดี", "สมชาย", 1),
        ]
    )
    assert table.column("given") == ["สมชาย"]
    assert table.column("surname") == ["ใจดี"]
    assert table.column("count") == [3]
    assert table.row_numbers == [5]
    assert not list(report)


def test_one_column_is_enough_where_nothing_else_is_needed() -> None:
    report = Report()
    lone = (
        Column("code", "รหัส", "Code", cells.text, is_needed=True),
        Column("note", "บันทึก", "Note", cells.text),
    )
    table = read_table(read("รหัส\r\n620101\r\n".encode(), "ก.csv"), lone, report=report)
    assert table.column("code") == ["620101"]
    assert not list(report)


def test_a_header_in_two_merged_rows_is_read_as_one() -> None:
    workbook = files.book(
        [("ชื่อ", "นามสกุล", "รายละเอียด", ""), ("", "", "จำนวน", "วันที่"), ("สมชาย", "ใจดี", "2", "1/2/2564")]
    )
    workbook.active.merge_cells("A1:A2")
    workbook.active.merge_cells("B1:B2")
    workbook.active.merge_cells("C1:D1")
    table, _report = table_of(workbook)
    assert (table.column("given"), table.column("count"), table.column("on")) == (
        ["สมชาย"],
        [2],
        [date(2021, 2, 1)],
    )


def test_missing_repeated_and_unknown_headers_are_reported() -> None:
    _table, report = table_of([("ชื่อ", "จำนวน"), ("สมชาย", "1")])
    assert [(f.kind, f.code, f.field) for f in report] == [(PROBLEM, "header.missing", "surname")]
    _table, report = table_of([("ชื่อ", "นามสกุล", "ชื่อ", "สีที่ชอบ"), ("สมชาย", "ใจดี", "มาลี", "เขียว")])
    assert found(report, PROBLEM) == [("header.duplicate", 1, "C")]
    assert found(report, NOTICE) == [("header.unknown", 1, "D")]


def test_a_file_without_headers_says_which_are_wanted() -> None:
    _table, report = table_of([("a", "b"), ("c", "d")])
    problem = next(iter(report.groups(PROBLEM)))
    assert (problem.code, problem.first.about["wanted"]) == ("file.no_header", ["ชื่อ", "นามสกุล"])


def test_totals_notes_blank_rows_and_repeated_headers_are_no_entries() -> None:
    table, report = table_of(
        [HEADER, ("สมชาย", "ใจดี", "1", ""), (), HEADER, ("มาลี", "รวมทรัพย์", "", ""), ("รวมทั้งสิ้น", "", "2 คน", ""),
         ("หมายเหตุ: ข้อมูล ณ วันที่ 1",), ("ลงชื่อ ....",)]
    )  # fmt: skip
    assert table.column("given") == ["สมชาย", "มาลี"]
    assert sorted(found(report)) == [
        ("row.note_skipped", 7, ""), ("row.note_skipped", 8, ""), ("row.repeated_header", 4, ""),
        ("row.total_skipped", 6, ""),
    ]  # fmt: skip


def test_a_problem_stands_at_its_sheet_row_and_column_with_the_value() -> None:
    table, report = table_of([HEADER, ("สมชาย", "", "ร้อย", "29 ก.พ. 2568"), ("มาลี", "ใจดี", "๕", "๑ ก.พ. ๖๔")])
    places = {(f.code, f.sheet, f.row, f.column, f.value) for f in report if f.kind == PROBLEM}
    assert places == {
        ("cell.empty", "คน", 2, "B", ""),
        ("number.unreadable", "คน", 2, "C", "ร้อย"),
        ("date.not_in_calendar", "คน", 2, "D", "29 ก.พ. 2568"),
    }
    assert table.column("count") == [INVALID, 5]
    assert table.broken == {0}
    assert found(report, REPAIR) == [("date.short_year", 3, "D")]


def test_formulas_are_read_with_their_saved_value_and_refused_without() -> None:
    workbook = files.book([HEADER, ("สมชาย", "ใจดี", "1", "")])
    workbook.active["C2"] = "=1+1"
    without = files.saved(workbook)
    sheet = files.part(without, "xl/worksheets/sheet1.xml")
    saved = files.rezipped(
        without,
        {"xl/worksheets/sheet1.xml": sheet.replace(b"<v></v>", b"<v>2</v>").replace(b"<v />", b"<v>2</v>")},
    )
    report = Report()
    table = read_table(read(saved, "ก.xlsx"), COLUMNS, report=report)
    assert table.column("count") == [2]
    assert found(report) == [("cell.formula", 2, "C")]
    report = Report()
    read_table(read(without, "ก.xlsx"), COLUMNS, report=report)
    assert found(report) == [("cell.formula_without_value", 2, "C")]


def test_hidden_rows_are_read_and_listed() -> None:
    workbook = files.book([HEADER, ("สมชาย", "ใจดี", "", ""), ("มาลี", "ทองคำ", "", "")])
    workbook.active.row_dimensions[3].hidden = True
    table, report = table_of(workbook)
    assert len(table) == 2
    assert found(report) == [("row.hidden", 3, "")]


def test_a_merged_cell_counts_for_each_row_that_it_covers() -> None:
    workbook = files.book([HEADER, ("สมชาย", "ใจดี", "", ""), ("มาลี", "", "", "")])
    workbook.active.merge_cells("B2:B3")
    table, report = table_of(workbook)
    assert table.column("surname") == ["ใจดี", "ใจดี"]
    assert found(report) == [("cell.merged_filled", 3, "B")]


def test_rows_of_all_sheets_with_the_header_are_read_and_others_named() -> None:
    workbook = files.book([HEADER, ("สมชาย", "ใจดี", "", "")])
    workbook.create_sheet("อีกแผ่น").append(list(HEADER))
    workbook["อีกแผ่น"].append(["มาลี", "ทองคำ", "", ""])
    workbook.create_sheet("สรุป").append(["อื่น ๆ", "อีก"])
    workbook.create_sheet("ตัวอย่าง").append(list(HEADER))
    table, report = table_of(workbook, skipped_sheets=frozenset({"ตัวอย่าง"}))
    assert list(zip(table.sheet_names, table.row_numbers, strict=True)) == [("คน", 2), ("อีกแผ่น", 2)]
    assert [(f.code, f.sheet) for f in report] == [("sheet.without_header", "สรุป")]


def test_date_cells_serial_numbers_and_buddhist_cells_are_dates() -> None:
    table, report = table_of(
        [HEADER, ("ก", "ข", "", date(2021, 1, 31)), ("ก", "ข", "", 44227), ("ก", "ข", "", date(2564, 1, 31))]
    )
    assert table.column("on") == [date(2021, 1, 31)] * 3
    assert found(report) == [("date.buddhist_cell", 4, "D"), ("date.was_serial", 3, "D")]


def test_a_compound_is_asked_once_for_equal_rows_and_placed_where_it_is_written() -> None:
    asked: list[object] = []

    def both(given: object, surname: object) -> object:
        asked.append(given)
        return Problem("bad", {}) if given == "ชั่ว" else Mended(f"{given} {surname}", ("joined",))

    report = Report()
    data = files.xlsx([HEADER, ("ก", "ข", "", ""), ("ก", "ข", "", ""), ("ชั่ว", "ข", "", "")])
    table = read_table(
        read(data, "ก.xlsx"),
        COLUMNS,
        (Compound("whole", ("given", "surname"), both, at="surname"),),
        report=report,
    )
    assert sorted(map(str, asked)) == ["ก", "ชั่ว"]
    assert table.column("whole") == ["ก ข", "ก ข", INVALID]
    assert found(report) == [("bad", 4, "B"), ("joined", 2, "B"), ("joined", 3, "B")]


def test_a_report_counts_everything_keeps_some_and_travels_as_json() -> None:
    report = Report(keep=2)
    report.extend(Finding(PROBLEM, "x.y", "ก", row, "A", "f", "v", {"n": row}) for row in range(1, 6))
    report.add(Finding(NOTICE, "x.z"))
    again = Report.from_json(report.as_json())
    assert [(g.kind, g.code, g.count, g.left_out) for g in again.groups()] == [
        (PROBLEM, "x.y", 5, 3), (NOTICE, "x.z", 1, 0),
    ]  # fmt: skip
    assert again.has_problems
    assert again.groups(PROBLEM)[0].first == Finding(PROBLEM, "x.y", "ก", 1, "A", "f", "v", {"n": 1})
