"""``manage.py prepare``: fonts, Thai and static files, quick when there is nothing to do."""

import re
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import call_command


@pytest.fixture
def installation(tmp_path: Path, settings) -> Path:
    """A data folder of its own and the hashed static files of a real installation."""
    settings.DATA_DIR = tmp_path
    settings.FONTS_DIR = tmp_path / "fonts"
    settings.STATIC_MADE = tmp_path / "made"
    settings.STATIC_MADE.mkdir()
    settings.STATICFILES_DIRS = [settings.STATIC_MADE]
    settings.STATIC_ROOT = tmp_path / "static"
    settings.STORAGES = {
        **settings.STORAGES,
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.ManifestStaticFilesStorage"},
    }
    return tmp_path


def prepared() -> str:
    said = StringIO()
    call_command("prepare", stdout=said)
    return said.getvalue()


def test_an_empty_folder_ends_with_everything_that_pages_and_letters_need(installation):
    assert "static files collected" in prepared()
    assert (installation / "fonts" / "U2TSarabun-Regular.ttf").stat().st_size > 10_000
    static = installation / "static"
    (sheet,) = static.glob("style/base.????????????.css")
    fonts = re.findall(r'url\("\.\./(fonts/[^"]+)"\)', sheet.read_text("utf-8"))
    assert len(fonts) == 3
    for font in fonts:
        assert (static / font).read_bytes()[:4] == b"wOF2"
    assert (static / "django_htmx" / "htmx-4.min.js").exists()


def test_a_second_time_nothing_is_done_and_a_changed_file_is_collected(installation):
    prepared()
    assert "static files unchanged" in prepared()
    (installation / "made" / "new.txt").write_text("new", "utf-8")
    assert "static files collected" in prepared()
    assert (installation / "static" / "new.txt").read_text("utf-8") == "new"


def test_a_preparation_that_was_stopped_is_done_anew(installation):
    prepared()
    (installation / "static.stamp").unlink()
    assert "static files collected" in prepared()
