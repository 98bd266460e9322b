"""What every template of every part must keep to, read from the files themselves."""

import gzip
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

U2T = Path(__file__).resolve().parents[2] / "u2t"
STATIC = U2T / "pages" / "static"
TEMPLATES = sorted(U2T.glob("*/templates/**/*.html"))
ICONS = set(re.findall(r'<symbol id="([\w-]+)"', (STATIC / "icons.svg").read_text("utf-8")))

every_template = pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: str(path.relative_to(U2T)))


@every_template
def test_a_template_keeps_styles_and_scripts_in_files(path):
    """The content security policy would silently drop them."""
    text = path.read_text("utf-8")
    assert not re.search(r"\sstyle\s*=", text)
    assert not re.search(r"\son[a-z]+\s*=\s*[\"']", text)
    assert not re.search(r"<script(?![^>]*\bsrc=)", text)
    assert "<style" not in text


@every_template
def test_a_template_fetches_nothing_from_elsewhere(path):
    assert not re.search(
        r"<(?:script|link|img|iframe)[^>]+(?:src|href)=[\"'](?:https?:)?//", path.read_text("utf-8")
    )


@every_template
def test_a_template_writes_dates_in_the_thai_way(path):
    """Django's own filters print the Christian era on Thai pages."""
    assert not re.search(r"\|\s*(?:date|time|naturalday|naturaltime)\b", path.read_text("utf-8"))


@every_template
def test_a_template_names_icons_that_exist(path):
    text = path.read_text("utf-8")
    named = set(re.findall(r"{%\s*icon\s+[\"']([\w-]+)", text)) | set(
        re.findall(r"\sicon=[\"']([\w-]+)", text)
    )
    assert named <= ICONS


@every_template
def test_a_form_that_changes_something_carries_its_token(path):
    text = path.read_text("utf-8")
    for form in re.findall(r"<form[^>]*method=[\"']post[\"'].*?</form>", text, re.S | re.I):
        assert "{% csrf_token %}" in form


def test_the_style_sheets_stay_small():
    """Those of every page together, as a phone receives them on its first visit; one page's own by itself."""
    everywhere = (U2T / "pages/templates/pages/parts/styles.html").read_text("utf-8")
    common, own = [], []
    for path in sorted((STATIC / "style").glob("*.css")):
        (common if f"style/{path.name}" in everywhere else own).append(path.read_bytes())
    assert len(common) == 5
    assert len(gzip.compress(b"".join(common), 9)) < 9000
    assert all(len(gzip.compress(style, 9)) < 4000 for style in own)


def test_every_rule_stands_in_a_layer_so_that_no_part_wins_by_accident():
    for path in (STATIC / "style").glob("*.css"):
        text = re.sub(r"/\*.*?\*/|@layer [\w, ]+;", "", path.read_text("utf-8"), flags=re.S)
        assert set(_heads(text)) <= {"@font-face"} | {
            f"@layer {name}" for name in ("base", "layout", "parts", "forms", "charts", "last", "print")
        }, path.name


def _heads(text: str) -> Iterator[str]:
    """What stands before each outermost brace."""
    depth = begin = 0
    for at, letter in enumerate(text):
        if letter == "{":
            if depth == 0:
                yield text[begin:at].strip()
            depth += 1
        elif letter == "}":
            depth -= 1
            begin = at + 1
