"""Spreadsheets built for tests: clean ones, and ones that are wrong in one way."""

from __future__ import annotations

import csv
import io
import zipfile
from collections.abc import Sequence

import openpyxl
from msoffcrypto.format.ooxml import OOXMLFile
from odf.opendocument import OpenDocumentSpreadsheet
from odf.table import Table, TableCell, TableRow
from odf.text import P

Rows = Sequence[Sequence[object]]
HEADER = ("ชื่อ", "นามสกุล", "จำนวน")
ROWS: Rows = (HEADER, ("สมชาย", "ใจดี", "1"), ("มาลี", "ทองคำ", "2"))


def book(rows: Rows = ROWS) -> openpyxl.Workbook:
    workbook = openpyxl.Workbook()
    workbook.active.title = "คน"
    for row in rows:
        workbook.active.append(list(row))
    return workbook


def saved(workbook: openpyxl.Workbook) -> bytes:
    out = io.BytesIO()
    workbook.save(out)
    return out.getvalue()


def xlsx(rows: Rows = ROWS) -> bytes:
    return saved(book(rows))


def ods(rows: Rows = ROWS, *, hidden: frozenset[int] = frozenset(), repeated: int = 1) -> bytes:
    document = OpenDocumentSpreadsheet()
    table = Table(name="คน")
    for number, row in enumerate(rows):
        line = TableRow(visibility="collapse") if number in hidden else TableRow()
        for cell in row:
            made = TableCell(valuetype="string", numbercolumnsrepeated=repeated)
            made.addElement(P(text=str(cell)))
            line.addElement(made)
        table.addElement(line)
    document.spreadsheet.addElement(table)
    out = io.BytesIO()
    document.write(out)
    return out.getvalue()


def text(rows: Rows = ROWS, delimiter: str = ",") -> str:
    out = io.StringIO(newline="")
    csv.writer(out, delimiter=delimiter).writerows(rows)
    return out.getvalue()


def locked(data: bytes, password: str = "ลับ-1234") -> bytes:
    out = io.BytesIO()
    OOXMLFile(io.BytesIO(data)).encrypt(password, out)
    return out.getvalue()


def rezipped(data: bytes, changes: dict[str, bytes]) -> bytes:
    """The archive with some parts replaced or added."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            new.writestr(name, changes.get(name, old.read(name)))
        for name in set(changes) - set(old.namelist()):
            new.writestr(name, changes[name])
    return out.getvalue()


def part(data: bytes, name: str) -> bytes:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return archive.read(name)
