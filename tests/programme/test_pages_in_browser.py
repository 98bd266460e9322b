"""The pages of the first three parts in a real browser, on a phone and on a desktop: no barrier, nothing sticks out."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.conf import settings
from django.urls import reverse

from tests import browser, given
from tests.cast import CITY, NOW, World, client_of
from u2t.people.actions import accounts
from u2t.people.models import Account

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def enter(page: Any, account: Account, address: str) -> None:
    """Be logged in without the form."""
    session = client_of(account).cookies[settings.SESSION_COOKIE_NAME].value
    page.context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": session, "url": address}])


def addresses(world: World) -> dict[str, str]:
    code, institution, agency = world.round.code, world.institution.code, world.hosts[CITY].agency.pk
    return {
        "rounds": reverse("programme:rounds"),
        "open": reverse("programme:open"),
        "round": reverse("programme:round", args=[code]),
        "change": reverse("programme:change", args=[code]),
        "orientation": reverse("programme:orientation", args=[code]),
        "tambons": reverse("programme:tambons", args=[code]) + "?q=หนอง",
        "institution": reverse("programme:institution", args=[institution]),
        "account": reverse("people:account"),
        "password": reverse("people:password"),
        "accounts": reverse("people:accounts", args=[code]),
        "staff": reverse("people:staff", args=[institution]),
        "citizen-id": reverse("people:citizen_id", args=[code, 1]),
        "agency-add": reverse("agencies:add", args=[code]),
        "agency-change": reverse("agencies:change", args=[agency]),
        "agency-part": reverse("agencies:part", args=[code, agency]),
        "agency-accounts": reverse("agencies:accounts", args=[code]),
    }


@pytest.mark.parametrize("size", ["phone", "desktop"])
def test_every_page_fits_and_has_no_barrier(
    world: World, live_server: Any, open_page: Callable[..., Any], size: str
) -> None:
    given.workers(world.round)
    page = open_page(size)
    page.goto(reverse("people:log_in"))
    browser.assert_accessible(page)
    enter(page, world.office, live_server.url)
    for name, address in addresses(world).items():
        page.goto(address)
        browser.assert_fits(page)
        if size == "phone":
            browser.assert_accessible(page)
        browser.keep_picture(page, f"settings/{name}-{size}")


def test_the_office_opens_a_round_and_adds_a_tambon(world: World, live_server: Any, desktop: Any) -> None:
    enter(desktop, world.office, live_server.url)
    desktop.goto(reverse("programme:open"))
    desktop.get_by_label("รหัสรอบ").fill("TST-2570")
    desktop.get_by_label("ชื่อภาษาไทย").first.fill("รอบใหม่")
    desktop.get_by_label("วันแรกของการปฏิบัติงาน").fill("32/1/2570")
    desktop.get_by_role("button", name="เปิดรอบ").click()
    desktop.get_by_role("alert").get_by_text("วันแรกของการปฏิบัติงาน").wait_for()
    assert desktop.get_by_label("รหัสรอบ").input_value() == "TST-2570"

    desktop.get_by_label("วันแรกของการปฏิบัติงาน").fill("๑ มกราคม ๒๕๗๐")
    desktop.get_by_role("button", name="เปิดรอบ").click()
    desktop.get_by_label("ค้นหาตำบลที่จะเพิ่ม").fill("หนองหลวง ลานกระบือ")
    desktop.get_by_role("button", name="เพิ่ม ต.หนองหลวง อ.ลานกระบือ จ.กำแพงเพชร").click()
    desktop.get_by_role("link", name="ต.หนองหลวง อ.ลานกระบือ จ.กำแพงเพชร").wait_for()


def test_a_first_password_is_changed_on_a_phone(world: World, live_server: Any, phone: Any) -> None:
    worker = given.workers(world.round, 2)[0]
    opened = accounts.open_account(person=worker.person, prefix="w", by=None, at=NOW)
    phone.goto(reverse("people:log_in"))
    phone.get_by_label("ชื่อผู้ใช้").fill(opened.account.username)
    phone.get_by_label("รหัสผ่าน").fill(opened.password)
    phone.locator("main").get_by_role("button", name="เข้าสู่ระบบ").click()
    phone.get_by_label("รหัสผ่านปัจจุบัน").fill(opened.password)
    phone.get_by_label("รหัสผ่านใหม่", exact=True).fill("maprao-49-nam")
    phone.get_by_label("รหัสผ่านใหม่อีกครั้ง").fill("maprao-49-nam")
    phone.get_by_role("button", name="บันทึกรหัสผ่านใหม่").click()
    phone.get_by_text("เปลี่ยนรหัสผ่านแล้ว").wait_for()
