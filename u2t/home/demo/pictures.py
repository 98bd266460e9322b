"""Papers that nobody owns: pictures that say what they stand for."""

from __future__ import annotations

import io

from PIL import Image, ImageDraw


def sample(kind: str) -> bytes:
    """A JPEG of a portrait sheet with the word SAMPLE and the kind of paper on it."""
    picture = Image.new("RGB", (900, 1200), "#dfe7ef")
    drawing = ImageDraw.Draw(picture)
    drawing.rectangle((60, 60, 840, 1140), outline="#4a6580", width=8)
    drawing.text((330, 560), f"SAMPLE {kind}", fill="#24384c", font_size=60)
    kept = io.BytesIO()
    picture.save(kept, "JPEG", quality=80)
    return kept.getvalue()
