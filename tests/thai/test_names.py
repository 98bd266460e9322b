"""Names with titles, cut apart only where that is safe."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from u2t.thai import names
from u2t.thai.names import PersonName
from u2t.thai.problem import Problem


@pytest.mark.parametrize(
    ("text", "title", "given", "surname"),
    [
        ("นายสมชาย ใจดี", "นาย", "สมชาย", "ใจดี"),
        ("นาย สมชาย  ใจดี", "นาย", "สมชาย", "ใจดี"),
        ("นางสมศรี ใจดี", "นาง", "สมศรี", "ใจดี"),
        ("น.ส.สมหญิง ใจดี", "นางสาว", "สมหญิง", "ใจดี"),
        ("น. ส. สมหญิง ใจดี", "นางสาว", "สมหญิง", "ใจดี"),
        ("นางสาวสาวิตรี ใจดี", "นางสาว", "สาวิตรี", "ใจดี"),
        ("นางสาวิตรี ใจดี", "นาง", "สาวิตรี", "ใจดี"),
        ("ว่าที่ ร.ต.สมชาย ณ อยุธยา", "ว่าที่ร้อยตรี", "สมชาย", "ณ อยุธยา"),
        ("ว่าที่ร้อยตรี(หญิง) สมหญิง ดี", "ว่าที่ร้อยตรีหญิง", "สมหญิง", "ดี"),
        ("ผู้ช่วยศาสตราจารย์ ดร.สมชาย ใจดี", "ผศ.ดร.", "สมชาย", "ใจดี"),
        ("อ.ดร.อรุณ ใจดี", "อาจารย์ ดร.", "อรุณ", "ใจดี"),
        ("ศ.ดร.ศศิธร งาม", "ศ.ดร.", "ศศิธร", "งาม"),
        ("Mr.John Smith", "Mr.", "John", "Smith"),
        ("miss Ann Lee", "Miss", "Ann", "Lee"),
    ],
)
def test_a_title_is_cut_off_and_spelled_in_one_way(text: str, title: str, given: str, surname: str) -> None:
    found = names.parse(text)
    assert isinstance(found, PersonName)
    assert (found.title, found.given, found.surname) == (title, given, surname)


@pytest.mark.parametrize(
    "given", ["นายิกา", "นางลักษณ์", "ศศิธร", "อรุณ", "ดรุณี", "อาจารี", "นายน", "พันธ์ทิพย์", "Missy"]
)
def test_a_name_that_only_begins_like_a_title_stays_whole(given: str) -> None:
    found = names.parse(f"{given} ใจดี")
    assert isinstance(found, PersonName)
    assert (found.title, found.given, found.repairs) == ("", given, ())


def test_a_title_in_its_own_column_guards_the_name_behind_it() -> None:
    assert names.join("น.ส.", "นางลักษณ์", "ใจดี") == PersonName(
        "นางสาว", "นางลักษณ์", "ใจดี", ("name.title_spelled_out",)
    )
    assert names.join("นาย", "นายสมชาย", "ใจดี") == PersonName("นาย", "สมชาย", "ใจดี", ("name.title_split",))
    assert names.join("ผศ.", "ดร.สมชาย", "ใจดี") == PersonName("ผศ.ดร.", "สมชาย", "ใจดี", ("name.title_split",))


@pytest.mark.parametrize(
    ("parts", "code"),
    [
        (("นาย", "น.ส.สมหญิง", "ใจดี"), "name.two_titles"),
        (("หัวหน้า", "สมชาย", "ใจดี"), "name.unknown_title"),
        (("นาย", "สมชาย", ""), "name.no_surname"),
        (("นาย", "", ""), "name.empty"),
        (("", "นาย", "ใจดี"), "name.no_given"),
        (("นาย", "สมชาย1", "ใจดี"), "name.odd_characters"),
    ],
)
def test_a_name_that_is_not_clear_is_a_problem(parts: tuple[str, str, str], code: str) -> None:
    answer = names.join(*parts)
    assert isinstance(answer, Problem)
    assert answer.code == code


@given(st.text(alphabet="นายงสวที่รตดศผอ. ()กขคะาิ์MrsDr", max_size=25))
def test_no_text_makes_the_reader_fail_and_no_letter_is_invented(text: str) -> None:
    found = names.parse(text)
    if isinstance(found, PersonName):
        assert set(found.given + found.surname) <= set(text) | {"ำ"}
        assert found.given
        assert found.surname
