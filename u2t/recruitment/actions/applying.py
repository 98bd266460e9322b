"""Begin an application, save its steps, submit it, open it again, withdraw it. The applicant does all of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from u2t.audit import actions as audit
from u2t.mailing import actions as mailing
from u2t.objections import Objection, Refused, refuse_if
from u2t.people.models import Account
from u2t.recruitment.actions import calls, filling
from u2t.recruitment.models import Application, Call
from u2t.recruitment.queries import applying as queries
from u2t.recruitment.rules import applying as rules
from u2t.recruitment.rules import numbering, timetable

_FROZEN = ("number", "receipt", "submitted_at", "submitted_digest", "seconds_late", "version")


def begin(*, call: Call, account: Account, at: datetime) -> Application:
    """The account's application in the call, begun now unless it has one; nothing personal is kept before consent."""
    found = queries.application_of(account, call)
    if found is not None:
        return found
    if not queries.may_begin(call, at):
        raise Refused([Objection("recruitment.call_not_open")])
    try:
        with transaction.atomic():
            made = Application.objects.create(call=call, account=account, begun_at=at)
    except IntegrityError:
        # The other half of a double click began it.
        found = queries.application_of(account, call)
        if found is None:
            raise
        return found
    return queries.applications().get(pk=made.pk)


def consent(*, application: Application, by: Account | None, at: datetime) -> Application:
    """Note that the applicant agreed to the purpose as the call tells it, and fill in what is known already."""
    with transaction.atomic():
        row = _locked(application)
        if row.consented_at is not None:
            return row
        refuse_if(_against_saving(row, at))
        row.consented_at, row.consent_digest = at, rules.digest({"purpose": row.call.consent_th})
        filling.fill_from_before(row)
        row.saved_at = at
        row.version += 1
        row.save()
        audit.record(
            verb="recruitment.consent", subject=row, by=by, at=at, round_code=row.call.round.code,
            note={"purpose_digest": row.consent_digest},
        )  # fmt: skip
    return queries.applications().get(pk=row.pk)


def save_step(
    *,
    application: Application,
    step: str,
    values: Mapping[str, Any],
    version: int,
    by: Account | None,
    at: datetime,
    seen: str = "",
) -> Application:
    """Keep what was typed in a step; fields of other steps in ``values`` are not touched, absent ones stay.

    ``version`` is the one that the page showed. If another window has saved since, the step is refused, unless
    ``seen`` (``queries.applying.seen_of`` at that time) tells that this step itself has not changed. ``values``
    holds tambons as ``Tambon``, the category and the ranked tambons by code, skills by code, and experiences as
    mappings; an empty ``citizen_id`` leaves the kept number.
    """
    with transaction.atomic():
        row = _locked(application)
        found = _against_saving(row, at)
        if row.consented_at is None:
            found.append(Objection("recruitment.consent_missing"))
        found += _against_version(row, step, version, seen)
        refuse_if(found + filling.objections(row, step, values))
        filling.write(row, step, values)
        row.saved_at = at
        row.version += 1
        row.save()
    return queries.applications().get(pk=row.pk)


def rank_tambons(
    *, application: Application, tambons: Sequence[str], by: Account | None, at: datetime
) -> Application:
    """Keep these tambons (DOPA codes) as the ranking, the first choice first."""
    return save_step(
        application=application,
        step="choice",
        values={"choices": tambons},
        version=application.version,
        by=by,
        at=at,
    )


def submit(*, application: Application, by: Account | None, at: datetime) -> Application:
    """Freeze the application under a number and a receipt; submitting twice gives the same receipt.

    What is read and hashed is read before the call is locked, so that two thousand who submit in the last minute
    wait for each other only as long as three rows take to write.
    """
    for _attempt in range(3):
        known = queries.applications().get(pk=application.pk)
        if known.submitted_at is not None and known.withdrawn_at is None:
            return known
        refuse_if(queries.objections_to_submit(known, at))
        if _submitted(known, rules.digest(queries.content_of(known)), by, at):
            known.refresh_from_db(fields=_FROZEN)
            return known
    raise Refused([_newer(known)])


def _submitted(known: Application, digest: str, by: Account | None, at: datetime) -> bool:
    """Write the submission; False where another window saved something since it was hashed."""
    try:
        with transaction.atomic():
            row = Application.objects.select_for_update().get(pk=known.pk)
            if row.submitted_at is not None:
                return True
            if row.version != known.version or row.withdrawn_at is not None:
                return False
            if row.number is None:
                row.number = calls.give_numbers(known.call, 1)
                row.receipt = numbering.receipt(known.call.round.code, known.call.number, row.number)
            row.submitted_at, row.submitted_digest = at, digest
            row.seconds_late = timetable.seconds_late(queries.times_of(known.call), at)
            row.version += 1
            row.save(update_fields=_FROZEN)
            _tell_receipt(known, row, at)
            audit.record(
                verb="recruitment.submit", subject=row, by=by, at=at, round_code=known.call.round.code,
                note={"receipt": row.receipt, "digest": digest, "seconds_late": row.seconds_late},
            )  # fmt: skip
    except IntegrityError:
        # Somebody with the same ID number submitted between the question and the answer.
        refuse_if(queries.objections_to_submit(known, at))
        raise
    return True


def _tell_receipt(known: Application, row: Application, at: datetime) -> None:
    moment = timezone.localtime(at)
    about = {
        "call": known.call.name_th,
        "receipt": row.receipt,
        "name": known.full_name,
        "at": f"{moment.day}/{moment.month}/{moment.year + 543} {moment:%H:%M}",
    }
    text = _(
        "%(name)s\n\nYour application for “%(call)s” was submitted on %(at)s.\nReceipt: %(receipt)s\n\n"
        "Log in with your user name to follow it."
    )
    mailing.write(
        to=known.email or (known.account.email if known.account else ""),
        subject=_("Receipt of application %(receipt)s") % about,
        text=text % about,
        about=f"receipt:{known.pk}:{row.submitted_digest[:16]}",
        at=at,
    )


def reopen(*, application: Application, by: Account | None, at: datetime) -> Application:
    """Open a submitted application again until closing; number and receipt stay.

    Whoever forgets to submit again is submitted at closing (:func:`submit_forgotten`).
    """
    with transaction.atomic():
        row = _locked(application)
        found = []
        if row.withdrawn_at is not None:
            found.append(Objection("recruitment.already_withdrawn"))
        elif row.submitted_at is None:
            found.append(Objection("recruitment.nothing_submitted"))
        if not queries.may_begin(row.call, at):
            found.append(Objection("recruitment.too_late_to_open_again"))
        if row.screenings.exists():
            found.append(Objection("recruitment.being_checked"))
        refuse_if(found)
        row.submitted_at = None
        row.saved_at = at
        row.version += 1
        row.save(update_fields=["submitted_at", "saved_at", "version"])
        audit.record(verb="recruitment.reopen", subject=row, by=by, at=at, round_code=row.call.round.code)
    return queries.applications().get(pk=row.pk)


def submit_forgotten(at: datetime) -> int:
    """Submit, as of the moment of closing, what was opened again and not submitted again; how many were.

    What has become incomplete stays open, and its applicant has been told so on every page.
    """
    done = 0
    for application in queries.unsubmitted_at_closing(at):
        try:
            submit(application=application, by=None, at=application.call.closes_at)
        except Refused:
            continue
        done += 1
    return done


def withdraw(*, application: Application, by: Account | None, at: datetime) -> Application:
    """Take the application back. A draft loses what was typed in it; a submitted one stays as a record."""
    with transaction.atomic():
        row = _locked(application)
        found = []
        if row.withdrawn_at is not None:
            found.append(Objection("recruitment.already_withdrawn"))
        if row.offers.filter(reported_at__isnull=False).exists():
            found.append(Objection("recruitment.withdrawal_too_late"))
        refuse_if(found)
        row.withdrawn_at = at
        row.version += 1
        if row.receipt is None:
            filling.empty(row, at=at)
        row.save()
        audit.record(
            verb="recruitment.withdraw", subject=row, by=by, at=at, round_code=row.call.round.code,
            note={"submitted": row.submitted_at is not None},
        )  # fmt: skip
    return queries.applications().get(pk=row.pk)


def _locked(application: Application) -> Application:
    Application.objects.select_for_update().get(pk=application.pk)
    return queries.applications().get(pk=application.pk)


def _against_saving(row: Application, at: datetime) -> list[Objection]:
    found = []
    if row.withdrawn_at is not None:
        found.append(Objection("recruitment.already_withdrawn"))
    elif row.submitted_at is not None:
        found.append(Objection("recruitment.is_submitted"))
    elif not queries.is_open(row, at):
        found.append(Objection("recruitment.call_not_open"))
    return found


def _against_version(row: Application, step: str, version: int, seen: str) -> list[Objection]:
    if version == row.version or (seen and seen == queries.seen_of(row, step)):
        return []
    return [_newer(row)]


def _newer(row: Application) -> Objection:
    saved = timezone.localtime(row.saved_at or row.begun_at)
    return Objection("recruitment.newer_saved", {"saved": f"{saved:%H:%M}"})
