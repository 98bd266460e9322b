"""From spreadsheets to handed-over teams as the programme office does it, in a real browser on a desktop."""

from __future__ import annotations

import zipfile
from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from typing import Any

import pypdfium2
import pytest

from tests import browser as browsing
from tests.cast import places_are_there
from tests.factories import NOW
from tests.journeys.announced import ANNOUNCED, CODE, HOST_KINDS, MORE_THAN, PER_TAMBON
from tests.journeys.steps import download, log_in, look, number, press, total_of_list, upload, visit
from u2t.agencies.actions import register
from u2t.home import actions as home
from u2t.home.demo import invent
from u2t.people.actions import accounts, staff
from u2t.people.models import Lecturer, Worker
from u2t.placement.models import Engagement
from u2t.programme.actions import institutions, positions
from u2t.programme.models import Duty

pytestmark = [pytest.mark.browser, pytest.mark.both]

LETTERS = 60 + 48
LETTER_DATA = {
    "letter_prefix": "อว ๐๐๐๐",
    "owner_office_th": "สำนักงานโครงการมหาวิทยาลัยสู่ตำบล",
    "address_th": "ตำบลนครชุม อำเภอเมือง\nจังหวัดกำแพงเพชร ๖๒๐๐๐",
    "telephone": "๐ ๐๐๐๐ ๐๐๐๐",
    "signer_name_th": "รองศาสตราจารย์ ดร.สมมติ ตัวอย่าง",
    "signer_post_th": "อธิการบดี",
}


@pytest.fixture
def office(transactional_db: None) -> tuple[str, str]:
    """User name and first password of a new institution's programme office; there is no round yet."""
    places_are_there()
    register.load_kinds(at=NOW)
    positions.set_positions(positions=invent.positions(["62", "63"]), by=None, at=NOW)
    institution = institutions.open_institution(
        code="KPRU", name_th="มหาวิทยาลัยราชภัฏกำแพงเพชร", home_district="6201", at=NOW
    )
    opened = staff.add_staff(
        institution=institution,
        kind=Duty.Kind.OFFICE,
        title="นางสาว",
        given_name="สมใจ",
        surname="ตัวอย่าง",
        by=None,
        at=NOW,
    )
    return opened.account.username, opened.password


def test_spreadsheets_become_handed_over_teams_and_public_figures(
    open_page: Callable[..., Any], office: tuple[str, str], rosters: Path, begin_work: Callable[[], None]
) -> None:
    page = log_in(open_page("desktop"), *office)
    opens_a_round(page)
    for kind in home.KINDS:
        imports(page, kind, rosters)
    computes_a_plan(page, begin_work)
    asks_why_and_adopts(page)
    plans_handovers(page)
    weighs_a_swap(page)
    issues_letters(page)
    prints_letters(page)
    notes_handovers_and_announces(page)
    public = open_page("desktop")
    states_what_was_announced(public)
    speaks_english(public)
    finds_the_own_place(open_page("phone"))


def opens_a_round(page: Any) -> None:
    assert page.url.endswith("/mine")
    with page.expect_navigation():
        page.locator("main a[href='/programme/open']").first.click()
    look(page)
    for name, value in {
        "code": CODE,
        "name_th": "มหาวิทยาลัยสู่ตำบล สร้างรากแก้วให้ประเทศ พ.ศ. 2564",
        "name_en": "University to Tambon 2021",
        "starts_on": "1/2/2564",
        "months": "๑๑",
        "orientation_from": "31 ม.ค. 2564",
        "orientation_until": "2 ก.พ. 64",
    }.items():
        page.locator(f"[name={name}]").fill(value)
    with page.expect_navigation():
        page.locator("main form button.button-main").click()
    look(page)
    visit(page, "/programme/institutions/KPRU")
    for name, value in LETTER_DATA.items():
        page.locator(f"[name={name}]").fill(value)
    press(page, "/programme/institutions/KPRU")
    visit(page, "/mine")


def imports(page: Any, kind: str, rosters: Path) -> None:
    """Upload, look at what was understood, accept; nothing is stored before that."""
    upload(page, CODE, kind, rosters / f"{kind}.xlsx")
    if kind == "workers":
        browsing.keep_picture(page, "roster-preview-desktop", whole=False)
    assert not page.locator("#problem").count(), page.locator("main").inner_text()
    model = {"workers": Worker, "lecturers": Lecturer}.get(kind)
    assert model is None or not model.objects.exists()
    press(page, "/accept")
    assert page.locator(".messages, [role=status]").first.is_visible()
    assert model is None or model.objects.count() in (1200, 120)


def computes_a_plan(page: Any, begin_work: Callable[[], None]) -> None:
    visit(page, f"/placement/{CODE}")
    press(page, "/plans")
    assert "/jobs/" in page.url
    assert page.locator("#doing[hx-get] progress").is_visible()
    begin_work()
    page.wait_for_url(f"**/placement/{CODE}/runs/1", timeout=60_000)
    look(page, "run-desktop")
    values = [number(text) for text in page.locator(".figure-card .figure-value").all_inner_texts()]
    filled, in_teams, data_managers, first_wishes, led, unplaced = values
    assert (filled, in_teams, data_managers, led, unplaced) == (1200, 1080, 120, 60, 0)
    assert 0 < first_wishes <= 100
    assert not Engagement.objects.exists(), "a plan is nothing but a plan until somebody adopts it"


def asks_why_and_adopts(page: Any) -> None:
    with page.expect_navigation():
        page.locator("a[href$='/runs/1/adoption']").click()
    look(page)
    press(page, "/runs/1/adopt")
    look(page, "placement-desktop")
    visit(page, f"/placement/{CODE}/people")
    assert total_of_list(page) == 1200
    with page.expect_navigation():
        page.locator("a[href$='/why']").first.click()
    look(page)
    engaged = Engagement.objects.get(worker__number=int(page.url.split("/")[-2]), worker__round__code=CODE)
    said = page.locator("main").inner_text()
    assert engaged.worker.person.surname in said
    assert engaged.tambon.tambon.name_th in said


def choose_all_for(page: Any, verb: str) -> None:
    """On the list of handovers: choose every one of the list and the button that does this to many."""
    page.goto(f"/handover/{CODE}")
    page.locator("input[name=scope][value=all]").check()
    button = f"button[formaction$='/many/{verb}']" if verb != "issue" else "fieldset button.button-main"
    with page.expect_navigation():
        page.locator(button).click()
    look(page)


def plans_handovers(page: Any) -> None:
    visit(page, f"/handover/{CODE}")
    press(page, "/plan")
    choose_all_for(page, "issue")
    assert not page.locator("main form button.button-main").count(), "no letter goes out without a date"
    choose_all_for(page, "date")
    page.locator("[name=handed_on]").fill("3 กุมภาพันธ์ 2564")
    with page.expect_navigation():
        page.locator("main form button.button-main").click()
    look(page)


def weighs_a_swap(page: Any) -> None:
    """The consequence of a change is shown; as nobody decides, nothing changes."""
    one, other = two_of_a_kind()
    visit(page, f"/placement/{CODE}/people/{one.worker.number}/change?what=swap&other={other.worker.number}")
    said = page.locator("#consequence").inner_text()
    assert one.worker.person.surname in said
    assert other.worker.person.surname in said
    browsing.keep_picture(page, "change-desktop", whole=False)
    visit(page, f"/placement/{CODE}/board?move={one.worker.number}#map")
    browsing.keep_picture(page, "placement-board-desktop", whole=False)
    assert not Engagement.objects.exclude(ended_at=None).exists()


def two_of_a_kind() -> tuple[Engagement, Engagement]:
    """Two of the same category and workstream in different tambons."""
    placed = Engagement.objects.current().select_related("worker__person").order_by("worker__number")
    one = placed.filter(office=None)[0]
    return one, placed.filter(category=one.category, office=None).exclude(tambon=one.tambon)[0]


def issues_letters(page: Any) -> None:
    choose_all_for(page, "issue")
    page.locator("[name=dated_on]").fill("2/2/2564")
    with page.expect_navigation():
        page.locator("main form button.button-main").click()
    look(page)
    visit(page, f"/handover/{CODE}", "handovers-desktop")
    visit(page, f"/handover/{CODE}/register")
    assert total_of_list(page) == LETTERS


def prints_letters(page: Any) -> None:
    visit(page, f"/handover/{CODE}/bundles")
    press(page, "/bundles/make")
    page.wait_for_url(f"**/handover/{CODE}/bundles/*", timeout=60_000)
    look(page)
    bundle = pypdfium2.PdfDocument(download(page, "letters.pdf"))
    text = "".join("".join(sheet.get_textpage().get_text_bounded().split()) for sheet in bundle)
    for given, surname in Worker.objects.values_list("person__given_name", "person__surname"):
        assert f"{given}{surname}" in text
    for name, value in LETTER_DATA.items():
        assert text.count("".join(value.split())) >= (LETTERS if name != "address_th" else 0)
    with zipfile.ZipFile(BytesIO(download(page, "letters.zip"))) as archive:
        assert len(archive.namelist()) == LETTERS
        first = archive.read(archive.namelist()[0])
    keep_letter(first)


def keep_letter(letter: bytes) -> None:
    browsing.PICTURES.mkdir(parents=True, exist_ok=True)
    pypdfium2.PdfDocument(letter)[0].render(scale=1.3).to_pil().save(
        browsing.PICTURES / "letter.png", optimize=True
    )


def notes_handovers_and_announces(page: Any) -> None:
    choose_all_for(page, "done")
    with page.expect_navigation():
        page.locator("main form button.button-main").click()
    look(page)
    visit(page, f"/handover/{CODE}?show=not_done")
    assert not page.locator("tbody tr").count()
    visit(page, f"/programme/{CODE}")
    press(page, "/announce")
    visit(page, "/mine", "mine-desktop")


def states_what_was_announced(page: Any) -> None:
    """Read each figure from the announcement of the front page, then follow its link and count there."""
    visit(page, "/", "front-desktop")
    if page.locator(f"main a[href='/rounds/{CODE}']").count():
        with page.expect_navigation():
            page.locator(f"main a[href='/rounds/{CODE}']").first.click()
    text = page.locator(".announcement").inner_text()
    for said in ("31 มกราคม", "2 กุมภาพันธ์ 2564", f"{ANNOUNCED['months']} เดือน", "18 คน"):
        assert said in text, text
    figures = {
        link.get_attribute("href"): number(link.locator("strong").inner_text())
        for link in page.locator(".announcement a:has(strong)").all()
    }
    at = f"/rounds/{CODE}"
    assert {
        f"{at}/tambons": ANNOUNCED["tambons"],
        **{f"{at}/tambons?province={p}": n for p, n in ANNOUNCED["tambons_by_province"].items()},
        f"{at}/workers": ANNOUNCED["workers"],
        **{f"{at}/workers?category={c}": n for c, n in ANNOUNCED["workers_by_category"].items()},
        f"{at}/workers?workstream=team": ANNOUNCED["team_workers"],
        f"{at}/workers?workstream=data": ANNOUNCED["data_managers"],
        f"{at}/lecturers?leading=yes": ANNOUNCED["project_managers"],
        f"{at}/agencies?role=data": ANNOUNCED["data_agencies"],
    }.items() <= figures.items()
    assert figures[f"{at}/agencies?role=host"] > MORE_THAN["host_agencies"]
    kinds = kinds_of_hosts(page)
    assert len({address.split("kind=")[1].split("&")[0] for address in kinds}) == HOST_KINDS
    assert sum(kinds.values()) == figures[f"{at}/agencies?role=host"]
    for address, count in {**figures, **kinds}.items():
        leads_to_as_many(page, address, count)


def kinds_of_hosts(page: Any) -> dict[str, int]:
    """The host agencies by kind and province: the address of each list and the figure beside its link."""
    rows = page.locator("details li:has(a[href*='role=host'][href*='kind='])").all()
    return {
        row.locator("a").get_attribute("href"): number(row.locator("strong").text_content()) for row in rows
    }


def leads_to_as_many(page: Any, address: str, count: int) -> None:
    page.goto(address)
    if "?" not in address:
        look(page)
    if "/workers" not in address:
        assert total_of_list(page) == count, address
        return
    # The public sees workers as numbers of each tambon; the list may go over several pages.
    together = 0
    while True:
        cells = page.locator("tbody td:last-child").all_inner_texts()
        together += sum(map(number, cells))
        assert number(page.locator("tfoot td:last-child").inner_text()) == count, address
        onward = page.locator(".pager a[rel=next]")
        if not onward.count():
            break
        page.goto(page.url.split("?")[0] + onward.get_attribute("href"))
    assert together == count, address


def speaks_english(page: Any) -> None:
    page.goto(f"/rounds/{CODE}")
    with page.expect_navigation():
        page.locator("button[name=language][value=en]").click()
    look(page)
    assert page.locator("html").get_attribute("lang") == "en"
    assert "1,200 workers" in page.locator(".announcement").inner_text()
    visit(page, f"/rounds/{CODE}/tambons/620101")
    assert PER_TAMBON == {"public": 5, "graduate": 10, "student": 5}
    assert page.locator(".card:has(meter, .meter) strong").first.inner_text().endswith(("/5", "/8", "/10"))


def finds_the_own_place(page: Any) -> None:
    """The public page on a phone, then a worker: the own home, why there, and the tambon."""
    visit(page, "/", "front-phone")
    engaged = Engagement.objects.current().filter(worker__wishes__rank=2, office=None).first()
    assert engaged is not None
    opened = accounts.open_account(person=engaged.worker.person, prefix="w", by=None, at=NOW)
    log_in(page, opened.account.username, opened.password)
    visit(page, "/mine", "worker-home-phone")
    visit(page, f"/placement/{CODE}/people/{engaged.worker.number}/why", "why-phone")
    visit(page, engaged.tambon.get_absolute_url(), "tambon-phone")
