"""How values are written on a page in the active language: dates, money, numbers, shares.

Thai pages show the Buddhist era, English pages the Christian one. What is unknown (``None``) is written as a
dash, never as zero. These functions are pure but for the active language and time zone.
"""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal

from django.utils import timezone, translation

from u2t.thai import dates, digits, money

UNKNOWN = "–"
_MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip


def _is_thai() -> bool:
    return (translation.get_language() or "th").startswith("th")


def _day(value: date | datetime) -> date:
    if isinstance(value, datetime):
        return (timezone.localtime(value) if timezone.is_aware(value) else value).date()
    return value


def day(value: date | datetime | None, style: str = "long") -> str:
    """``1 กุมภาพันธ์ 2564``, ``1 ก.พ. 2564`` (short) or ``กุมภาพันธ์ 2564`` (month); English in the Christian era."""
    if value is None or value == "":
        return UNKNOWN
    on = _day(value)
    if _is_thai():
        return {"short": dates.short_date, "month": dates.month_year}.get(style, dates.long_date)(on)
    month = _MONTHS[on.month - 1]
    if style == "month":
        return f"{month} {on.year}"
    return f"{on.day} {month[:3] if style == 'short' else month} {on.year}"


def days(first: date | datetime | None, last: date | datetime | None) -> str:
    """``31 มกราคม – 2 กุมภาพันธ์ 2564``; an open end stays open."""
    if first is None or last is None:
        return UNKNOWN if first is last else f"{day(first)} – {day(last) if last else ''}".strip()
    first, last = _day(first), _day(last)
    if _is_thai():
        return dates.date_range(first, last)
    if first == last:
        return day(first)
    if first.year != last.year:
        return f"{day(first)} – {day(last)}"
    if first.month != last.month:
        return f"{first.day} {_MONTHS[first.month - 1]} – {day(last)}"
    return f"{first.day}–{day(last)}"


def moment(value: datetime | None, style: str = "short") -> str:
    """``21 พ.ย. 2569 09:40 น.``; English ``21 Nov 2026, 09:40``."""
    if value is None or value == "":
        return UNKNOWN
    local = timezone.localtime(value) if timezone.is_aware(value) else value
    return f"{day(local, style)} {clock(local)} น." if _is_thai() else f"{day(local, style)}, {clock(local)}"


def clock(value: datetime | None) -> str:
    """The time of day alone, on the pages' clock: ``09:40``."""
    if value is None or value == "":
        return UNKNOWN
    local = timezone.localtime(value) if timezone.is_aware(value) else value
    return f"{local.hour:02d}:{local.minute:02d}"


def number(value: int | float | Decimal | str | None, places: int | None = None) -> str:
    """``1,200``; with ``places`` that many decimals, otherwise at most one. Text passes unchanged."""
    if value is None or value == "":
        return UNKNOWN
    if isinstance(value, str):
        return value
    if places is not None:
        return f"{value:,.{places}f}"
    return f"{value:,}" if isinstance(value, int) else f"{value:,.1f}".removesuffix(".0")


def baht(satang: int | str | None, style: str = "full") -> str:
    """``9,000.00 บาท``; ``short`` gives ``9,000``, ``exact`` gives ``9,000.00``, ``words`` spells it in Thai."""
    if satang is None or isinstance(satang, str):
        return UNKNOWN
    if style == "short":
        return money.baht(satang)
    if style == "exact":
        return money.baht_exact(satang)
    if style == "words":
        return money.baht_in_words(satang)
    return f"{money.baht_exact(satang)} {'บาท' if _is_thai() else 'baht'}"


def percent(part: float | None, whole: float | None = 1, places: int = 0) -> str:
    """``part`` of ``whole``: ``ร้อยละ 83`` or ``83%``. A share of nothing, or of the unknown, is unknown.

    What is neither none nor all is never rounded to 0 or 100.
    """
    if part is None or not whole:
        return UNKNOWN
    share = 100 * part / whole
    step = 10.0**-places
    if 0 < part < whole:
        share = min(max(share, step), 100 - step)
    written = f"{share:.{places}f}"
    return f"ร้อยละ {written}" if _is_thai() else f"{written}%"


def thai_digits(value: object) -> str:
    """The same with Thai digits, on Thai pages only."""
    return digits.to_thai(value) if _is_thai() else str(value)
