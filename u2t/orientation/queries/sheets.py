"""Attendance sheets (ใบลงเวลา) of a session as PDF, to sign by hand."""

from __future__ import annotations

from collections import defaultdict
from datetime import date, datetime
from pathlib import Path

from django.conf import settings
from django.utils import timezone, translation

from u2t.letters import fonts, listing
from u2t.letters.listing import Head
from u2t.orientation.models import Session
from u2t.orientation.queries import attendance
from u2t.thai import dates

ORDERS = ("group", "tambon")


def pdf(session: Session, *, by: str, times: bool, on: date) -> bytes:
    """Who is expected, ``by`` group or tambon, each beginning a page; ``times`` fills in what was scanned."""
    groups: dict[str, list[tuple[str, ...]]] = defaultdict(list)
    with translation.override("th"):
        for row in attendance.board(session):
            place = row.place.full_name if row.place else ""
            title = (row.group or "") if by == "group" else place
            seen = row.attendance if times else None
            moments = (_clock(seen.arrived_at), _clock(seen.left_at)) if seen else ("", "")
            name = row.worker.person.full_name
            line = (
                str(len(groups[title]) + 1),
                str(row.worker.number),
                name,
                # The province would take a third line in every row, and with it a third of the rows of a page.
                f"ต.{row.place.name_th} อ.{row.place.district.name_th}" if row.place else "",
                moments[0],
                "",
                moments[1],
                "",
            )
            groups[title].append(line)
    begins, ends = timezone.localtime(session.begins_at), timezone.localtime(session.ends_at)
    when = (
        f"วัน{_DAYS[begins.weekday()]}ที่ {dates.long_date(begins.date())} เวลา {begins:%H.%M}–{ends:%H.%M} น."
    )
    return listing.render(
        folder=fonts.prepare(Path(settings.FONTS_DIR)),
        title="ใบลงเวลาเข้ารับการปฐมนิเทศ",
        lines=(session.name_th, when, session.place_th, session.round.name_th),
        heads=_HEADS,
        groups=sorted(groups.items()) or [("", [])],
        foot=session.round.institution.name_th,
        dated_on=on,
        row_height=24.0,
        page_each=True,
    )


_DAYS = ("จันทร์", "อังคาร", "พุธ", "พฤหัสบดี", "ศุกร์", "เสาร์", "อาทิตย์")
_HEADS = (
    Head("ที่", 5, "center"),
    Head("ลำดับ", 8, "center"),
    Head("ชื่อ-นามสกุล", 29),
    Head("ตำบล", 24),
    Head("เวลามา", 9, "center"),
    Head("ลายมือชื่อ", 16),
    Head("เวลากลับ", 9, "center"),
    Head("ลายมือชื่อ", 16),
)


def _clock(at: datetime | None) -> str:
    return f"{timezone.localtime(at):%H.%M}" if at else ""
