"""Where lines of Thai may break."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from u2t.letters import words

THAI = st.text(
    alphabet=st.sampled_from([*"กขคงจฉชซญฎฏฐฑฒณดตถทธนบปผฝพฟภมยรลวศษสหฬอฮะาำเแโใไๆฯัิีึืุู็่้๊๋์๐๑๙", *" .()/-,09aZ"]),
    max_size=60,
)


def cut(text: str) -> str:
    return "|".join(words.pieces(words.clean(text))).replace(words.NBSP, "_")


@pytest.mark.parametrize(
    ("text", "boxes"),
    [
        ("นวัตกรรมของตำบล", "นวัตกรรม|ของ|ตำบล"),
        ("สิ่งต่าง ๆ ฯลฯ", "สิ่ง|ต่าง_ๆ_ฯลฯ"),
        ("จำนวน 18 คน", "จำนวน| |18_คน"),
        ("1,200บาท", "1,200บาท"),
        ("วันที่ 1 กุมภาพันธ์ พ.ศ. 2564", "วันที่| |1_กุมภาพันธ์_พ.ศ._2564"),
        ("โครงการ (มหาวิทยาลัยสู่ตำบล)", "โครงการ| |(มหาวิทยาลัย|สู่|ตำบล)"),
        ("อบต.คลองขลุง", "อบต.คลองขลุง"),
        ("อำเภอคลองขลุงจังหวัดกำแพงเพชร", "อำเภอคลองขลุง|จังหวัดกำแพงเพชร"),
        ("โทร. 0 5570 6555", "โทร._0_5570_6555"),
        ("นาย สมมุติ ใจดี", "นาย_สมมุติ| |ใจดี"),
    ],
)
def test_a_line_breaks_between_words_and_never_between_what_belongs_together(text: str, boxes: str) -> None:
    assert cut(text) == boxes


def test_names_that_a_letter_lists_are_never_divided() -> None:
    name = "นางสาวน้ำผึ้ง เพ็ชรน้ำหนึ่ง"
    boxes = words.pieces(f"โดยมี{name}เป็นผู้จัดการ", (name,))
    assert name.replace(" ", words.NBSP) in boxes


@settings(max_examples=150, deadline=None)
@given(THAI)
def test_boxes_joined_are_the_text(text: str) -> None:
    clean = words.clean(text)
    assert "".join(words.pieces(clean)).replace(words.NBSP, " ") == clean


@settings(max_examples=150, deadline=None)
@given(THAI)
def test_no_box_begins_with_a_mark_or_ends_with_a_leading_vowel(text: str) -> None:
    boxes = words.pieces(words.clean(text))
    for before, after in pairwise(boxes):
        if " " not in (before, after):
            assert after[0] not in "ะาำๅๆฯัิีึืฺุู็่้๊๋์ํ)]}.,/-"
            assert before[-1] not in "เแโใไ([{"


def test_cleaning_drops_what_cannot_be_seen_and_makes_am_whole() -> None:
    assert words.clean(" น\u0e4d\u0e49\u0e32\u200b\u202eดี\x07\n\tจัง\ufe0f ") == "น้ำดี จัง"


def test_digits_of_latin_words_and_addresses_stay_arabic() -> None:
    told = words.in_thai_digits("ที่ 0616/123 โครงการ U2T ปี 2564 อีเมล u2t99@example.ac.th")
    assert told == "ที่ ๐๖๑๖/๑๒๓ โครงการ U2T ปี ๒๕๖๔ อีเมล u2t99@example.ac.th"
