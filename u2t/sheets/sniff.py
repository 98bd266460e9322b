"""What a file really is, whatever its name says."""

from __future__ import annotations

import io
import zipfile

from u2t.sheets.workbook import Unreadable

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_MAGIC = (
    (b"%PDF", "pdf"),
    (b"\x89PNG", "image"),
    (b"\xff\xd8\xff", "image"),
    (b"GIF8", "image"),
    (b"BM", "image"),
    (b"RIFF", "image"),
    (b"II*\x00", "image"),
    (b"MM\x00*", "image"),
    (b"{\\rtf", "rtf"),
    (b"Rar!", "archive"),
    (b"7z\xbc\xaf", "archive"),
    (b"\x1f\x8b", "archive"),
    (b"SQLite format 3", "database"),
    (b"\x7fELF", "program"),
    (b"MZ", "program"),
)
_ZIP_PARTS = (("word/", "word"), ("ppt/", "powerpoint"), ("Index/", "numbers"), ("xl/workbook.bin", "xlsb"))
_NAMES = {
    "xlsx": "xlsx",
    "xlsm": "xlsx",
    "xls": "xls",
    "ods": "ods",
    "csv": "csv",
    "txt": "csv",
    "tsv": "csv",
}


def real_kind(data: bytes) -> str:
    """``"xlsx"``, ``"xls"``, ``"ods"`` or ``"csv"``; raises :class:`Unreadable` for everything else.

    Codes: ``file.empty``, ``file.wrong_kind`` (``kind`` says what it is), ``file.password``, ``file.broken``.
    """
    if not data.strip(b"\x00 \r\n\t"):
        raise Unreadable("file.empty")
    if data[:4] in (b"PK\x03\x04", b"PK\x05\x06", b"PK\x07\x08"):
        return _zip_kind(data)
    if data.startswith(_OLE):
        return _ole_kind(data)
    for magic, kind in _MAGIC:
        if data.startswith(magic) and not _is_text(data):
            raise Unreadable("file.wrong_kind", kind=kind)
    head = data[:4096].lstrip(b"\xef\xbb\xbf \r\n\t").lower()
    if head.startswith((b"<!doctype", b"<html", b"<table", b"<head", b"<style", b"<meta", b"<div")):
        raise Unreadable("file.wrong_kind", kind="html")
    if head.startswith(b"<?xml"):
        raise Unreadable("file.wrong_kind", kind="xml")
    if head.startswith((b"%pdf", b"{\\rtf")):
        raise Unreadable("file.wrong_kind", kind="pdf" if head.startswith(b"%pdf") else "rtf")
    return "csv"


def named_kind(filename: str) -> str:
    """The kind that the name promises, or an empty string where it promises none of ours."""
    return _NAMES.get(filename.rpartition(".")[2].lower(), "")


def _is_text(data: bytes) -> bool:
    """Whether a magic of plain letters (``BM``, ``MZ``) may as well begin a text file."""
    return data[:2] in (b"BM", b"MZ", b"RI") and b"\x00" not in data[:512]


def _zip_kind(data: bytes) -> str:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            names = set(archive.namelist())
            if "xl/workbook.xml" in names:
                return "xlsx"
            for part, kind in _ZIP_PARTS:
                if any(name.startswith(part) for name in names):
                    raise Unreadable("file.wrong_kind", kind=kind)
            if "content.xml" in names:
                return _opendocument_kind(archive, names)
            if "[Content_Types].xml" in names:
                return "xlsx"
    except Unreadable:
        raise
    except Exception as error:  # zipfile answers broken archives with a dozen kinds of exception
        raise Unreadable("file.broken") from error
    raise Unreadable("file.wrong_kind", kind="archive")


def _opendocument_kind(archive: zipfile.ZipFile, names: set[str]) -> str:
    if "META-INF/manifest.xml" in names:
        with archive.open("META-INF/manifest.xml") as manifest:
            if b"encryption-data" in manifest.read(1_000_000):
                raise Unreadable("file.password")
    if "mimetype" in names:
        with archive.open("mimetype") as mimetype:
            kind = mimetype.read(200)
        if b"spreadsheet" not in kind:
            raise Unreadable("file.wrong_kind", kind="word" if b"text" in kind else "opendocument")
    return "ods"


def _ole_kind(data: bytes) -> str:
    """The directory of an OLE file names its streams in UTF-16."""

    def has(stream: str) -> bool:
        return stream.encode("utf-16-le") in data

    if has("EncryptedPackage") or has("EncryptionInfo"):
        raise Unreadable("file.password")
    if has("Workbook") or has("Book"):
        return "xls"
    if has("WordDocument"):
        raise Unreadable("file.wrong_kind", kind="word")
    raise Unreadable("file.broken")
