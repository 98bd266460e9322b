"""Passes: issued to everybody at once, revoked one by one."""

from __future__ import annotations

import secrets
import uuid
from datetime import datetime

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from u2t.audit.actions import record
from u2t.jobs import actions as jobs
from u2t.jobs.actions import Progress
from u2t.jobs.models import Job
from u2t.objections import Objection, refuse_if
from u2t.orientation import permissions
from u2t.orientation.models import Pass
from u2t.orientation.queries import passes
from u2t.pages.declare import allow
from u2t.people.models import Account, Worker
from u2t.programme.models import Round


def issue_passes(*, round: Round, by: Account | None, at: datetime) -> list[Pass]:
    """Give a pass to everybody who works in the round and has none; asked twice, nobody gets two."""
    allow(by is None or permissions.may_plan(by, round))
    with transaction.atomic():
        Round.objects.select_for_update(of=("self",)).get(pk=round.pk)
        missing = passes.without_pass(round)
        made = Pass.objects.bulk_create(
            [Pass(worker=worker, token=_token(), issued_at=at) for worker in missing], batch_size=500
        )
        if made:
            note = {"passes": len(made)}
            record(
                verb="orientation.passes_issued",
                subject=round,
                by=by,
                at=at,
                round_code=round.code,
                note=note,
            )
    return made


def renew(*, worker: Worker, by: Account | None, at: datetime) -> Pass:
    """A new code for a worker whose badge or phone was lost; the old one opens nothing from then on.

    Raises :class:`u2t.objections.Refused` for somebody who no longer works in the round.
    """
    allow(by is None or permissions.may_plan(by, worker.round))
    gone = Objection("orientation.has_left", {"worker": str(worker)})
    with transaction.atomic():
        worker = Worker.objects.select_for_update(of=("self",)).select_related("round").get(pk=worker.pk)
        refuse_if([gone] if worker.left_on is not None else [])
        Pass.objects.filter(worker=worker, revoked_at=None).update(revoked_at=at)
        made = Pass.objects.create(worker=worker, token=_token(), issued_at=at)
        _note("pass_renewed", worker, by, at)
    return made


def revoke(*, worker: Worker, by: Account | None, at: datetime) -> None:
    """Take a worker's pass back. Raises :class:`u2t.objections.Refused` where there is none."""
    allow(by is None or permissions.may_plan(by, worker.round))
    with transaction.atomic():
        revoked = Pass.objects.filter(worker=worker, revoked_at=None).update(revoked_at=at)
        refuse_if([] if revoked else [Objection("orientation.no_pass", {"worker": str(worker)})])
        _note("pass_revoked", worker, by, at)


def ask_badges(*, round: Round, address: str, by: Account | None, at: datetime) -> Job:
    """Put the printing of everybody's badges on the queue; ``address`` is that of a pass up to its token.

    Raises :class:`u2t.objections.Refused` where nobody has a pass.
    """
    allow(by is None or permissions.may_plan(by, round))
    some = Pass.objects.filter(worker__round=round, worker__left_on=None, revoked_at=None).exists()
    refuse_if([] if some else [Objection("orientation.nobody_has_pass")])
    bundle = str(uuid.uuid4())
    arguments = {"round": round.pk, "bundle": bundle, "address": address}
    next_url = reverse("orientation:badge_file", args=[round.code, bundle])
    return jobs.ask(
        kind="orientation.badges", subject=round, arguments=arguments, next_url=next_url, by=by, at=at
    )


def make_badges(*, round: Round, bundle: str, address: str, progress: Progress) -> None:
    """Print them and keep the file under the key ``bundle``; started again after a crash it begins anew."""
    name = badges_name(round, bundle)
    chosen = passes.workers(round, having="yes")
    total = chosen.count()
    progress("pdf", 0, total)
    content = passes.badge_sheets(
        round,
        chosen,
        address=address,
        on=timezone.localdate(),
        progress=lambda done: progress("pdf", done, total),
    )
    default_storage.delete(name)
    default_storage.save(name, ContentFile(content))


def badges_name(round: Round, bundle: str) -> str:
    """Where the badges lie in the file store; ``bundle`` is the text of a UUID."""
    return f"badges/{round.pk}/{uuid.UUID(bundle)}.pdf"


def _note(verb: str, worker: Worker, by: Account | None, at: datetime) -> None:
    record(verb=f"orientation.{verb}", subject=worker, by=by, at=at, round_code=worker.round.code)


def _token() -> str:
    # 22 characters of 64: 132 bits, beyond guessing.
    return secrets.token_urlsafe(16)
