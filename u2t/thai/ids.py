"""National identity numbers and telephone numbers."""

from __future__ import annotations

import re
from operator import mul

from u2t.thai.digits import to_arabic
from u2t.thai.problem import Clean, Problem

_FLOAT = re.compile(r"\d+(\.\d+)?[eE]\+?\d+")
_SEPARATORS = re.compile(r"[\s\-.\u2010-\u2015\u00ad\u200b_]+")
_PHONE_NOISE = re.compile(r"[\s\-.()\u2010-\u2015\u200b]+")
_SEVERAL = re.compile(r"[,;/]|\bหรือ\b|\bและ\b")
_WEIGHTS = tuple(range(13, 1, -1))
_ZEROS = ord("0") * sum(_WEIGHTS)
_MOBILE = re.compile(r"0[689][0-9]{8}")


def clean(value: str | float) -> Clean | Problem:
    """A national ID number as thirteen Arabic digits with a right checksum.

    Spaces, dashes and Thai digits are mended. Problems: ``id.empty``, ``id.float_damaged`` (a spreadsheet
    made a number of it and lost digits), ``id.odd_characters``, ``id.not_13_digits``, ``id.checksum``.
    """
    repairs: tuple[str, ...] = ()
    if isinstance(value, str):
        text = value
    elif 0 <= value < 10**13 and value == int(value):
        text, repairs = str(int(value)), ("id.was_number",)
    else:
        return Problem("id.float_damaged", {"text": str(value)})
    if len(text) == 13 and text.isascii() and text.isdigit():
        digits = text
    else:
        arabic = to_arabic(text).strip().lstrip("'`")
        if _FLOAT.fullmatch(arabic):
            return Problem("id.float_damaged", {"text": text})
        digits = _SEPARATORS.sub("", arabic)
        repairs += ("id.cleaned",) if digits != text else ()
    if not digits:
        return Problem("id.empty", {})
    if not (digits.isascii() and digits.isdigit()):
        return Problem("id.odd_characters", {"text": text})
    if len(digits) != 13:
        return Problem("id.not_13_digits", {"text": text, "digits": len(digits)})
    if not has_right_checksum(digits):
        return Problem("id.checksum", {"text": text})
    return Clean(digits, repairs)


def has_right_checksum(digits: str) -> bool:
    """Whether the last of thirteen digits follows from the first twelve (modulus 11).

    Written out here because it is asked 60,000 times an import; a test holds it to ``stdnum.th.pin``.
    """
    total: int = sum(map(mul, _WEIGHTS, digits.encode("ascii"))) - _ZEROS
    return (11 - total % 11) % 10 == int(digits[12])


def mask(digits: str) -> str:
    """The number with only its last three digits readable: ``"x-xxxx-xxxxx-34-5"``."""
    hidden = "x" * (len(digits) - 3) + digits[-3:]
    return written(hidden) if len(hidden) == 13 else hidden


def written(digits: str) -> str:
    """``"1-2345-67890-12-3"``, as the card shows it."""
    return f"{digits[0]}-{digits[1:5]}-{digits[5:10]}-{digits[10:12]}-{digits[12:]}"


def clean_phone(value: str | float) -> Clean | Problem:
    """A Thai telephone number as nine or ten digits beginning with 0.

    ``+66`` and a first zero that a spreadsheet dropped are mended; of several numbers the first is
    taken and that is listed as a repair. Problems: ``phone.empty``, ``phone.unreadable``.
    """
    if isinstance(value, str):
        if _MOBILE.fullmatch(value):
            return Clean(value)
        text = value
    else:
        text = str(int(value)) if 0 <= value < 10**15 and value == int(value) else str(value)
    first, *others = _SEVERAL.split(to_arabic(text).strip().lstrip("'`"))
    digits = _PHONE_NOISE.sub("", first)
    if not digits:
        return Problem("phone.empty", {})
    repairs = ("phone.first_taken",) if any(part.strip() for part in others) else ()
    if digits.startswith("+66"):
        digits = "0" + digits[3:].removeprefix("0")
    elif digits.startswith("66") and len(digits) in (10, 11):
        digits = "0" + digits[2:]
    elif re.fullmatch(r"[2-9]\d{7,8}", digits):
        digits, repairs = "0" + digits, (*repairs, "phone.zero_added")
    if not re.fullmatch(r"0[689]\d{8}|0[2-7]\d{7}", digits):
        return Problem("phone.unreadable", {"text": text})
    if not repairs and digits != _PHONE_NOISE.sub("", text):
        repairs = ("phone.cleaned",)
    return Clean(digits, repairs)


def written_phone(digits: str) -> str:
    """``"081-234-5678"``, ``"055-706-555"`` or ``"02-123-4567"``."""
    head = 2 if digits.startswith("02") else 3
    return f"{digits[:head]}-{digits[head : head + 3]}-{digits[head + 3 :]}"
