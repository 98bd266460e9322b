"""Spreadsheets that we write: templates to fill in, and exports that no program can mistake for formulas."""

from __future__ import annotations

import csv
import datetime
import io
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import xlsxwriter

from u2t.sheets.columns import Column

# What makes a spreadsheet program take a cell for a formula (OWASP, "CSV injection").
_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
_TEMPLATE_ROWS = 2_000
_LONGEST_CELL = 32_000


@dataclass(frozen=True, slots=True)
class Words:
    """What a template says beside its headers, in the reader's language."""

    sheet: str
    example_sheet: str
    notes_sheet: str
    column: str
    meaning: str
    required: str
    intro: Sequence[str] = ()


def safe(value: object) -> str | int | float:
    """``value`` as a cell that is never a formula.

    Numbers stay numbers, dates become ISO texts, ``None`` is empty. A text that begins like a formula gets an
    apostrophe in front, which spreadsheet programs show as "this is text".
    """
    if value is None:
        return ""
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, (int, float)):
        return value
    text = value.isoformat() if isinstance(value, (datetime.date, datetime.time)) else str(value)
    text = text[:_LONGEST_CELL]
    return "'" + text if text.startswith(_FORMULA_STARTS) else text


def csv_bytes(header: Sequence[str], rows: Iterable[Sequence[object]]) -> bytes:
    """A CSV in UTF-8 with a byte-order mark, so that Excel shows Thai as Thai."""
    out = io.StringIO(newline="")
    writer = csv.writer(out)
    writer.writerow([safe(cell) for cell in header])
    writer.writerows([safe(cell) for cell in row] for row in rows)
    return b"\xef\xbb\xbf" + out.getvalue().encode()


def xlsx_bytes(
    header: Sequence[str],
    rows: Iterable[Sequence[object]],
    *,
    sheet: str = "Sheet1",
    widths: Sequence[int] = (),
) -> bytes:
    """A workbook of one sheet with a frozen bold header; texts (also of digits) stay texts."""
    out = io.BytesIO()
    with _workbook(out) as book:
        page = book.add_worksheet(_sheet_name(sheet))
        _write_header(book, page, header, widths or [18] * len(header))
        for number, row in enumerate(rows, start=1):
            for index, cell in enumerate(row):
                _write_cell(page, number, index, cell)
        if header:
            page.autofilter(0, 0, 0, len(header) - 1)
    return out.getvalue()


def template_bytes(columns: Sequence[Column], words: Words) -> bytes:
    """A workbook to fill in: Thai headers, lists to choose from, text cells; example and notes behind."""
    out = io.BytesIO()
    with _workbook(out) as book:
        text = book.add_format({"num_format": "@"})
        headers = [column.thai + (" *" if column.is_required else "") for column in columns]
        widths = [column.width for column in columns]
        page = book.add_worksheet(_sheet_name(words.sheet))
        _write_header(book, page, headers, widths)
        for index, column in enumerate(columns):
            page.set_column(index, index, column.width, text)
            if column.note:
                page.write_comment(0, index, column.note, {"x_scale": 2})
            if column.choices and sum(map(len, column.choices)) + len(column.choices) < 250:
                page.data_validation(
                    1, index, _TEMPLATE_ROWS, index, {"validate": "list", "source": list(column.choices)}
                )
        example = book.add_worksheet(_sheet_name(words.example_sheet))
        _write_header(book, example, headers, widths)
        for index, column in enumerate(columns):
            example.write_string(1, index, column.example, text)
        _write_notes(book, columns, words)
    return out.getvalue()


def _workbook(out: io.BytesIO) -> xlsxwriter.Workbook:
    return xlsxwriter.Workbook(
        out, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    )


def _write_header(
    book: xlsxwriter.Workbook,
    page: xlsxwriter.worksheet.Worksheet,
    header: Sequence[str],
    widths: Sequence[int],
) -> None:
    bold = book.add_format({"bold": True, "bg_color": "#E6EEF2", "bottom": 1, "text_wrap": True})
    for index, text in enumerate(header):
        page.set_column(index, index, widths[index])
        page.write_string(0, index, str(safe(text)), bold)
    page.freeze_panes(1, 0)


def _write_cell(page: xlsxwriter.worksheet.Worksheet, row: int, index: int, value: object) -> None:
    cell = safe(value)
    if isinstance(cell, str):
        page.write_string(row, index, cell)
    else:
        page.write_number(row, index, cell)


def _write_notes(book: xlsxwriter.Workbook, columns: Sequence[Column], words: Words) -> None:
    page = book.add_worksheet(_sheet_name(words.notes_sheet))
    wrap = book.add_format({"text_wrap": True, "valign": "top"})
    for number, line in enumerate(words.intro):
        page.write_string(number, 0, line)
    start = len(words.intro) + 1
    bold = book.add_format({"bold": True})
    page.set_column(0, 0, 32)
    page.set_column(1, 1, 80)
    page.write_string(start, 0, words.column, bold)
    page.write_string(start, 1, words.meaning, bold)
    for number, column in enumerate(columns, start=start + 1):
        page.write_string(number, 0, f"{column.thai} / {column.english}", wrap)
        choices = " · ".join(column.choices)
        parts = [words.required if column.is_required else "", column.note, choices]
        page.write_string(number, 1, " — ".join(part for part in parts if part), wrap)


def _sheet_name(name: str) -> str:
    """Excel forbids seven signs in the name of a sheet and more than 31 letters."""
    return "".join("-" if letter in "[]:*?/\\" else letter for letter in name)[:31].strip("'") or "Sheet1"
