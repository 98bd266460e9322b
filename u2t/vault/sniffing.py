"""What a file is, by its first bytes; its name and what the browser calls it prove nothing."""

from __future__ import annotations

JPEG, PNG, WEBP, PDF = "image/jpeg", "image/png", "image/webp", "application/pdf"
HEIC = "image/heic"
PROGRAM = "program"
PICTURES = frozenset({JPEG, PNG, WEBP})

_BEGINNINGS = (
    (b"\xff\xd8\xff", JPEG),
    (b"\x89PNG\r\n\x1a\n", PNG),
    (b"MZ", PROGRAM),
    (b"\x7fELF", PROGRAM),
    (b"#!", PROGRAM),
    (b"\xcf\xfa\xed\xfe", PROGRAM),
    (b"\xce\xfa\xed\xfe", PROGRAM),
    (b"\xca\xfe\xba\xbe", PROGRAM),
    (b"\xfe\xed\xfa\xcf", PROGRAM),
)
# Brands of the box "ftyp" that phones write for photographs in HEVC (Apple calls the setting "High Efficiency").
_HEIF_BRANDS = frozenset({b"heic", b"heix", b"hevc", b"hevx", b"heim", b"heis", b"mif1", b"msf1"})


def kind(data: bytes) -> str:
    """One of the names above, or an empty text for everything else."""
    for beginning, found in _BEGINNINGS:
        if data.startswith(beginning):
            return found
    if data[:4] == b"RIFF" and data[8:12] == b"WEBP":
        return WEBP
    if data[4:8] == b"ftyp" and data[8:12] in _HEIF_BRANDS:
        return HEIC
    # Readers of PDF look for the mark in the first kilobyte; some scanners write a line before it.
    if b"%PDF-" in data[:1024]:
        return PDF
    return ""
