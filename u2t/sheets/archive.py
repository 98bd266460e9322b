"""A zipped workbook, opened with suspicion: nothing is parsed before its real size is known."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator

from u2t.sheets.workbook import Limits, Unreadable

_CHUNK = 1 << 20
_UNBOUNDED = 1 << 62
# A document type could define entities that grow without end; no spreadsheet program writes one.
_DOCTYPE = re.compile(rb"<!(DOCTYPE|ENTITY)", re.IGNORECASE)


def inflated_parts(data: bytes, limits: Limits) -> dict[str, bytes]:
    """Every XML part of the archive by name, inflated.

    The sizes that the archive declares are not believed: bytes are counted while they are inflated, and more
    than ``limits.inflated_bytes`` in all is refused (``file.too_big_inside``), as are too many entries, a
    password and a broken archive.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            entries = archive.infolist()
            if len(entries) > limits.zip_entries:
                raise Unreadable("file.too_big_inside", limit=limits.zip_entries)
            if sum(entry.file_size for entry in entries) > limits.inflated_bytes:
                raise Unreadable("file.too_big_inside", limit=limits.inflated_bytes)
            return dict(_inflate(archive, entries, limits.inflated_bytes))
    except Unreadable:
        raise
    except Exception as error:  # zipfile and zlib answer broken archives with a dozen kinds of exception
        raise Unreadable("file.broken") from error


def _inflate(
    archive: zipfile.ZipFile, entries: list[zipfile.ZipInfo], allowed: int
) -> Iterator[tuple[str, bytes]]:
    for entry in entries:
        if entry.flag_bits & 1:
            raise Unreadable("file.password")
        is_xml = entry.filename.lower().endswith((".xml", ".rels"))
        # zipfile stops at the declared size; the reader behind us does not, so neither does this count.
        entry.file_size = _UNBOUNDED
        pieces = []
        with archive.open(entry) as stream:
            while piece := stream.read(_CHUNK):
                allowed -= len(piece)
                if allowed < 0:
                    raise Unreadable("file.too_big_inside", limit=0)
                if is_xml:
                    pieces.append(piece)
        if is_xml:
            part = b"".join(pieces)
            if _DOCTYPE.search(part, 0, 4096):
                raise Unreadable("file.broken")
            yield entry.filename, part
