"""Dates as Thai papers write them: Buddhist years out, every usual way of writing in.

Inside the program a date is a :class:`datetime.date`; the Buddhist year exists only in text.
"""

from __future__ import annotations

import calendar
import re
from datetime import date

from u2t.thai.digits import to_arabic
from u2t.thai.problem import Problem

MONTHS = (
    "มกราคม", "กุมภาพันธ์", "มีนาคม", "เมษายน", "พฤษภาคม", "มิถุนายน",
    "กรกฎาคม", "สิงหาคม", "กันยายน", "ตุลาคม", "พฤศจิกายน", "ธันวาคม",
)  # fmt: skip
SHORT_MONTHS = (
    "ม.ค.", "ก.พ.", "มี.ค.", "เม.ย.", "พ.ค.", "มิ.ย.", "ก.ค.", "ส.ค.", "ก.ย.", "ต.ค.", "พ.ย.", "ธ.ค.",
)  # fmt: skip
_ENGLISH = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")

BUDDHIST_OFFSET = 543

# Two digits are a Buddhist year of this century; one that lies further ahead than this is not believed.
_YEARS_AHEAD = 10

_LONGEST = 80

_USUAL = re.compile(r"([0-9]{1,2})[-/.]([0-9]{1,2})[-/.]([0-9]{4})")
_NUMBERS = re.compile(r"(\d{1,4})\s*[-/. ]\s*(\d{1,2})\s*[-/. ]\s*(\d{1,4})")
_WORDS = re.compile(r"(\d{1,2})\s*[-/. ]?\s*([^\W\d_][^\d,]*?)[\s,\-/]*(\d{2}|\d{4})", re.UNICODE)
_TIME = re.compile(r"[T ]\s*\d{1,2}[:.]\d{2}([:.]\d{2}(\.\d+)?)?\s*(น\.)?Z?$")
_ERA = re.compile(r"(พ\s*\.?\s*ศ\s*\.?|ค\s*\.?\s*ศ\s*\.?)(?=\s*\d)")
_DAY_WORD = re.compile(r"^(วัน)?(จันทร์|อังคาร|พุธ|พฤหัสบดี|พฤหัสฯ|ศุกร์|เสาร์|อาทิตย์)?(ที่)?\s*(?=\d)")


def be_year(day: date) -> int:
    """The Buddhist year of ``day``: 2564 for 2021."""
    return day.year + BUDDHIST_OFFSET


def long_date(day: date) -> str:
    """``"1 กุมภาพันธ์ 2564"``."""
    return f"{day.day} {MONTHS[day.month - 1]} {be_year(day)}"


def short_date(day: date) -> str:
    """``"1 ก.พ. 2564"``."""
    return f"{day.day} {SHORT_MONTHS[day.month - 1]} {be_year(day)}"


def month_year(day: date) -> str:
    """``"กุมภาพันธ์ 2564"``."""
    return f"{MONTHS[day.month - 1]} {be_year(day)}"


def date_range(first: date, last: date) -> str:
    """``"31 มกราคม – 2 กุมภาพันธ์ 2564"``; month and year are written once where both days share them."""
    if first == last:
        return long_date(first)
    if (first.year, first.month) == (last.year, last.month):
        return f"{first.day} – {long_date(last)}"
    if first.year == last.year:
        return f"{first.day} {MONTHS[first.month - 1]} – {long_date(last)}"
    return f"{long_date(first)} – {long_date(last)}"


def parse(text: str, today: date) -> date | Problem:
    """The day that ``text`` names.

    Understood are ``31/1/2564``, ``๓๑ ม.ค. ๖๔``, ``31 มกราคม 2564``, ``2021-01-31``, ``31/01/64``,
    ``31 January 2021``: the day comes first unless the year does, Buddhist and Christian years are told apart
    by their size, two digits are a Buddhist year (unclear beside an English month, and then a problem).
    ``today`` only bounds what a two-digit year may mean. A day that the calendar does not have
    (``29 ก.พ. 2568``) is a problem.
    """
    if found := _USUAL.fullmatch(text):
        return _in_calendar(text, int(found[1]), int(found[2]), found[3], "", today)
    if len(text) > _LONGEST:
        return Problem("date.unreadable", {"text": text[:_LONGEST]})
    cleaned, era = _cleaned(text)
    if found := _NUMBERS.fullmatch(cleaned):
        first, month, last = found.groups()
        day, year = (last, first) if len(first) >= 3 else (first, last)
        if len(day) > 2:
            return Problem("date.unreadable", {"text": text})
        return _in_calendar(text, int(day), int(month), year, era, today)
    if found := _WORDS.fullmatch(cleaned):
        month_number = _month(found[2])
        if len(found[3]) == 2 and found[2].isascii():
            return Problem("date.short_year_unclear", {"text": text, "year": int(found[3])})
        if month_number is not None:
            return _in_calendar(text, int(found[1]), month_number, found[3], era, today)
    return Problem("date.unreadable", {"text": text})


def has_short_year(text: str) -> bool:
    """Whether ``text`` writes its year with two digits only, so that a reader had to add the century."""
    return re.search(r"\d{4}", to_arabic(text)) is None


def _cleaned(text: str) -> tuple[str, str]:
    """``text`` without era marks, name of the weekday and time of day; and the era that it named, if any."""
    cleaned = to_arabic(text).replace("\xa0", " ").replace("\u200b", "").strip()
    era = ""
    if mark := _ERA.search(cleaned):
        era = "be" if mark[1].startswith("พ") else "ce"
        cleaned = cleaned[: mark.start()] + " " + cleaned[mark.end() :]
    cleaned = _TIME.sub("", cleaned)
    return " ".join(_DAY_WORD.sub("", cleaned).split()), era


def _month(word: str) -> int | None:
    letters = re.sub(r"[\s.\-/]", "", word).lower()
    if letters in _MONTH_BY_LETTERS:
        return _MONTH_BY_LETTERS[letters]
    return _MONTH_BY_LETTERS.get(letters[:3]) if letters.isascii() and letters.isalpha() else None


def _in_calendar(text: str, day: int, month: int, year: str, era: str, today: date) -> date | Problem:
    number = int(year)
    if len(year) == 2 and era != "ce":
        number += 2500
        if number - BUDDHIST_OFFSET > today.year + _YEARS_AHEAD:
            return Problem("date.short_year_unclear", {"text": text, "year": number})
    if era == "be" or (era == "" and number >= 2400):
        number -= BUDDHIST_OFFSET
    if not 1850 <= number <= 2150:
        return Problem("date.year_out_of_range", {"text": text, "year": int(year)})
    if not 1 <= month <= 12:
        return Problem("date.no_such_month", {"text": text, "month": month})
    last = calendar.monthrange(number, month)[1]
    if not 1 <= day <= last:
        about = {"text": text, "day": day, "last": last, "month": month, "year": number + BUDDHIST_OFFSET}
        return Problem("date.not_in_calendar", about)
    return date(number, month, day)


def _month_words() -> dict[str, int]:
    words: dict[str, int] = {}
    for index in range(12):
        full, short = MONTHS[index], SHORT_MONTHS[index].replace(".", "")
        stem = full.removesuffix("คม").removesuffix("ยน").removesuffix("พันธ์")
        for word in (full, short, stem, stem + "า", _ENGLISH[index]):
            words.setdefault(word, index + 1)
    return words


_MONTH_BY_LETTERS = _month_words()
