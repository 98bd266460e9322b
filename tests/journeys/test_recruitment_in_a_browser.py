"""From the call to the certificate: an applicant, two interviewers, the office and the check-in desk in a browser.

Forty days pass. The server's clock is set to each day; the browsers keep theirs, as phones with a wrong clock do.
"""

from __future__ import annotations

import io
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest
import time_machine
from django.utils import timezone
from PIL import Image, ImageDraw

from tests import cast, factories
from tests.journeys.steps import log_in, look, visit
from u2t.jobs import worker as jobs
from u2t.orientation.models import Certificate, Pass
from u2t.people.actions import accounts
from u2t.people.models import Account, Worker
from u2t.recruitment.models import Application, Call, Interview, Outcome, Selection

pytestmark = [pytest.mark.browser, pytest.mark.both, pytest.mark.django_db(transaction=True)]

PHONE, PASSWORD = "081-234-5678", "maprao-49-nam"
GO_ON = "#step-form > .actions button.button-main"
Open = Callable[..., Any]


def written(moment: datetime, *, clock: bool = True) -> str:
    """A moment as a Thai office types it."""
    local = timezone.localtime(moment)
    return f"{local.day}/{local.month}/{local.year + 543}" + (f" {local:%H.%M}" if clock else "")


def paper(kind: str) -> dict[str, Any]:
    """A photograph of a paper, as a phone takes it."""
    picture = Image.new("RGB", (900, 1200), "white")
    draw = ImageDraw.Draw(picture)
    for line in range(12):
        draw.rectangle((90, 120 + line * 80, 780 - line * 25, 150 + line * 80), fill="lightgray")
    kept = io.BytesIO()
    picture.save(kept, "JPEG")
    return {"name": f"{kind}.jpg", "mimeType": "image/jpeg", "buffer": kept.getvalue()}


def enter(page: Any, account: Account, at: datetime) -> Any:
    """Log in with a password that the office has just given."""
    told = accounts.reset_password(account=account, by=None, at=at)
    return log_in(page, told.account.username, told.password)


def send(page: Any, selector: str) -> Any:
    """Press a button that leads to another page, and look at that page."""
    with page.expect_navigation():
        page.locator(selector).first.click()
    return look(page)


def test_an_applicant_becomes_a_worker_with_a_certificate(small_world: cast.World, open_page: Open) -> None:
    world, now = small_world, timezone.now().replace(second=0, microsecond=0)
    address = f"/recruitment/{world.round.code}/1"
    office, phone = open_page("desktop"), open_page("phone")
    with time_machine.travel(now - timedelta(days=40)):
        the_office_publishes_a_call(office, world, now)
        an_applicant_applies(phone, address)
    with time_machine.travel(now - timedelta(days=20)):
        the_office_screens(office, world, address)
        two_interviewers_score(open_page, world, address)
        the_office_selects(office, world, address)
    with time_machine.travel(now - timedelta(days=19)):
        the_applicant_accepts(phone, address)
        the_office_takes_in(office, world, address, now)
    desk = open_page("phone")
    worker = Worker.objects.get(offer__application__given_name="มาลี")
    the_desk_checks(desk, world, worker, "in")
    with time_machine.travel(now + timedelta(hours=3)):
        the_desk_checks(desk, world, worker, "out")
    with time_machine.travel(now + timedelta(hours=4)):
        the_office_certifies(office, world, worker)
        the_worker_shows_the_certificate(phone, open_page("phone"), world, worker)


def the_office_publishes_a_call(page: Any, world: cast.World, now: datetime) -> None:
    enter(page, world.office, timezone.now())
    visit(page, f"/recruitment/{world.round.code}/")
    visit(page, f"/recruitment/{world.round.code}/draft")
    page.fill("#id_opens_at", written(now - timedelta(days=41)))
    page.fill("#id_closes_at", written(now - timedelta(days=30)))
    send(page, "main form button.button-main")
    page.check("[name=names_announced][value=no]")
    page.fill("#id_results_on", written(now - timedelta(days=20), clock=False))
    send(page, "main form button.button-main")
    for part in ("quotas", "rules", "documents", "criteria", "timetable"):
        visit(
            page,
            f"/recruitment/{world.round.code}/1/edit/{part}",
            f"call-{part}-desktop" if part == "quotas" else "",
        )
    visit(page, f"/recruitment/{world.round.code}/1/edit/documents")
    for kind in ("photo", "house", "transcript"):
        for select in page.locator(f"select[name^='{kind}-']").all():
            select.select_option("")
    send(page, "main form button.button-main")
    visit(page, f"/recruitment/{world.round.code}/1/seed")
    page.fill("#id_seed", "สลากกลาง-01122563")
    send(page, "main form button.button-main")
    visit(page, f"/programme/{world.round.code}")
    send(page, "form[action$='/announce'] button")
    visit(page, f"/recruitment/{world.round.code}/1/publish")
    send(page, "main form button.button-main")
    assert Call.objects.get().published_at
    visit(page, f"/recruitment/{world.round.code}/1")


def an_applicant_applies(phone: Any, address: str) -> None:
    visit(phone, address)
    visit(phone, f"{address}/apply")
    phone.fill("#id_name", PHONE)
    phone.fill("#id_password", PASSWORD)
    phone.fill("#id_repeated", PASSWORD)
    send(phone, "main form button.button-main")
    phone.check("#id_agrees")
    send(phone, "main form button.button-main")
    said = {"title": "นางสาว", "given_name": "มาลี", "surname": "ใจดี", "birth_on": "9/5/2540"}
    for name, typed in said.items():
        phone.fill(f"#id_{name}", typed)
    phone.fill("#id_citizen_id", factories.citizen_id(60_000_001))
    look(phone)
    send(phone, GO_ON)
    phone.fill("#id_present_house", "๑๒ หมู่ ๓")
    phone.locator("#id_present_tambon").press_sequentially("หนองหลวง")
    phone.get_by_role("button", name="อ.อุ้มผาง").click()
    phone.check("#id_registered_same")
    send(phone, GO_ON)
    phone.select_option("#id_level", "bachelor")
    phone.fill("#id_graduated_on", f"1/1/{timezone.localdate().year + 542}")
    send(phone, GO_ON)
    phone.check("[name=is_employed][value=no]")
    phone.check("[name=has_state_hire][value=no]")
    send(phone, GO_ON)
    phone.check("[name=category][value=graduate]")
    phone.locator("#id_q").fill("อุ้มผาง")
    phone.locator("#offered li:visible button").click()
    phone.locator(".ranks li").wait_for()
    send(phone, GO_ON)
    for kind in ("id_card", "degree"):
        phone.set_input_files(f"#file-{kind}", paper(kind))
        phone.locator(
            f"#paper-{kind} .badge.is-ok, #paper-{kind}.is-ok, #{kind} .badge.is-ok"
        ).first.wait_for()
    look(phone, "apply-papers-phone")
    visit(phone, phone.url.replace("/papers", "/step/check"), "apply-check-phone")
    with phone.expect_navigation():
        phone.get_by_role("button", name="ส่งใบสมัคร").click()
    kept = Application.objects.get()
    assert kept.receipt in look(phone).locator(".receipt-number").inner_text()


def the_office_screens(page: Any, world: cast.World, address: str) -> None:
    application = Application.objects.get()
    enter(page, world.office, timezone.now())
    visit(page, f"{address}/board", "board-desktop")
    visit(page, f"{address}/applications")
    visit(page, f"{address}/applications/{application.pk}/screen", "screen-desktop")
    for document in application.papers.all():
        form = page.locator(f"form[action*='/check/{document.pk}']")
        with page.expect_response(lambda answer: "/check/" in answer.url):
            form.get_by_role("button", name="เอกสารผ่าน").click()
        page.locator(f"#paper-{document.kind} .badge.is-ok").wait_for()
    page.locator("#decision input[type=radio]").first.check()
    send(page, "#decision form button.button-main")
    assert application.screenings.get().is_passed
    visit(page, f"{address}/interviewers")
    for account in (world.pm, world.executive):
        visit(page, f"{address}/interviewers?q={account.person.surname}")
        send(page, "form[action$='/appoint'] button")
    visit(page, f"{address}/scores")
    send(page, "form[action$='/assign'] button")
    assert Interview.objects.count() == 2


def two_interviewers_score(open_page: Open, world: cast.World, address: str) -> None:
    for account, points in ((world.pm, 80), (world.executive, 90)):
        page = open_page("phone")
        enter(page, account, timezone.now())
        visit(page, f"{address}/interviews", "interviews-phone")
        send(page, ".card-link a")
        boxes = page.locator("input.points")
        for box in boxes.all():
            box.fill(str(points))
            page.get_by_role("status").get_by_text("บันทึกแล้ว").wait_for()
        look(page, "interview-phone")
        with page.expect_navigation():
            page.get_by_role("button", name="บันทึกและล็อก").click()
        look(page)
        with page.expect_navigation():
            page.get_by_role("button", name="ล็อก", exact=True).click()
        look(page)
    assert Application.objects.get().score == 85_000


def the_office_selects(page: Any, world: cast.World, address: str) -> None:
    visit(page, f"{address}/selections")
    send(page, "form[action$='/select'] button")
    jobs.load_works()
    jobs.work_off()
    number = Selection.objects.get().number
    for verb in ("adopt", "announce"):
        visit(page, f"{address}/selections/{number}", "selection-desktop")
        if page.locator(f"a[href$='/{verb}']").count():
            send(page, f"a[href$='/{verb}']")
        send(page, f"main form[action$='/{verb}'] button")
    assert Outcome.objects.get().kind == Outcome.Kind.SELECTED
    page.context.clear_cookies()
    visit(page, f"{address}/results", "results-desktop")
    assert "มาลี" not in page.locator("main").inner_text()


def the_applicant_accepts(phone: Any, address: str) -> None:
    phone.context.clear_cookies()
    log_in(phone, PHONE, PASSWORD)
    application = Application.objects.get()
    visit(phone, f"{address}/applications/{application.pk}", "result-phone")
    assert "85" in phone.locator("#result").inner_text()
    send(phone, "#result a[href$='/accept']")
    send(phone, "main form button.button-main")
    assert application.offers.get().accepted_at


def the_office_takes_in(page: Any, world: cast.World, address: str, now: datetime) -> None:
    enter(page, world.office, timezone.now())
    visit(page, f"{address}/offers?state=accepted", "offers-desktop")
    page.check("[name=offer]")
    send(page, "#report-in button")
    visit(page, f"/orientation/{world.round.code}/sessions/new")
    local = timezone.localtime(now)
    page.fill("#id_name_th", "ปฐมนิเทศผู้ปฏิบัติงาน")
    page.fill("#id_on", written(now, clock=False))
    page.fill("#id_begins", f"{local:%H:%M}")
    page.fill("#id_ends", f"{local + timedelta(hours=3):%H:%M}")
    page.fill("#id_place_th", "หอประชุมที่ปรึกษา")
    page.check("#id_is_required")
    send(page, "main form button.button-main")
    visit(page, f"/orientation/{world.round.code}/passes")
    send(page, "form[action$='/passes/issue'] button")


def the_desk_checks(page: Any, world: cast.World, worker: Worker, way: str) -> None:
    enter(page, world.office, timezone.now())
    page.goto(f"/orientation/{world.round.code}/desk")
    page.wait_for_selector("body[data-started=yes][data-ready=yes]")
    page.check(f"[name=direction][value={way}]")
    look(page)
    token = Pass.objects.get(worker=worker).token
    page.fill("#entry", f"https://u2t.test/orientation/p/{token}")
    page.press("#entry", "Enter")
    # Nothing waits before the scan lies in the outbox either: first the desk says that it has seen somebody.
    page.locator("#recent li").nth({"in": 0, "out": 1}[way]).wait_for()
    page.wait_for_selector("body[data-waiting='0']")
    look(page, "desk-seen-phone" if way == "in" else "")
    assert worker.scans.filter(direction=way).count() == 1


def the_office_certifies(page: Any, world: cast.World, worker: Worker) -> None:
    enter(page, world.office, timezone.now())
    visit(page, f"/orientation/{world.round.code}/attendance", "attendance-desktop")
    visit(page, f"/orientation/{world.round.code}/completion", "completion-desktop")
    visit(page, f"/orientation/{world.round.code}/certificates")
    send(page, "form[action$='/certificates/issue'] button")
    assert Certificate.objects.get().worker == worker


def the_worker_shows_the_certificate(phone: Any, stranger: Any, world: cast.World, worker: Worker) -> None:
    phone.context.clear_cookies()
    log_in(phone, PHONE, PASSWORD)
    visit(phone, f"/orientation/{world.round.code}/me", "pass-phone")
    certificate = Certificate.objects.get()
    visit(stranger, f"/verify/?s={certificate.seal}", "verified-phone")
    assert "มาลี" in stranger.locator("main").inner_text()
    assert stranger.locator(".is-ok").count()
