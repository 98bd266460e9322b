"""A new applicant with a small phone: from the call's link to the receipt, in a stated number of steps."""

from __future__ import annotations

import io
from datetime import timedelta
from typing import Any

import pytest
from django.conf import settings
from django.utils import timezone
from PIL import Image

from tests import browser as browsing
from tests import cast, factories, recruiting
from tests.recruitment.applying import Applicant
from u2t.recruitment.models import Application, Call, RequiredDocument

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

# Pages that somebody who has never been here fills in and sends, registration and consent counted.
STEPS = 9
GO_ON = "#step-form > .actions button.button-main"


@pytest.fixture
def call(transactional_db: None) -> Call:
    now = timezone.now()
    made = recruiting.call(
        cast.world().round,
        opens_at=now - timedelta(days=1),
        closes_at=now + timedelta(days=1),
        published_at=now - timedelta(days=2),
        drafted_at=now - timedelta(days=3),
    )
    RequiredDocument.objects.exclude(kind="id_card").delete()
    return made


def picture() -> bytes:
    kept = io.BytesIO()
    Image.effect_noise((900, 1200), 40).convert("RGB").save(kept, "JPEG")
    return kept.getvalue()


def sound(page: Any, steps: list[str]) -> None:
    """The page fits and has no barriers; it counts as a step."""
    steps.append(page.url)
    browsing.assert_fits(page)
    browsing.assert_accessible(page)


def register(phone: Any, call: Call, steps: list[str]) -> None:
    phone.goto(f"/recruitment/{call.round.code}/{call.number}/apply")
    sound(phone, steps)
    phone.fill("#id_name", "081-234-5678")
    phone.fill("#id_password", "maprao-49-nam")
    phone.fill("#id_repeated", "maprao-49-nam")
    phone.click("main form button.button-main")
    phone.wait_for_url("**/apply")
    sound(phone, steps)
    phone.check("#id_agrees")
    phone.click("main form button.button-main")


def write_person(phone: Any, steps: list[str]) -> None:
    phone.wait_for_url("**/person")
    assert phone.input_value("#id_telephone") == "081-234-5678"
    for name, typed in {
        "title": "นางสาว",
        "given_name": "มาลี",
        "surname": "ใจดี",
        "birth_on": "9/5/2540",
    }.items():
        phone.fill(f"#id_{name}", typed)
    phone.fill("#id_citizen_id", factories.citizen_id(60_000_001))
    sound(phone, steps)
    phone.click(GO_ON)


def write_addresses(phone: Any, steps: list[str]) -> None:
    phone.wait_for_url("**/addresses")
    phone.fill("#id_present_house", "๑๒ หมู่ ๓")
    phone.locator("#id_present_tambon").press_sequentially("หนองหลวง")
    found = phone.get_by_role("button", name="อ.อุ้มผาง")
    found.wait_for()
    sound(phone, steps)
    phone.locator("#id_present_tambon").scroll_into_view_if_needed()
    browsing.keep_picture(phone, "apply-address-phone", whole=False)
    found.click()
    phone.check("#id_registered_same")
    assert not phone.locator("#id_registered_house").is_visible()
    phone.click(GO_ON)


def write_education_and_work(phone: Any, steps: list[str]) -> None:
    phone.wait_for_url("**/education")
    phone.select_option("#id_level", "bachelor")
    phone.fill("#id_graduated_on", f"1/1/{timezone.localdate().year + 542}")
    sound(phone, steps)
    phone.click(GO_ON)

    phone.wait_for_url("**/work")
    phone.check("[name=is_employed][value=no]")
    phone.check("[name=has_state_hire][value=no]")
    phone.click("button[value='row:work']")
    phone.fill("#id_row-0-what", "พนักงานบัญชี")
    sound(phone, steps)
    phone.click(GO_ON)


def rank_tambons(phone: Any, steps: list[str]) -> None:
    phone.wait_for_url("**/choice")
    phone.check("[name=category][value=graduate]")
    phone.wait_for_function("() => document.querySelector('[name=category][value=graduate]').checked")
    phone.locator("#id_q").fill("อุ้มผาง")
    phone.locator("#offered li:visible button").click()
    phone.locator(".ranks li").wait_for()
    phone.locator("#offered li:visible button").first.click()
    phone.locator(".ranks li").nth(1).wait_for()
    phone.locator("button[value^='up:']").click()
    phone.wait_for_function("() => document.querySelector('.ranks input').value.startsWith('62')")
    sound(phone, steps)
    phone.locator("#ranked legend").evaluate("one => one.scrollIntoView()")
    browsing.keep_picture(phone, "apply-choice-phone", whole=False)
    phone.click(GO_ON)


def send_paper_and_submit(phone: Any, steps: list[str]) -> None:
    phone.wait_for_url("**/papers")
    phone.set_input_files(
        "#file-id_card", {"name": "card.jpg", "mimeType": "image/jpeg", "buffer": picture()}
    )
    phone.locator("#papers-summary .notice.is-ok").wait_for()
    sound(phone, steps)
    phone.goto(phone.url.replace("/papers", "/step/check"))
    sound(phone, steps)
    phone.get_by_role("button", name="ส่งใบสมัคร").click()
    phone.wait_for_url("**/receipt")


def test_a_new_applicant_needs_no_more_steps_than_stated(phone: Any, call: Call) -> None:
    steps: list[str] = []
    register(phone, call, steps)
    for write in (
        write_person,
        write_addresses,
        write_education_and_work,
        rank_tambons,
        send_paper_and_submit,
    ):
        write(phone, steps)

    kept = Application.objects.get()
    assert kept.receipt
    assert kept.receipt in phone.locator(".receipt-number").inner_text()
    assert [c.tambon.tambon_id[:2] for c in kept.choices.all()] == ["62", "63"]
    assert (kept.given_name, kept.present_tambon_id) == ("มาลี", cast.NONG_LUANG_TAK)
    assert [row.what for row in kept.experiences.all()] == ["พนักงานบัญชี"]
    assert len(steps) <= STEPS
    browsing.assert_accessible(phone)
    browsing.keep_picture(phone, "apply-receipt-phone")


def test_what_is_typed_without_signal_is_saved_when_it_is_back(
    phone: Any, call: Call, live_server: Any
) -> None:
    applicant = Applicant(call).begin()
    session = applicant.client.cookies[settings.SESSION_COOKIE_NAME].value
    phone.context.add_cookies(
        [{"name": settings.SESSION_COOKIE_NAME, "value": session, "url": live_server.url}]
    )
    phone.goto(applicant.own("step", "person"))
    phone.context.set_offline(True)
    phone.fill("#id_given_name", "มาลี")
    said = phone.locator("[data-save-state]")
    said.get_by_text("ไม่มีสัญญาณ").wait_for()
    phone.context.set_offline(False)
    phone.evaluate("() => dispatchEvent(new Event('online'))")
    said.get_by_text("บันทึกแล้ว").wait_for()
    assert applicant.application.given_name == "มาลี"


def test_what_is_typed_while_the_page_is_exchanged_stays(phone: Any, call: Call, live_server: Any) -> None:
    applicant = Applicant(call).begin()
    session = applicant.client.cookies[settings.SESSION_COOKIE_NAME].value
    phone.context.add_cookies(
        [{"name": settings.SESSION_COOKIE_NAME, "value": session, "url": live_server.url}]
    )
    phone.goto(applicant.own("step", "choice"))
    held: list[Any] = []
    phone.route("**/step/choice", lambda route: route.continue_() if held else held.append(route))
    with phone.expect_request("**/step/choice"):
        phone.check("[name=category][value=graduate]")
    phone.fill("#id_q", "อุ้มผาง")
    held[0].continue_()
    phone.locator("[name=category][value=graduate][checked]").wait_for()
    assert phone.input_value("#id_q") == "อุ้มผาง"
    assert phone.locator("#offered li:visible").count() == 1
