"""Bring applications in from a file: all rows of it or none, each with a number and a receipt as if submitted here."""

from __future__ import annotations

import gc
import hashlib
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from u2t.objections import Objection, Refused, refuse_if
from u2t.pages.declare import allow
from u2t.pages.findings import plain
from u2t.recruitment import permissions
from u2t.recruitment.actions import composing
from u2t.recruitment.actions.calls import give_numbers
from u2t.recruitment.models import Application, Call, Choice, Screening
from u2t.recruitment.queries import applying
from u2t.recruitment.queries import bringing as queries
from u2t.recruitment.rules import applying as digesting
from u2t.recruitment.rules import bringing, numbering
from u2t.sheets.workbook import Limits, Unreadable

_SAME = (
    "title", "given_name", "surname", "birth_on", "telephone", "email", "military", "registered_house",
    "registered_postcode", "present_house", "present_postcode", "level", "degree", "major", "institute",
    "graduated_on", "grade", "student_year", "is_own_student", "is_employed", "has_state_hire", "talents", "score",
)  # fmt: skip


@contextmanager
def _without_collecting() -> Iterator[None]:
    """Let the garbage collector rest, as bringing in rosters does: many objects, no cycles."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


def check_applications(*, call: Call, file_name: str, data: bytes, at: datetime) -> bringing.Checked:
    """Check a file against the call as it is now; writes nothing. Refused where it cannot be read at all."""
    known = queries.known(call, timezone.localtime(at).date())
    try:
        return bringing.check(data, file_name, known, Limits(file_bytes=settings.ROSTER_MAX_BYTES))
    except Unreadable as unreadable:
        problem = unreadable.problem
        raise Refused([Objection(f"recruitment.{problem.code}", plain(problem.about))]) from unreadable


def bring_in(*, call: Call, file_name: str, data: bytes, by: Any, at: datetime) -> bringing.Checked:
    """Store every row as a submitted application; where the file has problems nothing is stored, the check tells them.

    Numbers follow the order of the file. Where a row has a score or a result of screening, that is stored too: the
    round then did this elsewhere.
    """
    allow(by is None or permissions.may_screen(by, call))
    with _without_collecting(), transaction.atomic():
        call = composing.held(call)
        refuse_if(composing.ended(call))
        checked = check_applications(call=call, file_name=file_name, data=data, at=at)
        if not checked.report.has_problems and checked.applications:
            _store(call, checked.applications, by, at)
            note = {
                "count": len(checked.applications),
                "sha256": hashlib.sha256(data).hexdigest(),
                "scored": sum(one.score is not None for one in checked.applications),
            }
            composing.record("bring_in", call, by, at, note)
    return checked


def _store(call: Call, rows: Sequence[bringing.NewApplication], by: Any, at: datetime) -> None:
    categories = {category.code: category for category in call.round.categories.all()}
    first = give_numbers(call, len(rows))
    applications = [
        _application(call, row, categories[row.category], number, by, at)
        for number, row in enumerate(rows, start=first)
    ]
    Application.objects.bulk_create(applications, batch_size=400)
    tambons = dict(call.round.tambons.values_list("tambon_id", "pk"))
    Choice.objects.bulk_create(
        (
            Choice(application=application, rank=rank, tambon_id=tambons[code])
            for application, row in zip(applications, rows, strict=True)
            for rank, code in enumerate(row.choices, start=1)
        ),
        batch_size=2_000,
    )
    Screening.objects.bulk_create(
        (
            Screening(application=application, is_passed=row.is_passed, decided_at=at, decided_by=by)
            for application, row in zip(applications, rows, strict=True)
            if row.is_passed is not None
        ),
        batch_size=2_000,
    )


def _application(
    call: Call, row: bringing.NewApplication, category: Any, number: int, by: Any, at: datetime
) -> Application:
    made = Application(
        call=call,
        category=category,
        number=number,
        receipt=numbering.receipt(call.round.code, call.number, number),
        registered_tambon_id=row.registered_tambon or None,
        present_tambon_id=row.present_tambon or None,
        scored_at=at if row.score is not None else None,
        begun_at=at,
        saved_at=at,
        submitted_at=at,
        brought_in_at=at,
        brought_in_by=by,
        **{name: getattr(row, name) for name in _SAME},
    )
    made.set_citizen_id(row.citizen_id)
    made.keep_search_key()
    made.submitted_digest = digesting.digest(_content(made, row))
    return made


def _content(made: Application, row: bringing.NewApplication) -> dict[str, object]:
    """The same values as :func:`u2t.recruitment.queries.applying.content_of`, which would ask the database for each."""
    content = {name: getattr(made, name) for name in applying.PLAIN if not name.endswith("_tambon")}
    return content | {
        "category": row.category,
        "registered_tambon": made.registered_tambon_id,
        "present_tambon": made.present_tambon_id,
        "call": f"{made.call.round.code}/{made.call.number}",
        "citizen_id": made.citizen_id_digest,
        "skills": [],
        "choices": list(row.choices),
        "experiences": [],
        "papers": [],
        "consent": "",
    }
