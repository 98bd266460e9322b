from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given as over
from hypothesis import strategies as some

from u2t.handover import contents, rules, texts
from u2t.letters import wording

MEMBER = rules.Member(7, "นายสมชาย ใจดี", "นักศึกษา", "ทีมตำบล", "ต.ก อ.ข จ.ค", ("ผศ.มาลี บุญมี",))
FACTS = rules.Facts(
    kind="team",
    label="ต.ก อ.ข จ.ค",
    receiver="องค์การบริหารส่วนตำบลก",
    addressee="นายกองค์การบริหารส่วนตำบลก",
    receives=True,
    tambon="ตำบลก",
    place="ตำบลก อำเภอข จังหวัดค",
    province="จังหวัดค",
    project="โครงการทดสอบ",
    handed_on=date(2021, 2, 3),
    starts_on=date(2021, 2, 1),
    months=11,
    members=(MEMBER,),
    managers=("ผศ.มาลี บุญมี",),
)
SENDER = rules.Sender("มหาวิทยาลัย", "อว 0600", ("ถนน",), "สำนักงาน", "0 5500", "", "ดร.ลงนาม", ("อธิการบดี",))


def codes(objections: tuple[rules.Objection, ...]) -> set[str]:
    return {objection.code.removeprefix("handover.") for objection in objections}


def test_a_complete_handover_has_nothing_against_its_letter() -> None:
    assert rules.objections_to_issue(FACTS, SENDER) == ()


def test_everything_against_a_letter_is_said_at_once() -> None:
    bare = replace(FACTS, handed_on=None, receives=False, members=(), managers=(), letter="อว 0600/1")
    nobody = rules.Sender("มหาวิทยาลัย", "", (), "", "", "", "", ())
    assert codes(rules.objections_to_issue(bare, nobody)) == {
        "has_letter", "no_date", "no_receiver", "no_workers", "no_manager",
        "no_prefix", "no_address", "no_owner", "no_signer", "no_signer_post",
    }  # fmt: skip


def test_data_managers_need_a_pm_for_each_of_their_tambons() -> None:
    led, unled = MEMBER, replace(MEMBER, tambon="ต.ง อ.ข จ.ค", managers=())
    data = replace(FACTS, kind="data", managers=(), members=(led, unled, unled))
    (objection,) = rules.objections_to_issue(data, SENDER)
    assert objection.about["tambon"] == "ต.ง อ.ข จ.ค"


@pytest.mark.parametrize(
    ("starts_on", "months", "last"),
    [
        (date(2021, 2, 1), 11, date(2021, 12, 31)),
        (date(2021, 2, 15), 1, date(2021, 3, 14)),
        (date(2021, 1, 31), 1, date(2021, 2, 28)),
        (date(2020, 12, 1), 3, date(2021, 2, 28)),
    ],
)
def test_the_last_day_of_work_closes_the_last_month(starts_on: date, months: int, last: date) -> None:
    assert rules.last_day(starts_on, months) == last


@over(some.dates(date(2000, 1, 1), date(2080, 1, 1)), some.integers(1, 36))
def test_each_month_more_ends_a_month_later(starts_on: date, months: int) -> None:
    sooner, later = rules.last_day(starts_on, months), rules.last_day(starts_on, months + 1)
    assert timedelta(days=27) <= later - sooner <= timedelta(days=32)


def test_the_first_thing_missing_is_the_state() -> None:
    day = date(2021, 2, 3)
    assert rules.state(None, False, False) == "no_date"
    assert rules.state(day, False, False) == "no_letter"
    assert rules.state(day, True, False) == "waiting"
    assert rules.state(day, True, True) == "done"


@over(some.text(max_size=300), some.integers(1, 99_999))
def test_file_names_suit_every_file_system(label: str, number: int) -> None:
    name = rules.file_name(2564, number, label)
    assert name.startswith(f"2564-{number:04d}")
    assert name.endswith(".pdf")
    assert len(name.encode()) <= 255
    assert not set(name) & set('/\\:*?"<>|\0\n\r ')
    assert ".." not in name


def test_names_are_joined_as_thai_joins_them() -> None:
    assert rules.in_words([]) == ""
    assert rules.in_words(["ก"]) == "ก"
    assert rules.in_words(["ก", "ข", "ค"]) == "ก ข และค"


def test_a_round_is_called_a_project_once() -> None:
    assert rules.project_name("โครงการตำบล") == "โครงการตำบล"
    assert rules.project_name("มหาวิทยาลัยสู่ตำบล") == "โครงการมหาวิทยาลัยสู่ตำบล"
    assert rules.project_name("U2T for BCG") == "โครงการ U2T for BCG"


def test_heads_of_agencies_are_addressed_by_their_titles() -> None:
    assert texts.addressee("เทศบาลตำบลคลองขลุง") == "นายกเทศมนตรีตำบลคลองขลุง"
    assert texts.addressee("ที่ว่าการอำเภอเมืองตาก") == "นายอำเภอเมืองตาก"
    assert texts.addressee("ศูนย์ดำรงธรรมจังหวัดตาก") == "หัวหน้าศูนย์ดำรงธรรมจังหวัดตาก"


@pytest.mark.parametrize("kind", ["team", "data"])
def test_the_usual_wording_mentions_only_fields_of_its_kind(kind: str) -> None:
    text = texts.USUAL[kind]
    for piece in (text.subject, *text.paragraphs):
        assert wording.objections(piece, texts.FIELDS[kind]) == ()


@pytest.mark.parametrize("kind", ["team", "data"])
def test_a_composed_letter_comes_back_from_json_unchanged(kind: str) -> None:
    import json

    facts = replace(FACTS, kind=kind)
    content = contents.composed(facts, SENDER, texts.USUAL[kind], reference="อว 0600/1")
    again = json.loads(json.dumps(content))
    assert contents.letter_of(again, date(2021, 1, 29)) == contents.letter_of(content, date(2021, 1, 29))


def test_a_value_that_looks_like_a_field_stays_as_it_is() -> None:
    facts = replace(FACTS, receiver="{signer} {{")
    content = contents.composed(facts, SENDER, texts.USUAL["team"], reference="อว 0600/1")
    assert any("{signer} {{" in paragraph for paragraph in content["paragraphs"])


def test_a_draft_is_marked_and_leaves_blank_what_is_missing() -> None:
    facts = replace(FACTS, handed_on=None, managers=())
    nobody = replace(SENDER, signer="", signer_posts=())
    content = contents.composed(facts, nobody, texts.USUAL["team"], reference="")
    draft = contents.draft_of(content, "อว 0600", date(2021, 1, 29))
    assert "ร่าง" in draft.number
    assert draft.signer.name == contents.BLANK
    assert f"โดยมี {contents.BLANK} เป็นผู้จัดการโครงการ" in draft.paragraphs[1]
    assert "29" not in draft.date_text
