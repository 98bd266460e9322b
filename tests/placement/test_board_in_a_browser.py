"""The board in a real browser: by mouse, by keys, by thumb, and without a script."""

from __future__ import annotations

from typing import Any

import pytest

from tests import browser as browsing
from tests import cast, given
from tests.factories import NOW
from tests.placement.test_in_a_browser import enter
from u2t.people.models import Worker
from u2t.placement import actions
from u2t.placement.queries import teams

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def placed(transactional_db: None) -> cast.World:
    """The placed world where the server sees it, with one free slot for a student in อุ้มผาง."""
    world = cast.world()
    given.placed(world.round)
    free = student_of(cast.NONG_LUANG_TAK)
    actions.unplace(worker=free, reason="ขอพัก", by=world.office, at=NOW)
    return world


def student_of(tambon: str) -> Worker:
    held = teams.engagements().filter(category__code="student", tambon__tambon_id=tambon).first()
    assert held is not None
    return held.worker


def tambon_now(worker: Worker) -> str:
    held = teams.engagement_of(worker)
    return held.tambon.tambon_id if held else ""


def tile(page: Any, code: str) -> Any:
    return page.locator(f"[data-tile='{code}']")


def test_the_office_looks_drags_reads_the_consequence_and_moves(
    placed: cast.World, open_page: Any, live_server: Any
) -> None:
    desktop = open_page("desktop", viewport={"width": 1400, "height": 900})
    enter(desktop, placed.office, live_server)
    who = student_of(cast.CITY)
    desktop.goto(f"/placement/{placed.round.code}/board")
    assert "4/5" in tile(desktop, cast.NONG_LUANG_TAK).inner_text()
    for words, expected in (
        ("ทักษะ", ":has-text('ขาด')"),
        ("ระยะทาง", ".step-0:has-text('–')"),
        ("ได้อันดับ 1", ":has-text('%')"),
    ):
        desktop.locator("label.chip", has_text=words).click()
        desktop.locator(f"[data-tile='{cast.CITY}']{expected}").wait_for()
    browsing.assert_fits(desktop)
    tile(desktop, cast.CITY).click()
    person = desktop.locator(f"#panel [data-try$='/people/{who.number}/try']")
    person.wait_for()
    browsing.assert_accessible(desktop)
    person.locator(".small").first.drag_to(tile(desktop, cast.NONG_LUANG_TAK))
    desktop.locator("#trial[open] #consequence").wait_for()
    assert "4/5" in desktop.locator("#consequence").inner_text()
    browsing.assert_accessible(desktop)
    assert tambon_now(who) == cast.CITY, "nothing is saved before somebody decides"
    desktop.locator("#trial [name=reason]").fill("ขอไปอยู่กับครอบครัว")
    desktop.get_by_role("button", name="เปลี่ยนตามนี้").click()
    desktop.wait_for_url("**/board?moved=*")
    assert tambon_now(who) == cast.NONG_LUANG_TAK
    assert "5/5" in tile(desktop, cast.NONG_LUANG_TAK).inner_text()
    assert who.person.full_name in desktop.locator("#panel").inner_text()
    desktop.get_by_role("link", name="ย้ายกลับ").click()
    assert "4/5" in desktop.locator("#consequence").inner_text()


def test_keys_alone_choose_a_tambon_and_escape_saves_nothing(
    placed: cast.World, open_page: Any, live_server: Any
) -> None:
    desktop = open_page("desktop", viewport={"width": 1400, "height": 900})
    enter(desktop, placed.office, live_server)
    who = student_of(cast.CITY)
    desktop.goto(f"/placement/{placed.round.code}/board?open={cast.CITY}")
    move = desktop.locator(f"#panel [data-try$='/people/{who.number}/try'] .board-move")
    move.focus()
    desktop.keyboard.press("Enter")
    desktop.locator("[data-kind='free']").wait_for()
    assert "1 ตำบลที่มีอัตราว่าง" in desktop.locator("#said").inner_text()
    focused = "() => document.activeElement.dataset.tile"
    assert desktop.evaluate(focused) == cast.CITY
    for key in ("ArrowDown", "ArrowDown", "ArrowRight", "ArrowRight"):
        desktop.keyboard.press(key)
    assert desktop.evaluate(focused) in {cast.NONG_LUANG_KPP, cast.NONG_LUANG_TAK}
    tile(desktop, cast.NONG_LUANG_TAK).focus()
    desktop.keyboard.press("Enter")
    desktop.locator("#trial[open] #consequence").wait_for()
    desktop.keyboard.press("Escape")
    desktop.locator("#trial").wait_for(state="hidden")
    assert desktop.evaluate(focused) == cast.NONG_LUANG_TAK, "back where one was"
    desktop.keyboard.press("Escape")
    assert not desktop.locator("[data-kind]").count()
    assert desktop.evaluate("() => document.activeElement.className") == "board-move"
    assert tambon_now(who) == cast.CITY


@pytest.mark.parametrize("scripted", [True, False], ids=["with a script", "without"])
def test_on_a_phone_a_person_a_tambon_and_the_consequence_are_taps(
    placed: cast.World, open_page: Any, live_server: Any, scripted: bool
) -> None:
    phone = open_page("phone", java_script_enabled=scripted)
    enter(phone, placed.office, live_server)
    who = student_of(cast.CITY)
    phone.goto(f"/placement/{placed.round.code}/board")
    tile(phone, cast.CITY).tap()
    phone.wait_for_url(f"**/board/tambons/{cast.CITY}")
    phone.locator("li", has_text=who.person.full_name).locator(".board-move").tap()
    phone.wait_for_url(f"**/board?move={who.number}*")
    if scripted:
        browsing.assert_fits(phone)
        browsing.assert_accessible(phone)
    tile(phone, cast.NONG_LUANG_TAK).tap()
    phone.locator("#consequence").wait_for()
    assert "4/5" in phone.locator("#consequence").inner_text()
    if scripted:
        browsing.assert_fits(phone)
        browsing.assert_accessible(phone)
    phone.locator("[name=reason]").fill("ใกล้ครอบครัว")
    phone.get_by_role("button", name="เปลี่ยนตามนี้").click()
    phone.wait_for_url("**/board?moved=*")
    assert tambon_now(who) == cast.NONG_LUANG_TAK


def test_a_stranger_is_refused_the_board(placed: cast.World, phone: Any, live_server: Any) -> None:
    enter(phone, placed.stranger, live_server)
    answer = phone.goto(f"/placement/{placed.round.code}/board")
    assert answer.status == 403
    assert not phone.locator("[data-tile]").count()
