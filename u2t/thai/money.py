"""Money in integer satang (hundredths of a baht), as figures and as Thai words."""

from __future__ import annotations

import re

from u2t.thai.digits import to_arabic
from u2t.thai.problem import Problem

_DIGITS = ("", "หนึ่ง", "สอง", "สาม", "สี่", "ห้า", "หก", "เจ็ด", "แปด", "เก้า")
_PLACES = ("", "สิบ", "ร้อย", "พัน", "หมื่น", "แสน")
# A bound on the digits, because Python refuses to read thousands of them with an error of its own.
_AMOUNT = re.compile(r"(\d{1,3}(?:,\d{3}){1,12}|\d{1,40})(?:\.(\d{1,2}))?")


def baht(satang: int) -> str:
    """``"15,000"`` for 1,500,000 satang; satang are written only where there are some: ``"0.25"``."""
    sign = "-" if satang < 0 else ""
    whole, part = divmod(abs(satang), 100)
    return f"{sign}{whole:,}.{part:02d}" if part else f"{sign}{whole:,}"


def baht_exact(satang: int) -> str:
    """``"15,000.00"``: always two decimals, as tables of money write it."""
    sign = "-" if satang < 0 else ""
    whole, part = divmod(abs(satang), 100)
    return f"{sign}{whole:,}.{part:02d}"


def baht_in_words(satang: int) -> str:
    """``"หนึ่งหมื่นห้าพันบาทถ้วน"`` for 1,500,000 satang; ``"ยี่สิบห้าสตางค์"`` for 25."""
    sign = "ลบ" if satang < 0 else ""
    whole, part = divmod(abs(satang), 100)
    if whole == 0 and part:
        return f"{sign}{number_in_words(part)}สตางค์"
    cents = f"{number_in_words(part)}สตางค์" if part else "ถ้วน"
    return f"{sign}{number_in_words(whole)}บาท{cents}"


def number_in_words(number: int) -> str:
    """A whole number of at least 0 in Thai words: ``"ยี่สิบเอ็ด"`` for 21, ``"ศูนย์"`` for 0."""
    if number == 0:
        return "ศูนย์"
    millions, rest = divmod(number, 1_000_000)
    words = f"{number_in_words(millions)}ล้าน" if millions else ""
    for place in range(5, -1, -1):
        digit = rest // 10**place % 10
        if digit:
            words += _digit_word(digit, place, is_alone=number == 1) + _PLACES[place]
    return words


def _digit_word(digit: int, place: int, *, is_alone: bool) -> str:
    if place == 0 and digit == 1 and not is_alone:
        return "เอ็ด"
    if place == 1:
        return {1: "", 2: "ยี่"}.get(digit, _DIGITS[digit])
    return _DIGITS[digit]


def parse_baht(text: str) -> int | Problem:
    """The satang that ``text`` names in baht: ``"15,000"``, ``"๑๕,๐๐๐.๕๐ บาท"``; never a negative sum.

    A sum of more than forty digits is a problem, like whatever is no sum.
    """
    cleaned = to_arabic(text).replace("\xa0", " ").strip()
    cleaned = cleaned.removesuffix(".-").removesuffix("บาทถ้วน").removesuffix("บาท").removeprefix("฿")
    found = _AMOUNT.fullmatch(cleaned.strip())
    if found is None:
        return Problem("money.unreadable", {"text": text})
    return int(found[1].replace(",", "")) * 100 + int((found[2] or "0").ljust(2, "0"))
