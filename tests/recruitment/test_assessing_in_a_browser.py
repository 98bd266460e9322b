"""Screening and interviews in a real browser: nothing sticks out, nothing bars the way, points save themselves."""

from __future__ import annotations

import io
from datetime import timedelta
from typing import Any

import pytest
from django.conf import settings
from PIL import Image, ImageDraw

from tests import browser as browsing
from tests import cast, factories, recruiting
from tests.recruiting import NOW
from tests.sheets import files
from u2t.people.models import Account
from u2t.recruitment.actions import assessing
from u2t.recruitment.models import Application, Call, Criterion, Document
from u2t.vault import actions as vault

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def call(transactional_db: None) -> Call:
    """A call with papers to look at, a pair to decide, and interviews under way."""
    world = cast.world()
    made = recruiting.call(world.round)
    Criterion.objects.filter(call=made).update(weight=60)
    Criterion.objects.create(
        call=made, name_th="ความรู้เรื่องชุมชน", name_en="Knowledge", max_points=10, weight=40, position=2
    )
    for number in range(1, 6):
        one = recruiting.application(
            made, number, choices=(cast.CITY, cast.NONG_LUANG_TAK), passed=None if number < 3 else True
        )
        for kind in ("id_card", "degree"):
            send(one, kind)
    Application.objects.filter(number=2).update(telephone="0800000001", seconds_late=40)
    second = cast.account_of(factories.lecturer(world.round, 2).person, "p")
    for account in (world.pm, second, world.executive):
        assessing.appoint(call=made, account=account, by=world.office, at=NOW)
    Application.objects.filter(number__in=(3, 4)).update(
        interview_at=NOW + timedelta(days=20), interview_place="ห้องประชุม ๑ อาคารเรียนรวม"
    )
    assessing.assign(call=made, by=world.office, at=NOW)
    made.office, made.pm = world.office, world.pm
    return made


def send(application: Application, kind: str) -> None:
    """A paper that looks like one."""
    picture = Image.new("RGB", (900, 1200), "white")
    draw = ImageDraw.Draw(picture)
    for line in range(12):
        draw.rectangle((90, 120 + line * 80, 780 - line * 25, 150 + line * 80), fill="lightgray")
    out = io.BytesIO()
    picture.save(out, "JPEG")
    file = vault.keep(data=out.getvalue(), name="x.jpg", at=NOW)
    Document.objects.create(application=application, kind=kind, file=file, name="x.jpg", uploaded_at=NOW)


def enter(page: Any, account: Account, live_server: Any) -> None:
    """Bring the session of somebody who has logged in."""
    session = cast.client_of(account).cookies[settings.SESSION_COOKIE_NAME].value
    page.context.add_cookies(
        [{"name": settings.SESSION_COOKIE_NAME, "value": session, "url": live_server.url}]
    )


def test_the_pages_of_assessing_fit_a_phone_and_have_no_barriers(
    call: Call, open_page: Any, live_server: Any
) -> None:
    start = f"/recruitment/{call.round.code}/{call.number}"
    first, second, third = call.applications.order_by("number")[:3]
    sheet = call.interviewers.get(account=call.pm).interviews.first()
    shown = {
        call.office: (
            "/applications", "/applications?show=waiting", f"/applications/{first.pk}/screen",
            f"/applications/{second.pk}/screen?show=waiting", "/applications/ready", "/duplicates", "/interviewers",
            "/scores", "/scores/schedule", f"/applications/{third.pk}/sheets", "/scores/bring",
        ),
        call.pm: (
            "/interviews", f"/interviews/{sheet.pk}", f"/interviews/{sheet.pk}/lock",
            f"/interviews/{sheet.pk}/decline",
        ),
    }  # fmt: skip
    for account, addresses in shown.items():
        page = open_page("phone")
        enter(page, account, live_server)
        for address in addresses:
            page.goto(start + address)
            page.wait_for_load_state("networkidle")
            page.evaluate("() => document.querySelectorAll('details').forEach(fold => { fold.open = true })")
            browsing.assert_fits(page)
            browsing.assert_accessible(page)


def test_an_interviewer_gives_points_on_a_phone_that_save_themselves_and_locks_them(
    call: Call, phone: Any, live_server: Any
) -> None:
    enter(phone, call.pm, live_server)
    phone.goto(f"/recruitment/{call.round.code}/{call.number}/interviews")
    phone.locator(".card-link a").first.click()
    for box in phone.locator("input.points").all():
        assert box.bounding_box()["height"] >= 44
    phone.locator("input.points").first.fill("80")
    phone.get_by_role("status").get_by_text("บันทึกแล้ว").wait_for()
    phone.reload()
    assert phone.locator("input.points").first.input_value() == "80"
    phone.locator("input.points").last.fill("7")
    phone.get_by_role("button", name="บันทึกและล็อก").click()
    phone.get_by_role("button", name="ล็อก", exact=True).click()
    phone.get_by_text("ล็อกคะแนนของ").wait_for()
    assert call.interviewers.get(account=call.pm).interviews.filter(locked_at__isnull=False).count() == 1


def test_the_office_goes_through_the_list_by_keyboard_and_sees_the_papers(
    call: Call, desktop: Any, live_server: Any
) -> None:
    first, second = call.applications.order_by("number")[:2]
    enter(desktop, call.office, live_server)
    desktop.goto(f"/recruitment/{call.round.code}/{call.number}/applications?show=waiting")
    browsing.assert_fits(desktop)
    desktop.get_by_role("link", name=first.given_name).click()
    picture = desktop.locator("#paper-id_card img")
    picture.scroll_into_view_if_needed()
    desktop.wait_for_load_state("networkidle")
    browsing.assert_fits(desktop)
    browsing.assert_accessible(desktop)
    assert picture.evaluate("image => image.naturalWidth") > 500
    desktop.keyboard.press("j")
    desktop.get_by_role("heading", name=second.given_name).wait_for()
    desktop.keyboard.press("k")
    desktop.get_by_role("heading", name=first.given_name).wait_for()
    desktop.locator("#paper-id_card").get_by_role("button", name="เอกสารผ่าน").first.click()
    desktop.locator("#paper-id_card .badge.is-ok").wait_for()
    assert first.papers.get(kind="id_card").checks.get().is_accepted


def test_a_list_comes_back_through_its_preview(call: Call, desktop: Any, live_server: Any) -> None:
    enter(desktop, call.office, live_server)
    desktop.goto(f"/recruitment/{call.round.code}/{call.number}/scores/bring")
    data = files.xlsx(
        [("ลำดับที่", "วันที่สัมภาษณ์", "เวลา", "สถานที่"), (5, "15/3/2564", "9.30", "ห้อง ๕"), (77, "", "", "")]
    )
    desktop.locator("[name=file]").set_input_files(
        {"name": "รายชื่อ.xlsx", "mimeType": "application/octet-stream", "buffer": data}
    )
    desktop.get_by_role("button", name="ตรวจไฟล์").click()
    desktop.get_by_text("ประกาศนี้ไม่มีใบสมัครลำดับที่นี้").wait_for()
    assert not call.applications.filter(interview_place="ห้อง ๕").exists()
