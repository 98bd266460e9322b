"""Pictures made anew: upright, without place, camera or anything else hidden in them, of a size that a page can show."""

from __future__ import annotations

import io
from threading import BoundedSemaphore

from PIL import Image, ImageOps

# The longer side of what is kept: an A4 page at 205 dots an inch, legible to the last line of a transcript.
LONGEST_SIDE = 2_400
# Beyond these a picture is no photograph of a paper but an attempt to fill the memory. JPEG is decoded smaller at
# once and may be larger.
MOST_PIXELS = {"JPEG": 64_000_000, "PNG": 30_000_000, "WEBP": 30_000_000}
_QUALITY = 84
# Pixels are large: however many requests come in at once, only so many pictures stand in memory.
_at_once = BoundedSemaphore(2)


class Broken(Exception):
    """It begins like a picture and cannot be read to its end."""


class TooManyPixels(Exception):
    """It claims more pixels than a picture of a paper has."""


def made_anew(data: bytes) -> bytes:
    """The JPEG of a JPEG, PNG or WebP (of an animated one the first picture).

    The orientation that the camera noted is applied; all metadata is dropped; what is transparent becomes white.
    Raises :class:`Broken` and :class:`TooManyPixels`.
    """
    try:
        with _at_once, Image.open(io.BytesIO(data), formats=tuple(MOST_PIXELS)) as picture:
            if picture.width * picture.height > MOST_PIXELS[str(picture.format)]:
                raise TooManyPixels
            return _jpeg(picture)
    except Image.DecompressionBombError as error:
        raise TooManyPixels from error
    except (OSError, SyntaxError, ValueError, EOFError, KeyError) as error:
        raise Broken from error


def _jpeg(picture: Image.Image) -> bytes:
    picture.draft("RGB", (LONGEST_SIDE, LONGEST_SIDE))
    picture.load()
    upright = ImageOps.exif_transpose(picture)
    if upright.mode in {"RGBA", "LA", "PA"} or "transparency" in upright.info:
        layer = upright.convert("RGBA")
        ground = Image.new("RGB", layer.size, "white")
        ground.paste(layer, mask=layer.getchannel("A"))
        upright = ground
    else:
        upright = upright.convert("RGB")
    upright.thumbnail((LONGEST_SIDE, LONGEST_SIDE), Image.Resampling.LANCZOS, reducing_gap=2.0)
    # A fresh picture of the bare pixels: nothing of what the old one carried can come along.
    bare = Image.frombytes("RGB", upright.size, upright.tobytes())
    output = io.BytesIO()
    bare.save(output, "JPEG", quality=_QUALITY, optimize=True)
    return output.getvalue()
