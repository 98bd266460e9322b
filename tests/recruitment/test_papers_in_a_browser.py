"""Papers from a phone in a real browser: shrunk, interrupted, taken up again."""

from __future__ import annotations

import io
import random
import re
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings as configured
from django.utils import timezone
from PIL import Image, ImageDraw

from tests import browser as browsing
from tests import cast, recruiting
from tests.vault import files
from u2t.people.models import Account
from u2t.recruitment.actions.papers import PART
from u2t.recruitment.models import Application, Document, RequiredDocument, Upload
from u2t.vault import actions as vault

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def draft(transactional_db: None, settings: Any, tmp_path: Path) -> Application:
    """A draft in a call that is open today, where the server sees it."""
    settings.MEDIA_ROOT = tmp_path
    now, day = timezone.now(), timedelta(days=1)
    call = recruiting.call(
        cast.world().round, opens_at=now - day, closes_at=now + day, published_at=now - day
    )
    RequiredDocument.objects.create(call=call, kind="military", is_required=False)
    return recruiting.application(call, 1, submitted=False, at=now - timedelta(hours=1))


def enter(page: Any, account: Account | None, live_server: Any) -> None:
    """Bring the session of somebody who has logged in."""
    session = cast.client_of(account).cookies[configured.SESSION_COOKIE_NAME].value
    page.context.add_cookies(
        [{"name": configured.SESSION_COOKIE_NAME, "value": session, "url": live_server.url}]
    )


def papers(page: Any, draft: Application, live_server: Any) -> None:
    enter(page, draft.account, live_server)
    page.goto(f"/recruitment/{draft.call.round.code}/1/applications/{draft.pk}/papers")


def photograph(width: int, height: int) -> bytes:
    """What a phone takes lying on its side: grain that does not shrink, and the note which way is up."""
    grain = Image.frombytes("L", (width // 4, height // 4), random.Random(3).randbytes(width * height // 16))
    made = grain.resize((width, height), Image.Resampling.BICUBIC).convert("RGB")
    ImageDraw.Draw(made).rectangle((0, 0, width // 4, height // 4), fill="red")
    noted = Image.Exif()
    noted[0x0112] = files.TURNED
    output = io.BytesIO()
    made.save(output, "JPEG", quality=90, exif=noted)
    return output.getvalue()


def choose(page: Any, kind: str, name: str, data: bytes) -> None:
    page.locator(f"[data-paper={kind}] [name=file]").set_input_files(
        [{"name": name, "mimeType": "image/jpeg", "buffer": data}]
    )


def test_a_photograph_whose_signal_is_cut_goes_on_after_a_reload_from_where_it_was(
    draft: Application, phone: Any, live_server: Any
) -> None:
    papers(phone, draft, live_server)
    offsets: list[int] = []
    is_cut = True

    def line(route: Any) -> None:
        offset = int(re.search(r"offset=(\d+)", route.request.url).group(1))  # type: ignore[union-attr]
        if is_cut and offset:
            route.abort("internetdisconnected")
            return
        offsets.append(offset)
        route.continue_()

    phone.route("**/papers/uploads/*offset=*", line)
    data = photograph(3_000, 2_250)
    choose(phone, "id_card", "IMG_1.jpg", data)
    waiting = phone.locator("[data-paper=id_card] [data-said]", has_text="ไม่มีสัญญาณ")
    waiting.wait_for()
    phone.reload()
    waiting.wait_for()
    assert Upload.objects.get().received == PART
    is_cut = False
    phone.evaluate("() => dispatchEvent(new Event('online'))")
    phone.locator("[data-paper=id_card] .badge.is-ok").wait_for()

    document = Document.objects.select_related("file").get()
    kept = files.opened(vault.read(document.file)).convert("RGB")
    # Upright, as the phone was held, and shrunk before it travelled.
    assert kept.size == (1_500, 2_000)
    red, other = kept.getpixel((1_450, 30)), kept.getpixel((30, 30))
    assert isinstance(red, tuple)
    assert isinstance(other, tuple)
    assert red[0] > 200 > 80 > red[2]
    assert abs(other[0] - other[2]) < 40
    # Nothing that had arrived was sent a second time, and the whole was much less than what the camera made.
    assert offsets == [PART * number for number in range(len(offsets))]
    assert (len(offsets) - 1) * PART < len(data) / 2
    assert document.name == "IMG_1.jpg"
    assert not Upload.objects.exists()


def test_the_page_fits_has_no_barriers_and_says_on_the_card_what_is_wrong(
    draft: Application, phone: Any, live_server: Any
) -> None:
    papers(phone, draft, live_server)
    choose(phone, "degree", "ปริญญา.jpg", b"MZ a program")
    said = phone.locator("[data-paper=degree] [data-refused] li")
    said.wait_for()
    assert "ปริญญา.jpg เป็นโปรแกรม" in said.inner_text()
    choose(phone, "id_card", "b.jpg", files.picture())
    phone.locator("[data-paper=id_card] summary", has_text="เปิดดู").click()
    phone.locator("[data-paper=id_card] summary", has_text="เพิ่มหน้า").click()
    browsing.assert_fits(phone)
    browsing.assert_accessible(phone)
    browsing.keep_picture(phone, "recruitment-papers-phone")
    phone.locator("#file-id_card-more").set_input_files(
        [{"name": "back.jpg", "mimeType": "image/jpeg", "buffer": files.picture()}]
    )
    phone.locator("[data-paper=id_card]", has_text="2 หน้า").wait_for()
    phone.goto(f"/recruitment/{draft.call.round.code}/1/applications/{draft.pk}/kept")
    browsing.assert_fits(phone)
    browsing.assert_accessible(phone)


def test_a_paper_can_be_sent_and_removed_without_any_script(
    draft: Application, open_page: Any, live_server: Any
) -> None:
    page = open_page("phone", java_script_enabled=False)
    papers(page, draft, live_server)
    card = page.locator("[data-paper=id_card]")
    choose(page, "id_card", "b.jpg", files.picture())
    card.get_by_role("button", name="ส่ง").click()
    assert card.locator(".badge").inner_text() == "ได้รับแล้ว"
    card.locator("summary", has_text="เพิ่มหน้า").click()
    card.get_by_role("button", name="ลบออก").click()
    assert card.locator(".badge").inner_text() == "ยังขาด"
