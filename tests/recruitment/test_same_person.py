"""The same person twice: what says so, how sure it is, who sees what, and what follows from the decision."""

from __future__ import annotations

from datetime import date

import pytest
from django.urls import reverse
from hypothesis import given, settings
from hypothesis import strategies as st

from tests import cast, factories, recruiting
from tests.recruiting import NOW
from u2t.objections import Refused
from u2t.people.models import Worker
from u2t.recruitment.actions import assessing
from u2t.recruitment.models import Application, Call, Selection
from u2t.recruitment.queries.assessing import pairs
from u2t.recruitment.rules import same_person
from u2t.recruitment.rules.same_person import Applicant


@pytest.fixture
def call(world: cast.World) -> Call:
    return recruiting.call(world.round)


def url(name: str, call: Call, *more: object) -> str:
    return reverse(f"recruitment:{name}", args=[call.round.code, call.number, *more])


def like(application: Application, **changed: object) -> dict[str, object]:
    """The name and date of birth of another application."""
    same = ("title", "given_name", "surname", "birth_on")
    return {name: getattr(application, name) for name in same} | changed


def with_id(application: Application, number: int) -> Application:
    application.set_citizen_id(factories.citizen_id(number))
    application.save()
    return application


def strengths(call: Call) -> list[tuple[int, int, str]]:
    return [(one.pair.first, one.pair.second, one.pair.strength) for one in pairs.of_call(call)]


def test_name_and_birth_are_likely_a_telephone_is_possible_and_different_ids_speak_against(
    call: Call,
) -> None:
    one = recruiting.application(call, 1)
    two = recruiting.application(call, 2, **like(one))
    three = recruiting.application(call, 3, telephone="0800000001")
    assert strengths(call) == [(one.pk, two.pk, "possible"), (one.pk, three.pk, "possible")]
    unknown = recruiting.application(call, 4, **like(one))
    unknown.set_citizen_id(None)
    unknown.save()
    assert strengths(call)[:2] == [(one.pk, unknown.pk, "likely"), (two.pk, unknown.pk, "likely")]


def test_a_withdrawn_application_is_nobody_twice(call: Call) -> None:
    one = recruiting.application(call, 1)
    recruiting.application(call, 2, **like(one), withdrawn_at=NOW)
    recruiting.application(call, 3, **like(one), submitted=False)
    assert not strengths(call)


def test_a_further_call_finds_those_who_still_hold_something_of_the_first(
    world: cast.World, call: Call
) -> None:
    further = recruiting.call(world.round, number=2)
    one = recruiting.application(call, 1)
    two = with_id(recruiting.application(further, 9), 50_000_001)
    assert strengths(further) == [(one.pk, two.pk, "certain")]
    Selection.objects.create(
        call=call, number=1, ballot={}, ballot_digest="x", asked_at=NOW, computed_at=NOW, adopted_at=NOW
    )
    assert not strengths(further)


def test_another_institution_is_named_by_its_round_only(world: cast.World, call: Call) -> None:
    other = cast.world(code="OTH-2564")
    theirs = recruiting.call(other.round)
    one = recruiting.application(theirs, 1, surname="ลับเฉพาะ", telephone="0899999999")
    two = with_id(recruiting.application(call, 2, telephone="0899999999"), 50_000_001)
    by_phone = recruiting.application(call, 3, telephone="0899999999")
    (found,) = [f for f in pairs.of_call(call) if f.is_across]
    assert (found.pair.first, found.pair.second, found.pair.reasons) == (one.pk, two.pk, ("id",))
    text = cast.client_of(world.office).get(url("duplicates", call)).content.decode()
    assert "OTH-2564" in text
    assert "ลับเฉพาะ" not in text
    assert one.receipt not in text
    assert by_phone.receipt in text  # its own telephone twin, inside the institution
    assessing.decide_same_person(
        first=one, second=two, is_same=True, reason="สอบถามแล้ว", by=world.office, at=NOW
    )
    elsewhere = cast.client_of(other.office).get(url("duplicates", theirs) + "?show=same").content.decode()
    assert two.receipt not in elsewhere
    assert "TST-2564" in elsewhere


def test_one_person_passes_once_in_a_round_and_two_persons_twice(world: cast.World, call: Call) -> None:
    one = recruiting.application(call, 1)
    two = recruiting.application(call, 2, **like(one))
    client = cast.client_of(world.office)
    decision = {"first": one.pk, "second": two.pk}
    refused = client.post(url("decide_pair", call), {**decision, "same": "yes", "reason": ""})
    assert "เหตุผล" in refused.content.decode()
    client.post(url("decide_pair", call), {**decision, "same": "yes", "reason": "หน้าเดียวกันในรูปถ่าย"})
    assert one.receipt in client.get(url("screen", call, two.pk)).content.decode()
    assessing.screen(application=one, is_passed=True, note="เอกสารตามมา", by=world.office, at=NOW)
    with pytest.raises(Refused) as found:
        assessing.screen(application=two, is_passed=True, note="เอกสารตามมา", by=world.office, at=NOW)
    assert [(o.code, o.about) for o in found.value.objections] == [
        ("recruitment.same_person_passed", {"receipt": one.receipt})
    ]
    client.post(url("decide_pair", call), {**decision, "same": "no", "reason": "ฝาแฝด"})
    assert assessing.screen(
        application=two, is_passed=True, note="เอกสารตามมา", by=world.office, at=NOW
    ).is_passed
    assert [row.reason for row in pairs.SamePerson.objects.order_by("id")] == ["หน้าเดียวกันในรูปถ่าย", "ฝาแฝด"]


def test_only_a_pair_that_was_found_can_be_decided(world: cast.World, call: Call) -> None:
    one, two = recruiting.application(call, 1), recruiting.application(call, 2)
    with pytest.raises(Refused) as refused:
        assessing.decide_same_person(first=one, second=two, is_same=True, reason="…", by=world.office, at=NOW)
    assert [o.code for o in refused.value.objections] == ["recruitment.no_such_pair"]


def test_somebody_hired_already_is_shown_on_the_page_of_screening(world: cast.World, call: Call) -> None:
    one = recruiting.application(call, 1)
    person = world.hired.person
    person.citizen_id_digest = one.citizen_id_digest
    person.save()
    text = cast.client_of(world.office).get(url("screen", call, one.pk)).content.decode()
    assert f"รับจ้างอยู่ในรอบ {world.round.code}" in text
    Worker.objects.filter(pk=world.hired.pk).update(left_on=date(2021, 3, 1))
    assert (
        "รับจ้างอยู่ในรอบ" not in cast.client_of(world.office).get(url("screen", call, one.pk)).content.decode()
    )


APPLICANTS = st.lists(
    st.tuples(
        st.sampled_from(["", "a", "b"]), st.sampled_from(["", "x", "y"]), st.sampled_from(["", "1", "2"])
    ),
    max_size=8,
)


@settings(max_examples=60, deadline=None)
@given(APPLICANTS, st.randoms())
def test_pairs_are_all_and_only_those_that_share_something_in_any_order(
    found: list[tuple[str, str, str]], random: object
) -> None:
    everybody = [
        Applicant(n, (n,), digest, name, date(1995, 1, 1), telephone)
        for n, (digest, name, telephone) in enumerate(found)
    ]
    expected = {
        (one.key, other.key)
        for one in everybody
        for other in everybody
        if one.key < other.key and same_person.reasons(one, other)
    }
    before = same_person.pairs(everybody)
    random.shuffle(everybody)  # type: ignore[attr-defined]
    assert same_person.pairs(everybody) == before
    assert {(pair.first, pair.second) for pair in before} == expected
    assert all("id" not in pair.reasons or pair.strength == "certain" for pair in before)
