"""CSV in the encodings and dialects that offices still send."""

from __future__ import annotations

import csv
import io
import re
from collections import Counter

from u2t.sheets.workbook import Cell, Limits, Unreadable

_DELIMITERS = (",", ";", "\t", "|")
_MARK_AFTER_LATIN = re.compile("[A-Za-z][\u0e31\u0e34-\u0e3a\u0e47-\u0e4e]")
_THAI = re.compile("[\u0e01-\u0e5b]")
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]")


def decode(data: bytes) -> tuple[str, str]:
    """The text of ``data`` and the name of its encoding: UTF-8, UTF-16 or Windows-874 (TIS-620).

    Raises :class:`Unreadable` with ``text.broken_utf8`` (``line`` tells where) or ``text.unknown_encoding``.
    """
    for mark, encoding in ((b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"), (b"\xef\xbb\xbf", "utf-8-sig")):
        if data.startswith(mark):
            return _strict(data, encoding), encoding
    if b"\x00" in data[:1000]:
        return _utf16_without_mark(data)
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        return _windows_874(data, error.start), "windows-874"
    if _CONTROL.search(text):
        raise Unreadable("text.unknown_encoding")
    return text, "utf-8"


def read_rows(text: str, limits: Limits) -> list[list[Cell]]:
    """Rows of ``text``, all equally long; the delimiter is the one that divides the first lines best."""
    try:
        reader = csv.reader(io.StringIO(text, newline=""), delimiter=_delimiter(text))
        rows: list[list[Cell]] = []
        cells = 0
        for row in reader:
            cells += len(row)
            if len(row) > limits.columns:
                raise Unreadable("file.too_many_columns", columns=len(row), limit=limits.columns)
            if len(rows) >= limits.rows or cells > limits.cells:
                raise Unreadable("file.too_many_rows", limit=limits.rows)
            rows.append(list(row))
    except csv.Error as error:
        raise Unreadable("text.not_a_table") from error
    width = max(map(len, rows), default=0)
    for padded in rows:
        padded.extend([""] * (width - len(padded)))
    return rows


def _strict(data: bytes, encoding: str) -> str:
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError as error:
        if encoding == "utf-8-sig":
            raise Unreadable("text.broken_utf8", line=data.count(b"\n", 0, error.start) + 1) from error
        raise Unreadable("text.unknown_encoding") from error
    if _CONTROL.search(text):
        raise Unreadable("text.unknown_encoding")
    return text


def _utf16_without_mark(data: bytes) -> tuple[str, str]:
    sample = data[:1000]
    encoding = "utf-16-le" if sample[1::2].count(0) > sample[::2].count(0) else "utf-16-be"
    return _strict(data[: len(data) // 2 * 2], encoding), encoding


def _windows_874(data: bytes, first_odd_byte: int) -> str:
    forgiving = data.decode("utf-8", "replace")
    if len(_THAI.findall(forgiving)) > 5 * forgiving.count("\ufffd"):
        raise Unreadable("text.broken_utf8", line=data.count(b"\n", 0, first_odd_byte) + 1)
    try:
        text = data.decode("cp874")
    except UnicodeDecodeError as error:
        raise Unreadable("text.unknown_encoding") from error
    thai = len(_THAI.findall(text))
    other = sum(1 for character in text if ord(character) > 127) - thai
    if other > thai / 10 or _MARK_AFTER_LATIN.search(text) or _CONTROL.search(text):
        raise Unreadable("text.unknown_encoding")
    return text


def _delimiter(text: str) -> str:
    sample = text[:20_000].splitlines()[:30]

    def columns(delimiter: str) -> tuple[int, int]:
        counts = Counter(
            len(row) for row in csv.reader(sample, delimiter=delimiter) if any(cell.strip() for cell in row)
        )
        width, times = max(
            counts.items(), key=lambda item: (item[1] * (item[0] > 1), item[0]), default=(1, 0)
        )
        return (times if width > 1 else 0, width)

    return max(_DELIMITERS, key=columns)
