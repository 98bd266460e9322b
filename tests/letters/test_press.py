"""Letters as PDF: what they say, how they look, what they refuse."""

from __future__ import annotations

import io
from dataclasses import replace
from datetime import date
from pathlib import Path

import pikepdf
import pypdfium2
import pytest

from tests.letters import samples
from u2t.letters import checking, press
from u2t.letters.letter import Annex, Column, Enclosure, Letter, Signer
from u2t.objections import Refused

CM = 72 / 2.54
HARD = (
    "น้ำใจ ก๊ำ ป่ำ ฝ้ำ ฟ้ำ ที่ ปี่ ผึ้ง ฟื้น ฏุฎู ญุญู ฐุฐู ฤๅ ฦๅ กั้น ปั้น ฝั่ง ก์ กิ์ บริสุทธิ์ ศักดิ์ ฬี่ ปู่ ชื่อ เพื่อ กรุงเทพฯ "
    "ต่าง ๆ ฯลฯ ๐๑๒๓๔๕๖๗๘๙ เก๋ เก็บ ฐิ่ ฏี้ สัมฤทธิ์"
)


def pillow(page: pypdfium2.PdfPage) -> tuple[int, int, int, int] | None:
    """The box of all ink on a page, in points from the upper left."""
    picture = page.render(scale=1, grayscale=True).to_pil()
    found: tuple[int, int, int, int] | None = picture.point(lambda value: 255 * (value < 200)).getbbox()
    return found


def test_the_text_layer_is_what_was_put_in_letter_for_letter(typeface: Path) -> None:
    letters = [
        samples.letter(count, count, paragraphs=(HARD, "จึงเรียนมาเพื่อโปรดทราบ")) for count in (2, 12, 18)
    ]
    assert samples.text(press.render(letters, folder=typeface)) == "".join(map(samples.expected, letters))


def test_arabic_digits_stay_where_the_letter_asks_for_them(typeface: Path) -> None:
    letter = samples.letter(2, thai_digits=False)
    text = samples.text(press.render([letter], folder=typeface))
    assert text == samples.expected(letter)
    assert "31ธันวาคม2564" in text


def test_what_looks_like_source_stays_text(typeface: Path) -> None:
    name = r"นาย #panic() {ก} \ $x$ @ref <a> *b* _c_ `d` [e] // ฉ = ช"
    cells = tuple((cell, name, cell, name, cell) for cell in ("1", "2"))
    letter = samples.letter(
        to=name,
        subject=name,
        paragraphs=(name, f'{name} #import "x"'),
        signer=Signer(name),
        annexes=(Annex(("#รายชื่อ",), samples.COLUMNS, cells),),
    )
    assert samples.text(press.render([letter], folder=typeface)) == samples.expected(letter)


def test_the_same_letters_give_the_same_bytes(typeface: Path) -> None:
    letters = [samples.letter(3, 1), samples.letter(4, 2)]
    assert press.render(letters, folder=typeface) == press.render(letters, folder=typeface)
    assert list(press.render_each(letters, folder=typeface)) == list(
        press.render_each(letters, folder=typeface)
    )


def test_the_file_is_a4_archival_tagged_thai_with_embedded_faces(typeface: Path) -> None:
    letter = samples.letter(3, dated_on=date(2021, 2, 1))
    with pikepdf.open(io.BytesIO(press.render([letter], folder=typeface))) as file:
        assert {tuple(map(round, map(float, page.mediabox))) for page in file.pages} == {(0, 0, 595, 842)}
        named = [o for o in file.objects if isinstance(o, pikepdf.Dictionary)]
        faces = [o for o in named if o.get("/Type") == "/FontDescriptor"]
        assert faces
        assert all("/FontFile2" in face or "/FontFile3" in face for face in faces)
        assert {str(o.Lang) for o in named if "/Lang" in o} == {"th-TH"}
        assert file.Root.MarkInfo.Marked
        with file.open_metadata() as metadata:
            assert (metadata["pdfaid:part"], metadata["pdfaid:conformance"]) == ("2", "B")
            assert metadata["dc:title"] == f"{letter.number} {letter.subject}"
            assert metadata["xmp:CreateDate"].startswith("2021-02-01")


def test_each_letter_begins_a_page_counts_its_own_pages_and_stands_in_the_side_bar(typeface: Path) -> None:
    long = samples.letter(60, 1)
    pdf = press.render([long, samples.letter(60, 2)], folder=typeface)
    pages = samples.pages(pdf)
    half = len(pages) // 2
    numbers = [page.split("\n")[0].strip() for page in pages]
    assert numbers[2] == "- ๒ -"
    assert numbers[half + 2] == "- ๒ -"
    assert not any(numbers[place].startswith("-") for place in (0, 1, half, half + 1))
    with pikepdf.open(io.BytesIO(pdf)) as file, file.open_outline() as outline:
        assert [item.title for item in outline.root] == [
            f"{one.number} {one.to}" for one in (long, samples.letter(60, 2))
        ]


def test_the_head_of_a_long_list_is_repeated_on_every_page(typeface: Path) -> None:
    pages = samples.pages(press.render([samples.letter(60)], folder=typeface))[1:]
    assert len(pages) > 2
    assert all("ชื่อ-สกุล" in samples.bare(page) for page in pages)
    assert "รวม๖๐คน" in samples.bare(pages[-1])


@pytest.mark.parametrize(
    "letter",
    [
        samples.letter(3),
        samples.letter(60, 4),
        samples.letter(
            2, to="ผู้อำนวยการ" + "โรงพยาบาลส่งเสริมสุขภาพตำบล" * 8, sender=("สำนักงานอธิการบดี" * 9, "ก" * 90)
        ),
        samples.letter(
            2, annexes=(Annex(("ก",), samples.COLUMNS, (("1", "น้ำ" * 200, "ข" * 200, "ค", "9" * 60),)),)
        ),
        samples.letter(1, signer=Signer("นาง" + "สมมุติ" * 40, ("ตำแหน่ง" * 40,)), subject="เรื่อง" * 100),
    ],
    ids=["short", "sixty people", "long agency", "names of 600 letters", "long signer"],
)
def test_nothing_leaves_the_margins_and_no_page_is_empty(letter: Letter, typeface: Path) -> None:
    with pypdfium2.PdfDocument(press.render([letter], folder=typeface)) as file:
        for page in file:
            ink = pillow(page)
            assert ink is not None
            left, upper, right, lower = ink
            assert left >= 3 * CM - 2
            assert right <= 19 * CM + 2
            assert upper >= 1.2 * CM
            assert lower <= 27.7 * CM + 2


def test_the_form_stands_where_the_regulation_puts_it(typeface: Path) -> None:
    letter = samples.letter(1, annexes=())
    with pypdfium2.PdfDocument(press.render([letter], folder=typeface)) as file:
        text = file[0].get_textpage()
        whole = text.get_text_range().replace("\u00a0", " ")

        def left(part: str) -> float:
            start = whole.index(part)
            return float(text.get_charbox(start, loose=True)[0]) / CM

        assert left("ที่") == pytest.approx(3, abs=0.1)
        assert left("เรื่อง") == pytest.approx(3, abs=0.1)
        assert left("๑ กุมภาพันธ์") == pytest.approx(10.5, abs=0.1)
        assert left("ตามที่") == pytest.approx(5.5, abs=0.1)
        assert left("ขอแสดงความนับถือ") == pytest.approx(10.5, abs=0.1)
        assert left("สำนักงานโครงการ") == pytest.approx(3, abs=0.1)


def test_a_letter_of_two_pages_takes_its_last_paragraph_to_the_signature(typeface: Path) -> None:
    text = samples.letter(1).paragraphs[0]
    letter = samples.letter(1, paragraphs=(*[text] * 5, "จึงเรียนมาเพื่อโปรดทราบ"), annexes=())
    first, second = map(samples.bare, samples.pages(press.render([letter], folder=typeface)))
    assert "จึงเรียนมา" not in first
    assert second.startswith("-๒-จึงเรียนมา")


def test_the_emblem_stands_three_centimetres_high_in_the_middle(typeface: Path) -> None:
    emblem = (
        b'<svg xmlns="http://www.w3.org/2000/svg" width="50" height="60"><rect width="50" height="60"/></svg>'
    )
    with pypdfium2.PdfDocument(press.render([samples.letter(1, emblem=emblem)], folder=typeface)) as file:
        upper = file[0].render(scale=1, grayscale=True).to_pil().crop((200, 0, 400, 130))
    left, top, right, bottom = upper.point(lambda value: 255 * (value < 128)).getbbox()
    assert (left + right) / 2 + 200 == pytest.approx(595 / 2, abs=1.5)
    assert (top, bottom) == pytest.approx((1.5 * CM, 4.5 * CM), abs=1.5)


def test_every_objection_is_named_with_its_character_and_place(typeface: Path) -> None:
    letter = samples.letter(
        2, to="นาย 😀 ดี", subject=" ", emblem=b"not a picture", enclosures=(Enclosure("ا", "จำนวน 1 ฉบับ"),)
    )
    with pytest.raises(Refused) as refused:
        press.render([letter], folder=typeface)
    found = {(o.code, o.field, o.about.get("code")) for o in refused.value.objections}
    assert found == {
        ("letters.missing", "subject", None),
        ("letters.emblem_unreadable", "emblem", None),
        ("letters.no_glyph", "to", "U+1F600"),
        ("letters.no_glyph", "enclosures", "U+0627"),
    }
    assert next(o for o in refused.value.objections if o.field == "to").about["letter"] == letter.number


def test_invisible_characters_are_dropped_without_objection(typeface: Path) -> None:
    letter = samples.letter(1, to="\u202eนาย\u200bก\u00ad \x00\ufeffดี")
    assert checking.objections([letter], typeface) == ()
    assert "เรียนนายกดี" in samples.text(press.render([letter], folder=typeface))


def test_too_many_columns_are_refused(typeface: Path) -> None:
    wide = Annex(("ก",), (Column("ก"),) * 13, (("ข",) * 13,))
    codes = [o.code for o in checking.objections([samples.letter(1, annexes=(wide,))], typeface)]
    assert codes == ["letters.table_too_wide"]


def test_single_letters_say_what_the_joined_ones_say(typeface: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    letters = [samples.letter(2, seed) for seed in range(5)]
    monkeypatch.setattr(press, "BATCH", 2)
    seen: list[tuple[int, int]] = []
    joined = press.render(letters, folder=typeface, progress=lambda done, total: seen.append((done, total)))
    assert seen == [(2, 5), (4, 5), (5, 5)]
    assert samples.text(joined) == "".join(map(samples.text, press.render_each(letters, folder=typeface)))
    with pikepdf.open(io.BytesIO(joined)) as file, file.open_outline() as outline:
        assert len(outline.root) == 5
        assert outline.root[4].destination is not None
        with file.open_metadata() as metadata:
            assert metadata["pdfaid:part"] == "2"


def test_a_letter_without_a_number_leaves_its_place_blank(typeface: Path) -> None:
    letter = replace(samples.letter(1, annexes=()), number="")
    assert samples.text(press.render([letter], folder=typeface)).startswith(f"ที่{samples.UNIVERSITY}")
