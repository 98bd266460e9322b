"""What certificates say, and how they print."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import date
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.files.storage import default_storage
from django.db.models import Max, Min, QuerySet
from django.utils import timezone

from u2t.letters import certificate as printed
from u2t.letters import fonts, wording
from u2t.orientation.models import Certificate, Plan
from u2t.orientation.queries import attendance
from u2t.orientation.rules import completion as rules
from u2t.people.models import Worker
from u2t.people.queries import workers as found_workers
from u2t.programme.models import Institution, Round
from u2t.seals import rules as seals
from u2t.seals.kinds import Standing
from u2t.seals.queries import demo_keys
from u2t.thai import dates

KIND = "certificate"
DEMO_NOTE = "ตัวอย่าง: รับรองด้วยกุญแจสาธิต"


def paper_of(round: Round) -> rules.Paper:
    """What the certificates of a round say today, and the first and last day of its required sessions."""
    plan, institution = attendance.plan_of(round), round.institution
    days = round.sessions.filter(is_required=True, cancelled_at=None)
    span = days.aggregate(first=Min("begins_at"), last=Max("ends_at"))
    first, last = (timezone.localdate(at) if at else None for at in (span["first"], span["last"]))
    return rules.Paper(
        title=plan.certificate_title_th or rules.TITLE,
        text=plan.certificate_text_th or rules.TEXT,
        signer_name=institution.signer_name_th,
        signer_post=institution.signer_post_th,
        first_day=first,
        last_day=last,
    )


def statement(
    paper: rules.Paper, round: Round, worker: Worker, number: str, dated_on: date, attended: int
) -> dict[str, Any]:
    """Everything that one certificate says, as it is kept and sealed."""
    fields = {
        "project": round.name_th,
        "hours": rules.hours(attended),
        "dates": f"วันที่ {dates.date_range(paper.first_day, paper.last_day)}"
        if paper.first_day and paper.last_day
        else "",
        "institution": round.institution.name_th,
    }
    return {
        "number": number,
        "dated_on": dated_on.isoformat(),
        "institution": round.institution.name_th,
        "title": paper.title,
        "name": worker.person.full_name,
        "text": " ".join(wording.fill(paper.text, fields).split()),
        "signer_name": paper.signer_name,
        "signer_post": paper.signer_post,
    }


def certificates(round: Round) -> QuerySet[Certificate]:
    """All of a round, the newest number first, revoked ones too."""
    return (
        Certificate.objects.filter(worker__round=round)
        .select_related(
            "worker__person", "worker__round", "institution", "issued_by__person", "revoked_by__person"
        )
        .order_by("-year", "-number")
    )


def in_force(round: Round) -> QuerySet[Certificate]:
    """Those in force, by number."""
    return certificates(round).filter(revoked_at=None).order_by("year", "number")


def found(round: Round, text: str, state: str) -> QuerySet[Certificate]:
    """Those whose number, name or worker's number has ``text``; ``state`` is ``revoked``, ``valid`` or empty."""
    rows = certificates(round)
    if state:
        rows = rows.filter(revoked_at__isnull=state == "valid")
    number, _slash, year = text.partition("/")
    if number.isascii() and number.isdigit() and len(number) < 9:
        rows = rows.filter(number=int(number))
        return rows.filter(year=int(year)) if year.isascii() and year.isdigit() and len(year) == 4 else rows
    return rows.filter(worker__in=found_workers(round, text)) if text else rows


def of_worker(worker: Worker) -> Certificate | None:
    """The worker's certificate in force."""
    return Certificate.objects.filter(worker=worker, revoked_at=None).select_related("institution").first()


def pdf(rows: Sequence[Certificate], address: str, progress: Callable[[int], None] | None = None) -> bytes:
    """Certificates as PDF, a page each; ``address`` is that of the verification page."""
    folder = fonts.prepare(Path(settings.FONTS_DIR))
    return printed.render(list(_printed(rows, address)), folder=folder, progress=progress)


def _printed(rows: Iterable[Certificate], address: str) -> Iterable[printed.Certificate]:
    emblems: dict[str, bytes | None] = {}
    demo = demo_keys()
    for row in rows:
        said, name = row.statement, row.statement.get("emblem", "")
        if name not in emblems:
            emblems[name] = _emblem(name)
        yield printed.Certificate(
            institution=said["institution"],
            title=said["title"],
            name=said["name"],
            text=said["text"],
            date_text=f"ให้ไว้ ณ วันที่ {day(row.issued_on)}",
            dated_on=row.issued_on,
            signer_name=said["signer_name"],
            signer_post=said["signer_post"],
            number=said["number"],
            code=f"{address}?s={row.seal}",
            address=address.partition("://")[2].rstrip("/"),
            emblem=emblems[name],
            note=DEMO_NOTE if seals.key_named(row.seal) in demo else "",
        )


def day(day: date) -> str:
    """A date as certificates write it: with the era named."""
    first, _space, year = dates.long_date(day).rpartition(" ")
    return f"{first} พ.ศ. {year}"


def _emblem(name: str) -> bytes | None:
    if not name or not default_storage.exists(name):
        return None
    with default_storage.open(name) as file:
        content: bytes = file.read()
    return content


def look_up(issuer: str, number: str) -> Standing | None:
    """What the register says of a certificate's number, for the verification page."""
    first, _slash, year = number.partition("/")
    if not (first.isascii() and first.isdigit() and year.isascii() and year.isdigit() and len(number) < 16):
        return None
    row = Certificate.objects.filter(institution__code=issuer, number=int(first), year=int(year)).first()
    if row is None:
        return None
    return Standing(row.issued_on, row.statement["name"], seals.digest_of(row.statement), row.revoked_at)


def issuers() -> dict[str, str]:
    """Names of the institutions, by the code that seals carry."""
    return {institution.code: institution.name for institution in Institution.objects.all()}


def has_own_wording(round: Round) -> bool:
    return Plan.objects.filter(round=round).exclude(certificate_text_th="").exists()
