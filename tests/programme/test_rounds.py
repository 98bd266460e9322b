"""A round is opened, changed and shown by the programme office, on its pages."""

from __future__ import annotations

from datetime import date

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests.cast import NOW, QUOTAS, World, a_round, client_of
from u2t.audit.models import Event
from u2t.objections import Refused
from u2t.pages import words
from u2t.programme import queries, usual
from u2t.programme.actions import rounds
from u2t.programme.forms import TopicsField, usual_round
from u2t.programme.models import Quota, Round
from u2t.programme.rules import TopicRow
from u2t.thai import money


def filled(**changes: str) -> dict[str, str]:
    """The form of a new round as it is offered, with what the office types."""
    offered = {}
    for name, value in usual_round().items():
        if name.endswith("_rate"):
            value = money.baht(value)
        if name in ("dimensions", "skills"):
            value = TopicsField().prepare_value(value)
        if value is not False:
            offered[name] = str(value)
    typed = {"code": "TST-2565", "name_th": "รอบสอง", "starts_on": "1/2/2565", "months": "11"}
    return {**offered, **typed, **changes}


def test_the_form_of_a_new_round_opens_it_with_the_usual_slots(world: World) -> None:
    client = client_of(world.office)
    page = client.get(reverse("programme:open"))
    assert "ประชาชนทั่วไป" in page.content.decode()

    answer = client.post(
        reverse("programme:open"),
        filled(institution=str(world.institution.pk), months="๑๑", starts_on="๑ ก.พ. ๖๕"),
    )

    assert answer.headers["Location"] == reverse("programme:tambons", args=["TST-2565"])
    opened = Round.objects.get(code="TST-2565")
    assert (opened.starts_on, opened.months) == (date(2022, 2, 1), 11)
    assert queries.quotas(opened) == usual.QUOTAS
    assert {c.code: c.monthly_rate_satang for c in opened.categories.all()} == {
        "public": 900_000,
        "graduate": 1_500_000,
        "student": 500_000,
    }
    stored = [TopicRow(t.code, t.name_th, t.name_en) for t in opened.dimensions.all()]
    assert stored == list(usual.DIMENSIONS)
    stored = [TopicRow(t.code, t.name_th, t.name_en, t.for_office) for t in opened.skills.all()]
    assert stored == list(usual.SKILLS)
    assert Event.objects.filter(verb="programme.open_round", round_code="TST-2565").exists()


def test_every_fault_of_a_new_round_is_told_and_what_was_typed_stays(world: World) -> None:
    client = client_of(world.office)
    answer = client.post(
        reverse("programme:open"),
        filled(
            institution=str(world.institution.pk),
            code="TST-2564",
            months="61",
            orientation_from="5/2/2565",
            orientation_until="1/2/2565",
            starts_on="31/2/2565",
            c1_rate="",
            c2_rate="9" * 30,
        ),
        headers={"accept-language": "en"},
    )
    page = answer.content.decode()
    assert "31/2/2565" in page
    for sentence in (
        "The calendar has no such day.",
        "At most 60.",
        "Enter the monthly rate; it may be 0.",
        "Check the sum.",
    ):
        assert sentence in page
    assert Round.objects.count() == 1

    answer = client.post(
        reverse("programme:open"),
        filled(
            institution=str(world.institution.pk),
            code="TST-2564",
            orientation_from="5/2/2565",
            orientation_until="1/2/2565",
            c1_code="public",
        ),
        headers={"accept-language": "en"},
    )
    page = answer.content.decode()
    for sentence in (
        "Another round already has the code “TST-2564”.",
        "Orientation must end on or after the day it begins.",
        "The category code “public” is used twice.",
    ):
        assert sentence in page


@pytest.mark.parametrize(
    ("changes", "codes"),
    [
        ({"code": "no digits"}, {"programme.code_malformed"}),
        ({"name_th": " "}, {"programme.name_missing"}),
        ({"months": 0}, {"programme.months_out_of_range"}),
        ({"leaders_per_tambon": 10}, {"programme.leaders_out_of_range"}),
        ({"orientation_until": None}, {"programme.orientation_half"}),
        ({"orientation_from": date(2021, 3, 1)}, {"programme.orientation_backwards"}),
        (
            {"categories": [], "workstreams": [], "quotas": {}},
            {"programme.no_category", "programme.no_workstream", "programme.no_slots"},
        ),
        ({"quotas": dict.fromkeys(QUOTAS, 0)}, {"programme.no_slots"}),
        (
            {"skills": [TopicRow("a", "ก", ""), TopicRow("a", "ข", ""), TopicRow("A!", "", "")]},
            {"programme.topic_twice", "programme.part_code_malformed", "programme.part_unnamed"},
        ),
        ({"quotas": {**QUOTAS, ("public", "team"): -1}}, {"programme.quota_out_of_range"}),
        ({"quotas": {**QUOTAS, ("monk", "team"): 1}}, {"programme.quota_unknown"}),
        ({"workstreams": [*usual.WORKSTREAMS, usual.WORKSTREAMS[0]]}, {"programme.workstream_twice"}),
        (
            {"categories": [("Public!", "", "", -1)], "quotas": {("Public!", "team"): 1}},
            {"programme.part_code_malformed", "programme.part_unnamed", "programme.rate_negative"},
        ),
    ],
)
def test_a_round_with_a_fault_is_refused_with_every_reason(
    world: World, changes: dict[str, object], codes: set[str]
) -> None:
    given = {
        "code": "TST-2566",
        "name_th": "รอบสาม",
        "starts_on": date(2021, 2, 1),
        "months": 11,
        "orientation_from": date(2021, 1, 31),
        "orientation_until": date(2021, 2, 2),
        "categories": usual.CATEGORIES,
        "workstreams": usual.WORKSTREAMS,
        "quotas": QUOTAS,
        **changes,
    }
    with pytest.raises(Refused) as refused:
        rounds.open_round(institution=world.institution, **given, by=world.office, at=NOW)  # type: ignore[arg-type]
    assert {objection.code for objection in refused.value.objections} == codes
    assert all(words.say(objection) for objection in refused.value.objections)
    assert not Round.objects.filter(code=given["code"]).exists()


def change_form(world: World, **changes: str) -> dict[str, str]:
    page = client_of(world.office).get(reverse("programme:change", args=[world.round.code]))
    form = page.context["form"]
    values = {bound.html_name: bound.value() for bound in form}
    return {name: "" if value is None else str(value) for name, value in values.items()} | changes


def test_slots_may_shrink_until_people_are_hired_and_only_grow_afterwards(world: World) -> None:
    client, url = client_of(world.office), reverse("programme:change", args=[world.round.code])
    fewer = change_form(world, **{"slots-graduate-team": "1"})
    client.post(url, fewer)
    assert queries.quotas(world.round)["graduate", "team"] == 1

    rounds.settle_quotas(round=world.round, by=world.office, at=NOW)
    answer = client.post(url, {**fewer, "slots-public-team": "0", "slots-student-team": "0"})
    told = {"programme.quota_lowered"}
    assert queries.quotas(world.round)["public", "team"] == 1
    assert answer.context["form"].non_field_errors()
    with pytest.raises(Refused) as refused:
        rounds.change_round(
            round=world.round,
            name_th="รอบ",
            name_en="",
            starts_on=date(2021, 2, 1),
            months=11,
            handover_on=None,
            leaders_per_tambon=2,
            rates={"monk": 1},
            quotas={},
            by=world.office,
            at=NOW,
        )
    assert {o.code for o in refused.value.objections} == told | {
        "programme.no_slots",
        "programme.category_unknown",
    }

    client.post(url, {**fewer, "slots-graduate-team": "7", "rate-student": "5,500", "months": "12"})
    world.round.refresh_from_db()
    assert (queries.quotas(world.round)["graduate", "team"], world.round.months) == (7, 12)
    assert world.round.categories.get(code="student").monthly_rate_satang == 550_000


def test_a_round_without_tambons_is_not_shown_to_the_public(world: World) -> None:
    empty = a_round(world.institution, code="TST-2570", by=world.office)
    client = client_of(world.office)
    answer = client.post(reverse("programme:announce", args=[empty.code]), headers={"accept-language": "en"})
    assert "The round has no tambons yet" in answer.content.decode()
    empty.refresh_from_db()
    assert not empty.is_announced

    client.post(reverse("programme:announce", args=[world.round.code]))
    world.round.refresh_from_db()
    assert world.round.is_announced
    with pytest.raises(Refused):
        rounds.announce_round(round=world.round, by=world.office, at=NOW)
    client.post(reverse("programme:withdraw", args=[world.round.code]))
    world.round.refresh_from_db()
    assert not world.round.is_announced


def test_orientation_is_entered_whole_or_not_at_all(world: World) -> None:
    client, url = client_of(world.office), reverse("programme:orientation", args=[world.round.code])
    half = client.post(url, {"orientation_from": "31/1/2564"}, headers={"accept-language": "en"})
    assert "Enter both the first and the last day" in half.content.decode()
    client.post(url, {"orientation_from": "30 ม.ค. 2564", "orientation_until": "1/2/2564"})
    world.round.refresh_from_db()
    assert (world.round.orientation_from, world.round.orientation_until) == (
        date(2021, 1, 30),
        date(2021, 2, 1),
    )
    client.post(url, {"orientation_from": "", "orientation_until": ""})
    world.round.refresh_from_db()
    assert world.round.orientation_from is None


def test_the_settings_of_a_round_show_its_slots_and_pay(world: World) -> None:
    page = client_of(world.executive).get(reverse("programme:round", args=[world.round.code]))
    matrix = page.context["matrix"]
    assert (matrix.tambons, matrix.a_tambon, matrix.all, matrix.totals) == (3, 5, 15, (4, 1))
    assert matrix.monthly_satang == 3 * (900_000 + 3 * 1_500_000 + 500_000)
    assert "1 กุมภาพันธ์ – 31 ธันวาคม 2564" in page.content.decode()
    assert reverse("programme:change", args=[world.round.code]) not in page.content.decode()


def test_more_rounds_need_no_more_queries(world: World) -> None:
    client = client_of(world.office)
    url = reverse("programme:rounds")
    client.get(url)
    with CaptureQueriesContext(connection) as few:
        client.get(url)
    for year in range(2570, 2575):
        a_round(world.institution, code=f"TST-{year}", by=world.office)
    with CaptureQueriesContext(connection) as many:
        page = client.get(url)
    assert len(page.context["lines"]) == 6
    assert [line.slots for line in page.context["lines"]].count(0) == 5
    assert len(many) == len(few)
    assert Quota.objects.count() == 36


def test_lines_of_topics_are_read_and_a_line_with_too_much_is_refused() -> None:
    field = TopicsField(required=False)
    assert field.clean("a | ก\n\n b|ข|B|* \n c | ค | *") == [
        TopicRow("a", "ก", ""),
        TopicRow("b", "ข", "B", True),
        TopicRow("c", "ค", "", True),
    ]
    assert field.clean("") == []
    with pytest.raises(ValidationError):
        field.clean("a | ก | b | c | d")
