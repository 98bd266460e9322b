"""Pages that came one by one, bound into one PDF."""

from __future__ import annotations

import io
from collections.abc import Iterable

import pikepdf
from PIL import Image

from u2t.vault import sniffing

# The longer side of A4 in points; a photographed page is shown as large as the paper was.
_A4 = 842


def bound(sheets: Iterable[tuple[bytes, str]]) -> bytes:
    """One PDF of all pages in order; each sheet is (bytes, content type) of a kept JPEG or PDF.

    The pixels of a picture are not encoded a second time.
    """
    made = pikepdf.new()
    for data, content_type in sheets:
        if content_type == sniffing.PDF:
            with pikepdf.open(io.BytesIO(data)) as source:
                made.pages.extend(source.pages)
        else:
            _add_picture(made, data)
    output = io.BytesIO()
    made.save(output)
    return output.getvalue()


def _add_picture(made: pikepdf.Pdf, data: bytes) -> None:
    with Image.open(io.BytesIO(data), formats=("JPEG",)) as picture:
        width, height = picture.size
    pixels = pikepdf.Stream(
        made,
        data,
        Type=pikepdf.Name.XObject,
        Subtype=pikepdf.Name.Image,
        Width=width,
        Height=height,
        ColorSpace=pikepdf.Name.DeviceRGB,
        BitsPerComponent=8,
        Filter=pikepdf.Name.DCTDecode,
    )
    scale = _A4 / max(width, height)
    across, up = round(width * scale), round(height * scale)
    page = made.add_blank_page(page_size=(across, up))
    page.obj.Resources = pikepdf.Dictionary(XObject=pikepdf.Dictionary(P=pixels))
    page.obj.Contents = pikepdf.Stream(made, f"q {across} 0 0 {up} 0 0 cm /P Do Q".encode())
