"""Files that cannot be imported: the page says where and what to do, and nothing is stored."""

from __future__ import annotations

from io import BytesIO
from typing import Any

import msoffcrypto.format.ooxml
import pytest

from tests import cast
from tests.journeys.steps import log_in, look, upload
from u2t.people.actions import accounts
from u2t.people.models import Person, Worker
from u2t.rosters.models import Roster
from u2t.sheets import write

pytestmark = pytest.mark.browser

CODE = "TST-2564"


@pytest.fixture
def office(small_world: cast.World, phone: Any) -> Any:
    """The office's page, logged in."""
    opened = accounts.reset_password(account=small_world.office, by=None, at=cast.NOW)
    return log_in(phone, opened.account.username, opened.password)


def a_file(name: str, content: bytes) -> dict[str, Any]:
    return {"name": name, "mimeType": "application/octet-stream", "buffer": content}


def locked(workbook: bytes) -> bytes:
    out = BytesIO()
    msoffcrypto.format.ooxml.OOXMLFile(BytesIO(workbook)).encrypt("ความลับ", out)
    return out.getvalue()


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("ลับ.xlsx", locked(write.xlsx_bytes(["ชื่อ"], [["สมชาย"]], sheet="1")), "รหัสผ่าน"),
        ("หนังสือ.xlsx", b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj\n<<>>\nendobj\n", "pdf"),
        ("ว่าง.csv", b"", "ว่าง"),
    ],
    ids=["locked", "pdf", "empty"],
)
def test_a_file_that_is_no_roster_is_refused_in_words(
    office: Any, name: str, content: bytes, said: str
) -> None:
    upload(office, CODE, "workers", a_file(name, content))
    assert said in office.locator("main").inner_text()
    assert office.locator("input[type=file]").is_visible(), "the way on is on the same page"
    assert not Roster.objects.exists()


def test_a_faulty_list_in_an_old_encoding_is_reported_by_place_and_stores_nothing(office: Any) -> None:
    before = (Worker.objects.count(), Person.objects.count())
    rows = [
        "ลำดับ,คำนำหน้า,ชื่อ,นามสกุล,เลขประจำตัวประชาชน,ประเภท",
        "901,นาย,สมมติ,ตัวอย่างดี,1-1111-11111-11-1,ประชาชนทั่วไป",
        "902,นางสาว,สมหญิง,ตัวอย่างงาม,1234567890123,คนแปลกหน้า",
    ]
    upload(office, CODE, "workers", a_file("รายชื่อ.csv", "\r\n".join(rows).encode("cp874")))
    look(office)
    problems = office.locator("#problem")
    for fold in problems.locator("details:not([open]) summary").all():
        fold.click()
    said = problems.inner_text()
    assert "คนแปลกหน้า" in said, "the value that is wrong is shown, in the letters of the file"
    assert "3" in said, "so is its row"
    assert office.locator("form[action$='/accept'] button").is_disabled()
    assert (Worker.objects.count(), Person.objects.count()) == before
