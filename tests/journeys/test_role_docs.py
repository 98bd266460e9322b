"""What the how-tos of the roles name must be there: pictures, other documents, pages."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from django.urls import Resolver404, resolve

from tests.browser import ROOT

FOLDER = ROOT / "docs" / "roles"
DOCUMENTS = sorted(FOLDER.glob("*.md"))
LARGEST_PICTURE = 300_000


def test_every_role_has_its_document_and_the_index_names_it() -> None:
    index = (FOLDER / "README.md").read_text("utf-8")
    assert {path.stem for path in DOCUMENTS} == {
        "README", "applicant", "interviewer", "checkin", "office", "pm", "am", "worker", "executive", "public",
    }  # fmt: skip
    assert all(f"({path.name})" in index for path in DOCUMENTS if path.stem != "README")


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: path.stem)
def test_what_a_document_links_to_is_there(document: Path) -> None:
    text = document.read_text("utf-8")
    for target in re.findall(r"\]\(([^)#]+)[^)]*\)", text):
        assert (document.parent / target).exists(), target
    for heading in re.findall(r"\]\(README\.md#([^)]+)\)", text):
        headings = re.findall(r"^#+ (.+)$", (FOLDER / "README.md").read_text("utf-8"), flags=re.MULTILINE)
        assert heading in {one.replace(" ", "-") for one in headings}


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: path.stem)
def test_each_address_that_a_document_names_is_a_page(document: Path) -> None:
    for address in re.findall(r"`(/[^`]*)`", document.read_text("utf-8")):
        try:
            resolve(address)
        except Resolver404:
            pytest.fail(f"{document.name} sends people to {address}")


def test_pictures_are_small_enough_to_be_kept_and_each_is_used() -> None:
    written = "".join(path.read_text("utf-8") for path in [*DOCUMENTS, ROOT / "README.md"])
    for picture in sorted((ROOT / "docs" / "pictures").glob("*.png")):
        assert picture.stat().st_size < LARGEST_PICTURE, picture.name
        assert picture.name in written, picture.name
