"""Applications come in from a file: all or none, with every fault at its place."""

from __future__ import annotations

import io
from datetime import date
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import CommandError, call_command
from django.urls import reverse

from tests import cast, factories, recruiting
from tests.cast import CITY, NONG_LUANG_KPP, World, client_of
from tests.factories import NOW
from u2t.audit.models import Event
from u2t.recruitment.actions import bringing_in as actions
from u2t.recruitment.models import Application, Call, Choice, Screening
from u2t.recruitment.queries import applying
from u2t.recruitment.rules import applying as digesting
from u2t.recruitment.rules import numbering
from u2t.recruitment.words import bringing as words
from u2t.sheets import write

HEADER = (
    "คำนำหน้า", "ชื่อ", "นามสกุล", "เลขประจำตัวประชาชน", "วันเกิด", "ประเภท", "ตำบล", "อำเภอ", "จังหวัด", "ตำบลที่เลือกลำดับที่ 1",
    "ตำบลที่เลือกลำดับที่ 2", "ระดับการศึกษา", "วันสำเร็จการศึกษา", "เกรดเฉลี่ย", "คะแนน", "ผลการตรวจคุณสมบัติ",
)  # fmt: skip


def row(number: int, **changed: object) -> list[object]:
    """A row without a fault, in the order of the header."""
    values = {
        "title": "นางสาว", "given": factories.GIVEN_NAMES[number % 10], "surname": f"ทดสอบ{'กขคงจฉชซ'[number % 8]}",
        "id": factories.citizen_id(70_000_000 + number), "birth": "1/2/2541", "category": "บัณฑิตจบใหม่ไม่เกิน 3 ปี",
        "tambon": "ในเมือง", "district": "เมืองกำแพงเพชร", "province": "กำแพงเพชร", "first": CITY, "second": "",
        "level": "ปริญญาตรี", "graduated": "31/3/2563", "grade": "3.25", "score": "", "passed": "",
    }  # fmt: skip
    assert set(changed) <= set(values)
    return list({**values, **changed}.values())


def book(*rows: list[object]) -> bytes:
    return write.xlsx_bytes(HEADER, rows, sheet="ใบสมัคร")


def brought(call: Call, *rows: list[object]) -> actions.bringing.Checked:
    return actions.bring_in(call=call, file_name="a.xlsx", data=book(*rows), by=None, at=NOW)


def test_every_row_becomes_a_submitted_application_as_if_it_was_written_here(world: World) -> None:
    call = recruiting.call(world.round)
    checked = brought(
        call,
        row(1, second=NONG_LUANG_KPP, score="78.5", passed="ผ่าน"),
        row(2, birth="๑ ก.พ. ๒๕๔๑", category="นักศึกษา", score=60.125, passed="ไม่ผ่าน"),
        row(3, first="ต.ในเมือง อ.เมืองกำแพงเพชร จ.กำแพงเพชร"),
    )
    assert not checked.report.has_problems
    first, second, third = Application.objects.filter(call=call)
    assert [one.number for one in (first, second, third)] == [1, 2, 3]
    assert all(numbering.is_right(one.receipt) for one in (first, second, third))
    assert (first.birth_on, first.graduated_on, first.grade) == (date(1998, 2, 1), date(2020, 3, 31), 325)
    assert (first.score, first.scored_at, second.score, third.score, third.scored_at) == (
        78_500, NOW, 60_125, None, None,
    )  # fmt: skip
    assert second.birth_on == first.birth_on
    assert first.account_id is None
    assert first.brought_in_at == first.submitted_at == NOW
    assert first.present_tambon_id == first.registered_tambon_id == CITY
    assert first.citizen_id_masked.endswith(factories.citizen_id(70_000_001)[-1])
    ranked = Choice.objects.filter(application=first).values_list("rank", "tambon__tambon_id")
    assert list(ranked) == [(1, CITY), (2, NONG_LUANG_KPP)]
    assert list(Screening.objects.order_by("application").values_list("application", "is_passed")) == [
        (first.pk, True),
        (second.pk, False),
    ]
    for one in applying.applications().filter(call=call):
        assert one.submitted_digest == digesting.digest(applying.content_of(one))
    assert Event.objects.get(verb="recruitment.bring_in").note["count"] == 3


FAULTS: tuple[tuple[dict[str, object], str, str], ...] = (
    ({"id": "1234567890123"}, "id.checksum", "citizen_id"),
    ({"id": ""}, "cell.empty", "citizen_id"),
    ({"birth": "1/2/2641"}, "birth.unlikely", "birth_on"),
    ({"birth": "31/2/2541"}, "date.not_in_calendar", "birth_on"),
    ({"category": "พระสงฆ์"}, "choice.unknown", "category"),
    ({"first": "620102"}, "place.not_in_round", "choice_1"),
    ({"first": "999999"}, "place.unknown_code", "choice_1"),
    ({"second": CITY}, "choice.twice", "choice_2"),
    ({"first": ""}, "choice.none", "choice_1"),
    ({"score": "101"}, "decimal.out_of_range", "score"),
    ({"score": "เก่ง"}, "decimal.unreadable", "score"),
    ({"grade": "4.5"}, "decimal.out_of_range", "grade"),
    ({"tambon": "ไม่มีตำบลนี้"}, "place.unknown_name", "home_tambon"),
    ({"tambon": "", "district": "", "province": ""}, "cell.empty", "home_tambon"),
)


def test_every_fault_is_told_at_its_cell_and_nothing_is_stored(world: World) -> None:
    call = recruiting.call(world.round)
    checked = brought(call, row(0), *(row(at, **fault[0]) for at, fault in enumerate(FAULTS, start=1)))
    problems = {f.row: (f.code, f.field) for f in checked.report if f.kind == "problem"}
    assert problems == {at: (code, field) for at, (_changed, code, field) in enumerate(FAULTS, start=3)}
    assert all(words.line(finding) for finding in checked.report)
    assert not Application.objects.exists()
    call.refresh_from_db()
    assert call.last_serial == 0


def test_a_birthday_of_the_wrong_era_is_put_right_where_it_is_certain(world: World) -> None:
    call = recruiting.call(world.round)
    checked = brought(call, row(1, birth="2541-02-01"), row(2, birth="1998-02-01"))
    assert [one.birth_on for one in checked.applications] == [date(1998, 2, 1)] * 2


def test_nobody_applies_twice_in_a_file_or_beside_it(world: World) -> None:
    call = recruiting.call(world.round)
    brought(call, row(1))
    checked = brought(call, row(1), row(2), row(2, title="นาง"))
    problems = {finding.code: finding for finding in checked.report if finding.kind == "problem"}
    assert set(problems) == {"applicant.already_here", "person.twice"}
    assert problems["applicant.already_here"].about == {"number": 1}
    assert Application.objects.count() == 1


def test_too_many_tambons_and_a_tambon_without_slots_are_refused(world: World) -> None:
    call = recruiting.call(world.round, max_choices=1)
    call.quotas.filter(tambon__tambon_id=CITY, category__code="graduate").update(slots=0)
    checked = brought(call, row(1, second=NONG_LUANG_KPP))
    assert {finding.code for finding in checked.report if finding.kind == "problem"} == {
        "choice.without_slots",
        "choice.too_many",
    }


def test_an_expired_degree_is_told_but_left_to_screening(world: World) -> None:
    call = recruiting.call(world.round)
    checked = brought(call, row(1, graduated="31/3/2559"))
    assert [finding.code for finding in checked.report if finding.kind == "notice"] == ["rule.degree_within"]
    assert Application.objects.count() == 1


def test_the_page_shows_what_was_found_then_stores_the_same_file(world: World) -> None:
    call, client = recruiting.call(world.round), client_of(world.office)
    url = reverse("recruitment:bring_in", args=[world.round.code, call.number])

    def send(data: bytes, button: str) -> object:
        return client.post(url, {"file": SimpleUploadedFile("a.xlsx", data), button: ""})

    page = send(book(row(1), row(2, id="1234567890123")), "store").content.decode()
    assert "ใบสมัคร!D3" in page
    good = book(row(1, second=NONG_LUANG_KPP))
    assert "อ.เมืองกำแพงเพชร" in send(good, "look").content.decode()
    assert not Application.objects.exists()
    assert send(good, "store").headers["Location"] == reverse(
        "recruitment:board", args=[world.round.code, call.number]
    )
    assert Application.objects.get().brought_in_by == world.office
    assert "ไฟล์นี้ไม่ใช่ตารางข้อมูล" in send(b"%PDF-1.7 ...", "look").content.decode()

    template = client.get(reverse("recruitment:bring_in_template", args=[world.round.code, call.number]))
    assert template.content[:2] == b"PK"
    other = cast.world(code="OTH-2564")
    for stranger in (world.stranger, world.executive, other.office):
        assert client_of(stranger).get(url).status_code == 403
        assert client_of(stranger).post(url, {"file": SimpleUploadedFile("a.xlsx", good)}).status_code == 403


def test_a_command_opens_a_call_and_brings_applications_in(world: World, tmp_path: Path) -> None:
    out = io.StringIO()
    asked = f"--round {world.round.code} --closes 2099-01-01T16:30 --no-names --seed draw --publish"
    call_command("open_call", *asked.split(), stdout=out)
    call = Call.objects.get(round=world.round)
    assert (call.number, call.names_announced, len(call.lottery_seed)) == (1, False, 16)
    assert call.published_at is not None

    path = tmp_path / "ใบสมัคร.xlsx"
    path.write_bytes(book(row(1), row(2)))
    given = {"round": world.round.code, "call": call.number, "stdout": out, "stderr": out}
    call_command("import_applications", str(path), dry_run=True, **given)
    assert not Application.objects.exists()
    call_command("import_applications", str(path), **given)
    assert Application.objects.filter(call=call).count() == 2
    with pytest.raises(CommandError):
        call_command("import_applications", str(path), **given)
    for wrong in ({"call": 9}, {"round": "NO-1"}):
        with pytest.raises(CommandError):
            call_command("import_applications", str(path), **{**given, **wrong})
    with pytest.raises(CommandError):
        call_command("import_applications", str(tmp_path / "none.xlsx"), **given)
    assert Application.objects.count() == 2
