"""Whether some bytes are a picture that letters can print: decided by the content, never by the name."""

from __future__ import annotations

import struct
import zlib

from u2t.objections import Objection

BYTES_AT_MOST = 1_000_000
PIXELS_AT_MOST = 3_000

_PNG = b"\x89PNG\r\n\x1a\n"
_JPEG = b"\xff\xd8\xff"


def kind(content: bytes) -> str:
    """``png``, ``jpg`` or an empty text."""
    if content.startswith(_PNG):
        return "png"
    return "jpg" if content.startswith(_JPEG) else ""


def objections(content: bytes) -> list[Objection]:
    """Why these bytes can't be the emblem."""
    if len(content) > BYTES_AT_MOST:
        return [Objection("programme.emblem_too_large", {"most": BYTES_AT_MOST // 1000}, "emblem")]
    if not kind(content):
        return [Objection("programme.emblem_not_picture", {}, "emblem")]
    size = _png_size(content) if kind(content) == "png" else _jpeg_size(content)
    if size is None:
        return [Objection("programme.emblem_broken", {}, "emblem")]
    if max(size) > PIXELS_AT_MOST:
        return [Objection("programme.emblem_too_many_pixels", {"most": PIXELS_AT_MOST}, "emblem")]
    return []


def _png_size(content: bytes) -> tuple[int, int] | None:
    """Width and height where every chunk up to the end is whole, otherwise nothing."""
    at, size, drawn = len(_PNG), None, b""
    while at + 12 <= len(content):
        (length,) = struct.unpack(">I", content[at : at + 4])
        end = at + 12 + length
        if end > len(content) or zlib.crc32(content[at + 4 : end - 4]) != _number(content[end - 4 : end]):
            return None
        name = content[at + 4 : at + 8]
        if name == b"IHDR" and length == 13:
            size = (_number(content[at + 8 : at + 12]), _number(content[at + 12 : at + 16]))
        if name == b"IDAT":
            drawn += content[at + 8 : end - 4]
        if name == b"IEND":
            return size if size and min(size) > 0 and _unpacks(drawn) else None
        at = end
    return None


def _unpacks(drawn: bytes) -> bool:
    """Whether the packed pixels are whole; a picture that unpacks to more than any allowed one is not."""
    unpacking = zlib.decompressobj()
    try:
        unpacking.decompress(drawn, PIXELS_AT_MOST * PIXELS_AT_MOST * 8 + PIXELS_AT_MOST)
    except zlib.error:
        return False
    return unpacking.eof


def _jpeg_size(content: bytes) -> tuple[int, int] | None:
    """Width and height from the frame header of a file that has its end mark."""
    if b"\xff\xd9" not in content[-64:]:
        return None
    at = 2
    while at + 9 < len(content) and content[at] == 0xFF:
        marker, length = content[at + 1], _number(content[at + 2 : at + 4])
        if 0xC0 <= marker <= 0xCF and marker not in (0xC4, 0xC8, 0xCC):
            height, width = _number(content[at + 5 : at + 7]), _number(content[at + 7 : at + 9])
            return (width, height) if min(width, height) > 0 else None
        at += 2 + length
    return None


def _number(raw: bytes) -> int:
    return int.from_bytes(raw, "big")
