"""The list of interviews leaves as a workbook and comes back: whole or not at all, every slip located."""

from __future__ import annotations

import datetime

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from tests import cast, recruiting
from tests.recruiting import NOW
from tests.sheets import files
from u2t.audit.models import Event
from u2t.objections import Refused
from u2t.recruitment.actions import assessing
from u2t.recruitment.models import Application, Call
from u2t.recruitment.queries.assessing import exchange
from u2t.recruitment.rules import returned
from u2t.sheets import reading
from u2t.thai.problem import Problem

HEAD = ("ลำดับที่", "ชื่อ-สกุล", "วันที่สัมภาษณ์", "เวลา", "สถานที่", "คะแนน")


@pytest.fixture
def call(world: cast.World) -> Call:
    return recruiting.call(world.round)


@pytest.fixture
def passed(call: Call) -> list[Application]:
    return [recruiting.application(call, number, passed=True) for number in (1, 2, 3)]


@pytest.fixture
def office(world: cast.World) -> Client:
    return cast.client_of(world.office)


def url(name: str, call: Call) -> str:
    return reverse(f"recruitment:{name}", args=[call.round.code, call.number])


def send(office: Client, call: Call, *rows: tuple[object, ...]) -> HttpResponse:
    upload = SimpleUploadedFile("คะแนน.xlsx", files.xlsx([HEAD, *rows]))
    return office.post(url("bring_back", call), {"file": upload})


def found(answer: HttpResponse) -> set[tuple[str, str]]:
    """Place and sentence of every problem."""
    return {(said.place, said.what) for _state, said in answer.context["said"]}


def test_what_was_exported_comes_back_unchanged(
    call: Call, passed: list[Application], office: Client
) -> None:
    Application.objects.filter(pk=passed[0].pk).update(
        interview_at=NOW, interview_place="ห้อง ๑", score=71_250, scored_at=NOW
    )
    Application.objects.filter(pk=passed[1].pk).update(scored_at=NOW)
    data = office.get(url("scores_xlsx", call)).content
    checked = returned.check(data, "x.xlsx", exchange.known(call), NOW.date())
    assert not checked.report.has_problems
    assert (checked.rows, checked.unchanged, checked.changes) == (3, 3, ())
    (sheet,) = reading.read(data, "x.xlsx").sheets
    rows = {row[1]: row for row in sheet.rows[1:]}
    assert list(rows[passed[0].receipt])[6:9] == ["3 ก.พ. 2564", "09:00", "ห้อง ๑"]
    assert [rows[one.receipt][10] for one in passed] == ["71.25", "ขาด", ""]
    assert Event.objects.filter(verb="recruitment.interviews_exported").count() == 1


def test_a_preview_stores_nothing_and_accepting_it_stores_all(
    call: Call, passed: list[Application], office: Client
) -> None:
    answer = send(
        office,
        call,
        (1, passed[0].full_name, "15/3/2564", "๙.๓๐ น.", "ห้อง ๑", "๘๕.๕"),
        ("2", passed[1].full_name, datetime.date(2021, 3, 16), datetime.time(13, 0), "ห้อง ๒", 70),
        (3, passed[2].full_name, "", "", "", "ขาด"),
    )
    assert not Application.objects.exclude(score=None, scored_at=None, interview_at=None).exists()
    office.post(url("accept_back", call), {"kept": answer.context["kept"]})
    for one in passed:
        one.refresh_from_db()
    march = NOW.replace(month=3)
    assert [(one.interview_at, one.interview_place, one.score) for one in passed] == [
        (march.replace(day=15, hour=9, minute=30), "ห้อง ๑", 85_500),
        (march.replace(day=16, hour=13), "ห้อง ๒", 70_000),
        (None, "", None),
    ]
    assert all(one.scored_at for one in passed)
    assert Event.objects.get(verb="recruitment.brought_back").note == {"times": 2, "scores": 2, "absent": 1}


def test_every_slip_is_located_and_nothing_is_stored(
    world: cast.World, call: Call, passed: list[Application], office: Client
) -> None:
    recruiting.application(call, 4, passed=False)
    recruiting.application(call, 5, withdrawn_at=NOW)
    answer = send(
        office,
        call,
        (1, passed[1].full_name, "", "", "", 50),
        (2, passed[1].full_name, "15/3/2564", "", "ห้อง ๑", ""),
        (3, passed[2].full_name, "31/2/2564", "25.00", "ห้อง ๑", "101"),
        (3, passed[2].full_name, "", "", "", 60),
        (99, "", "", "", "", 60),
        (4, "", "", "", "", 60),
        (5, "", "", "", "", 60),
        ("หนึ่ง", "", "", "", "", "8,5"),
    )
    places = {place for place, _what in found(answer)}
    assert places == {f"คน!{cell}" for cell in ("B2", "D3", "C4", "D4", "F4", "A6", "A7", "A8", "A9", "F9")}
    assert answer.context["kept"] == ""
    with pytest.raises(Refused) as refused:
        assessing.bring_back(
            call=call,
            data=files.xlsx([HEAD, (1, "", "", "", "", 50), (99, "", "", "", "", 60)]),
            file_name="x.xlsx",
            by=world.office,
            at=NOW,
        )
    assert refused.value.objections[0].about == {"count": 1}
    assert not Application.objects.filter(score__isnull=False).exists()


def test_the_same_number_twice_names_the_first_row(
    call: Call, passed: list[Application], office: Client
) -> None:
    answer = send(office, call, (1, "", "", "", "", 50), (1, "", "", "", "", 60))
    ((place, what),) = found(answer)
    assert place == "คน!A3"
    assert "2" in what


def test_points_that_interviewers_have_locked_are_not_overwritten(
    world: cast.World, call: Call, passed: list[Application], office: Client
) -> None:
    interviewer = assessing.appoint(call=call, account=world.pm, by=world.office, at=NOW)
    sheet = assessing.give(application=passed[0], interviewer=interviewer, by=world.office, at=NOW)
    assessing.mark(interview=sheet, points={call.criteria.get().pk: 40}, by=world.pm, at=NOW)
    assessing.lock(interview=sheet, by=world.pm, at=NOW)
    ((place, _what),) = found(send(office, call, (1, "", "", "", "", 90)))
    assert place == "คน!F2"


def test_what_changed_between_preview_and_acceptance_is_seen(
    world: cast.World, call: Call, passed: list[Application], office: Client
) -> None:
    kept = send(office, call, (1, passed[0].full_name, "", "", "", 50)).context["kept"]
    assessing.screen(application=passed[0], is_passed=False, note="เอกสารปลอม", by=world.office, at=NOW)
    answer = office.post(url("accept_back", call), {"kept": kept})
    assert "ปัญหา" in answer.content.decode()
    passed[0].refresh_from_db()
    assert passed[0].score is None


@pytest.mark.parametrize("kept", ["", "forged", "WyJ4Il0:1abc:signature"])
def test_a_preview_that_was_not_ours_is_refused(call: Call, office: Client, kept: str) -> None:
    answer = office.post(url("accept_back", call), {"kept": kept})
    assert "หมดอายุ" in answer.content.decode()


def test_a_file_that_is_no_list_is_refused_in_words(call: Call, office: Client) -> None:
    for data in (b"%PDF-1.4 \x00", b"MZ\x90\x00\x03", b""):
        answer = office.post(url("bring_back", call), {"file": SimpleUploadedFile("x.xlsx", data)})
        assert answer.status_code == 422
        assert "notice" in answer.content.decode()


@pytest.mark.parametrize(
    ("cell", "value"),
    [
        ("9:30", datetime.time(9, 30)),
        ("๑๓.๐๕ น.", datetime.time(13, 5)),
        (0.375, datetime.time(9, 0)),
        (datetime.time(8, 15), datetime.time(8, 15)),
        (datetime.datetime(1900, 1, 1, 8, 15), datetime.time(8, 15)),  # noqa: DTZ001
        ("24:00", None),
        ("9", None),
        ("เช้า", None),
    ],
)
def test_a_time_of_day_is_read_as_offices_write_it(cell: object, value: datetime.time | None) -> None:
    answer = returned.clock(cell)  # type: ignore[arg-type]
    assert answer == value if value else isinstance(answer, Problem)


@pytest.mark.parametrize(
    ("cell", "value"),
    [
        (85, 85_000),
        (85.125, 85_125),
        ("๘๕.๕", 85_500),
        ("100", 100_000),
        ("ขาด", "absent"),
        (0, 0),
        ("-", None),
    ],
)
def test_a_score_is_read_exactly(cell: object, value: object) -> None:
    assert returned.score(cell) == value  # type: ignore[arg-type]


@pytest.mark.parametrize("cell", [101, -1, "8,5", "85.1234", 85.12345, True, "ดี"])
def test_what_is_no_score_is_a_problem(cell: object) -> None:
    assert isinstance(returned.score(cell), Problem)  # type: ignore[arg-type]
