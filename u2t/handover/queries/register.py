"""The register of letter numbers (ทะเบียนหนังสือส่ง) of an institution."""

from __future__ import annotations

from collections.abc import Iterable

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from u2t.agencies.models import Agency
from u2t.handover.models import Letter, Register
from u2t.pages import written
from u2t.programme.models import Institution, Tambon
from u2t.sheets import write
from u2t.thai import digits, fold

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def of(institution: Institution) -> QuerySet[Letter]:
    """Every letter of the institution, cancelled ones too, the newest number first; contents are left out."""
    return (
        Letter.objects.filter(register__institution=institution)
        .defer("content")
        .select_related("register", "handover__round", "handover__tambon__tambon__district__province")
        .select_related("handover__receiver__agency", "issued_by__person", "cancelled_by__person")
        .order_by("-register__be_year", "-number")
    )


def years_of(institution: Institution) -> list[int]:
    """Buddhist years in which numbers were used, the newest first."""
    used = Register.objects.filter(institution=institution, last_number__gt=0)
    return list(used.order_by("-be_year").values_list("be_year", flat=True))


def found(letters: QuerySet[Letter], year: str, text: str) -> QuerySet[Letter]:
    """Those of a Buddhist year (empty for all) whose number, tambon or agency has ``text``."""
    if year:
        letters = letters.filter(register__be_year=int(year))
    if not text:
        return letters
    reference = Q(reference__contains=digits.to_arabic(text))
    key = fold.fold(text)
    if not key:
        return letters.filter(reference)
    agencies = Agency.objects.filter(search_key__contains=key)
    tambons = Tambon.objects.filter(search_key__contains=key)
    places = Q(handover__receiver__agency__in=agencies) | Q(handover__tambon__tambon__in=tambons)
    return letters.filter(reference | places)


def workbook(letters: Iterable[Letter]) -> bytes:
    """The register as an XLSX workbook, in which nothing can run as a formula."""
    heads = (
        _("Year"), _("Number"), _("Letter number"), _("Date of the letter"), _("Receiver"), _("For"),
        _("Issued by"), _("Cancelled"), _("Reason"),
    )  # fmt: skip
    rows = ((letter.register.be_year, letter.number, *_texts(letter)) for letter in letters)
    return write.xlsx_bytes(heads, rows, sheet=_("Register"), widths=(8, 8, 18, 20, 44, 44, 26, 20, 40))


def _texts(letter: Letter) -> tuple[str, ...]:
    return (
        letter.reference,
        written.day(letter.dated_on),
        letter.handover.receiver.agency.name_th,
        str(letter.handover),
        str(letter.issued_by or ""),
        written.moment(letter.cancelled_at) if letter.cancelled_at else "",
        letter.cancel_reason,
    )
