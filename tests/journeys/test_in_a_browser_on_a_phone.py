"""Everybody on the phone: the office changes a placement by hand, and each role finds its own; a stranger does not."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pypdfium2
import pytest

from tests import browser as browsing
from tests import cast, given
from tests.factories import NOW
from tests.journeys.steps import log_in, look, visit
from u2t.handover.actions import issuing, planning
from u2t.handover.models import Handover, Letter
from u2t.people.actions import accounts
from u2t.people.models import Account, Worker
from u2t.placement.actions import plans
from u2t.placement.models import Engagement, Leadership

pytestmark = pytest.mark.browser

CODE = "TST-2564"


@pytest.fixture
def placed(small_world: cast.World) -> cast.World:
    """The small world, placed and with its letters written; one graduate more than there are slots."""
    round, office = small_world.round, small_world.office
    given.workers(round, 13)
    given.lecturers(round, 6)
    run = plans.compute(run=plans.begin_run(round=round, by=office, at=NOW), by=office, at=NOW)
    plans.adopt(run=run, by=office, at=NOW)
    planning.plan_handovers(round=round, by=office, at=NOW)
    issuing.issue_letters(
        handovers=list(Handover.objects.filter(round=round)), dated_on=date(2021, 2, 2), by=office, at=NOW
    )
    return small_world


@pytest.fixture
def enters(open_page: Callable[..., Any]) -> Callable[[Account], Any]:
    """``enters(account)``: that person's phone, logged in by the form."""

    def entered(account: Account) -> Any:
        opened = accounts.reset_password(account=account, by=None, at=NOW)
        return log_in(open_page("phone"), opened.account.username, opened.password)

    return entered


def test_the_office_moves_one_person_after_seeing_the_consequence(
    placed: cast.World, enters: Callable[[Account], Any]
) -> None:
    page = enters(placed.office)
    visit(page, f"/placement/{CODE}")
    someone = Engagement.objects.current().filter(office=None).order_by("worker__number").first()
    assert someone is not None
    free = free_tambon(someone)
    visit(page, f"/placement/{CODE}/people/{someone.worker.number}/change")
    page.locator(f"input[name=workstream][value='{someone.workstream.code}']").check()
    page.locator("select[name=tambon]").select_option(free)
    with page.expect_navigation():
        page.locator("main form[method=get] button").click()
    look(page)
    assert page.locator("#consequence").is_visible()
    assert Engagement.objects.get(pk=someone.pk).ended_at is None
    with page.expect_navigation():
        page.locator("main form[method=post] button.button-main").click()
    assert page.locator("[name=reason][aria-invalid=true]").count(), "a change needs a reason"
    look(page)
    page.locator("[name=reason]").fill("ต้องดูแลมารดาที่ป่วย")
    with page.expect_navigation():
        page.locator("main form[method=post] button.button-main").click()
    look(page)
    now = Engagement.objects.current().get(worker=someone.worker)
    assert now.tambon.tambon_id == free
    visit(page, f"/placement/{CODE}/people/{someone.worker.number}/why")
    assert "ต้องดูแลมารดาที่ป่วย" in page.locator("main").inner_text()


def free_tambon(engagement: Engagement) -> str:
    """Another tambon that has a free slot of the same kind; one is made by sending somebody away."""
    other = (
        Engagement.objects.current()
        .filter(category=engagement.category, workstream=engagement.workstream)
        .exclude(tambon=engagement.tambon)
        .first()
    )
    assert other is not None
    other.ended_at, other.ended_by = NOW, None
    other.save()
    code: str = other.tambon.tambon_id
    return code


def test_a_project_manager_finds_the_people_of_the_own_tambon(
    placed: cast.World, enters: Callable[[Account], Any]
) -> None:
    led = Leadership.objects.current().select_related("lecturer__person", "tambon").first()
    assert led is not None
    person = led.lecturer.person
    account = Account.objects.filter(person=person).first() or cast.account_of(person, "p")
    page = enters(account)
    assert page.url.endswith("/mine")
    with page.expect_navigation():
        page.locator("main tbody th a").first.click()
    look(page)
    first = Engagement.objects.current().filter(tambon=led.tambon).first()
    assert first is not None
    assert first.worker.person.surname in page.locator("main").inner_text()
    visit(page, Handover.objects.get(tambon=led.tambon).get_absolute_url())
    elsewhere = Engagement.objects.current().exclude(tambon=led.tambon).first()
    assert elsewhere is not None
    visit(page, elsewhere.tambon.get_absolute_url())
    assert elsewhere.worker.person.surname not in page.locator("main").inner_text()


def test_an_area_manager_finds_the_team_and_its_letter(
    placed: cast.World, enters: Callable[[Account], Any]
) -> None:
    page = enters(placed.am)
    with page.expect_navigation():
        page.locator("main tbody th a").first.click()
    look(page)
    handover = Handover.objects.get(tambon=placed.tambons[cast.CITY])
    visit(page, handover.get_absolute_url())
    letter = Letter.objects.get(handover=handover)
    assert letter.reference in page.locator("main").inner_text()
    paper = page.context.request.get(letter.get_absolute_url()).body()
    engaged = Engagement.objects.current().filter(tambon=handover.tambon, office=None).first()
    assert engaged is not None
    assert engaged.worker.person.surname in "".join(text_of(paper).split())


def text_of(paper: bytes) -> str:
    return "".join(sheet.get_textpage().get_text_bounded() for sheet in pypdfium2.PdfDocument(paper))


def test_an_agency_finds_its_data_managers(placed: cast.World, enters: Callable[[Account], Any]) -> None:
    page = enters(placed.agency_officer)
    seated = Engagement.objects.current().filter(office=placed.data_agencies[0])
    said = page.locator("main").inner_text()
    assert seated
    assert all(one.worker.person.surname in said for one in seated)
    with page.expect_navigation():
        page.locator(f"main a[href='/handover/{CODE}']").click()
    look(page)
    assert page.locator("main tbody tr").count() == 1
    visit(page, Handover.objects.get(tambon=None, receiver=placed.data_agencies[0]).get_absolute_url())


def test_a_worker_finds_place_people_and_reason(placed: cast.World, enters: Callable[[Account], Any]) -> None:
    page = enters(placed.worker)
    engaged = Engagement.objects.current().get(worker=placed.hired)
    assert engaged.tambon.tambon.name_th in page.locator("main").inner_text()
    with page.expect_navigation():
        page.locator("main a[href$='/why']").click()
    look(page)
    visit(page, placed.hired.get_absolute_url())
    other = Worker.objects.exclude(pk=placed.hired.pk).first()
    assert other is not None
    page.goto(other.get_absolute_url())
    refused(page, other.person.full_name)


def test_an_executive_sees_everything_and_changes_nothing(
    placed: cast.World, enters: Callable[[Account], Any]
) -> None:
    page = enters(placed.executive)
    assert page.locator("main .tile").count() == len(cast.TAMBONS)
    for address in (f"/placement/{CODE}", f"/handover/{CODE}"):
        visit(page, address)
        assert not page.locator("main form[method=post]").count()
    page.goto(f"/placement/{CODE}/people/1/change")
    refused(page)


def test_a_stranger_is_refused_and_a_visitor_sent_to_the_log_in(
    placed: cast.World, enters: Callable[[Account], Any], open_page: Callable[..., Any]
) -> None:
    stranger, visitor = enters(placed.stranger), open_page("phone")
    for address in (
        f"/placement/{CODE}",
        f"/handover/{CODE}",
        f"/rosters/{CODE}/",
        f"/programme/{CODE}",
        placed.hired.get_absolute_url(),
    ):
        stranger.goto(address)
        refused(stranger, placed.hired.person.full_name)
        visitor.goto(address)
        assert "/people/log-in" in visitor.url
    look(visitor)


def refused(page: Any, never: str = "") -> None:
    browsing.assert_fits(page)
    browsing.assert_accessible(page)
    assert "ไม่มีสิทธิ์" in page.locator("h1").inner_text()
    assert not never or never not in page.content()


def test_every_other_page_of_the_office_fits_a_phone(
    placed: cast.World, enters: Callable[[Account], Any]
) -> None:
    """Those of placement and of the settings are looked at beside their own parts."""
    page = enters(placed.office)
    handover, agency = placed.round.handovers.first(), placed.data_agencies[0].agency
    for address in (
        *(
            f"/handover/{CODE}{rest}"
            for rest in ("", "/many/done?scope=all", "/register", "/bundles", "/texts")
        ),
        handover.get_absolute_url(),
        *(f"/rosters/{CODE}/{rest}" for rest in ("", "workers/upload")),
        *(f"/rounds/{CODE}/{rest}" for rest in ("tambons", "workers", "lecturers", "agencies")),
        agency.get_absolute_url(),
        placed.lecturer.get_absolute_url(),
        f"/people/{CODE}/accounts",
        f"/agencies/{CODE}/accounts",
        "/search?q=หนองหลวง",
    ):
        visit(page, address)
