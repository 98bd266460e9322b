"""Parsers of single cells; each answers a value, a :class:`Mended` value, a problem, or None where empty."""

from __future__ import annotations

import datetime
import re
from collections.abc import Callable, Mapping

from u2t.sheets.columns import Mended, Parser, header_key
from u2t.sheets.workbook import Cell, cell_text
from u2t.thai import dates, ids, money
from u2t.thai.digits import to_arabic
from u2t.thai.fold import normal
from u2t.thai.problem import Clean, Problem

_EXCEL_DAY_ZERO = datetime.date(1899, 12, 30)
_DIGITS = re.compile("[0-9]+")
_MOBILE = re.compile("0[689][0-9]{8}")
_EMAIL = re.compile(r"[A-Za-z0-9._%+\-]+@[A-Za-z0-9\-]+(\.[A-Za-z0-9\-]+)+")
_WHOLE = re.compile(r"\d{1,9}|\d{1,3}(,\d{3}){1,2}")
_DASHES = frozenset({"-", "–", "—", "--", "ไม่มี", "n/a", "N/A", "."})
_YES = frozenset(map(header_key, ("ใช่", "มี", "yes", "y", "true", "1", "✓", "✔", "/", "x", "เป็น")))
_NO = frozenset(map(header_key, ("ไม่", "ไม่ใช่", "ไม่มี", "ไม่เป็น", "no", "n", "false", "0", "-")))
_SEPARATORS = re.compile(r"[,;|\n/]+|\s{2,}")
_LONGEST = 500
_LONGEST_EMAIL = 254
_SHORTEST_BEGINNING = 5


def text(cell: Cell) -> object:
    """A text in stored form: ำ in one piece, single spaces. A lone dash counts as empty."""
    cleaned = normal(cell if type(cell) is str else cell_text(cell))
    if len(cleaned) > _LONGEST:
        return Problem("text.too_long", {"limit": _LONGEST})
    return None if not cleaned or cleaned in _DASHES else cleaned


def text_within(limit: int) -> Parser:
    """A parser of texts of at most ``limit`` characters, as many as the place where they are stored takes."""

    def parse(cell: Cell) -> object:
        found = text(cell)
        if isinstance(found, str) and len(found) > limit:
            return Problem("text.too_long", {"limit": limit})
        return found

    return parse


def national_id(cell: Cell) -> object:
    """Thirteen digits; see :func:`u2t.thai.ids.clean`."""
    if type(cell) is str and len(cell) == 13 and _DIGITS.fullmatch(cell) and ids.has_right_checksum(cell):
        return cell
    return _from_clean(ids.clean(_text_or_number(cell)), "id.empty")


def phone(cell: Cell) -> object:
    """Nine or ten digits; see :func:`u2t.thai.ids.clean_phone`."""
    if isinstance(cell, str):
        if _MOBILE.fullmatch(cell):
            return cell
        if cell.strip() in _DASHES:
            return None
    return _from_clean(ids.clean_phone(_text_or_number(cell)), "phone.empty")


def email(cell: Cell) -> object:
    """An address in lower case."""
    found = text(cell)
    if not isinstance(found, str):
        return found
    bare = found.replace(" ", "").lower()
    if len(bare) > _LONGEST_EMAIL or _EMAIL.fullmatch(bare) is None:
        return Problem("email.unreadable", {"text": found})
    return bare if bare == found.lower() else Mended(bare, ("email.cleaned",))


def day(today: datetime.date) -> Parser:
    """A parser of dates: date cells, serial numbers of a spreadsheet, and every text of ``thai.dates``."""

    def parse(cell: Cell) -> object:
        if isinstance(cell, datetime.datetime):
            return _in_christian_years(cell.date())
        if isinstance(cell, datetime.date):
            return _in_christian_years(cell)
        found = text(cell)
        if not isinstance(found, str):
            return found
        if re.fullmatch(r"[1-6]\d{4}", found):
            return Mended(_EXCEL_DAY_ZERO + datetime.timedelta(days=int(found)), ("date.was_serial",))
        answer = dates.parse(found, today)
        if isinstance(answer, datetime.date) and not found[-4:].isdecimal() and dates.has_short_year(found):
            return Mended(answer, ("date.short_year",))
        return answer

    return parse


def chooser(words: Mapping[str, str]) -> Callable[[str], str | None]:
    """A function from a wording to its value: exact, or the beginning of one wording only, or the reverse.

    So บัณฑิตจบใหม่ is understood where the list says บัณฑิตจบใหม่ไม่เกิน 3 ปี; what fits two values fits none.
    """
    known = {header_key(word): value for word, value in words.items() if word}

    def choose(said: str) -> str | None:
        key = header_key(said)
        if key in known:
            return known[key]
        if len(key) < _SHORTEST_BEGINNING:
            return None
        longer = {value for word, value in known.items() if word.startswith(key)}
        if len(longer) == 1:
            return longer.pop()
        shorter = [word for word in known if len(word) >= _SHORTEST_BEGINNING and key.startswith(word)]
        return known[max(shorter, key=len)] if shorter and not longer else None

    return choose


def choice(words: Mapping[str, str], shown: tuple[str, ...]) -> Parser:
    """A parser of a closed list: ``words`` maps every wording to its value, ``shown`` are offered."""
    choose = chooser(words)

    def parse(cell: Cell) -> object:
        found = text(cell)
        if not isinstance(found, str):
            return found
        value = choose(found)
        return Problem("choice.unknown", {"text": found, "choices": shown}) if value is None else value

    return parse


def listing(cell: Cell) -> object:
    """Several texts in one cell, divided by comma, semicolon, slash or line break, as a tuple in order."""
    raw = cell_text(cell)
    if len(raw) > _LONGEST:
        return Problem("text.too_long", {"limit": _LONGEST})
    parts = tuple(normal(part) for part in _SEPARATORS.split(raw) if part.strip())
    return tuple(part for part in parts if part not in _DASHES) or None


def whole_number(least: int = 0, most: int = 999_999_999) -> Parser:
    """A parser of whole numbers within bounds."""

    def parse(cell: Cell) -> object:
        found = text(cell)
        if not isinstance(found, str):
            return found
        bare = to_arabic(found)
        if _WHOLE.fullmatch(bare) is None:
            return Problem("number.unreadable", {"text": found})
        number = int(bare.replace(",", ""))
        if not least <= number <= most:
            return Problem("number.out_of_range", {"text": found, "least": least, "most": most})
        return number

    return parse


def yes_no(cell: Cell) -> object:
    """True or False; empty stays unknown."""
    if isinstance(cell, bool):
        return cell
    key = normal(cell_text(cell)).casefold()
    if not key:
        return None
    if key in _YES or header_key(key) in _YES:
        return True
    if key in _NO or header_key(key) in _NO:
        return False
    return Problem("choice.unknown", {"text": key, "choices": ("ใช่", "ไม่ใช่")})


def baht(cell: Cell) -> object:
    """Satang; see :func:`u2t.thai.money.parse_baht`."""
    if isinstance(cell, float):
        return money.parse_baht(f"{cell:.2f}")
    found = text(cell)
    return money.parse_baht(found) if isinstance(found, str) else found


def _text_or_number(cell: Cell) -> str | float:
    return cell if isinstance(cell, (str, float)) else cell_text(cell)


def _from_clean(answer: Clean | Problem, empty: str) -> object:
    if isinstance(answer, Problem):
        return None if answer.code == empty else answer
    return Mended(*answer) if answer.repairs else answer.value


def _in_christian_years(found: datetime.date) -> object:
    """A spreadsheet that was given a Buddhist year took it for a Christian one."""
    if found.year < 2400:
        return found
    try:
        return Mended(found.replace(year=found.year - dates.BUDDHIST_OFFSET), ("date.buddhist_cell",))
    except ValueError:
        about = {"text": found.isoformat(), "day": 29, "last": 28, "month": 2, "year": found.year}
        return Problem("date.not_in_calendar", about)
