"""The main job where a browser runs no script at all."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from tests import cast, given
from tests.journeys.steps import log_in, press
from u2t.people.actions import accounts
from u2t.people.models import Lecturer
from u2t.placement.models import Engagement, Leadership
from u2t.sheets import write

pytestmark = pytest.mark.browser

CODE = "TST-2564"


def test_import_place_and_adopt_need_no_script(
    small_world: cast.World, open_page: Callable[..., Any], begin_work: Callable[[], None]
) -> None:
    given.workers(small_world.round)
    opened = accounts.reset_password(account=small_world.office, by=None, at=cast.NOW)
    page = open_page("desktop", java_script_enabled=False)
    log_in(page, opened.account.username, opened.password, is_plain=True)

    rows = [["ผศ.", "สมศรี" + tail, "ตัวอย่าง" + tail, "คณะครุศาสตร์"] for tail in "กขคงจ"]
    file = write.xlsx_bytes(["คำนำหน้า", "ชื่อ", "นามสกุล", "คณะ"], rows, sheet="อาจารย์")
    page.goto(f"/rosters/{CODE}/lecturers/upload")
    page.locator("input[type=file]").set_input_files(
        {"name": "อาจารย์.xlsx", "mimeType": "application/octet-stream", "buffer": file}
    )
    press(page, "/send", is_plain=True)
    assert Lecturer.objects.count() == 1
    press(page, "/accept", is_plain=True)
    assert Lecturer.objects.count() == 6

    page.goto(f"/placement/{CODE}")
    press(page, "/plans", is_plain=True)
    assert "/jobs/" in page.url
    assert page.locator("progress").is_visible()
    begin_work()
    page.wait_for_url(f"**/placement/{CODE}/runs/1", timeout=60_000)
    page.locator("a[href$='/runs/1/adoption']").click()
    press(page, "/runs/1/adopt", is_plain=True)
    assert Engagement.objects.current().count() == 15
    assert Leadership.objects.current().count() == 6
