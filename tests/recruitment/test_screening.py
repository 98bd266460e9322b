"""Screening by the office: papers, rules, the right to an interview, one by one and many at once."""

from __future__ import annotations

import uuid
from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests import cast, factories, recruiting
from tests.recruiting import NOW
from u2t.audit.models import Event
from u2t.mailing.models import Mail
from u2t.objections import Refused
from u2t.pages import words
from u2t.recruitment.actions import assessing
from u2t.recruitment.models import Application, Call, Document, Screening
from u2t.recruitment.queries import assessing as queries
from u2t.recruitment.queries.assessing import cases
from u2t.recruitment.words import findings
from u2t.sheets import reading
from u2t.vault.models import File


@pytest.fixture
def call(world: cast.World) -> Call:
    return recruiting.call(world.round)


@pytest.fixture
def office(world: cast.World) -> Client:
    return cast.client_of(world.office)


def url(name: str, call: Call, *more: object) -> str:
    return reverse(f"recruitment:{name}", args=[call.round.code, call.number, *more])


def paper(application: Application, kind: str) -> Document:
    file = File.objects.create(
        id=uuid.uuid4(), content_type="image/jpeg", size=1, sha256="0" * 64, kept_at=NOW
    )
    return Document.objects.create(application=application, kind=kind, file=file, uploaded_at=NOW)


def with_papers(application: Application, *kinds: str, by: object) -> None:
    for kind in kinds:
        assessing.check_document(document=paper(application, kind), is_accepted=True, by=by, at=NOW)


def codes(refused: pytest.ExceptionInfo[Refused]) -> set[str]:
    assert all(words.say(objection) for objection in refused.value.objections)
    return {objection.code.partition(".")[2] for objection in refused.value.objections}


def test_an_application_with_open_rules_and_papers_is_refused_with_every_reason(
    world: cast.World, call: Call
) -> None:
    old = recruiting.application(call, 1, graduated_on=NOW.date() - timedelta(days=5 * 365), birth_on=None)
    with pytest.raises(Refused) as refused:
        assessing.screen(application=old, is_passed=True, by=world.office, at=NOW)
    assert codes(refused) == {"rules_unmet", "rules_unknown", "papers_not_accepted"}
    assert not queries.has_passed(old)


def test_a_rule_counts_as_met_only_with_a_reason_which_stays_on_record(world: cast.World, call: Call) -> None:
    old = recruiting.application(call, 1, graduated_on=NOW.date() - timedelta(days=5 * 365))
    with_papers(old, "id_card", "degree", by=world.office)
    rule = call.eligibility.get(kind="degree_within")
    with pytest.raises(Refused) as refused:
        assessing.override(application=old, rule=rule, is_met=True, reason="  ", by=world.office, at=NOW)
    assert codes(refused) == {"reason_missing"}
    assessing.override(application=old, rule=rule, is_met=True, reason="มีหนังสือรับรอง", by=world.office, at=NOW)
    made = assessing.screen(application=old, is_passed=True, by=world.office, at=NOW)
    kept = {finding["kind"]: finding for finding in made.findings}
    assert kept["degree_within"] == {
        "rule": rule.pk, "kind": "degree_within", "is_met": False, "overridden": True,
    }  # fmt: skip
    assert Event.objects.get(verb="recruitment.rule_overridden").note["reason"] == "มีหนังสือรับรอง"


def test_a_new_decision_stands_above_the_old_one_and_both_stay(world: cast.World, call: Call) -> None:
    one = recruiting.application(call, 1)
    assessing.screen(application=one, is_passed=True, note="เอกสารนำมาวันสัมภาษณ์", by=world.office, at=NOW)
    with pytest.raises(Refused) as refused:
        assessing.screen(application=one, is_passed=False, by=world.office, at=NOW)
    assert codes(refused) == {"note_missing"}
    assessing.screen(application=one, is_passed=False, note="เอกสารปลอม", by=world.office, at=NOW)
    assert [row.is_passed for row in one.screenings.order_by("id")] == [True, False]
    assert not queries.has_passed(one)
    told = Mail.objects.filter(to=one.email).order_by("id")
    assert ["มีสิทธิ" in mail.text or "เอกสารปลอม" in mail.text for mail in told] == [True, True]


def test_a_withdrawn_application_is_not_decided_any_more(world: cast.World, call: Call) -> None:
    gone = recruiting.application(call, 1, withdrawn_at=NOW)
    with pytest.raises(Refused) as refused:
        assessing.screen(application=gone, is_passed=False, note="ไม่ครบ", by=world.office, at=NOW)
    assert codes(refused) == {"is_withdrawn"}


def test_a_paper_is_refused_with_a_reason_only_and_the_last_check_counts(
    world: cast.World, call: Call
) -> None:
    one = recruiting.application(call, 1)
    sent = paper(one, "id_card")
    with pytest.raises(Refused) as refused:
        assessing.check_document(document=sent, is_accepted=False, by=world.office, at=NOW)
    assert codes(refused) == {"reason_missing"}
    assessing.check_document(document=sent, is_accepted=False, reason="เบลอ", by=world.office, at=NOW)
    assessing.check_document(document=sent, is_accepted=True, by=world.office, at=NOW)
    states = {line.kind: line.state for line in cases.case(one).papers}
    assert states == {"id_card": "accepted", "degree": "missing"}


def test_all_without_anything_in_the_way_pass_at_once_and_the_others_say_why(
    world: cast.World, call: Call, office: Client
) -> None:
    ready = [recruiting.application(call, number, "student") for number in (1, 2)]
    for one in ready:
        with_papers(one, "id_card", by=world.office)
    lacking = recruiting.application(call, 3, "student")
    young = recruiting.application(call, 4, "student", birth_on=NOW.date() - timedelta(days=17 * 365))
    with_papers(young, "id_card", by=world.office)
    asked = office.get(url("pass_ready", call)).content.decode()
    assert ready[0].receipt in asked
    assert young.receipt not in asked
    answer = office.post(url("pass_ready", call)).content.decode()
    assert set(Screening.objects.values_list("application", flat=True)) == {one.pk for one in ready}
    for one, reason in ((lacking, "สำเนาบัตรประจำตัวประชาชน"), (young, "คุณสมบัติไม่ตรง 1 ข้อ")):
        assert one.receipt in answer
        assert reason in answer
    assert Event.objects.get(verb="recruitment.passed_many").note == {"numbers": [1, 2]}


def test_the_list_finds_filters_and_counts(world: cast.World, call: Call, office: Client) -> None:
    first = recruiting.application(call, 1, choices=(cast.CITY,), passed=True)
    recruiting.application(call, 2, "student", choices=(cast.NONG_LUANG_TAK,), seconds_late=30)
    recruiting.application(call, 3, passed=False)
    recruiting.application(call, 4, withdrawn_at=NOW)
    recruiting.application(call, 5, submitted=False)

    def receipts(query: str) -> list[int]:
        page = office.get(url("applications", call) + query)
        return [line["application"].number for line in page.context["page"]]

    assert receipts("") == [1, 2, 3, 4]
    assert receipts("?show=passed") == [1]
    assert receipts("?show=failed") == [3]
    assert receipts("?category=student") == [2]
    assert receipts(f"?tambon={cast.CITY}") == [1]
    assert receipts("?trouble=late") == [2]
    assert receipts(f"?q={first.given_name}") == [1]
    assert receipts(f"?q={first.receipt}") == [1]
    assert receipts("?trouble=papers&show=waiting") == [2]
    assert receipts("?sort=newest&show=nonsense&category=%00'") == [4, 3, 2, 1]
    counts = {name: n for name, _label, n in office.get(url("applications", call)).context["tabs"]}
    assert counts == {"all": 4, "waiting": 1, "passed": 1, "scored": 0, "failed": 1, "withdrawn": 1}


def test_more_applications_ask_no_more_queries(world: cast.World, call: Call, office: Client) -> None:
    def queries_of(query: str = "") -> int:
        with CaptureQueriesContext(
            connection,
        ) as asked:
            office.get(url("applications", call) + query)
        return len(asked)

    for number in (1, 2):
        with_papers(recruiting.application(call, number, choices=(cast.CITY,)), "id_card", by=world.office)
    before = queries_of(), queries_of("?trouble=unmet")
    for number in range(3, 9):
        with_papers(recruiting.application(call, number, choices=(cast.CITY,)), "id_card", by=world.office)
    assert (queries_of(), queries_of("?trouble=unmet")) == before


def test_the_workbook_masks_id_numbers_and_is_recorded(world: cast.World, call: Call, office: Client) -> None:
    one = recruiting.application(call, 1, choices=(cast.CITY,), given_name="=cmd()")
    answer = office.get(url("applications_xlsx", call))
    (sheet,) = reading.read(answer.content, "x.xlsx").sheets
    cells = [str(cell) for row in sheet.rows for cell in row]
    assert one.receipt in cells
    assert not any(factories.citizen_id(50_000_001) in cell.replace("-", "") for cell in cells)
    assert not any(cell.startswith("=") for cell in cells)
    assert Event.objects.get(verb="recruitment.list_exported").note == {"count": 1}


def test_the_page_of_one_application_shows_its_papers_rules_and_neighbours_and_decides(
    world: cast.World, call: Call, office: Client
) -> None:
    one, two = recruiting.application(call, 1), recruiting.application(call, 2)
    sent = paper(one, "id_card")
    page = office.get(url("screen", call, one.pk) + "?show=waiting")
    text = page.content.decode()
    assert url("paper", call, one.pk, sent.pk) in text
    assert findings.rule_said(call.eligibility.get(kind="min_age").as_rule()) in text
    assert factories.citizen_id(50_000_001) not in text.replace("-", "")
    assert page.context["after"] == two.pk
    office.post(url("check_paper", call, one.pk, sent.pk), {"accepted": "yes"})
    assert sent.checks.get().is_accepted
    refused = office.post(url("decide", call, one.pk), {"decision": "pass", "note": ""})
    assert "ใบปริญญา" in refused.content.decode() or "ปริญญาบัตร" in refused.content.decode()
    answer = office.post(
        url("decide", call, one.pk) + "?show=waiting", {"decision": "pass", "note": "นำมาภายหลัง", "next": "1"}
    )
    assert answer["Location"].startswith(url("screen", call, two.pk))
    assert queries.has_passed(one)


def test_nothing_is_chosen_before_the_office_chooses(call: Call, office: Client) -> None:
    one = recruiting.application(call, 1)
    text = office.get(url("screen", call, one.pk)).content.decode()
    assert "checked" not in text
    answer = office.post(url("decide", call, one.pk), {"note": "…"})
    assert "data-focus" in answer.content.decode() or "เลือกผล" in answer.content.decode()
    assert not one.screenings.exists()


def test_the_whole_id_number_is_shown_by_a_button_only_and_recorded(
    world: cast.World, call: Call, office: Client
) -> None:
    one = recruiting.application(call, 1)
    answer = office.get(url("citizen_id", call, one.pk))
    assert factories.citizen_id(50_000_001) in answer.content.decode().replace("-", "")
    assert answer["Cache-Control"] == "no-store"
    assert Event.objects.get(verb="recruitment.read_citizen_id").by == world.office


def test_only_the_office_of_the_institution_screens(world: cast.World, call: Call) -> None:
    one = recruiting.application(call, 1)
    other = recruiting.application(call, 2)
    elsewhere = cast.world(code="OTH-2564").office
    pages = [
        url("screen", call, one.pk), url("citizen_id", call, one.pk), url("duplicates", call), url("pass_ready", call),
        url("applications_xlsx", call), url("interviewers", call), url("schedule", call), url("bring_back", call),
        url("scores_xlsx", call), url("sheets", call, one.pk),
    ]  # fmt: skip
    strangers = (elsewhere, other.account, world.executive, world.pm, world.worker)
    assert {cast.client_of(who).get(page).status_code for who in strangers for page in pages} == {403}
    assert {cast.client_of(None).get(page).status_code for page in pages} == {302}
    changes = [
        url("decide", call, one.pk), url("override", call, one.pk), url("decide_pair", call), url("assign", call),
        url("appoint", call), url("clear_times", call), url("set_time", call, one.pk), url("accept_back", call),
    ]  # fmt: skip
    assert {cast.client_of(who).post(page).status_code for who in strangers for page in changes} == {403}
    lists = [url("applications", call), url("scores", call)]
    assert {
        cast.client_of(who).get(page).status_code for who in (elsewhere, other.account) for page in lists
    } == {403}
    seen = cast.client_of(world.executive).get(lists[0]).content.decode()
    assert one.receipt in seen
    assert url("screen", call, one.pk) not in seen
