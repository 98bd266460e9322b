"""The parts of a page in a real Chromium: on a phone and on a desktop, with and without script."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import include, path
from playwright.sync_api import Page

from tests import browser as browsing
from u2t.pages import paging
from u2t.pages.declare import shows

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True), pytest.mark.urls(__name__)]

SIZES = pytest.mark.parametrize("size", ["phone", "desktop"])


@shows(public=True)
def names(request: HttpRequest) -> HttpResponse:
    """A list of 300 names with a search box, as stages build theirs."""
    wanted = paging.typed(request)
    rows = [name for name in (f"คนที่ {at}" for at in range(1, 301)) if wanted in name]
    context = {
        "title": "รายชื่อ",
        "page": paging.page_of(request, rows),
        "is_filtered": bool(wanted),
        "q": wanted,
    }
    return render(request, "names.html", context)


@shows(public=True)
def work(request: HttpRequest, done: list[int] = [0]) -> HttpResponse:  # noqa: B006  the list is the work's memory
    """Work that is half done at the first look and ready at the second."""
    done[0] = done[0] % 2 + 1
    doing = {"label": "หนังสือส่งตัว", "done": done[0], "total": 2, "line": "", "is_running": done[0] < 2}
    return render(request, "work.html", {"title": "งาน", "doing": doing, "progress_url": request.path})


urlpatterns = [path("", include("u2t.urls")), path("names", names), path("work", work)]

NAMES = """{% extends "pages/list.html" %}{% block filters %}<div class="field"><label for="q">ค้นหา</label>
<input type="search" id="q" name="q" value="{{ q }}"></div>{% endblock %}{% block table %}<tbody>{% for name in page %}
<tr><th scope="row">{{ name }}</th></tr>{% endfor %}</tbody>{% endblock %}"""
WORK = """{% extends "pages/progress.html" %}{% block below %}{% if not doing.is_running %}<p id="ready">เสร็จแล้ว</p>
{% endif %}{% endblock %}"""


@pytest.fixture(autouse=True)
def _templates_of_these_tests(settings, tmp_path: Path) -> None:
    (tmp_path / "names.html").write_text(NAMES, "utf-8")
    (tmp_path / "work.html").write_text(WORK, "utf-8")
    settings.TEMPLATES = [{**settings.TEMPLATES[0], "DIRS": [tmp_path]}]
    settings.DEBUG = True


@pytest.fixture
def visit(open_page: Callable[..., Page]) -> Callable[..., Page]:
    """``visit("/names", "phone")``: that address in a window of its own; ``script=False`` switches scripts off."""

    def visited(address: str, size: str = "desktop", script: bool = True) -> Page:
        page = open_page(size, java_script_enabled=script)
        page.goto(address)
        return page

    return visited


@SIZES
@pytest.mark.parametrize("address", ["/gallery?bad=1", "/names"])
def test_nothing_keeps_a_person_with_a_screen_reader_or_a_small_screen_out(visit, size, address):
    page = visit(address, size)
    browsing.assert_fits(page)
    browsing.assert_accessible(page)


def test_what_one_touches_is_large_enough_for_a_thumb(visit):
    """44 px for buttons, tabs, page numbers and fields."""
    page = visit("/gallery", "phone")
    small = page.evaluate(
        """() => [...document.querySelectorAll('.button, .bar-button, .tab, .pager li > *, main input:not([type=checkbox],'
        + '[type=radio],[type=hidden]), select, .choice, .tile, .tabs a')].filter(e => e.offsetParent)
        .filter(e => e.getBoundingClientRect().height < 43.5).map(e => e.outerHTML.slice(0, 90))"""
    )
    assert small == []


def test_a_table_becomes_cards_on_a_phone_and_each_value_keeps_its_name(visit):
    page = visit("/gallery", "phone")
    cell = page.locator("table.cards td[data-label]").first
    assert cell.evaluate("cell => getComputedStyle(cell).display") == "flow-root"
    assert cell.evaluate("cell => getComputedStyle(cell, '::before').content") == '"ประเภท"'
    wide = visit("/gallery", "desktop")
    assert (
        wide.locator("table.cards td[data-label]").first.evaluate("cell => getComputedStyle(cell).display")
        == "table-cell"
    )


def test_the_same_menu_is_a_rail_on_the_desktop_and_a_bar_of_tabs_on_the_phone(visit):
    desktop, phone = visit("/gallery", "desktop"), visit("/gallery", "phone")
    assert (desktop.locator(".rail").is_visible(), desktop.locator(".tabbar").is_visible()) == (True, False)
    assert (phone.locator(".rail").is_visible(), phone.locator(".tabbar").is_visible()) == (False, True)
    phone.get_by_text("เพิ่มเติม").click()
    assert phone.locator(".tab-sheet").get_by_text("รอบโครงการ").is_visible()


def test_a_list_filters_while_one_types_and_the_address_follows(visit, live_server):
    page = visit("/names")
    page.locator("#q").press_sequentially("29")
    page.get_by_text("จาก 13 รายการ").wait_for()
    assert page.url == live_server.url + "/names?q=29"
    assert page.locator("#q").input_value() == "29"
    swapped = page.locator("#list").inner_html()
    page.reload()
    assert page.locator("#list").inner_html() == swapped


def test_without_script_the_same_list_filters_by_its_button(visit, live_server):
    page = visit("/names", script=False)
    page.get_by_label("ค้นหา", exact=True).fill("29")
    page.locator(".filters button").click()
    assert page.url == live_server.url + "/names?q=29"
    assert page.locator("tbody tr").count() == 13


def test_running_work_is_followed_to_its_end_without_loading_the_page_anew(visit):
    page = visit("/work")
    page.evaluate("window.isSamePage = true")
    page.locator("#ready").wait_for()
    assert page.evaluate("window.isSamePage")
    assert page.locator("progress").get_attribute("value") == "2"
    assert page.locator("[hx-trigger]").count() == 0


def test_without_script_running_work_loads_itself_anew(visit):
    page = visit("/work", script=False)
    page.locator("#ready").wait_for(timeout=30_000)


def test_the_keyboard_reaches_the_content_first(visit):
    page = visit("/gallery")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "main"


def test_a_form_with_errors_reads_them_first_and_leads_to_the_field(visit):
    page = visit("/gallery?bad=1")
    assert page.evaluate("document.activeElement.getAttribute('role')") == "alert"
    page.get_by_role("link", name="ประเภทผู้ปฏิบัติงาน").click()
    assert page.evaluate("document.activeElement === document.body || location.hash") == "#id_category_0"


def test_print_leaves_out_what_paper_cannot_do(visit):
    page = visit("/gallery")
    page.emulate_media(media="print")
    hidden = [
        name
        for name in (".bar", ".rail", ".tabbar", ".actions", ".filters", ".pager")
        if page.locator(name).first.is_visible()
    ]
    assert hidden == []
    assert page.get_by_role("heading", name="ส่งมอบทีมสู่ 60 ตำบล").is_visible()


def test_one_key_leads_to_the_search_of_the_whole_house(visit):
    page = visit("/names")
    page.keyboard.press("/")
    assert page.evaluate("document.activeElement.id") == "bar-q"
