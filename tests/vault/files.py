"""Files as people and others send them, made in the memory."""

from __future__ import annotations

import io

import pikepdf
from PIL import Image, ImageDraw

# What a phone notes beside a picture taken on its side, in a place.
TURNED, IN_A_PLACE = 6, "GPS of a village"


def picture(
    width: int = 800, height: int = 600, *, kind: str = "JPEG", colour: str = "white", exif: bool = False
) -> bytes:
    """A picture whose upper left corner is red, as the camera stores it."""
    made = Image.new("RGB", (width, height), colour)
    ImageDraw.Draw(made).rectangle((0, 0, width // 4, height // 4), fill="red")
    output = io.BytesIO()
    noted = Image.Exif()
    if exif:
        noted[0x0112] = TURNED
        noted[0x010E] = IN_A_PLACE
    made.save(output, kind, **({"exif": noted} if exif else {}))
    return output.getvalue()


def pdf(pages: int = 1, *, password: str = "", **root: pikepdf.Object) -> bytes:
    """A PDF of empty pages; ``root`` goes into its catalogue."""
    made = pikepdf.new()
    for _ in range(pages):
        made.add_blank_page()
    for name, value in root.items():
        made.Root[f"/{name}"] = value
    output = io.BytesIO()
    if password:
        made.save(output, encryption=pikepdf.Encryption(owner=password, user=password))
    else:
        made.save(output)
    return output.getvalue()


def pdf_with_attachment() -> bytes:
    made = pikepdf.new()
    made.add_blank_page()
    made.attachments["x.txt"] = b"hidden"
    output = io.BytesIO()
    made.save(output)
    return output.getvalue()


def pdf_with_script_behind_a_button() -> bytes:
    """The script hangs on a form field, compressed away in an object stream."""
    made = pikepdf.new()
    made.add_blank_page()
    script = pikepdf.Dictionary(S=pikepdf.Name.JavaScript, JS=pikepdf.String("app.alert(1)"))
    button = pikepdf.Dictionary(
        Type=pikepdf.Name.Annot,
        Subtype=pikepdf.Name.Widget,
        Rect=[0, 0, 9, 9],
        AA=pikepdf.Dictionary(E=script),
    )
    made.pages[0].obj["/Annots"] = pikepdf.Array([made.make_indirect(button)])
    output = io.BytesIO()
    made.save(output, object_stream_mode=pikepdf.ObjectStreamMode.generate)
    return output.getvalue()


def opened(data: bytes) -> Image.Image:
    return Image.open(io.BytesIO(data))
