"""Steps that the journeys share. Every page that one looks at is checked for barriers and for fit."""

from __future__ import annotations

import re
from io import StringIO
from pathlib import Path
from typing import Any

from django.core.management import call_command

from tests import browser as browsing

PASSWORD = "ทางไกล-หมื่นลี้-2564"


def look(page: Any, picture: str = "") -> Any:
    """Check the page as it is and keep a viewport picture of it under that name, if one is given."""
    browsing.assert_fits(page)
    browsing.assert_accessible(page)
    if picture:
        browsing.keep_picture(page, picture, whole=False)
    return page


def visit(page: Any, address: str, picture: str = "") -> Any:
    page.goto(address)
    return look(page, picture)


def press(page: Any, action: str, *, is_plain: bool = False) -> Any:
    """Press the main button of the form that leads to an address ending so, and look at the next page.

    ``is_plain`` says that the browser runs no script: nothing could check the page there.
    """
    with page.expect_navigation():
        page.locator(f"main form[action$='{action}'] button").first.click()
    return page if is_plain else look(page)


def log_in(page: Any, username: str, password: str, *, is_plain: bool = False) -> Any:
    """Log in by the form; one who comes with a first password chooses another on the way."""
    page.goto("/people/log-in")
    page.locator("[name=username]").fill(username)
    page.locator("[name=password]").fill(password)
    press(page, "/people/log-in", is_plain=is_plain)
    if page.locator("[name=repeated]").count():
        page.locator("[name=old]").fill(password)
        for name in ("new", "repeated"):
            page.locator(f"[name={name}]").fill(PASSWORD)
        with page.expect_navigation():
            page.locator("main form button").first.click()
    return page if is_plain else look(page)


def log_out(page: Any) -> None:
    with page.expect_navigation():
        page.locator("form[action$='/log-out'] button:visible").first.click()


def upload(page: Any, code: str, kind: str, file: Path | dict[str, Any]) -> Any:
    """Choose a file on the upload page of that list and send it."""
    visit(page, f"/rosters/{code}/{kind}/upload")
    page.locator("input[type=file]").set_input_files(file)
    return press(page, "/send")


def download(page: Any, link: str) -> bytes:
    """What a link whose address ends so saves on the visitor's disk."""
    with page.expect_download() as saved:
        page.locator(f"a[href$='{link}']").first.click()
    return Path(saved.value.path()).read_bytes()


def number(text: str) -> int:
    """The first number of a text, with or without thousands separators."""
    found = re.search(r"\d[\d,]*", text)
    assert found, f"no number in {text!r}"
    return int(found.group().replace(",", ""))


def total_of_list(page: Any) -> int:
    """How many entries a list says it has, in its line of pages."""
    said: str = page.locator(".pager p").inner_text()
    return int(re.findall(r"\d[\d,]*", said.split("·")[0])[-1].replace(",", ""))


def run(*arguments: str) -> str:
    """Run a command of ``manage.py``; returns what it said."""
    out = StringIO()
    call_command(*arguments, stdout=out, stderr=StringIO())
    return out.getvalue()
