"""Files as they really come: read, or refused with the reason."""

from __future__ import annotations

import io
import random
import struct
import zipfile

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.sheets import files
from u2t.sheets import write
from u2t.sheets.reading import read
from u2t.sheets.workbook import Limits, Unreadable, Workbook

SHEET = "xl/worksheets/sheet1.xml"
SMALL = Limits(inflated_bytes=2_000_000, rows=1_000, columns=50, cells=20_000)


def refusal(data: bytes, name: str = "รายชื่อ.xlsx", limits: Limits = SMALL) -> str:
    with pytest.raises(Unreadable) as refused:
        read(data, name, limits)
    return refused.value.problem.code


def is_read_or_refused(data: bytes, name: str, limits: Limits) -> bool:
    """Whatever else is raised fails the test that asks."""
    try:
        return bool(read(data, name, limits).kind)
    except Unreadable as refused:
        return "." in refused.problem.code


def first_rows(workbook: Workbook) -> list[list[object]]:
    return [list(row) for row in workbook.sheets[0].rows]


@pytest.mark.parametrize(
    ("data", "name"),
    [
        (files.xlsx(), "ก.xlsx"),
        (files.ods(), "ก.ods"),
        (files.text().encode("utf-8"), "ก.csv"),
        (files.text().encode("utf-8-sig"), "ก.csv"),
        (files.text().encode("utf-16"), "ก.csv"),
        (files.text().encode("utf-16-le"), "ก.csv"),
        (files.text().encode("cp874"), "ก.csv"),
        (files.text(delimiter=";").encode("cp874"), "ก.csv"),
        (files.text(delimiter="\t").encode("utf-8"), "ก.txt"),
    ],
)
def test_every_kind_and_encoding_gives_the_same_rows(data: bytes, name: str) -> None:
    assert first_rows(read(data, name)) == [list(row) for row in files.ROWS]


def test_a_file_is_read_as_what_it_is_and_not_as_it_is_named() -> None:
    found = read(files.text().encode(), "รายชื่อ.xlsx")
    assert found.kind == "csv"
    assert [notice.code for notice in found.notices] == ["file.kind_differs_from_name"]


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "file.empty"),
        (b"%PDF-1.7\n%\xe2\xe3", "file.wrong_kind"),
        (b"\x89PNG\r\n\x1a\n\x00\x00", "file.wrong_kind"),
        (b"<html><table><tr><td>1</td></tr></table>", "file.wrong_kind"),
        (b"\xef\xbb\xbf<?xml version='1.0'?><Workbook/>", "file.wrong_kind"),
        (files.xlsx()[:200], "file.broken"),
        (files.xlsx()[:-300], "file.broken"),
        (files.locked(files.xlsx()), "file.password"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "file.broken"),
        ("prénom,été\nà,b\n".encode("latin-1"), "text.unknown_encoding"),
        ("名前,住所\n".encode("shift-jis"), "text.unknown_encoding"),
        (random.Random(1).randbytes(5_000), "text.unknown_encoding"),
        ("ชื่อ,นามสกุล\nสมชาย,ใจดี\n".encode()[:-3] + b"\n", "text.broken_utf8"),
        (("," * 100_000).encode(), "file.too_many_columns"),
        (b"a,b\n" * 5_000, "file.too_many_rows"),
    ],
)
def test_what_is_no_readable_table_is_refused_with_its_reason(data: bytes, code: str) -> None:
    assert refusal(data) == code


def test_a_word_document_and_a_plain_archive_are_not_workbooks() -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("word/document.xml", "<w/>")
    assert refusal(out.getvalue()) == "file.wrong_kind"
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("บันทึก.txt", "x")
    assert refusal(out.getvalue()) == "file.wrong_kind"


def test_a_zip_bomb_is_refused_before_it_is_parsed() -> None:
    bomb = files.rezipped(files.xlsx(), {SHEET: b"<worksheet>" + b" " * 5_000_000 + b"</worksheet>"})
    assert len(bomb) < 20_000
    assert refusal(bomb) == "file.too_big_inside"


def test_a_zip_bomb_that_lies_about_its_size_is_refused_all_the_same() -> None:
    bomb = bytearray(
        files.rezipped(files.xlsx(), {SHEET: b"<worksheet>" + b" " * 5_000_000 + b"</worksheet>"})
    )
    honest = struct.pack("<I", 5_000_023)
    assert bomb.count(honest) >= 1
    lying = bytes(bomb).replace(honest, struct.pack("<I", 900))
    assert refusal(lying) in ("file.too_big_inside", "file.broken")


def test_cells_in_far_corners_are_refused_without_laying_out_the_sheet() -> None:
    workbook = files.book()
    workbook.active["XFD1048576"] = "ไกล"
    assert refusal(files.saved(workbook)) == "file.too_many_columns"
    workbook = files.book()
    workbook.active["B1048576"] = "ลึก"
    assert refusal(files.saved(workbook)) == "file.too_many_rows"


def test_styled_but_empty_cells_far_below_do_no_harm() -> None:
    workbook = files.book()
    workbook.active["A1048576"].number_format = "@"
    assert len(first_rows(read(files.saved(workbook), "ก.xlsx", SMALL))) == 3


@pytest.mark.parametrize("cell", [b"<c r='XFD9'", b'<c  r="XFD9"', b'<x:c r="XFD9"', b'<c t="s" r="XFD9"'])
def test_unusual_spellings_of_a_far_cell_do_not_get_past_the_limit(cell: bytes) -> None:
    data = files.xlsx()
    end = b"</x:c>" if cell.startswith(b"<x:") else b"</c>"
    sheet = files.part(data, SHEET).replace(
        b"</sheetData>", b'<row r="9">' + cell + b"><v>1</v>" + end + b"</row></sheetData>"
    )
    sheet = sheet.replace(
        b"<worksheet ", b'<worksheet xmlns:x="http://schemas.openxmlformats.org/spreadsheetml/2006/main" '
    )
    assert refusal(files.rezipped(data, {SHEET: sheet})) in ("file.too_many_columns", "file.broken")


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (b"<sheetData>", b'<cols><col min="1" max="%s" hidden="1"/></cols><sheetData>'),
        (b'<row r="2"', b'<row hidden="1" r="%s"'),
        (b'<c r="A2"', b'<c r="A%s"'),
    ],
)
def test_numbers_of_thousands_of_digits_are_refused(old: bytes, new: bytes) -> None:
    data = files.xlsx()
    sheet = files.part(data, "xl/worksheets/sheet1.xml")
    assert old in sheet
    hostile = files.rezipped(data, {"xl/worksheets/sheet1.xml": sheet.replace(old, new % (b"9" * 5_000), 1)})
    assert refusal(hostile) == "file.broken"


def test_null_characters_of_a_workbook_are_dropped() -> None:
    data = write.xlsx_bytes(["ชื่อ", "นามสกุล"], [["สมชาย", "ใจดี"]])
    texts = files.part(data, "xl/sharedStrings.xml")
    hidden = texts.replace("ใจดี".encode(), "ใจ_x0000_ดี".encode())
    rows = first_rows(read(files.rezipped(data, {"xl/sharedStrings.xml": hidden}), "ก.xlsx"))
    assert rows[1] == ["สมชาย", "ใจดี"]


def test_many_sheets_together_are_held_to_the_limit_of_one() -> None:
    workbook = files.book()
    for number in range(5):
        workbook.create_sheet(f"แผ่น {number}").append(["x"] * 40)
        workbook[f"แผ่น {number}"]["A150"] = "x"
    assert refusal(files.saved(workbook)) == "file.too_many_rows"


def test_a_document_type_is_refused() -> None:
    sheet = b'<!DOCTYPE a [<!ENTITY b "c">]>' + files.part(files.xlsx(), SHEET)
    assert refusal(files.rezipped(files.xlsx(), {SHEET: sheet})) == "file.broken"


def test_a_repeated_cell_of_an_opendocument_sheet_is_counted_before_it_is_laid_out() -> None:
    assert refusal(files.ods(repeated=1_000_000), "ก.ods") == "file.too_many_columns"


def test_external_links_are_noticed_and_not_followed() -> None:
    linked = files.rezipped(files.xlsx(), {"xl/externalLinks/externalLink1.xml": b"<externalLink/>"})
    assert "file.external_links" in [notice.code for notice in read(linked, "ก.xlsx").notices]


def test_hidden_rows_columns_sheets_formulas_and_error_cells_are_known() -> None:
    workbook = files.book()
    sheet = workbook.active
    sheet.row_dimensions[2].hidden = True
    sheet.column_dimensions["B"].hidden = True
    sheet["C2"], sheet["C3"] = "=1+1", "#REF!"
    workbook.create_sheet("ซ่อน").sheet_state = "hidden"
    found = read(files.saved(workbook), "ก.xlsx")
    facts = found.sheets[0].facts
    assert (facts.hidden_rows, facts.hidden_columns) == ({1}, {1})
    assert facts.formulas == {(1, 2): False}
    assert facts.errors == {(2, 2)}
    assert [(n.code, n.about) for n in found.notices] == [("sheet.hidden_sheet_skipped", {"sheet": "ซ่อน"})]
    assert read(files.ods(hidden=frozenset({1})), "ก.ods").sheets[0].facts.hidden_rows == {1}


@settings(max_examples=60, deadline=None)
@given(
    st.binary(max_size=400),
    st.sampled_from(["", "PK\x03\x04", "\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1Workbook", "\xff\xfe"]),
)
def test_no_bytes_end_in_anything_but_a_workbook_or_a_refusal(tail: bytes, head: str) -> None:
    assert is_read_or_refused(head.encode("latin-1") + tail, "ก.xlsx", SMALL)


CLEAN = {"xlsx": files.xlsx(), "ods": files.ods(), "csv": files.text().encode("cp874")}


@settings(max_examples=80, deadline=None)
@given(st.sampled_from(sorted(CLEAN)), st.data())
def test_no_damage_to_a_good_file_ends_in_anything_but_a_workbook_or_a_refusal(
    kind: str, data: st.DataObject
) -> None:
    broken = bytearray(CLEAN[kind])
    for _ in range(data.draw(st.integers(1, 5))):
        broken[data.draw(st.integers(0, len(broken) - 1))] = data.draw(st.integers(0, 255))
    assert is_read_or_refused(bytes(broken), f"ก.{kind}", SMALL)


@settings(max_examples=60, deadline=None)
@given(st.data())
def test_no_damage_inside_the_xml_of_a_sheet_gets_past_the_reader(data: st.DataObject) -> None:
    sheet = bytearray(files.part(CLEAN["xlsx"], SHEET))
    start = data.draw(st.integers(0, len(sheet) - 1))
    sheet[start : start + data.draw(st.integers(0, 6))] = data.draw(st.binary(max_size=8))
    assert is_read_or_refused(files.rezipped(CLEAN["xlsx"], {SHEET: bytes(sheet)}), "ก.xlsx", SMALL)


def test_an_old_xls_file_that_is_cut_off_is_refused() -> None:
    head = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "Workbook".encode("utf-16-le")
    assert refusal(head + bytes(600), "ก.xls") == "file.broken"
