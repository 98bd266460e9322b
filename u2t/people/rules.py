"""Names of accounts, one-time passwords, and when a name that failed too often may try again: pure."""

from __future__ import annotations

import secrets
from collections.abc import Iterable
from datetime import datetime, timedelta

# Without 0 o 1 l i: nobody has to guess what a printed slip says.
_LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"
_GROUPS, _GROUP = 3, 4


def username(prefix: str, number: int) -> str:
    """``w00012``: a letter for what the person does and a number, nothing that tells who it is."""
    return f"{prefix}{number:05d}"


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
