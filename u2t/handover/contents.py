"""The words of a letter, composed once, kept as JSON, and read back for every print. Pure.

What is kept is plain: strings and lists, numbers in Arabic digits. The press sets the numerals of the form.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, replace
from datetime import date
from typing import Any

from u2t.handover import rules, texts
from u2t.handover.rules import Facts, Sender
from u2t.letters import wording
from u2t.letters.letter import Annex, Column, Enclosure, Letter, Signer
from u2t.thai import dates

Content = dict[str, Any]
BLANK = "................"
"""Stands in a draft where something is still missing."""


def fields(facts: Facts, sender: Sender) -> dict[str, str]:
    """The value of every field that a text may mention; what is missing is a dotted blank."""
    counts = [f"{category} จำนวน {count} คน" for category, count in facts.categories]
    values = {
        "institution": sender.name,
        "office": sender.office,
        "project": facts.project,
        "receiver": facts.receiver,
        "tambon": facts.tambon,
        "place": facts.place,
        "province": facts.province,
        "count": str(len(facts.members)),
        "categories": rules.in_words(counts),
        "managers": rules.in_words(facts.managers),
        "starts_on": dates.long_date(facts.starts_on),
        "ends_on": dates.long_date(facts.ends_on),
        "months": str(facts.months),
        "handed_on": dates.long_date(facts.handed_on) if facts.handed_on else "",
    }
    return {name: value or BLANK for name, value in values.items()}


def composed(facts: Facts, sender: Sender, text: texts.Text, *, reference: str) -> Content:
    """All that the letter under this number says; an empty ``reference`` makes a draft."""
    filled = {
        name: value for name, value in fields(facts, sender).items() if name in texts.FIELDS[facts.kind]
    }
    foot = (sender.office, f"โทร. {sender.telephone}" if sender.telephone else "", sender.email)
    return {
        "reference": reference,
        "sender": [sender.name, *sender.address],
        "subject": wording.fill(text.subject, filled),
        "to": facts.addressee,
        "paragraphs": [wording.fill(paragraph, filled) for paragraph in text.paragraphs],
        "enclosures": [[texts.ENCLOSURE, texts.ENCLOSURE_AMOUNT]],
        "closing": text.closing,
        "signer": {"name": sender.signer, "posts": list(sender.signer_posts)},
        "office": [line for line in foot if line],
        "annexes": [asdict(_annex(facts))],
        "unbroken": sorted({*facts.managers, *(name for m in facts.members for name in m.managers)}),
        "label": facts.label,
        "workers": sorted(member.worker for member in facts.members),
        "emblem": None,
    }


def _annex(facts: Facts) -> Annex:
    where = facts.place or facts.province
    managers = texts.MANAGERS_NOTE.format(managers=rules.in_words(facts.managers))
    return Annex(
        label=texts.ANNEX_LABEL,
        title=(
            texts.ENCLOSURE,
            facts.project,
            f"ปฏิบัติงาน ณ {facts.receiver}",
            *([where] if where not in facts.receiver else []),
        ),
        columns=tuple(Column(head, kind) for head, kind in texts.ANNEX_HEADS[facts.kind]),  # type: ignore[arg-type]
        rows=tuple(_row(facts.kind, place, member) for place, member in enumerate(facts.members, 1)),
        notes=(managers,) if facts.kind == "team" and facts.managers else (),
    )


def _row(kind: str, place: int, member: rules.Member) -> tuple[str, ...]:
    last = (member.workstream,) if kind == "team" else (member.tambon, rules.in_words(member.managers))
    return (str(place), member.name, member.category, *last)


def letter_of(content: Mapping[str, Any], dated_on: date, emblem: bytes | None = None) -> Letter:
    """The letter that :func:`composed` wrote down, ready for the press; the same content gives the same letter."""
    return Letter(
        number=content["reference"],
        sender=tuple(content["sender"]),
        date_text=dates.long_date(dated_on),
        dated_on=dated_on,
        subject=content["subject"],
        to=content["to"],
        paragraphs=tuple(content["paragraphs"]),
        signer=Signer(content["signer"]["name"], tuple(content["signer"]["posts"])),
        enclosures=tuple(Enclosure(text, amount) for text, amount in content["enclosures"]),
        closing=content["closing"],
        office=tuple(content["office"]),
        annexes=tuple(_annex_of(annex) for annex in content["annexes"]),
        emblem=emblem,
        unbroken=tuple(content["unbroken"]),
    )


def draft_of(content: Mapping[str, Any], prefix: str, today: date, emblem: bytes | None = None) -> Letter:
    """The same as a draft: marked ร่าง, without number and day, whatever is missing left blank."""
    signer = content["signer"]
    blanks = {
        **content,
        "reference": f"{prefix or BLANK}/{BLANK} (ร่าง)",
        "signer": {"name": signer["name"] or BLANK, "posts": signer["posts"] or [BLANK]},
    }
    return replace(letter_of(blanks, today, emblem), date_text=f"{BLANK} {dates.month_year(today)}")


def _annex_of(kept: Mapping[str, Any]) -> Annex:
    return Annex(
        title=tuple(kept["title"]),
        columns=tuple(Column(**column) for column in kept["columns"]),
        rows=tuple(tuple(row) for row in kept["rows"]),
        label=kept["label"],
        notes=tuple(kept["notes"]),
    )
