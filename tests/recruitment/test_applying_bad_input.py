"""What goes wrong while applying: a clear message, and what was typed stays."""

from __future__ import annotations

import json
from typing import Any

import pytest
import time_machine
from django.urls import reverse
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests import cast, factories, recruiting
from tests.factories import NOW
from tests.recruitment.applying import WORK, Applicant, page
from u2t.recruitment.models import Call, RequiredDocument
from u2t.recruitment.rules import applying as rules

pytestmark = pytest.mark.django_db


@pytest.fixture
def applicant(world: cast.World) -> Any:
    call = recruiting.call(world.round, max_choices=2)
    RequiredDocument.objects.all().delete()
    with time_machine.travel(NOW, tick=False):
        yield Applicant(call).begin()


WRONG_CHECKSUM = factories.citizen_id(5)[:12] + str((int(factories.citizen_id(5)[12]) + 1) % 10)


WRONG = [
    ("person", "citizen_id", WRONG_CHECKSUM, "The last digit does not fit the others"),
    ("person", "citizen_id", "123456789012", "An ID number has 13 digits; you wrote 12"),
    ("person", "citizen_id", "1.23457E+12", "Write the 13 digits of your ID card"),
    ("person", "birth_on", "30/2/2540", "The calendar has no such day"),
    ("person", "birth_on", "1/13/2540", "There are only twelve months"),
    ("person", "birth_on", "yesterday", "This is not a date"),
    ("person", "birth_on", "9/5/2569", "Check the year of birth"),
    ("person", "birth_on", "9/5/1897", "Check the year of birth"),
    ("person", "telephone", "12", "Write a Thai telephone number"),
    ("person", "email", "malee@", "valid email"),
    ("addresses", "present_tambon", "นครนายกน้อย", "No tambon of this name was found"),
    ("addresses", "present_postcode", "6200", "A postcode has five digits"),
    ("education", "grade", "4.5", "Write a grade from 0.00 to 4.00"),
    ("education", "student_year", "44", "At most 12"),
]


def test_what_cannot_be_right_is_said_at_its_field_and_kept(applicant: Applicant) -> None:
    for step, name, typed, said in WRONG:
        before = applicant.application
        answer = applicant.type(step, **{name: typed})
        shown = answer.content.decode()
        assert f'id="id_{name}_error"' in shown, name
        assert said in page(answer), name
        assert f'value="{typed}"' in shown, name
        kept = applicant.application
        if name == "citizen_id":
            assert kept.citizen_id_digest == before.citizen_id_digest, typed
        if name != "present_postcode":  # which the tambon has found by then
            assert getattr(kept, name, None) == getattr(before, name, None), name


def test_the_right_fields_of_a_wrong_page_are_kept_all_the_same(applicant: Applicant) -> None:
    applicant.type("person", citizen_id=WRONG_CHECKSUM)
    assert applicant.application.given_name == "มาลี"


def test_a_birthday_of_either_era_is_the_same_day(applicant: Applicant) -> None:
    for typed in ("9/5/2540", "9/5/1997", "9 พ.ค. 2540", "๙/๕/๒๕๔๐", "1997-05-09", "9 May 1997"):
        applicant.type("person", birth_on="1/1/2530")
        applicant.type("person", birth_on=typed)
        assert str(applicant.application.birth_on) == "1997-05-09", typed


def test_a_tambon_whose_name_stands_in_two_provinces_is_chosen_from_those_found(applicant: Applicant) -> None:
    answer = applicant.type("addresses", present_tambon="หนองหลวง")
    shown = answer.content.decode()
    assert "Several tambons match" in page(answer)
    for code in (cast.NONG_LUANG_KPP, cast.NONG_LUANG_TAK):
        assert f'name="present_tambon_found" value="{code}"' in shown
    applicant.type("addresses", present_tambon="หนองหลวง", present_tambon_found=cast.NONG_LUANG_TAK)
    assert applicant.application.present_tambon_id == cast.NONG_LUANG_TAK


def test_a_tambon_is_found_by_part_of_its_names(applicant: Applicant) -> None:
    def found(text: str) -> list[str]:
        answer = applicant.client.get(reverse("recruitment:places"), {"q": text})
        return [place["code"] for place in json.loads(answer.content)["places"]]

    assert set(found("หนองหลวง")) >= {cast.NONG_LUANG_KPP, cast.NONG_LUANG_TAK}
    assert {code[:2] for code in found("หนองหลวง จ.ตาก")} == {"63"}
    assert found("หนองหลวง อุ้มผาง") == [cast.NONG_LUANG_TAK]
    assert found("   ") == []


RANKINGS = [
    (["620101", "620101"], "The tambon 620101 is in your list twice"),
    (["620101", "620102"], "The tambon 620102 does not belong to this call"),
    (["620101", "620703", "630802"], "You may rank at most 2 tambons"),
    (["nonsense"], "The tambon nonsense does not belong to this call"),
]


def test_a_ranking_that_cannot_be_is_refused_and_the_kept_one_stays(applicant: Applicant) -> None:
    applicant.type("choice", choice=["620703"])
    for choice, said in RANKINGS:
        assert said in page(applicant.type("choice", choice=choice))
        assert [c.tambon.tambon_id for c in applicant.application.choices.all()] == ["620703"]


def test_tambons_are_added_moved_and_removed_by_buttons_alone(applicant: Applicant) -> None:
    def press(do: str) -> list[str]:
        ranked = [c.tambon.tambon_id for c in applicant.application.choices.all()]
        applicant.type("choice", choice=ranked, do=do)
        return [c.tambon.tambon_id for c in applicant.application.choices.all()]

    assert press("add:620101") == ["620101"]
    assert press("add:620703") == ["620101", "620703"]
    assert press("up:620703") == ["620703", "620101"]
    assert press("down:620703") == ["620101", "620703"]
    assert press("remove:620101") == ["620703"]


def test_a_search_among_the_tambons_of_the_call_keeps_what_is_chosen(applicant: Applicant) -> None:
    answer = applicant.client.get(applicant.own("step", "choice"), {"q": "อุ้มผาง"})
    offered = [one.code for one in answer.context["offered"]]
    assert offered == [cast.NONG_LUANG_TAK]
    applicant.type("choice", choice=["620101"], do="search", q="ตาก")
    assert applicant.application.choices.count() == 1


def test_a_category_of_another_round_is_refused(applicant: Applicant) -> None:
    answer = applicant.type("choice", category="king")
    assert 'id="id_category_error"' in answer.content.decode()
    assert applicant.application.category is None


def test_work_and_training_are_added_and_removed_without_script(applicant: Applicant) -> None:
    rows = WORK | {
        "row-TOTAL_FORMS": "3", "row-INITIAL_FORMS": "0",
        "row-0-kind": "work", "row-0-what": "พนักงานบัญชี", "row-0-begins_on": "1/2/2562", "row-0-ends_on": "1/2/2563",
        "row-1-kind": "training", "row-1-what": "การตลาดออนไลน์", "row-1-hours": "๑๘",
        "row-2-kind": "work",
    }  # fmt: skip
    answer = applicant.type("work", **rows, do="row:training")
    assert answer.headers["Location"].endswith("?row=training#rows")
    following = applicant.client.get(answer.headers["Location"].partition("#")[0]).content.decode()
    assert following.count('class="form line-box"') == 3
    assert sorted(one.what for one in applicant.application.experiences.all()) == [
        "การตลาดออนไลน์",
        "พนักงานบัญชี",
    ]
    applicant.type("work", **rows, **{"row-0-DELETE": "on"})
    assert [(one.what, one.hours) for one in applicant.application.experiences.all()] == [
        ("การตลาดออนไลน์", 18)
    ]


def test_work_that_ends_before_it_begins_is_refused_and_kept_on_the_page(applicant: Applicant) -> None:
    rows = WORK | {
        "row-TOTAL_FORMS": "1", "row-0-kind": "work", "row-0-what": "เสมียน",
        "row-0-begins_on": "1/2/2563", "row-0-ends_on": "1/2/2562",
    }  # fmt: skip
    answer = applicant.type("work", **rows)
    assert "It ends before it begins." in page(answer)
    assert 'value="เสมียน"' in answer.content.decode()


def test_the_later_window_is_told_and_sees_both_and_may_keep_its_own(applicant: Applicant) -> None:
    applicant.type("person")
    early = applicant.shown("person")
    applicant.type("person", given_name="มาลัย", telephone="0899999999")
    answer = applicant.type("person", early, given_name="มะลิ")
    assert answer.status_code == 422
    said = page(answer)
    assert "This step was saved in another window at 09:00" in said
    assert "Given name มาลัย มะลิ" in said
    assert 'value="มะลิ"' in answer.content.decode()
    assert applicant.application.given_name == "มาลัย"
    now = {name: answer.context[name] for name in ("version", "seen")}
    applicant.type("person", now, given_name="มะลิ")
    assert applicant.application.given_name == "มะลิ"


def test_two_windows_on_different_steps_do_not_disturb_each_other(applicant: Applicant) -> None:
    person, education = applicant.shown("person"), applicant.shown("education")
    assert applicant.type("person", person).status_code == 302
    assert applicant.type("education", education).status_code == 302


def test_a_step_saves_itself_and_says_when_and_what_is_wrong(applicant: Applicant) -> None:
    answer = applicant.type("person", autosave="1", citizen_id="12")
    told = json.loads(answer.content)
    assert told["said"] == "Saved 09:00"
    assert told["wrong"] == ["ID number (13 digits): An ID number has 13 digits; you wrote 2."]
    assert applicant.application.given_name == "มาลี"
    stale = applicant.type("person", {"version": "0", "seen": "x"}, autosave="1", given_name="ก")
    assert "another window" in json.loads(stale.content)["refused"][0]
    assert applicant.application.given_name == "มาลี"


def test_null_characters_and_very_long_texts_break_nothing(applicant: Applicant) -> None:
    for typed in ("\x00", "ก" * 5_000):
        for step, name in (("person", "given_name"), ("addresses", "present_tambon"), ("work", "talents")):
            answer = applicant.type(step, **{name: typed})
            assert answer.status_code == 422
    assert applicant.client.get(reverse("recruitment:places"), {"q": "\x00" * 9}).json() == {"places": []}


@given(
    st.lists(
        st.tuples(st.sampled_from(["add", "up", "down", "remove", "x"]), st.sampled_from("abcd")), max_size=20
    )
)
@settings(max_examples=80, suppress_health_check=[HealthCheck.too_slow])
def test_buttons_never_double_or_lose_a_tambon_that_was_not_removed(pressed: list[tuple[str, str]]) -> None:
    ranked: list[str] = []
    for verb, code in pressed:
        before = list(ranked)
        ranked = rules.moved(ranked, f"{verb}:{code}")
        assert len(set(ranked)) == len(ranked)
        expected = (
            set(before) | {code} if verb == "add" else set(before) - ({code} if verb == "remove" else set())
        )
        assert set(ranked) == expected


def test_a_step_that_there_is_not_is_not_found(applicant: Applicant) -> None:
    assert applicant.client.get(applicant.own("step", "nonsense")).status_code == 404
    assert applicant.client.post(applicant.own("step", "check")).status_code == 403


def test_the_same_content_has_the_same_digest_whatever_the_order_of_its_keys() -> None:
    one = {"ก": [1, None, True], "b": {"y": "2", "x": "๑"}}
    other = {"b": {"x": "๑", "y": "2"}, "ก": [1, None, True]}
    assert rules.digest(one) == rules.digest(other)
    assert rules.digest(one) != rules.digest({**one, "b": {"y": "2", "x": "1"}})


def test_a_call_of_another_round_does_not_show_this_application(
    world: cast.World, applicant: Applicant
) -> None:
    other = recruiting.call(cast.world(code="OTH-2564").round)
    wrong = reverse(
        "recruitment:application", args=[other.round.code, other.number, applicant.application.pk]
    )
    assert applicant.client.get(wrong).status_code == 404
    assert Call.objects.count() == 2
