from __future__ import annotations

import io
import zipfile
from datetime import date
from pathlib import Path

import openpyxl
import pypdfium2
import pytest
from django.core.files.storage import default_storage
from django.core.management import CommandError, call_command

from tests import cast
from tests.cast import client_of
from tests.factories import NOW
from tests.handover.test_pages import at, of, page
from u2t.handover import printing
from u2t.handover.actions import bundling, issuing, planning
from u2t.handover.models import Bundle, Handover, Letter, LetterText, Register
from u2t.handover.queries import standing
from u2t.jobs import actions as jobs
from u2t.jobs.models import Job
from u2t.placement.models import Engagement, Leadership


@pytest.fixture
def lettered(placed: cast.World) -> cast.World:
    """All four handovers with a letter, numbers 1 to 4."""
    planning.plan_handovers(round=placed.round, by=placed.office, at=NOW)
    waiting = standing.handovers(placed.round)
    issuing.issue_letters(handovers=waiting, dated_on=date(2021, 1, 29), by=placed.office, at=NOW)
    return placed


def bundle_of(world: cast.World) -> Bundle:
    """What pressing the button makes, once its job has run."""
    client_of(world.office).post(at(world, "make_bundle"))
    job = Job.objects.latest("asked_at")
    jobs.run(str(job.pk))
    job.refresh_from_db()
    assert job.failure == []
    return Bundle.objects.get(pk=job.arguments["bundle"])


def content(client, address: str) -> bytes:  # type: ignore[no-untyped-def]
    return b"".join(client.get(address).streaming_content)


def test_all_letters_come_as_one_pdf_and_as_a_zip_of_single_ones(lettered: cast.World) -> None:
    bundle, client = bundle_of(lettered), client_of(lettered.office)
    together = pypdfium2.PdfDocument(content(client, at(lettered, "bundle_pdf", bundle.pk)))
    archive = zipfile.ZipFile(io.BytesIO(content(client, at(lettered, "bundle_zip", bundle.pk))))
    letters = list(Letter.objects.order_by("number"))
    assert archive.namelist() == [printing.file_name(letter) for letter in letters]
    assert archive.namelist()[0] == "2564-0001-ต.ในเมือง-อ.เมืองกำแพงเพชร-จ.กำแพงเพชร.pdf"
    singles = [archive.read(name) for name in archive.namelist()]
    assert singles == [printing.single(letter) for letter in letters]
    assert len(together) == sum(len(pypdfium2.PdfDocument(single)) for single in singles)
    assert (bundle.letters, bundle.skipped) == (4, [])


def test_what_has_no_letter_is_listed_with_its_reason(lettered: cast.World) -> None:
    letter = Letter.objects.get(number=1)
    issuing.cancel_letter(letter=letter, reason="ผิด", by=None, at=NOW)
    Engagement.objects.filter(tambon=lettered.tambons[cast.CITY]).delete()
    Handover.objects.get(tambon=lettered.tambons[cast.NONG_LUANG_TAK]).letters.all().delete()
    Handover.objects.get(tambon=lettered.tambons[cast.NONG_LUANG_TAK]).delete()
    bundle = bundle_of(lettered)
    html = page(client_of(lettered.office), bundle.get_absolute_url())
    assert bundle.letters == 2
    assert "ยังไม่มีผู้ปฏิบัติงานสำหรับ ต.ในเมือง" in html
    assert "ต.หนองหลวง อ.อุ้มผาง จ.ตาก ยังไม่มีรายการส่งมอบ" in html


def test_without_any_letter_there_is_nothing_to_print(placed: cast.World) -> None:
    answer = client_of(placed.office).post(at(placed, "make_bundle"))
    assert "ยังไม่ได้ออกหนังสือ" in answer.content.decode()
    assert not Bundle.objects.exists()


def test_asking_twice_prints_once(lettered: cast.World) -> None:
    first = bundling.ask_bundle(round=lettered.round, by=lettered.office, at=NOW)
    assert bundling.ask_bundle(round=lettered.round, by=lettered.office, at=NOW) == first
    assert Bundle.objects.count() == 1


def test_printing_that_was_killed_leaves_no_files_and_starts_anew(lettered: cast.World) -> None:
    class Killed(BaseException):
        pass

    def die(step: str, done: int, total: int) -> None:
        if step == "zip":
            raise Killed

    bundle = Bundle.objects.create(round=lettered.round, asked_at=NOW)
    with pytest.raises(Killed):
        bundling.make_bundle(bundle=bundle, progress=die)
    bundle.refresh_from_db()
    assert (bundle.made_at, bundle.pdf.name, bundle.zip.name) == (None, "", "")
    assert not default_storage.exists(f"bundles/{bundle.pk}/letters.pdf")
    unfinished = page(client_of(lettered.office), bundle.get_absolute_url())
    assert at(lettered, "bundle_pdf", bundle.pk) not in unfinished
    made = bundling.make_bundle(bundle=bundle, progress=lambda *_: None)
    again = bundling.make_bundle(bundle=made, progress=die)
    assert again.made_at == made.made_at
    assert made.letters == 4


def test_printed_files_are_for_the_office_and_the_executives(lettered: cast.World) -> None:
    bundle = bundle_of(lettered)
    address = at(lettered, "bundle_zip", bundle.pk)
    assert content(client_of(lettered.executive), address).startswith(b"PK")
    for account in (lettered.pm, lettered.am, lettered.agency_officer, lettered.stranger):
        assert client_of(account).get(address).status_code == 403


def test_the_register_keeps_cancelled_numbers_marked_with_the_reason(lettered: cast.World) -> None:
    issuing.cancel_letter(letter=Letter.objects.get(number=2), reason="พิมพ์ผิด", by=lettered.office, at=NOW)
    client = client_of(lettered.executive)
    html = page(client, at(lettered, "register"))
    assert [f"อว 0600/{n}" in html for n in (1, 2, 3, 4)] == [True] * 4
    assert "พิมพ์ผิด" in html
    found = page(client, at(lettered, "register", q="อุ้มผาง"))
    assert [f"อว 0600/{n}<" in found for n in (1, 2, 3, 4)] == [False, False, True, False]
    assert "อว 0600/1<" not in page(client, at(lettered, "register", year="2563", q="9999"))


def test_the_register_goes_out_as_a_workbook_without_formulas(lettered: cast.World) -> None:
    letter = Letter.objects.get(number=2)
    issuing.cancel_letter(letter=letter, reason='=HYPERLINK("http://x")', by=lettered.office, at=NOW)
    data = client_of(lettered.office).get(at(lettered, "register_file")).content
    sheet = openpyxl.load_workbook(io.BytesIO(data)).active
    rows = list(sheet.iter_rows(min_row=2, values_only=True))
    assert [(row[0], row[1], row[2]) for row in rows] == [(2564, n, f"อว 0600/{n}") for n in (4, 3, 2, 1)]
    assert all(cell.data_type != "f" for row in sheet.iter_rows() for cell in row)
    assert "HYPERLINK" in rows[2][8]


def test_the_office_words_its_letters_on_a_page(placed: cast.World) -> None:
    client = client_of(placed.office)
    typed = {
        "subject": "ขอส่ง {count} คน",
        "paragraphs": "ด้วย{institution}\n\nจึงเรียนมา",
        "closing": "ขอแสดงความนับถือ",
    }
    wrong = client.post(at(placed, "text", "team"), typed | {"subject": "{citizen_id}"}).content.decode()
    assert "ไม่มีช่องข้อมูล {citizen_id}" in wrong
    assert not LetterText.objects.exists()
    client.post(at(placed, "text", "team"), typed)
    assert "จึงเรียนมา" in page(client, at(placed, "texts"))
    assert LetterText.objects.get().paragraphs == "ด้วย{institution}\nจึงเรียนมา"


def run(world: cast.World, out: Path, **options: object) -> None:
    call_command("letters", round=world.round.code, out=out, **options)


def test_the_command_plans_issues_and_writes_everything(placed: cast.World, tmp_path: Path) -> None:
    run(placed, tmp_path / "out", dated=date(2021, 1, 29))
    letters = list(Letter.objects.order_by("number"))
    assert [letter.number for letter in letters] == [1, 2, 3, 4]
    assert {handover.handed_on for handover in Handover.objects.all()} == {placed.round.handover_on}
    names = {printing.file_name(letter) for letter in letters}
    assert {file.name for file in (tmp_path / "out").iterdir()} == {"letters.pdf", "letters.zip", *names}
    before = {file.name: file.read_bytes() for file in (tmp_path / "out").iterdir()}
    run(placed, tmp_path / "out")
    assert {file.name: file.read_bytes() for file in (tmp_path / "out").iterdir()} == before
    assert Register.objects.get().last_number == 4


def test_without_a_planned_day_the_command_says_that_it_takes_the_first_day_of_work(
    placed: cast.World, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    placed.round.handover_on = None
    placed.round.save()
    run(placed, tmp_path, dated=date(2021, 1, 29))
    assert "1 กุมภาพันธ์ 2564" in capsys.readouterr().err
    assert {handover.handed_on for handover in Handover.objects.all()} == {placed.round.starts_on}


def test_a_day_given_to_the_command_fills_only_missing_dates(placed: cast.World, tmp_path: Path) -> None:
    planning.plan_handovers(round=placed.round, by=None, at=NOW)
    planning.set_date(handovers=[of(placed, cast.CITY)], handed_on=None, by=None, at=NOW)
    run(placed, tmp_path, date=date(2021, 2, 5))
    dates = {handover.pk: handover.handed_on for handover in Handover.objects.all()}
    assert dates.pop(of(placed, cast.CITY).pk) == date(2021, 2, 5)
    assert set(dates.values()) == {placed.round.handover_on}


def test_the_command_refuses_with_every_reason_and_keeps_nothing(placed: cast.World, tmp_path: Path) -> None:
    Leadership.objects.filter(tambon=placed.tambons[cast.CITY]).delete()
    Engagement.objects.filter(tambon=placed.tambons[cast.NONG_LUANG_TAK]).delete()
    placed.institution.signer_name_th = ""
    placed.institution.save()
    with pytest.raises(CommandError) as refused:
        run(placed, tmp_path / "out")
    said = str(refused.value)
    assert "ต.ในเมือง อ.เมืองกำแพงเพชร จ.กำแพงเพชร ยังไม่มีผู้จัดการโครงการ" in said
    assert "ยังไม่มีผู้ปฏิบัติงานสำหรับ ต.หนองหลวง อ.อุ้มผาง" in said
    assert said.count("ชื่อผู้ลงนาม") == 1
    assert not Handover.objects.exists()
    assert not Letter.objects.exists()
    assert list((tmp_path / "out").iterdir()) == []


def test_a_folder_that_cannot_be_written_to_uses_no_number(placed: cast.World, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x")
    with pytest.raises(CommandError, match="เขียนไฟล์ลงโฟลเดอร์"):
        run(placed, tmp_path / "file")
    assert not Letter.objects.exists()


def test_an_unknown_round_is_named(placed: cast.World, tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="NOT-THERE"):
        call_command("letters", round="NOT-THERE", out=tmp_path)
