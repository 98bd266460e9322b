"""The office's own wording of letters."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from u2t.audit.actions import record
from u2t.handover import permissions, texts, words
from u2t.handover.models import LetterText
from u2t.letters import wording
from u2t.objections import Objection, refuse_if
from u2t.pages.declare import allow
from u2t.people.models import Account
from u2t.programme.models import Round


def change_text(
    *, round: Round, kind: str, text: texts.Text, by: Account | None, at: datetime
) -> LetterText | None:
    """Keep the office's wording of one kind of letter; the usual wording again keeps nothing (``None``).

    Letters already issued stay as they are. Raises :class:`u2t.objections.Refused` for a field that a letter of this
    kind does not have and for braces without a partner.
    """
    allow(by is None or permissions.may_hand_over(by, round))
    refuse_if(objections_to_text(kind, text))
    with transaction.atomic():
        if text == texts.USUAL[kind]:
            LetterText.objects.filter(round=round, kind=kind).delete()
            kept = None
        else:
            kept, _ = LetterText.objects.update_or_create(
                round=round,
                kind=kind,
                defaults={
                    "subject": text.subject,
                    "paragraphs": "\n".join(text.paragraphs),
                    "closing": text.closing,
                    "changed_at": at,
                    "changed_by": by,
                },
            )
        note = {"kind": kind, "subject": text.subject, "paragraphs": list(text.paragraphs)}
        record(verb="handover.text_changed", subject=round, by=by, at=at, round_code=round.code, note=note)
    return kept


def objections_to_text(kind: str, text: texts.Text) -> tuple[Objection, ...]:
    """Everything against a wording, each objection once."""
    if not (text.subject and text.closing and text.paragraphs):
        return (Objection("handover.text_empty"),)
    found: dict[Objection, None] = {}
    for piece in (text.subject, *text.paragraphs):
        for objection in words.as_ours(wording.objections(piece, texts.FIELDS[kind])):
            found[objection] = None
    return tuple(found)
