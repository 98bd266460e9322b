"""The frame around every page, the language, and pages that say what went wrong."""

import re

import pytest
from django.conf import settings
from django.contrib import messages
from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest
from django.template.loader import render_to_string
from django.test import Client, RequestFactory
from django.utils import translation

from u2t.pages import context, views

NAV = [
    {"url": f"/{at}", "label": f"เมนู {at}", "icon": "home", "current": at == 6, "count": 3 if at == 2 else 0}
    for at in range(1, 8)
]


@pytest.fixture
def request_of_nobody(rf: RequestFactory) -> HttpRequest:
    request = rf.get("/somewhere?q=1")
    request.user = AnonymousUser()
    return request


def framed(request: HttpRequest, **more: object) -> str:
    """The frame with a nav of seven entries, drawn without the context processors of the stages."""
    return render_to_string(
        "pages/base.html", {**context.shell(request), "request": request, "nav": NAV, **more}
    )


def part(page: str, name: str) -> str:
    return re.search(rf'<nav class="{name}".*?</nav>', page, re.S)[0]


def test_rail_and_tab_bar_come_from_the_same_entries(request_of_nobody):
    page = framed(request_of_nobody)
    addresses = [f"/{at}" for at in range(1, 8)]
    assert re.findall(r'href="(/\d)"', part(page, "rail")) == addresses
    assert re.findall(r'href="(/\d)"', part(page, "tabbar")) == addresses


def test_more_than_five_entries_leave_four_tabs_and_fold_the_rest_away(request_of_nobody):
    bar = part(framed(request_of_nobody), "tabbar")
    outside, inside = bar.split("<details")
    assert re.findall(r'href="(/\d)"', outside) == ["/1", "/2", "/3", "/4"]
    assert re.findall(r'href="(/\d)"', inside) == ["/5", "/6", "/7"]


def test_the_page_one_is_on_is_marked_in_both(request_of_nobody):
    page = framed(request_of_nobody)
    for name in ("rail", "tabbar"):
        assert re.findall(r'href="(/\d)" aria-current="page"', part(page, name)) == ["/6"]


def test_a_frame_without_entries_has_no_empty_menus(request_of_nobody):
    page = framed(request_of_nobody, nav=[])
    assert "<nav" not in page


def test_the_title_is_said_once_in_the_heading_and_once_in_the_window(request_of_nobody):
    with translation.override("th"):
        page = framed(request_of_nobody, title="ตำบล <แม่สอด>")
    assert "<title>ตำบล &lt;แม่สอด&gt; · มหาวิทยาลัยสู่ตำบล</title>" in page
    assert "<h1>ตำบล &lt;แม่สอด&gt;</h1>" in page


def test_a_message_is_told_by_icon_and_words_and_read_aloud(request_of_nobody):
    said = [messages.storage.base.Message(messages.ERROR, "อ่านแฟ้มไม่ได้")]
    page = framed(request_of_nobody, messages=said)
    box = re.search(r'role="status">.*?</main>', page, re.S)[0]
    assert "#bad" in box
    assert "อ่านแฟ้มไม่ได้" in box


def test_thai_is_the_language_until_one_chooses_english_and_the_choice_stays(client: Client, db: None):
    with translation.override(None):
        first = client.get("/no/such/page").content.decode()
        assert '<html lang="th">' in first
        assert "ไม่พบหน้านี้" in first
        answer = client.post("/language", {"language": "en", "next": "/no/such/page?q=1"})
        assert answer.headers["Location"] == "/no/such/page?q=1"
        assert "This page does not exist" in client.get("/no/such/page").content.decode()


def test_the_language_switch_sends_nobody_to_a_foreign_site(client: Client, db: None):
    answer = client.post("/language", {"language": "en", "next": "https://evil.example/"})
    assert "evil" not in answer.headers["Location"]


def test_the_language_is_not_changed_by_a_mere_look(client: Client, db: None):
    client.get("/language?language=en")
    assert settings.LANGUAGE_COOKIE_NAME not in client.cookies


@pytest.mark.parametrize(
    ("view", "status", "heading"),
    [
        (views.bad_request, 400, "ระบบไม่เข้าใจคำขอ"),
        (views.forbidden, 403, "คุณไม่มีสิทธิ์ดูหน้านี้"),
        (views.csrf_failed, 403, "เปิดหน้านี้ค้างไว้นานเกินไป"),
        (views.not_found, 404, "ไม่พบหน้านี้"),
        (views.broken, 500, "ระบบขัดข้อง"),
    ],
)
def test_what_went_wrong_is_said_with_a_way_on(view, status, heading, request_of_nobody, db):
    with translation.override("th"):
        answer = view(request_of_nobody)
    page = answer.content.decode()
    assert answer.status_code == status
    assert f"<h1>{heading}</h1>" in page
    assert 'class="button button-main" href="/"' in page


def test_the_page_of_a_broken_server_asks_the_database_nothing(request_of_nobody):
    """Without the ``db`` fixture any query fails, as it would when the database is what broke."""
    assert "ระบบขัดข้อง" in views.broken(request_of_nobody).content.decode()


def test_the_gallery_is_for_those_who_build_pages_only(client: Client, db: None, settings):
    settings.DEBUG = False
    assert "ไม่พบหน้านี้" in client.get("/gallery").content.decode()
