"""The pages of calls: the office composes and publishes, everybody reads, strangers are refused."""

from __future__ import annotations

from datetime import timedelta

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests import cast, recruiting
from tests.cast import CITY, NONG_LUANG_TAK, World, client_of
from tests.factories import NOW
from u2t.programme.actions import rounds
from u2t.recruitment.actions import calls as actions
from u2t.recruitment.forms.calls import WordsForm
from u2t.recruitment.forms.calls_fields import MomentField, PointsField
from u2t.recruitment.forms.calls_parts import CriteriaForm, DocumentsForm, MilestonesForm, RulesForm
from u2t.recruitment.models import Call, Eligibility
from u2t.recruitment.queries import calls as queries
from u2t.recruitment.rules.composing import RuleRow


def url(name: str, call: Call, *more: str) -> str:
    return reverse(f"recruitment:{name}", args=[call.round.code, call.number, *more])


def filled(form: object) -> dict[str, str]:
    """A form as it is shown, to be sent back."""
    shown = {bound.html_name: bound.value() for bound in form}  # type: ignore[attr-defined]
    return {name: str(value) for name, value in shown.items() if value not in (None, False, "")}


@pytest.fixture
def office(world: World) -> Client:
    with time_machine.travel(NOW, tick=False):
        yield client_of(world.office)


def drafted(world: World, office: Client) -> Call:
    rounds.announce_round(round=world.round, by=None, at=NOW)
    given = {
        "name_th": "ประกาศรับสมัคร ๑",
        "opens_at": "๔/๒/๒๕๖๔ ๐๘.๓๐",
        "closes_at": "15 ก.พ. 64 เวลา 16:30 น.",
    }
    answer = office.post(reverse("recruitment:new_call", args=[world.round.code]), given)
    call = Call.objects.get(round=world.round)
    assert answer.headers["Location"] == url("edit_call", call)
    return call


def test_the_office_composes_a_call_part_by_part_and_publishes_it(world: World, office: Client) -> None:
    call = drafted(world, office)
    assert (call.opens_at, call.closes_at) == (
        NOW.replace(day=4, hour=8, minute=30),
        NOW.replace(day=15, hour=16, minute=30),
    )
    answer = office.post(url("publish", call))
    assert "เลือกว่าประกาศผลจะแสดงชื่อหรือไม่" in answer.content.decode()
    assert Client().get(url("call", call)).status_code == 403

    form = filled(WordsForm(call=call)) | {
        "names_announced": "no",
        "pass_mark": "๕๙.๕",
        "results_on": "1/3/2564",
    }
    office.post(url("edit_part", call, "words"), form)
    rule = Eligibility.objects.get(call=call, kind="min_age")
    form = filled(RulesForm(call=call)) | {
        f"r{rule.pk}-years": "20", f"r{rule.pk}-valid_until": "31/12/2564", "kind": "lives_in", "category": "public",
    }  # fmt: skip
    office.post(url("edit_part", call, "rules"), form)
    office.post(url("edit_part", call, "quotas"), {f"slots-{CITY}-graduate": "7"})
    office.post(
        url("edit_part", call, "documents"), filled(DocumentsForm(call=call)) | {"area-public": "required"}
    )
    criteria = filled(CriteriaForm(call=call)) | {
        "weight-0": "30", "name_th-3": "ผลงาน", "max_points-3": "50", "weight-3": "10",
    }  # fmt: skip
    office.post(url("edit_part", call, "criteria"), criteria)
    office.post(
        url("edit_part", call, "timetable"),
        filled(MilestonesForm(call=call))
        | {"name_th-0": "รายงานตัว", "begins_on-0": "1/4/2564", "place_th-0": "หอประชุม"},
    )
    office.post(url("seed", call), {"seed": "424603"})
    assert office.post(url("publish", call)).headers["Location"] == url("call", call)

    call.refresh_from_db()
    assert (call.pass_mark, call.names_announced, call.published_by) == (59_500, False, world.office)
    rules = queries.rules_of(call)
    assert rules[0] == RuleRow("min_age", {"years": 20}, valid_until=NOW.date().replace(month=12, day=31))
    assert RuleRow("student_year", {"from": 3, "until": 4}, "student") in rules
    assert rules[-1] == RuleRow("lives_in", {"area": "province"}, "public")
    assert sum(queries.slots_of(call).values()) == 7
    page = Client().get(url("call", call)).content.decode()
    for said in ("ผลงาน", "หอประชุม", "424603", "59.5", "15 กุมภาพันธ์ 2564 16:30", "หนังสือรับรองการอยู่อาศัยในพื้นที่"):
        assert said in page


def test_a_part_that_is_wrong_says_so_and_keeps_what_was_typed(world: World, office: Client) -> None:
    call = drafted(world, office)
    form = filled(WordsForm(call=call)) | {"closes_at": "15/2/2564", "pass_mark": "มาก", "max_choices": "99"}
    page = office.post(url("edit_part", call, "words"), form).content.decode()
    for said in ("เขียนเวลาต่อท้ายวันที่", "เขียนคะแนน เช่น 60", "มาก"):
        assert said in page
    criteria = filled(CriteriaForm(call=call)) | {"weight-0": "41", "name_th-3": "ผลงาน"}
    page = office.post(url("edit_part", call, "criteria"), criteria).content.decode()
    assert "กรอกช่องนี้ หรือลบทั้งแถว" in page
    page = office.post(url("edit_part", call, "criteria"), criteria | {"name_th-3": ""}).content.decode()
    assert "ร้อยละ 101" in page
    assert office.get(url("edit_part", call, "nothing")).status_code == 404
    assert sum(row.weight for row in queries.criteria_of(call)) == 100


def test_an_open_call_is_not_tightened_by_its_pages(world: World, office: Client) -> None:
    call = recruiting.call(world.round)
    answer = office.post(url("edit_part", call, "quotas"), {f"slots-{CITY}-graduate": "1"})
    assert answer.status_code == 422
    assert "เพิ่มได้ แต่ลดไม่ได้" in answer.content.decode()
    answer = office.post(url("seed", call), {"seed": "x"})
    assert "แก้ไขไม่ได้" in answer.content.decode()
    assert "424603" not in Client().get(url("call", call)).content.decode()


def test_a_further_call_looks_for_the_slots_that_nobody_holds(world: World, office: Client) -> None:
    first = recruiting.call(world.round)
    assert not any(queries.slots_to_fill(world.round).values())
    actions.cancel_call(call=first, reason="ผิดพลาด", by=None, at=NOW)
    world.hired.fixed_tambon = world.tambons[CITY]
    world.hired.save()
    further = actions.draft_call(round=world.round, by=None, at=NOW)
    slots = queries.slots_of(further)
    assert slots[CITY, "graduate"] == 2
    assert sum(slots.values()) == 14
    actions.set_quotas(call=further, slots={}, by=None, at=NOW)
    office.post(url("refill", further))
    assert sum(queries.slots_of(further).values()) == 14


def test_the_public_finds_its_tambon_and_reads_why_a_call_was_cancelled(world: World, office: Client) -> None:
    call = recruiting.call(world.round)
    rounds.announce_round(round=world.round, by=None, at=NOW)
    visitor = Client()
    page = visitor.get(url("call", call), {"q": "อุ้มผาง"}).content.decode()
    assert world.tambons[NONG_LUANG_TAK].tambon.district.name_th in page
    assert "ต.ในเมือง" not in page
    with time_machine.travel(NOW, tick=False):
        assert call.name_th in visitor.get("/").content.decode()
        answer = office.post(url("cancel", call), {"reason": " "})
        assert answer.status_code == 422
        office.post(url("cancel", call), {"reason": "งบประมาณเปลี่ยน"})
        assert "งบประมาณเปลี่ยน" in visitor.get(url("call", call)).content.decode()
        assert call.name_th not in visitor.get("/").content.decode()


def test_changes_after_publication_are_shown_to_everybody(world: World, office: Client) -> None:
    call = recruiting.call(world.round)
    actions.change_call(call=call, closes_at=call.closes_at + timedelta(days=1), by=None, at=NOW)
    page = Client().get(url("call", call)).content.decode()
    assert "แก้ไขหลังการเผยแพร่" in page
    assert "เปิดรับสมัครถึง" in page


def test_only_the_office_of_the_round_composes(world: World) -> None:
    call = recruiting.call(world.round, published=False)
    other = cast.world(code="OTH-2564")
    for name in ("edit_call", "seed", "publish", "cancel"):
        for stranger in (world.executive, world.stranger, world.worker, other.office):
            assert client_of(stranger).get(url(name, call)).status_code == 403
            assert client_of(stranger).post(url(name, call), {"reason": "x"}).status_code == 403
        assert Client().get(url(name, call)).headers["Location"].startswith("/people/log-in")
    call.refresh_from_db()
    assert (call.cancelled_at, call.published_at) == (None, None)


def test_a_draft_is_seen_by_the_institution_alone(world: World) -> None:
    call = recruiting.call(world.round, published=False)
    rounds.announce_round(round=world.round, by=None, at=NOW)
    listed = reverse("recruitment:calls", args=[world.round.code])
    assert call.name_th in client_of(world.executive).get(listed).content.decode()
    assert call.name_th not in Client().get(listed).content.decode()
    assert client_of(world.executive).get(url("call", call)).status_code == 200
    assert client_of(world.stranger).get(url("call", call)).status_code == 403


def test_the_public_page_asks_the_database_as_often_for_many_tambons_as_for_few(world: World) -> None:
    call, visitor = recruiting.call(world.round), Client()
    visitor.get(url("call", call))

    def count() -> int:
        with CaptureQueriesContext(
            connection,
        ) as asked:
            visitor.get(url("call", call))
        return len(asked)

    before = count()
    for code in ("620102", "620103", "620104"):
        target = world.round.tambons.create(tambon_id=code)
        call.quotas.create(tambon=target, category=world.round.categories.first(), slots=2)
    assert count() == before


@pytest.mark.parametrize(
    ("field", "typed", "expected"),
    [
        (MomentField(), "15/1/2564 16.30", "2021-01-15T16:30:00+07:00"),
        (MomentField(), "๑๕ ม.ค. ๖๔ เวลา ๑๖:๓๐ น.", "2021-01-15T16:30:00+07:00"),
        (PointsField(), "๕๙.๕", "59500"),
    ],
)
def test_what_the_office_types_is_understood(field: object, typed: str, expected: str) -> None:
    found = field.clean(typed)  # type: ignore[attr-defined]
    assert (found.isoformat() if hasattr(found, "isoformat") else str(found)) == expected
    assert field.clean(field.prepare_value(found)) == found  # type: ignore[attr-defined]
