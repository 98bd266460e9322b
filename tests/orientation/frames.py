"""Frames as a phone's camera gives them: a pass held before it, turned, tilted, out of focus, in bad light."""

from __future__ import annotations

import random
from io import BytesIO
from pathlib import Path

import segno
from PIL import Image, ImageChops, ImageDraw, ImageEnhance, ImageFilter

Point = tuple[float, float]


def code(text: str, *, version: int | None = None, error: str = "m", scale: int = 8) -> Image.Image:
    """The code alone, black on white with its quiet zone."""
    made = segno.make_qr(text, error=error, version=version, boost_error=False)
    out = BytesIO()
    made.save(out, kind="png", scale=scale, border=4)
    return Image.open(out).convert("RGB")


def frame(
    picture: Image.Image,
    *,
    size: tuple[int, int] = (640, 480),
    share: float = 0.7,
    turn: float = 0,
    tilt: float = 0,
    blur: float = 0,
    light: float = 1,
    noise: int = 0,
    shadow: bool = False,
    seed: int = 1,
) -> Image.Image:
    """``picture`` on a grey desk: ``share`` of the frame's height, ``turn`` in degrees, ``tilt`` from 0 to 0.3."""
    side = round(size[1] * share)
    held = picture.resize((side, side), Image.Resampling.LANCZOS).convert("RGBA")
    if tilt:
        held = _tilted(held, tilt)
    held = held.rotate(turn, expand=True, resample=Image.Resampling.BICUBIC)
    desk = Image.new("RGB", size, (118, 110, 96))
    desk.paste(held, ((size[0] - held.width) // 2, (size[1] - held.height) // 2), held)
    if shadow:
        dark = Image.new("L", size, 255)
        ImageDraw.Draw(dark).polygon(
            [(0, 0), (size[0] * 0.55, 0), (size[0] * 0.35, size[1]), (0, size[1])], fill=95
        )
        desk = Image.composite(desk, Image.new("RGB", size), dark.filter(ImageFilter.GaussianBlur(14)))
    if blur:
        desk = desk.filter(ImageFilter.GaussianBlur(blur))
    if light != 1:
        desk = ImageEnhance.Brightness(desk).enhance(light)
    return _noisy(desk, noise, seed) if noise else desk


def _tilted(held: Image.Image, tilt: float) -> Image.Image:
    """Seen from the side: the far edge shorter and the near one lower."""
    side = held.width
    far: list[Point] = [(0, 0), (side, side * tilt * 0.6), (side, side * (1 - tilt)), (0, side)]
    return held.transform(
        (side, side),
        Image.Transform.PERSPECTIVE,
        _coefficients(far, _corners(side)),
        Image.Resampling.BICUBIC,
    )


def _corners(side: float) -> list[Point]:
    return [(0, 0), (side, 0), (side, side), (0, side)]


def _coefficients(to: list[Point], source: list[Point]) -> list[float]:
    """The eight numbers of Pillow's perspective: where each point of the result comes from."""
    rows = []
    for (x, y), (u, v) in zip(to, source, strict=True):
        rows.append([x, y, 1, 0, 0, 0, -u * x, -u * y, u])
        rows.append([0, 0, 0, x, y, 1, -v * x, -v * y, v])
    for column in range(8):
        pivot = max(range(column, 8), key=lambda row: abs(rows[row][column]))
        rows[column], rows[pivot] = rows[pivot], rows[column]
        for row in range(8):
            if row != column:
                factor = rows[row][column] / rows[column][column]
                rows[row] = [a - factor * b for a, b in zip(rows[row], rows[column], strict=True)]
    return [rows[n][8] / rows[n][n] for n in range(8)]


def _noisy(picture: Image.Image, amount: int, seed: int) -> Image.Image:
    grain = random.Random(seed)
    noise = Image.frombytes("L", picture.size, grain.randbytes(picture.width * picture.height))
    strength = noise.point(lambda value: value * 2 * amount // 255)
    light = Image.merge("RGB", [strength] * 3)
    flat = Image.new("RGB", picture.size, (amount,) * 3)
    return ImageChops.subtract(ImageChops.add(picture, light), flat)


def png(picture: Image.Image) -> bytes:
    out = BytesIO()
    picture.save(out, format="PNG", compress_level=1)
    return out.getvalue()


def film(pictures: list[Image.Image], path: Path) -> Path:
    """A film of JPEG pictures one after the other, which Chromium plays for a camera, again and again."""
    with path.open("wb") as out:
        for picture in pictures:
            picture.convert("RGB").save(out, format="JPEG", quality=80)
    return path
