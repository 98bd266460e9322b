"""The number on a receipt: ``ROUND-CALL-SERIAL-CHECK``, for instance ``KPRU-2564-1-000123-57``.

The two check digits (ISO 7064, MOD 97-10, as in an IBAN) catch every single mistyped character and every swap of
two neighbours. They are no secret: a receipt opens nothing.
"""

from __future__ import annotations

_DIGITS = 6


def receipt(round_code: str, call: int, serial: int) -> str:
    """The receipt of the application with this number in a call."""
    body = f"{round_code}-{call}-{serial:0{_DIGITS}d}"
    return f"{body}-{_check(body):02d}"


def is_right(text: str) -> bool:
    """Whether ``text`` is a receipt without a slip, in small or capital letters."""
    body, dash, check = text.strip().rpartition("-")
    if not (dash and body.isascii() and check.isascii() and check.isdigit() and len(check) == 2):
        return False
    return any(letter.isalnum() for letter in body) and _check(body) == int(check)


def _check(body: str) -> int:
    letters = "".join(str(int(letter, 36)) for letter in body if letter.isalnum())
    return 98 - int(letters) * 100 % 97
