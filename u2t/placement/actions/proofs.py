"""Publish the certificate of an adopted plan, and withdraw it."""

from __future__ import annotations

import hashlib
import secrets
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone

from u2t import matching
from u2t.audit import actions as audit
from u2t.matching import verify_placement
from u2t.objections import Objection, refuse_if
from u2t.pages.declare import allow
from u2t.placement import permissions
from u2t.placement.models import Publication, Run
from u2t.placement.queries import plans, proofs
from u2t.placement.queries.problem import problem_for
from u2t.seals import actions as seals


def prepare(
    *, run: Run, problem: matching.Problem, plan: matching.Plan, by: Any, at: datetime
) -> Publication:
    """Make the certificate of a run that is being adopted and keep it; nothing is public by that.

    Inside the caller's transaction. Doing it again for the same run gives what is there.
    """
    allow(by is None or permissions.may_place(by, run.round))
    there = proofs.of_run(run)
    if there is not None:
        return there
    salt = secrets.token_hex(32)
    content = proofs.content_of(run, problem, plan, salt)
    return Publication.objects.create(
        run=run, content=content, digest=_sha256(content), salt=salt, prepared_at=at
    )


def publish(*, run: Run, by: Any, at: datetime) -> Publication:
    """Put the certificate before the public, sealed; whoever published it answers for what it shows.

    Refused with all objections: the run was not adopted, its certificate is public already or can't be made any more
    because the inputs have changed, or the stand-alone verifier does not find it proved.
    """
    allow(by is None or permissions.may_place(by, run.round))
    with transaction.atomic():
        publication = _prepared(run, by, at)
        found = [Objection("placement.published_already")] if publication.is_public else []
        refuse_if([*found, *_not_proved(publication)])
        publication.seal = seals.seal(
            kind=proofs.KIND,
            issuer=run.round.institution.code,
            number=proofs.number_of(run),
            dated_on=timezone.localdate(at),
            name=run.round.name,
            content=proofs.sealed(publication),
            at=at,
        )
        publication.published_at, publication.published_by = at, by
        publication.withdrawn_at, publication.withdrawn_by, publication.withdrawn_reason = None, None, ""
        publication.save()
        _record("placement.publish", publication, by, at)
    return publication


def withdraw(*, run: Run, reason: str, by: Any, at: datetime) -> Publication:
    """Take the file away from the public, with a reason that the page goes on showing.

    Whoever loaded it before keeps it; the register of seals says from now on that it was withdrawn.
    """
    allow(by is None or permissions.may_place(by, run.round))
    with transaction.atomic():
        publication = Publication.objects.select_for_update().filter(run=run).first()
        found = [] if reason.strip() else [Objection("placement.withdrawal_without_reason", {}, "reason")]
        if publication is None or not publication.is_public:
            found.append(Objection("placement.not_published"))
        refuse_if(found)
        assert publication is not None
        publication.withdrawn_at, publication.withdrawn_by = at, by
        publication.withdrawn_reason = reason.strip()
        publication.save(update_fields=["withdrawn_at", "withdrawn_by", "withdrawn_reason"])
        _record("placement.withdraw", publication, by, at)
    return publication


def _prepared(run: Run, by: Any, at: datetime) -> Publication:
    """What was made at the adoption; for plans adopted before that was done, made now if it still can be."""
    refuse_if([] if run.adopted_at else [Objection("placement.not_adopted", {"number": run.number})])
    publication = Publication.objects.select_for_update().filter(run=run).first()
    if publication is not None:
        return publication
    problem = problem_for(run.round, plans.rule_to_adopt(run))
    changed = matching.digest(problem) != run.problem_digest
    refuse_if([Objection("placement.too_late_for_a_certificate", {"number": run.number})] if changed else [])
    return prepare(run=run, problem=problem, plan=matching.Plan.from_json(run.plan), by=by, at=at)


def _not_proved(publication: Publication) -> list[Objection]:
    """Run the file that everybody can load on the file that everybody could load."""
    try:
        verify_placement.verify(publication.content)
    except verify_placement.BROKEN as wrong:
        return [Objection("placement.certificate_not_proved", {"reason": str(wrong)})]
    return []


def _record(verb: str, publication: Publication, by: Any, at: datetime) -> None:
    run = publication.run
    note = {"number": run.number, "sha256": publication.digest, "reason": publication.withdrawn_reason}
    audit.record(verb=verb, subject=run, by=by, at=at, round_code=run.round.code, note=note)


def _sha256(content: str) -> str:
    return hashlib.sha256(content.encode()).hexdigest()
