"""Names of accounts, one-time passwords, and when a name that failed too often may try again: pure."""

from __future__ import annotations

import re
import secrets
from collections.abc import Iterable
from datetime import datetime, timedelta

from u2t.objections import Objection
from u2t.thai import digits, ids
from u2t.thai.problem import Problem

# Without 0 o 1 l i: nobody has to guess what a printed slip says.
_LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"
_GROUPS, _GROUP = 3, 4


def username(prefix: str, number: int) -> str:
    """``w00012``: a letter for what the person does and a number, nothing that tells who it is."""
    return f"{prefix}{number:05d}"


LONGEST_NAME = 60
_EMAIL = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s.]+")
_NUMBER = re.compile(r"\+?[\d\s().-]+")


def account_name(text: str) -> str:
    """The user name as it is kept: letters small, a telephone number as its ten digits however it was typed."""
    name = digits.to_arabic(text).strip().casefold()
    if _NUMBER.fullmatch(name):
        found = ids.clean_phone(name)
        if not isinstance(found, Problem):
            return found.value
    return name[:LONGEST_NAME]


def registration_name(text: str) -> str | Objection:
    """The user name that somebody chose, an e-mail address or a telephone number; never the ID number."""
    name = digits.to_arabic(text).strip().casefold()
    if len(re.sub(r"\D", "", name)) == 13 and _NUMBER.fullmatch(name):
        return Objection("people.name_is_citizen_id", {}, "name")
    if len(name) > LONGEST_NAME:
        return Objection("people.name_too_long", {"most": LONGEST_NAME}, "name")
    if _EMAIL.fullmatch(name) and name.isascii():
        return name
    if _NUMBER.fullmatch(name) and not isinstance(ids.clean_phone(name), Problem):
        return account_name(name)
    return Objection("people.name_unreadable", {}, "name")


def one_time_password() -> str:
    """Twelve random letters and digits in three groups, about 59 bits: ``k7mp-3xqd-9whz``."""
    groups = ("".join(secrets.choice(_LETTERS) for _ in range(_GROUP)) for _ in range(_GROUPS))
    return "-".join(groups)


def rests_until(
    failures: Iterable[datetime], allowed: int, window: timedelta, now: datetime
) -> datetime | None:
    """When a name with these failed log-ins may try again, or ``None`` where it may now.

    It rests while ``allowed`` failures or more lie within ``window`` before ``now``; that ends when the
    oldest of the last ``allowed`` ones has left the window.
    """
    recent = sorted(at for at in failures if now - window < at <= now)
    if len(recent) < max(allowed, 1):
        return None
    return recent[-max(allowed, 1)] + window
