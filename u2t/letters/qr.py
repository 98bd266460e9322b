"""The only module that knows segno: text to QR code as SVG."""

from __future__ import annotations

from io import BytesIO

import segno


def svg(text: str, *, quiet: int = 2) -> str:
    """``text`` as an inline SVG that fills its box; error correction M, ``quiet`` modules of white around it.

    Raises ``ValueError`` for a text that no QR code holds.
    """
    try:
        code = segno.make_qr(text, error="m")
    except segno.DataOverflowError as overflow:
        raise ValueError(f"{len(text)} characters do not fit into a QR code") from overflow
    out = BytesIO()
    code.save(
        out,
        kind="svg",
        border=quiet,
        xmldecl=False,
        svgclass="qr",
        lineclass=None,
        omitsize=True,
        light="#fff",
    )
    return out.getvalue().decode("utf-8")
