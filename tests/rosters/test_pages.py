"""The office brings a list in: upload, look, accept."""

from __future__ import annotations

import io
from datetime import date

import openpyxl
import pytest
from django.core.files.storage import default_storage
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests import cast
from tests.factories import NOW, citizen_id
from tests.rosters import lists
from tests.rosters.conftest import Send
from tests.sheets import files
from u2t.people import identity
from u2t.people.models import Person, Wish, Worker
from u2t.programme.actions import tambons
from u2t.rosters.models import Roster


def page_of(response: object) -> str:
    return response.content.decode()  # type: ignore[attr-defined]


def act(office: Client, what: str, roster: Roster) -> object:
    return office.post(reverse(f"rosters:{what}", args=[roster.round.code, roster.pk]), follow=True)


def test_a_clean_list_is_previewed_then_stored_whole(world: cast.World, office: Client, send: Send) -> None:
    before = Worker.objects.count()
    preview = page_of(send("workers", lists.workers(2)))
    assert "ยืนยันนำเข้า 2 รายการ" in preview
    assert "ต.ในเมือง อ.เมืองกำแพงเพชร" in preview
    assert Worker.objects.count() == before, "nothing is stored before it is accepted"

    accepted = page_of(act(office, "accept", Roster.objects.get()))
    assert "บันทึกแล้ว 2 รายการ" in accepted
    worker = Worker.objects.get(person__citizen_id_digest=identity.digest(citizen_id(lists.FREE)))
    assert (worker.category.code, worker.home_tambon_id, worker.person.birth_on) == (
        "public",
        "620101",
        date(1997, 1, 1),
    )
    assert identity.unseal(worker.person.citizen_id_sealed) == citizen_id(lists.FREE)
    assert list(worker.wishes.values_list("rank", "tambon__tambon_id")) == [(1, "620101"), (2, "620703")]
    assert set(worker.skills.values_list("code", flat=True)) == {"agriculture", "digital"}
    world.round.refresh_from_db()
    assert world.round.quotas_settled_at is not None


def test_what_can_be_repaired_is_repaired_and_listed(office: Client, send: Send) -> None:
    number = citizen_id(lists.FREE + 5)
    row = lists.worker(
        5,
        {
            "คำนำหน้า": "", "ชื่อ": "น.ส.สมหญิง", "นามสกุล": " ใจดี ", "วันเกิด": "๓๑ ม.ค. ๔๐", "โทรศัพท์": "0812345678, 0898765432",
            "เลขประจำตัวประชาชน": f"{number[0]}-{number[1:5]} {number[5:10]}-{number[10:]}",
            "ตำบลที่ต้องการ 2": "620101", "ประเภท": "ประชาชน",
        },
    )  # fmt: skip
    rows = [("บัญชีรายชื่อ",), (), lists.WORKER_HEADER, row, ("รวม", "1 คน")]
    preview = page_of(send("workers", files.text(rows).encode("cp874"), "รายชื่อ.csv"))
    for words in ("แยกคำนำหน้าที่เขียนติดกับชื่อแล้ว", "ปีมีสองหลัก", "ปรับช่องว่าง ขีด หรือเลขไทย", "เลือกตำบลเดียวกันซ้ำ", "แถวผลรวม",
                  "TIS-620", "ระบบใช้หมายเลขแรก"):  # fmt: skip
        assert words in preview
    act(office, "accept", Roster.objects.get())
    person = Person.objects.get(citizen_id_digest=identity.digest(number))
    assert (person.title, person.given_name, person.surname) == ("นางสาว", "สมหญิง", "ใจดี")
    assert (person.birth_on, person.telephone) == (date(1997, 1, 31), "0812345678")


def test_a_list_with_problems_cannot_be_accepted(office: Client, send: Send) -> None:
    before = (Person.objects.count(), Worker.objects.count())
    row = lists.worker(1, {"เลขประจำตัวประชาชน": "1234567890123"})
    preview = page_of(send("workers", files.xlsx([lists.WORKER_HEADER, lists.worker(0), row])))
    assert "คน!D3" in preview
    assert "1234567890123" in preview
    assert "เทียบกับบัตรประชาชนแล้วแก้ไข" in preview
    assert "disabled" in preview
    refused = act(office, "accept", Roster.objects.get())
    assert "พบปัญหา 1 รายการ" in page_of(refused)
    assert (Person.objects.count(), Worker.objects.count()) == before


def test_accepting_checks_again_what_holds_now(world: cast.World, office: Client, send: Send) -> None:
    send("workers", lists.workers(1))
    send("workers", lists.workers(1, {"ประเภท": "นักศึกษา"}))
    second, first = Roster.objects.order_by("-pk")
    act(office, "accept", first)
    refused = page_of(act(office, "accept", second))
    assert "พบปัญหา 1 รายการ" in refused
    act(office, "recheck", second)
    shown = page_of(office.get(second.get_absolute_url()))
    assert "หนึ่งคนจ้างได้ประเภทเดียว" in shown


def test_bringing_the_same_list_in_again_changes_nothing(office: Client, send: Send) -> None:
    send("workers", lists.workers(3))
    act(office, "accept", Roster.objects.get())
    count = Worker.objects.count()
    again = page_of(send("workers", lists.workers(3)))
    assert "ไฟล์นี้ไม่มีรายการใหม่" in again
    assert "มีอยู่แล้วในรอบ" in again
    act(office, "accept", Roster.objects.first())
    assert Worker.objects.count() == count
    assert (
        Wish.objects.filter(worker__person__citizen_id_digest=identity.digest(citizen_id(lists.FREE))).count()
        == 2
    )


def test_a_list_is_accepted_or_discarded_once(office: Client, send: Send) -> None:
    send("workers", lists.workers(1))
    roster = Roster.objects.get()
    name = roster.file.name
    assert default_storage.exists(name)
    assert "ยกเลิกรายชื่อและลบไฟล์แล้ว" in page_of(act(office, "discard", roster))
    assert "รายชื่อนี้ถูกยกเลิกไปแล้ว" in page_of(act(office, "accept", roster))
    assert "รายชื่อนี้ถูกยกเลิกไปแล้ว" in page_of(act(office, "discard", roster))


def test_a_stored_file_that_was_changed_is_not_accepted(office: Client, send: Send) -> None:
    send("workers", lists.workers(1))
    roster = Roster.objects.get()
    before = Worker.objects.count()
    with open(default_storage.path(roster.file.name), "wb") as file:  # noqa: PTH123
        file.write(lists.workers(2))
    assert "ไม่พบไฟล์ที่เก็บไว้" in page_of(act(office, "accept", roster))
    assert Worker.objects.count() == before


def test_checking_again_after_the_tambon_was_added_clears_the_problem(
    world: cast.World, office: Client, send: Send
) -> None:
    shown = page_of(send("workers", lists.workers(1, {"ตำบลที่ต้องการ 2": "620102"})))
    assert "ไม่ได้อยู่ในรอบโครงการนี้" in shown
    tambons.add_tambons(round=world.round, codes=["620102"], by=world.office, at=NOW)
    assert "ยืนยันนำเข้า 1 รายการ" in page_of(act(office, "recheck", Roster.objects.get()))


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", "ไฟล์ว่างเปล่า"),
        (b"%PDF-1.7", "ไฟล์นี้ไม่ใช่ตารางข้อมูล"),
        (files.locked(files.xlsx()), "ตั้งรหัสผ่านไว้"),
        (files.xlsx()[:300], "ไฟล์เสียหาย"),
        ("ชื่อ,é\n".encode("latin-1", "replace") + b"a\xe9b,\xff\n", "ไม่รู้จักรหัสอักขระ"),
        (("," * 100_000).encode(), "100001 คอลัมน์"),
    ],
)
def test_a_file_that_cannot_be_read_is_refused_on_the_page(send: Send, data: bytes, words: str) -> None:
    response = send("workers", data)
    assert words in page_of(response)
    assert not Roster.objects.exists()


def test_sending_no_file_or_a_huge_one_says_so(
    world: cast.World, office: Client, send: Send, settings: object
) -> None:
    url = reverse("rosters:send", args=[world.round.code, "workers"])
    assert "ยังไม่ได้เลือกไฟล์" in page_of(office.post(url))
    settings.ROSTER_MAX_BYTES = 100  # type: ignore[attr-defined]
    assert "ไฟล์ใหญ่เกินไป" in page_of(send("workers", lists.workers(1)))


def test_what_was_found_can_be_taken_along_and_holds_no_formula(
    world: cast.World, office: Client, send: Send
) -> None:
    send("workers", lists.workers(1, {"ประเภท": "=HYPERLINK(1)", "โทรศัพท์": "+1"}))
    url = reverse("rosters:findings", args=[world.round.code, Roster.objects.get().pk])
    sheet = openpyxl.load_workbook(io.BytesIO(office.get(url).content)).active
    rows = list(sheet.iter_rows(values_only=True))
    assert [row[0] for row in rows[1:3]] == ["ต้องแก้ไข"] * 2
    assert {cell.data_type for row in sheet.iter_rows() for cell in row} <= {"s", "n"}


@pytest.mark.parametrize("kind", Roster.Kind.values)
def test_a_template_with_its_example_filled_in_can_be_uploaded(
    world: cast.World, office: Client, send: Send, kind: str
) -> None:
    data = office.get(reverse("rosters:template", args=[world.round.code, kind, "xlsx"])).content
    workbook = openpyxl.load_workbook(io.BytesIO(data))
    first, example = workbook.worksheets[0], workbook["ตัวอย่าง"]
    for cell in example[2]:
        first.cell(2, cell.column, cell.value)
    shown = page_of(send(kind, files.saved(workbook)))
    assert "ยืนยันนำเข้า 1 รายการ" in shown or (kind == "tambons" and "ไฟล์นี้ไม่มีรายการใหม่" in shown)
    csv = office.get(reverse("rosters:template", args=[world.round.code, kind, "csv"])).content.decode(
        "utf-8-sig"
    )
    assert [cell.value.removesuffix(" *") for cell in first[1]] == csv.strip().split(",")


@pytest.mark.parametrize("role", ["stranger", "executive", "pm", "am", "worker", "agency_officer", None])
def test_nobody_but_the_office_sees_or_changes_a_roster(
    world: cast.World, send: Send, role: str | None
) -> None:
    send("workers", lists.workers(1))
    roster = Roster.objects.get()
    client = cast.client_of(getattr(world, role) if role else None)
    code, before = world.round.code, Worker.objects.count()
    shown = [
        reverse("rosters:rosters", args=[code]), reverse("rosters:upload", args=[code, "workers"]),
        roster.get_absolute_url(), reverse("rosters:findings", args=[code, roster.pk]),
        reverse("rosters:template", args=[code, "workers", "xlsx"]),
    ]  # fmt: skip
    changed = [
        reverse(f"rosters:{what}", args=[code, roster.pk]) for what in ("accept", "discard", "recheck")
    ]
    answers = [client.get(url) for url in shown] + [client.post(url) for url in changed]
    for answer in [*answers, client.post(reverse("rosters:send", args=[code, "workers"]))]:
        assert answer.status_code == (403 if role else 302)
        assert "ทดสอบกก" not in answer.content.decode()
    roster.refresh_from_db()
    assert (roster.accepted_at, roster.discarded_at, Worker.objects.count()) == (None, None, before)


def test_the_list_and_the_preview_ask_as_many_questions_for_many_rows_as_for_few(
    world: cast.World, office: Client, send: Send
) -> None:
    send("workers", lists.workers(1))
    urls = [reverse("rosters:rosters", args=[world.round.code]), Roster.objects.get().get_absolute_url()]
    few = [questions(office, url) for url in urls]
    for _ in range(4):
        send("workers", lists.workers(60, {"เลขประจำตัวประชาชน": "1"}))
    urls[1] = Roster.objects.first().get_absolute_url()  # type: ignore[union-attr]
    assert [questions(office, url) for url in urls] == few


def questions(client: Client, url: str) -> int:
    client.get(url)
    with CaptureQueriesContext(
        connection,
    ) as asked:
        client.get(url)
    return len(asked)


def test_a_repaired_id_number_is_kept_and_shown_by_its_last_digits_only(
    world: cast.World, office: Client, send: Send
) -> None:
    number = citizen_id(lists.FREE)
    written = f"{number[0]}-{number[1:5]}-{number[5:10]}-{number[10:12]}-{number[12]}"
    page = page_of(send("workers", lists.workers(1, {"เลขประจำตัวประชาชน": written})))
    roster = Roster.objects.get()
    assert "id.cleaned" in str(roster.report)
    assert f"…{number[-3:]}" in page
    for seen in (page, str(roster.report)):
        assert number not in seen
        assert number[2:10] not in seen.replace("-", "")
