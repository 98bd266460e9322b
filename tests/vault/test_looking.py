"""What the vault lets in, what it makes anew, and what it refuses with which words."""

from __future__ import annotations

import io
import struct
import zlib

import pikepdf
import pytest
from PIL import Image

from tests.vault import files
from u2t.objections import Refused
from u2t.pages import words
from u2t.vault import looking

MOST = 5_000_000


def look(data: bytes, name: str = "paper.jpg") -> looking.Looked:
    return looking.look_at(data, name=name, most=MOST)


def refusals(data: bytes, name: str = "paper.jpg") -> list[str]:
    with pytest.raises(Refused) as refused:
        look(data, name)
    for objection in refused.value.objections:
        assert name in words.say(objection)
    return [objection.code for objection in refused.value.objections]


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_a_picture_is_kept_as_a_jpeg_made_anew(kind: str) -> None:
    looked = look(files.picture(kind=kind))
    made = files.opened(looked.data)
    assert looked.content_type == "image/jpeg"
    assert (made.format, made.size, looked.pages) == ("JPEG", (800, 600), 1)


def test_a_picture_taken_on_its_side_stands_upright_and_tells_nothing_of_its_place() -> None:
    looked = look(files.picture(800, 600, exif=True))
    made = files.opened(looked.data).convert("RGB")
    assert made.size == (600, 800)
    # The red corner of the sensor's upper left is at the upper right when the phone is turned back.
    assert made.getpixel((590, 10))[0] > 200  # type: ignore[index]
    assert made.getpixel((590, 10))[2] < 60  # type: ignore[index]
    assert not made.getexif()
    assert files.IN_A_PLACE.encode() not in looked.data


def test_what_stands_behind_the_end_of_a_picture_does_not_come_along() -> None:
    looked = look(files.picture() + b"PK\x03\x04 an archive behind the picture <script>")
    assert b"<script>" not in looked.data


def test_a_large_photograph_becomes_small_enough_for_a_page_and_keeps_its_shape() -> None:
    made = files.opened(look(files.picture(4_000, 3_000)).data)
    assert made.size == (2_400, 1_800)


def test_what_is_transparent_becomes_white_not_black() -> None:
    output = io.BytesIO()
    Image.new("RGBA", (300, 300), (0, 0, 0, 0)).save(output, "PNG")
    made = files.opened(look(output.getvalue()).data)
    assert min(made.getpixel((150, 150))) > 250  # type: ignore[arg-type, type-var]


def test_a_picture_that_claims_a_thousand_million_pixels_is_refused_before_it_is_unpacked() -> None:
    head = struct.pack(">IIBBBBB", 32_000, 32_000, 8, 2, 0, 0, 0)
    chunks = [(b"IHDR", head), (b"IDAT", zlib.compress(b"\0" * 1_000)), (b"IEND", b"")]
    bomb = b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))
        for kind, body in chunks
    )
    assert refusals(bomb) == ["vault.picture_too_many_pixels"]


def test_half_a_picture_is_refused() -> None:
    whole = files.picture(1_500, 1_500)
    assert refusals(whole[: len(whole) // 2]) == ["vault.picture_broken"]


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", "empty"),
        (b"MZ\x90\x00 this program cannot be run in DOS mode", "program"),
        (b"\x7fELF\x02\x01\x01", "program"),
        (b"#!/bin/sh\nrm -rf /", "program"),
        (b"\0\0\0\x18ftypheic\0\0\0\0mif1heic", "heic"),
        (b"\0\0\0\x18ftypmif1\0\0\0\0mif1heic", "heic"),
        (b"<svg xmlns='http://www.w3.org/2000/svg' onload='x()'/>", "unknown_kind"),
        (b"<html><script>x()</script>", "unknown_kind"),
        (b"GIF89a", "unknown_kind"),
        (b"x" * (MOST + 1), "too_large"),
    ],
)
def test_what_only_calls_itself_a_picture_is_refused_by_what_it_is(data: bytes, reason: str) -> None:
    assert refusals(data) == [f"vault.{reason}"]


def test_a_pdf_is_kept_as_it_came() -> None:
    data = files.pdf(3)
    looked = look(data, "transcript.pdf")
    assert (looked.data, looked.content_type, looked.pages) == (data, "application/pdf", 3)


def test_a_pdf_that_jumps_to_its_first_page_is_no_danger() -> None:
    going = pikepdf.Dictionary(S=pikepdf.Name.GoTo, D=pikepdf.Array([0, pikepdf.Name.Fit]))
    assert look(files.pdf(OpenAction=going), "a.pdf").pages == 1


SCRIPT = pikepdf.Dictionary(S=pikepdf.Name.JavaScript, JS=pikepdf.String("app.alert(1)"))
START = pikepdf.Dictionary(S=pikepdf.Name.Launch, F=pikepdf.String("calc.exe"))
XFA = pikepdf.Dictionary(XFA=pikepdf.String("<xdp/>"))


@pytest.mark.parametrize(
    ("data", "reasons"),
    [
        (files.pdf(OpenAction=SCRIPT), ["pdf_script"]),
        (files.pdf(Names=pikepdf.Dictionary(JavaScript=pikepdf.Dictionary(Names=[]))), ["pdf_script"]),
        (files.pdf_with_script_behind_a_button(), ["pdf_script"]),
        (files.pdf(OpenAction=START), ["pdf_action"]),
        (files.pdf(AcroForm=XFA), ["pdf_xfa"]),
        (files.pdf_with_attachment(), ["pdf_embedded"]),
        (files.pdf(password="geheim"), ["pdf_locked"]),
        (files.pdf(41), ["pdf_pages"]),
        (files.pdf(41, OpenAction=SCRIPT, AcroForm=XFA), ["pdf_script", "pdf_xfa", "pdf_pages"]),
        (b"%PDF-1.7\nnothing else", ["pdf_broken"]),
    ],
)
def test_a_pdf_that_could_act_or_hides_something_is_refused_with_every_reason(
    data: bytes, reasons: list[str]
) -> None:
    assert refusals(data, "transcript.pdf") == [f"vault.{reason}" for reason in reasons]
