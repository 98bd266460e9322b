"""From the office's decision to a stranger's proof: the certificate in a real browser."""

from __future__ import annotations

import subprocess
import sys
import zipfile
from pathlib import Path
from typing import Any

import pytest
from django.urls import reverse

from tests import browser as browsing
from tests import cast, given
from tests.factories import NOW
from tests.placement.test_in_a_browser import enter
from u2t.placement.queries import proofs
from u2t.programme.actions import rounds

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def placed(transactional_db: None) -> cast.World:
    """The placed world where the server sees it."""
    world = cast.world()
    given.placed(world.round)
    rounds.announce_round(round=world.round, by=world.office, at=NOW)
    return world


def test_a_stranger_proves_the_placement_and_a_worker_finds_the_own_row(
    placed: cast.World, open_page: Any, live_server: Any, tmp_path: Path
) -> None:
    code = placed.round.code
    office = open_page("desktop")
    enter(office, placed.office, live_server)
    office.goto(f"/placement/{code}")
    office.get_by_role("link", name="ใบรับรองผลการจัดคน").click()
    office.get_by_role("link", name="ดูใบรับรองของแผนที่ 1 ก่อนเผยแพร่").click()
    browsing.assert_accessible(office)
    browsing.keep_picture(office, "certificate-publish-desktop")
    office.get_by_label("อ่านสิ่งที่จะเปิดเผยแล้ว").check()
    office.get_by_role("button", name="เผยแพร่ใบรับรอง").click()
    office.wait_for_url(f"**/placement/{code}/certificate")

    visitor = open_page("desktop", accept_downloads=True)
    visitor.goto(f"/rounds/{code}")
    visitor.get_by_role("link", name="อ่านและตรวจใบรับรอง").click()
    browsing.assert_accessible(visitor)
    browsing.keep_picture(visitor, "certificate-desktop", whole=False)
    with visitor.expect_download() as loading:
        visitor.get_by_role("link", name="ใบรับรองพร้อมโปรแกรมตรวจ (ZIP)").click()
    with zipfile.ZipFile(loading.value.path()) as folder:
        folder.extractall(tmp_path)
    command = [sys.executable, "-I", "verify_placement.py", "certificate.json"]
    said = subprocess.run(command, cwd=tmp_path, capture_output=True, encoding="utf-8", check=False)
    *_, fingerprint, verdict = said.stdout.splitlines()
    assert (said.returncode, verdict) == (0, "พิสูจน์แล้ว / PROVED")
    shown = visitor.locator("#check code").all_inner_texts()
    assert fingerprint.removeprefix("SHA-256 ") == "".join(shown[-8:])

    phone = open_page("phone")
    enter(phone, placed.worker, live_server)
    phone.goto(reverse("placement:why", args=[code, placed.hired.number]))
    phone.get_by_role("link", name="ดูแถวนี้").click()
    own = proofs.own_row(placed.hired)
    assert own is not None
    assert own.label in phone.locator("#found-row").inner_text()
    browsing.assert_fits(phone)
    browsing.assert_accessible(phone)
    browsing.keep_picture(phone, "certificate-phone", whole=False)
