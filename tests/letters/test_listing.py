"""Lists over many pages: every row once, heads on every page, the same bytes for the same list."""

from __future__ import annotations

import io
from pathlib import Path

import pikepdf
import pypdfium2
import pytest

from u2t.letters import listing

HEADS = (
    listing.Head("ลำดับที่", 1, "center"),
    listing.Head("ชื่อ-สกุล", 4),
    listing.Head("ลายมือชื่อ", 3),
)


def rows(count: int) -> list[list[str]]:
    return [[str(number), f"นายสมชาย ทดสอบ{'ก' * (number % 3)}", ""] for number in range(1, count + 1)]


def pages(pdf: bytes) -> list[str]:
    document = pypdfium2.PdfDocument(pdf)
    found = ["".join(page.get_textpage().get_text_range().split()) for page in document]
    document.close()
    return found


def made(folder: Path, **changed: object) -> bytes:
    given = {
        "title": "บัญชีรายชื่อ",
        "lines": ["วันที่ 31 มกราคม 2564"],
        "heads": HEADS,
        "groups": [("กลุ่มที่ 1", rows(120))],
    }
    return listing.render(folder=folder, **{**given, **changed})  # type: ignore[arg-type]


def test_every_row_is_there_once_and_every_page_has_heads_group_and_number(typeface: Path) -> None:
    found = pages(made(typeface, thai_digits=False))
    assert len(found) > 2
    for number, page in enumerate(found, 1):
        assert "ลำดับที่ชื่อ-สกุล" in page
        assert "กลุ่มที่1" in page
        assert f"หน้า{number}จาก{len(found)}" in page
    for number in range(1, 121):
        assert "".join(found).count(f"{number}นายสมชายทดสอบ{'ก' * (number % 3)}") >= 1


def test_numbers_are_thai_unless_asked_otherwise(typeface: Path) -> None:
    assert "๓๑มกราคม๒๕๖๔" in pages(made(typeface))[0]


def test_the_same_list_gives_the_same_bytes_as_archivable_tagged_thai(typeface: Path) -> None:
    first = made(typeface)
    assert first == made(typeface)
    with pikepdf.open(io.BytesIO(first)) as pdf:
        assert str(pdf.Root.Lang) == "th-TH"
        assert "/MarkInfo" in pdf.Root


def test_groups_may_begin_a_page_each_and_rows_leave_room_to_sign(typeface: Path) -> None:
    groups = [("กลุ่มที่ 1", rows(2)), ("กลุ่มที่ 2", rows(2))]
    assert len(pages(made(typeface, groups=groups))) == 1
    apart = pages(made(typeface, groups=groups, page_each=True, row_height=30))
    assert len(apart) == 2
    assert all("บัญชีรายชื่อ" in page for page in apart)
    assert len(pages(made(typeface, groups=[("", rows(30))], row_height=30))) > len(
        pages(made(typeface, groups=[("", rows(30))]))
    )


def test_what_is_long_wraps_what_cannot_be_set_is_marked_and_source_stays_text(typeface: Path) -> None:
    name = r"#panic() $x$ @ref *b* 😀 " + "ยาวมาก" * 40
    text = "".join(pages(made(typeface, groups=[("", [["1", name, ""]])])))
    assert "#panic()$x$@ref*b*?" in text
    assert text.count("ยาวมาก") == 40


def test_a_row_with_a_text_too_few_is_refused(typeface: Path) -> None:
    with pytest.raises(ValueError, match="2 texts for 3 columns"):
        made(typeface, groups=[("", [["1", "x"]])])
