"""Personal names with their titles, as rosters hold them: glued, spaced, abbreviated.

A title that is glued to a name is cut off only where that is safe: ``นายสมชาย`` is นาย and สมชาย, but
``นายิกา``, ``นางลักษณ์``, ``ศศิธร`` and ``อรุณ`` are names. Titles come back in one canonical spelling.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from u2t.thai.fold import normal
from u2t.thai.problem import Problem


class PersonName(NamedTuple):
    """A name in three parts; ``title`` is canonical or empty, ``repairs`` are codes of what was mended."""

    title: str
    given: str
    surname: str
    repairs: tuple[str, ...] = ()


# Canonical title, then the other ways of writing it. A form that ends with a full stop, or with no Thai name
# beginning like it, may be glued to the name; those in _NEEDS_SPACE may not.
_FORMS: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("นายแพทย์", ("นพ.", "น.พ.")),
    ("แพทย์หญิง", ("พญ.", "พ.ญ.")),
    ("นาย", ()),
    ("นาง", ()),
    ("นางสาว", ("น.ส.", "น.ส", "นส.", "นส", "น.สาว")),
    ("เด็กชาย", ("ด.ช.", "ด.ช", "ดช.")),
    ("เด็กหญิง", ("ด.ญ.", "ด.ญ", "ดญ.")),
    ("ว่าที่ร้อยตรีหญิง", ("ว่าที่ ร.ต.หญิง", "ว่าที่ ร.ต.(หญิง)", "ว่าที่ร้อยตรี(หญิง)", "ว่าที่ ร.ต.ญ.")),
    ("ว่าที่ร้อยตรี", ("ว่าที่ ร.ต.", "ว่าที่ ร.ต", "ว่าที่ รต.")),
    ("ว่าที่ร้อยโท", ("ว่าที่ ร.ท.",)),
    ("ว่าที่ร้อยเอก", ("ว่าที่ ร.อ.",)),
    ("ว่าที่พันตรี", ("ว่าที่ พ.ต.",)),
    ("ร้อยตรีหญิง", ("ร.ต.หญิง", "ร.ต.(หญิง)")),
    ("ร้อยตรี", ("ร.ต.",)),
    ("ร้อยโท", ("ร.ท.",)),
    ("ร้อยเอก", ("ร.อ.",)),
    ("พันตรี", ("พ.ต.",)),
    ("พันโท", ("พ.ท.",)),
    ("พันเอก", ("พ.อ.",)),
    ("สิบตรี", ("ส.ต.",)),
    ("สิบโท", ("ส.ท.",)),
    ("สิบเอก", ("ส.อ.",)),
    ("จ่าสิบตรี", ("จ.ส.ต.",)),
    ("จ่าสิบโท", ("จ.ส.ท.",)),
    ("จ่าสิบเอก", ("จ.ส.อ.",)),
    ("สิบตำรวจตรี", ("ส.ต.ต.",)),
    ("สิบตำรวจโท", ("ส.ต.ท.",)),
    ("สิบตำรวจเอก", ("ส.ต.อ.",)),
    ("ดาบตำรวจ", ("ด.ต.",)),
    ("ร้อยตำรวจตรี", ("ร.ต.ต.",)),
    ("ร้อยตำรวจโท", ("ร.ต.ท.",)),
    ("ร้อยตำรวจเอก", ("ร.ต.อ.",)),
    ("พันตำรวจตรี", ("พ.ต.ต.",)),
    ("พันตำรวจโท", ("พ.ต.ท.",)),
    ("พันตำรวจเอก", ("พ.ต.อ.",)),
    ("หม่อมราชวงศ์", ("ม.ร.ว.",)),
    ("หม่อมหลวง", ("ม.ล.",)),
    ("ศาสตราจารย์พิเศษ", ("ศ.พิเศษ",)),
    ("ผศ.", ("ผู้ช่วยศาสตราจารย์", "ผ.ศ.", "ผศ")),
    ("รศ.", ("รองศาสตราจารย์", "ร.ศ.", "รศ")),
    ("ศ.", ("ศาสตราจารย์",)),
    ("อาจารย์", ("อ.", "อจ.", "อาจารย์")),
    ("ดร.", ("ด.ร.", "ดอกเตอร์", "ดร")),
    ("Mr.", ("Mr", "Mister")),
    ("Mrs.", ("Mrs",)),
    ("Miss", ("Miss.",)),
    ("Ms.", ("Ms",)),
    ("Dr.", ("Dr",)),
    ("Asst. Prof.", ("Asst.Prof.", "Assistant Professor")),
    ("Assoc. Prof.", ("Assoc.Prof.", "Associate Professor")),
    ("Prof.", ("Professor",)),
)

# These begin too many names to be cut off without a space behind them.
_NEEDS_SPACE = frozenset({"ดร", "ผศ", "รศ", "นส", "Mr", "Mister", "Mrs", "Miss", "Ms", "Dr", "Professor"})

# Given names that begin with the letters of a title and are whole names.
_NAMES_LIKE_TITLES = frozenset(
    {
        "นางลักษณ์", "นางลักษมณ์", "นางนวล", "นางคราญ", "นางน้อย", "นางแย้ม", "นางฟ้า", "นางพญา", "นางงาม",
        "นายน้อย", "นายิกา", "นายก", "พันตา", "พันธุ์", "สิบทิศ",
    }
)  # fmt: skip

_ACADEMIC = frozenset({"ผศ.", "รศ.", "ศ.", "ศาสตราจารย์พิเศษ", "อาจารย์", "ดร."})
_LETTERS = re.compile(r"[ก-ฮ\u0e30-\u0e4eA-Za-zÀ-ɏ .'’\-]+")
# Thai letters and marks only: most names, and nothing to look for in them.
_PLAIN = re.compile("[ก-ฮะ-ฺเ-๎]+")
_BROKEN_MISS = re.compile(r"^นาง สาว(?= )\s*")
_MARK_FIRST = re.compile(r"[\u0e30\u0e31-\u0e3a\u0e45-\u0e4e.]")


def parse(text: str, title: str = "") -> PersonName | Problem:
    """The three parts of a whole name: title (glued or not), given name, surname (which may have spaces).

    ``title`` is what a separate column says. Problems: ``name.empty``, ``name.no_surname``,
    ``name.no_given``, ``name.odd_characters``, ``name.two_titles``.
    """
    whole = normal(text)
    found, rest = _cut_titles(whole, title.strip())
    given, _, surname = rest.partition(" ")
    if not whole:
        return Problem("name.empty", {})
    if found and not given:
        return Problem("name.no_given", {"text": text})
    return _joined(title, found, given, surname, text, _spacing(text, whole))


def join(title: str, given: str, surname: str) -> PersonName | Problem:
    """A name from three columns; a title written again (or only) in front of the given name is cut off."""
    clean_given, clean_surname = normal(given), normal(surname)
    if (
        title in _CANONICAL
        and clean_given[:2] not in _BEGINNINGS
        and (clean_given, clean_surname) == (given, surname)
        and _PLAIN.fullmatch(given)
        and _PLAIN.fullmatch(surname)
    ):
        return PersonName(title, given, surname)
    if not clean_given and not clean_surname:
        return Problem("name.empty", {})
    found, rest = _cut_titles(clean_given, title.strip())
    if not rest:
        return Problem("name.no_given", {"text": f"{given} {surname}".strip()})
    spaces = _spacing(given, clean_given) + _spacing(surname, clean_surname)
    if not clean_surname and " " in rest:
        rest, _, clean_surname = rest.partition(" ")
        spaces += ("name.surname_split",)
    return _joined(title, found, rest, clean_surname, f"{given} {surname}".strip(), spaces)


def canonical_title(text: str) -> str | None:
    """The canonical spelling of a title that stands alone (``"น.ส."`` → ``"นางสาว"``); None if it is none."""
    cleaned = normal(text)
    if cleaned in _ALONE:
        return _ALONE[cleaned]
    titles, rest = _cut_titles(cleaned + " ", "")
    return _one_title(titles) if titles and not rest else None


def _joined(
    title: str, found: list[str], given: str, surname: str, text: str, repairs: tuple[str, ...]
) -> PersonName | Problem:
    if not surname:
        return Problem("name.no_surname", {"text": text})
    if _LETTERS.fullmatch(given) is None or _LETTERS.fullmatch(surname) is None:
        return Problem("name.odd_characters", {"text": text})
    if found:
        repairs += ("name.title_split",)
    said = title.strip()
    if not said:
        return PersonName(_one_title(found), given, surname, repairs)
    canonical = _ALONE.get(said) or canonical_title(said)
    if canonical is None:
        return Problem("name.unknown_title", {"text": said})
    extra = [part for part in found if part not in canonical]
    if extra and not _ACADEMIC.issuperset(extra):
        return Problem("name.two_titles", {"text": text, "title": canonical, "other": _one_title(found)})
    if canonical != said:
        repairs += ("name.title_spelled_out",)
    return PersonName(_one_title([canonical, *extra]), given, surname, repairs)


def _one_title(found: list[str]) -> str:
    """Several titles as one: ``ผศ.ดร.``, ``อาจารย์ ดร.``, ``ว่าที่ร้อยตรี ดร.``."""
    if not found:
        return ""
    text = found[0]
    for part in found[1:]:
        text += part if text.endswith(".") and part in _ACADEMIC else " " + part
    return text


def _spacing(text: str, cleaned: str) -> tuple[str, ...]:
    return () if text.strip() == cleaned else ("name.spacing",)


def _cut_titles(text: str, title: str) -> tuple[list[str], str]:
    """The canonical titles at the front of ``text`` and what is left, where ``title`` has its own column."""
    found: list[str] = []
    if text[:2] not in _BEGINNINGS:
        return found, text
    text = _BROKEN_MISS.sub("นางสาว ", text)
    known = _ALONE.get(title, title)
    while len(found) < 4:
        step = _cut_one(text, known if not found else found[-1])
        if step is None:
            break
        if step[0] not in found:
            found.append(step[0])
        text = step[1]
    return found, text.strip()


def _cut_one(text: str, known: str) -> tuple[str, str] | None:
    """The longest title that may be cut off the front of ``text``, and the rest.

    Where a title is ``known`` already, only the same one or what no name begins with is cut, since
    ``น.ส.นางลักษณ์`` is a Miss of that name.
    """
    if text.partition(" ")[0] in _NAMES_LIKE_TITLES:
        return None
    for form, pattern, canonical in _BY_FIRST_LETTER.get(text[:1], ()):
        match = pattern.match(text)
        if match is None:
            continue
        rest = text[match.end() :]
        is_glued = bool(rest) and not rest.startswith((" ", "("))
        if is_glued and not _may_be_glued(form, rest, is_expected=known in ("", canonical)):
            continue
        return canonical, rest.lstrip()
    return None


def _may_be_glued(form: str, rest: str, *, is_expected: bool) -> bool:
    if form in _NEEDS_SPACE or _MARK_FIRST.match(rest):
        return False
    if form.endswith((".", ")")):
        return True
    # A single letter is not a given name: นายน is a name, not นาย with น.
    return len(rest.partition(" ")[0]) >= 2 and (is_expected or len(form) > 3)


def _patterns() -> dict[str, list[tuple[str, re.Pattern[str], str]]]:
    table: dict[str, list[tuple[str, re.Pattern[str], str]]] = {}
    forms = {form: canonical for canonical, others in _FORMS for form in (canonical, *others)}
    for form in sorted(forms, key=len, reverse=True):
        parts = [re.escape(part) for part in form.replace(" ", "").replace(".", ". ").split()]
        body = r"\s*".join(parts).replace("ว่าที่", r"ว่าที่\s*").replace(r"\(", r"\s*\(\s*")
        pattern = re.compile(body, re.IGNORECASE if form.isascii() else 0)
        for first in {form[0].upper(), form[0].lower()}:
            table.setdefault(first, []).append((form, pattern, forms[form]))
    return table


_BY_FIRST_LETTER = _patterns()
# Nearly all given names are told from titles by their first two letters.
_BEGINNINGS = frozenset(
    beginning
    for canonical, others in _FORMS
    for form in (canonical, *others)
    for beginning in (form[:2], form[:2].lower(), form[:2].upper(), form[0] + " ", form[0].lower() + " ")
)
_CANONICAL = frozenset(canonical for canonical, _others in _FORMS)
_ALONE = {form: canonical for canonical, others in _FORMS for form in (canonical, *others)}
