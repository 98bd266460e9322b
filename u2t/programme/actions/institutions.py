"""Open an institution, enter what its letters say, and give duties at it."""

from __future__ import annotations

import hashlib
from datetime import datetime
from typing import Any

from django.core.files.base import ContentFile
from django.db import transaction

from u2t.audit import actions as audit
from u2t.objections import Objection, refuse_if
from u2t.pages.declare import allow
from u2t.programme import emblem, permissions, rules
from u2t.programme.models import District, Duty, Institution

LETTER_FIELDS = (
    "name_th", "name_en", "letter_prefix", "address_th", "owner_office_th", "telephone", "email",
    "signer_name_th", "signer_post_th",
)  # fmt: skip


def open_institution(
    *, code: str, name_th: str, name_en: str = "", home_district: str = "", by: Any = None, at: datetime
) -> Institution:
    """Enter a university. Only whoever runs the system does this, by command: ``by`` is ``None``."""
    allow(by is None)
    with transaction.atomic():
        found = []
        if len(code) > 20 or not rules.PART_CODE.fullmatch(code.lower()):
            found.append(Objection("programme.part_code_malformed", {"code": code}, "code"))
        if Institution.objects.filter(code__iexact=code).exists():
            found.append(Objection("programme.institution_taken", {"code": code}, "code"))
        if not name_th.strip():
            found.append(Objection("programme.name_missing", {}, "name_th"))
        refuse_if(found + _district_objections(home_district))
        institution = Institution.objects.create(
            code=code,
            name_th=name_th.strip(),
            name_en=name_en.strip(),
            home_district_id=home_district or None,
        )
        audit.record(verb="programme.open_institution", subject=institution, by=by, at=at)
    return institution


def change_institution(
    *, institution: Institution, letter: dict[str, str], home_district: str = "", by: Any, at: datetime
) -> None:
    """Enter names and what letters say (:data:`LETTER_FIELDS`).

    ``home_district`` is a four-digit code or empty.
    """
    allow(by is None or permissions.runs_office(by, institution))
    unknown = set(letter) - set(LETTER_FIELDS)
    if unknown:
        raise TypeError(f"not fields of a letter: {sorted(unknown)}")
    with transaction.atomic():
        found = _district_objections(home_district)
        if not letter.get("name_th", institution.name_th).strip():
            found.append(Objection("programme.name_missing", {}, "name_th"))
        refuse_if(found)
        changed = [name for name, value in letter.items() if getattr(institution, name) != value.strip()]
        for name in changed:
            setattr(institution, name, letter[name].strip())
        institution.home_district_id = home_district or None
        institution.save(update_fields=[*changed, "home_district"])
        audit.record(
            verb="programme.change_institution", subject=institution, by=by, at=at, note={"changed": changed}
        )


def _district_objections(code: str) -> list[Objection]:
    if not code or District.objects.filter(code=code).exists():
        return []
    return [Objection("programme.district_unknown", {"code": code}, "home_district")]


def set_emblem(*, institution: Institution, content: bytes, by: Any, at: datetime) -> None:
    """Keep a PNG or JPEG as the emblem of letters; an empty ``content`` takes it away."""
    allow(by is None or permissions.runs_office(by, institution))
    if content:
        refuse_if(emblem.objections(content))
    with transaction.atomic():
        if content:
            name = f"{hashlib.sha256(content).hexdigest()[:24]}.{emblem.kind(content)}"
            institution.emblem.save(name, ContentFile(content), save=False)
        else:
            institution.emblem = ""
        institution.save(update_fields=["emblem"])
        audit.record(
            verb="programme.set_emblem",
            subject=institution,
            by=by,
            at=at,
            note={"file": institution.emblem.name or ""},
        )


def give_duty(*, account: Any, institution: Institution, kind: str, by: Any, at: datetime) -> Duty:
    """Let an account run the office (``office``) or look as an executive (``executive``)."""
    allow(by is None or permissions.runs_office(by, institution))
    kind = Duty.Kind(kind)
    with transaction.atomic():
        duty, is_new = Duty.objects.get_or_create(
            account=account, institution=institution, kind=kind, ended_at=None
        )
        refuse_if([] if is_new else [Objection("programme.duty_held_already", {"account": account.username})])
        _forget_duties(account, by)
        audit.record(
            verb="programme.give_duty",
            subject=duty,
            by=by,
            at=at,
            note={"account": account.pk, "kind": kind.value},
        )
    return duty


def end_duty(*, duty: Duty, by: Any, at: datetime) -> None:
    """End a duty. The last duty of an institution's office stays: nobody could give a new one."""
    allow(by is None or permissions.runs_office(by, duty.institution))
    with transaction.atomic():
        # The key itself stays free: a new duty, which refers to it, need not wait.
        list(Institution.objects.select_for_update(no_key=True).filter(pk=duty.institution_id))
        duty.refresh_from_db()
        found = []
        if duty.ended_at:
            found.append(Objection("programme.duty_ended_already"))
        elif duty.kind == Duty.Kind.OFFICE and not _has_other_office(duty):
            found.append(Objection("programme.last_office"))
        refuse_if(found)
        duty.ended_at = at
        duty.save(update_fields=["ended_at"])
        _forget_duties(duty.account, by)
        audit.record(verb="programme.end_duty", subject=duty, by=by, at=at, note={"account": duty.account_id})


def _has_other_office(duty: Duty) -> bool:
    others = Duty.objects.filter(
        institution=duty.institution, kind=duty.kind, ended_at=None, account__is_active=True
    )
    return others.exclude(pk=duty.pk).exists()


def _forget_duties(*accounts: Any) -> None:
    """Permissions keep the duties on the account for the length of a request; they have just changed."""
    for account in accounts:
        if account is not None:
            account.__dict__.pop("_current_duties", None)
