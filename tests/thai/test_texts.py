"""Digits, search keys, money and numbers of persons."""

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st
from stdnum.th import pin

from u2t.thai import digits, fold, ids, money
from u2t.thai.problem import Clean, Problem


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("กำแพงเพชร", "ก ำแพงเพ็ชร"), ("กําแพงเพชร", "กำแพงเพชร"), ("เเม่สอด", "แม่สอด"),
        ("น้ำ", "นํ้า"), ("หนองหลวง", "หนอง หลวง"),
        ("ปี ๒๕๖๔", "ปี2564"), ("Émile", "EMILE"), ("วังฯ", "วัง"), ("ต่างๆ", "ต่าง"),
        ("อบต.ไตรตรึงษ์", "อบตไตรตรึง์ษ"),
    ],
)  # fmt: skip
def test_search_finds_text_whether_or_not_marks_and_spaces_match(one: str, other: str) -> None:
    assert fold.fold(one) == fold.fold(other) != ""


def test_different_words_stay_different_in_search() -> None:
    assert len({fold.fold(word) for word in ("ตาก", "ตรัง", "กำแพงเพชร", "เพชรบุรี", "สอง", "สาม")}) == 6


@given(st.text())
def test_folding_twice_changes_nothing_more(text: str) -> None:
    assert fold.fold(fold.fold(text)) == fold.fold(text)


@given(st.integers(min_value=0, max_value=10**15))
def test_thai_digits_and_back(number: int) -> None:
    assert digits.to_arabic(digits.to_thai(number)) == str(number)


@pytest.mark.parametrize(
    ("satang", "words"),
    [
        (100, "หนึ่งบาทถ้วน"), (1_100, "สิบเอ็ดบาทถ้วน"), (2_100, "ยี่สิบเอ็ดบาทถ้วน"),
        (10_100, "หนึ่งร้อยเอ็ดบาทถ้วน"),
        (1_500_000, "หนึ่งหมื่นห้าพันบาทถ้วน"), (22_000_000, "สองแสนสองหมื่นบาทถ้วน"),
        (25, "ยี่สิบห้าสตางค์"), (0, "ศูนย์บาทถ้วน"),
        (100_000_100, "หนึ่งล้านเอ็ดบาทถ้วน"), (1_100_000_000, "สิบเอ็ดล้านบาทถ้วน"), (150, "หนึ่งบาทห้าสิบสตางค์"),
        (348_300_000_00, "สามร้อยสี่สิบแปดล้านสามแสนบาทถ้วน"),
    ],
)  # fmt: skip
def test_baht_in_words(satang: int, words: str) -> None:
    assert money.baht_in_words(satang) == words


@given(st.integers(min_value=0, max_value=10**13))
def test_sums_are_read_back_as_they_were_written(satang: int) -> None:
    assert money.parse_baht(money.baht(satang)) == satang
    assert money.parse_baht(digits.to_thai(money.baht_exact(satang)) + " บาท") == satang


@pytest.mark.parametrize("text", ["", "-5", "1,50", "สิบบาท", "1.234", "9" * 5_000, "9" + ",999" * 2_000])
def test_what_is_no_sum_of_money_is_a_problem(text: str) -> None:
    assert isinstance(money.parse_baht(text), Problem)


def test_the_checksum_is_that_of_the_standard() -> None:
    chance = random.Random(13)
    for _ in range(2_000):
        number = chance.choice("12345678") + "".join(chance.choices("0123456789", k=12))
        assert ids.has_right_checksum(number) == pin.is_valid(number)


@pytest.mark.parametrize(
    "text", ["1-9900-00000-01-9", "1 9900 00000 01 9", "๑๙๙๐๐๐๐๐๐๐๐๑๙", "'1990000000019", "1990000000019"]
)
def test_an_id_number_is_understood_with_spaces_dashes_and_thai_digits(text: str) -> None:
    answer = ids.clean(text)
    assert isinstance(answer, Clean)
    assert answer.value == "1990000000019"
    assert ids.clean(1990000000019.0) == Clean("1990000000019", ("id.was_number",))


@pytest.mark.parametrize(
    ("value", "code"),
    [
        ("1990000000010", "id.checksum"), ("199000000001", "id.not_13_digits"),
        ("1.99E+12", "id.float_damaged"), (1.5, "id.float_damaged"),
        (1e15, "id.float_damaged"), ("19900000000A7", "id.odd_characters"), ("-", "id.empty"),
    ],
)  # fmt: skip
def test_a_damaged_id_number_says_what_is_wrong_with_it(value: str | float, code: str) -> None:
    answer = ids.clean(value)
    assert isinstance(answer, Problem)
    assert answer.code == code


def test_a_masked_id_number_shows_three_digits_only() -> None:
    assert ids.mask("1234567890123") == "x-xxxx-xxxxx-12-3"


@pytest.mark.parametrize(
    ("value", "number", "repairs"),
    [
        ("081-234-5678", "0812345678", ()), (812345678.0, "0812345678", ("phone.zero_added",)),
        ("๐๘๑๒๓๔๕๖๗๘", "0812345678", ("phone.cleaned",)),
        ("+66 81 234 5678", "0812345678", ("phone.cleaned",)), ("055-706-555", "055706555", ()),
        ("081 2345678, 089-1234567", "0812345678", ("phone.first_taken",)),
    ],
)  # fmt: skip
def test_telephone_numbers_come_into_one_form(
    value: str | float, number: str, repairs: tuple[str, ...]
) -> None:
    assert ids.clean_phone(value) == Clean(number, repairs)


@pytest.mark.parametrize("value", ["12345", "0012345678", "ไม่มี", "08123456789"])
def test_what_is_no_telephone_number_is_a_problem(value: str) -> None:
    assert isinstance(ids.clean_phone(value), Problem)


@pytest.mark.parametrize("number", [float("nan"), float("inf"), float("-inf"), 1e308, -1.0])
def test_numbers_that_no_card_and_no_telephone_has_are_problems(number: float) -> None:
    assert isinstance(ids.clean(number), Problem)
    assert isinstance(ids.clean_phone(number), Problem)
