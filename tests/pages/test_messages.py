"""Extraction, keeping and checking of message ids and their Thai."""

import gettext
from pathlib import Path

import pytest

from u2t.pages import messages


@pytest.fixture
def house(tmp_path: Path) -> Path:
    """Two parts that say something and one that does not."""
    put(tmp_path, "people/__init__.py", "")
    put(
        tmp_path,
        "people/words.py",
        'WORDS = {"a": _("Save"), "b": _("%(n)s left"), "c": pgettext("short", "May")}\n',
    )
    put(
        tmp_path,
        "people/templates/people/page.html",
        "{% load i18n %}\n  {% if x %}\n    {% translate 'Log in' as t %}\n"
        "{% blocktranslate count n=n trimmed %}\n  one\n{% plural %}\n  {{ n }} of them\n{% endblocktranslate %}"
        "{{ _('Yes')|safe }}{# {% translate 'not said' %} #}\n{% endif %}",
    )
    put(tmp_path, "handover/__init__.py", "")
    put(tmp_path, "handover/views.py", 'title = _("Save")\nother = gettext_lazy("Hand " "over")\n')
    put(tmp_path, "thai/__init__.py", "")
    return tmp_path


def put(root: Path, name: str, text: str) -> None:
    path = root / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, "utf-8")


def thai(root: Path, part: str, **words: str) -> None:
    messages.fill({key.replace("_", " "): value for key, value in words.items()}, [part], root)


def whats(root: Path) -> set[tuple[str, str, str]]:
    return {(fault.part, fault.message, fault.what) for fault in messages.faults(root)}


def test_python_and_templates_are_both_read_and_comments_are_not(house):
    assert set(messages.used("people", house)) == {
        (None, "Save"), (None, "%(n)s left"), ("short", "May"), (None, "Log in"), (None, "one"), (None, "Yes"),
    }  # fmt: skip
    assert messages.used("people", house)[None, "one"] == ("one", "%(n)s of them")
    assert set(messages.used("handover", house)) == {(None, "Save"), (None, "Hand over")}


def test_a_part_that_says_nothing_needs_no_catalogue(house):
    assert messages.parts(house) == ["handover", "people"]


def test_thai_survives_an_update_and_what_is_no_longer_said_goes(house):
    messages.update("handover", house)
    thai(house, "handover", Save="บันทึก", Hand_over="ส่งมอบ")
    put(house, "handover/views.py", 'title = _("Save")\nnew = _("Return")\n')
    assert messages.update("handover", house) == ["Return"]
    text = messages.catalogue("handover", house).read_text("utf-8")
    assert 'msgid "Save"\nmsgstr "บันทึก"' in text
    assert "Hand over" not in text


def test_an_update_of_the_unchanged_changes_no_byte(house):
    messages.update("people", house)
    before = messages.catalogue("people", house).read_bytes()
    messages.update("people", house)
    assert messages.catalogue("people", house).read_bytes() == before


def test_a_catalogue_holds_no_places_or_dates_that_would_churn(house):
    messages.update("people", house)
    text = messages.catalogue("people", house).read_text("utf-8")
    assert "#: " not in text
    assert "Date" not in text


def test_words_known_in_one_part_are_taken_over_by_the_next(house):
    messages.update("handover", house)
    thai(house, "handover", Save="บันทึก")
    assert "Save" not in messages.update("people", house)


def test_everything_that_keeps_the_thai_from_being_complete_is_named(house):
    messages.update("handover", house)
    messages.update("people", house)
    thai(house, "handover", Save="บันทึก", Hand_over="ส่งมอบ")
    messages.fill(
        {
            "Save": "เก็บ",
            "%(n)s left": "เหลืออยู่",
            "May": "พ.ค.",
            "Log in": "เข้าสู่ระบบ",
            "one": "มี %(n)s",
            "Yes": "ใช่",
        },
        ["people"],
        house,
    )
    put(house, "handover/views.py", 'title = _("Save")\nnew = _("Return")\n')
    assert whats(house) == {
        ("handover", "Return", "is not in the catalogue"),
        ("handover", "Hand over", "is no longer said"),
        ("people", "Save", "is worded otherwise in handover"),
        ("people", "%(n)s left", "has other places in Thai than in English"),
    }


def test_words_still_missing_and_fuzzy_ones_are_faults(house):
    messages.update("handover", house)
    path = messages.catalogue("handover", house)
    path.write_text(
        path.read_text("utf-8").replace('msgid "Save"\nmsgstr ""', '#, fuzzy\nmsgid "Save"\nmsgstr "บันทึก"'),
        "utf-8",
    )
    found = {fault for fault in whats(house) if fault[0] == "handover"}
    assert found == {("handover", "Save", "is marked fuzzy"), ("handover", "Hand over", "has no Thai")}


@pytest.mark.parametrize(
    ("ids", "words", "fits"),
    [
        (("%(a)s of %(b)s",), ("%(b)s มี %(a)s",), True),
        (("one", "%(n)s of them"), ("มี %(n)s",), True),
        (("%(a)s",), ("%(aa)s",), False),
        (("{name}",), ("{}",), False),
        (("100%% of %s",), ("ทั้งหมด",), False),
        (("plain",), ("ง่าย",), True),
    ],
)
def test_places_must_be_the_same_in_thai(ids, words, fits):
    assert messages.places_match(ids, words) is fits


def test_a_compiled_catalogue_speaks_thai_and_is_compiled_once(house):
    messages.update("people", house)
    messages.fill({"Log in": "เข้าสู่ระบบ", "one": "มี %(n)s"}, ["people"], house)
    assert messages.compile_all(house) == 1
    assert messages.compile_all(house) == 0
    with messages.catalogue("people", house).with_suffix(".mo").open("rb") as file:
        spoken = gettext.GNUTranslations(file)
    assert spoken.gettext("Log in") == "เข้าสู่ระบบ"
    assert spoken.ngettext("one", "%(n)s of them", 5) == "มี %(n)s"
    assert spoken.gettext("Save") == "Save"


def test_the_pages_of_the_product_have_all_their_thai():
    assert [str(fault) for fault in messages.faults() if fault.part == "pages"] == []
