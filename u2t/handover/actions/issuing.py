"""Letters and their numbers. The only place where a number of the register is used."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from datetime import date, datetime

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import transaction
from django.utils import timezone

from u2t.audit.actions import record
from u2t.handover import contents, permissions, printing, rules, words
from u2t.handover.actions.outcomes import Outcome, locked
from u2t.handover.models import Handover, Letter, Register
from u2t.handover.queries import letters
from u2t.letters import checking
from u2t.letters.letter import Letter as Printed
from u2t.objections import Objection, refuse_if
from u2t.pages.declare import allow
from u2t.people.models import Account
from u2t.programme.models import Institution
from u2t.thai import dates


def issue_letter(*, handover: Handover, dated_on: date, by: Account | None, at: datetime) -> Letter:
    """Issue the letter of one handover under the next number of the year of ``dated_on``.

    Raises :class:`u2t.objections.Refused` with everything that stands against it; then no number is used.
    """
    (outcome,) = issue_letters(handovers=[handover], dated_on=dated_on, by=by, at=at)
    refuse_if(outcome.objections)
    assert outcome.letter is not None
    return outcome.letter


def issue_letters(
    *, handovers: Iterable[Handover], dated_on: date, by: Account | None, at: datetime
) -> list[Outcome]:
    """Issue the letters of many handovers, numbered in the order given; one outcome each.

    All that can be issued are, together or (if the program dies) not at all. Raises
    :class:`u2t.objections.Refused` for a letter date that cannot be meant.
    """
    with transaction.atomic():
        rows = locked(handovers, by)
        if not rows:
            return []
        round = rows[0].round
        refuse_if(rules.objections_to_letter_date(dated_on, round.starts_on, timezone.localdate(at)))
        sender, wordings = letters.sender_of(round.institution), letters.texts_of(round)
        facts = letters.facts_of(rows)
        emblem_name, emblem = _kept_emblem(round.institution)
        register = _locked_register(round.institution, dates.be_year(dated_on))
        outcomes = []
        for handover in rows:
            of = facts[handover.pk]
            number = register.last_number + 1
            found = rules.objections_to_issue(of, sender)
            if not found:
                reference = rules.reference(sender.prefix, number)
                content = contents.composed(of, sender, wordings[of.kind], reference=reference)
                content["emblem"] = emblem_name
                found = _unprintable(contents.letter_of(content, dated_on, emblem))
            if found:
                outcomes.append(Outcome(handover, found))
                continue
            register.last_number = number
            letter = _issued(handover, register, content, dated_on, by, at)
            outcomes.append(Outcome(handover, letter=letter))
        register.save(update_fields=["last_number"])
    return outcomes


def cancel_letter(*, letter: Letter, reason: str, by: Account | None, at: datetime) -> Letter:
    """Cancel an issued letter. Its number stays used and stays in the register; a new letter may follow."""
    allow(by is None or permissions.may_hand_over(by, letter.handover.round))
    with transaction.atomic():
        rows = Letter.objects.select_for_update(of=("self",)).select_related("handover__round")
        letter = rows.get(pk=letter.pk)
        found = []
        if not reason.strip():
            found.append(Objection("handover.no_reason", {}, "reason"))
        if letter.cancelled_at is not None:
            found.append(Objection("handover.already_cancelled", {"letter": letter.reference}))
        refuse_if(found)
        letter.cancelled_at, letter.cancelled_by, letter.cancel_reason = at, by, reason.strip()
        letter.save(update_fields=["cancelled_at", "cancelled_by", "cancel_reason"])
        _note("letter_cancelled", letter, by, at, reason=letter.cancel_reason)
    return letter


def _issued(
    handover: Handover,
    register: Register,
    content: contents.Content,
    dated_on: date,
    by: Account | None,
    at: datetime,
) -> Letter:
    letter = Letter.objects.create(
        handover=handover,
        register=register,
        number=register.last_number,
        reference=content["reference"],
        dated_on=dated_on,
        content=content,
        issued_at=at,
        issued_by=by,
    )
    _note("letter_issued", letter, by, at, dated_on=dated_on.isoformat())
    return letter


def _locked_register(institution: Institution, be_year: int) -> Register:
    """The register of the year, held until the transaction ends: whoever comes next waits for their number."""
    Register.objects.get_or_create(institution=institution, be_year=be_year)
    return Register.objects.select_for_update().get(institution=institution, be_year=be_year)


def _unprintable(letter: Printed) -> tuple[Objection, ...]:
    return words.as_ours(checking.objections([letter], printing.typefaces()))


def _kept_emblem(institution: Institution) -> tuple[str | None, bytes | None]:
    """The emblem of today under the name of its digest, so that a later emblem leaves old letters alone."""
    content = letters.emblem_of(institution)
    if content is None:
        return None, None
    name = f"letter-emblems/{hashlib.sha256(content).hexdigest()}"
    if not default_storage.exists(name):
        default_storage.save(name, ContentFile(content))
    return name, content


def _note(verb: str, letter: Letter, by: Account | None, at: datetime, **note: str) -> None:
    record(
        verb=f"handover.{verb}",
        subject=letter.handover,
        by=by,
        at=at,
        round_code=letter.handover.round.code,
        note={"letter": letter.reference, **note},
    )
