"""All letters of a round in one go."""

from __future__ import annotations

import tempfile
from datetime import datetime
from pathlib import Path

from django.core.files.base import File
from django.core.files.storage import default_storage
from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from u2t.audit.actions import record
from u2t.handover import permissions, printing, rules
from u2t.handover.models import Bundle
from u2t.handover.queries import letters, standing
from u2t.jobs import actions as jobs
from u2t.jobs.models import Job
from u2t.objections import Objection, refuse_if
from u2t.pages.declare import allow
from u2t.people.models import Account
from u2t.programme.models import Round

Skipped = list[dict[str, object]]


def ask_bundle(*, round: Round, by: Account | None, at: datetime) -> Job:
    """Put the printing of all active letters of a round on the queue; while one is being made, that one is returned.

    Raises :class:`u2t.objections.Refused` where no letter has been issued.
    """
    allow(by is None or permissions.may_hand_over(by, round))
    refuse_if(() if letters.letters_of(round).exists() else (Objection("handover.no_letters"),))
    with transaction.atomic():
        Round.objects.select_for_update(of=("self",)).get(pk=round.pk)
        bundle = Bundle.objects.create(round=round, asked_at=at, asked_by=by)
        next_url = reverse("handover:bundle", args=[round.code, bundle.pk])
        arguments = {"bundle": bundle.pk}
        job = jobs.ask(
            kind="handover.bundle", subject=round, arguments=arguments, next_url=next_url, by=by, at=at
        )
        if job.arguments != arguments:
            bundle.delete()
    return job


def make_bundle(*, bundle: Bundle, progress: printing.Progress) -> Bundle:
    """Print the letters and keep the files; started again after a crash it begins anew.

    The files are written whole before the row says that they are there.
    """
    if bundle.made_at is not None:
        return bundle
    progress("collect", 0, 0)
    active = list(letters.letters_of(bundle.round))
    refuse_if(() if active else (Objection("handover.no_letters"),))
    with tempfile.TemporaryDirectory() as folder:
        files = printing.write_all(active, Path(folder), progress)
        pdf = _kept(files.pdf, f"bundles/{bundle.pk}/letters.pdf")
        archive = _kept(files.zip, f"bundles/{bundle.pk}/letters.zip")
    with transaction.atomic():
        bundle = Bundle.objects.select_for_update(of=("self",)).select_related("round").get(pk=bundle.pk)
        bundle.pdf, bundle.zip = pdf, archive
        bundle.letters, bundle.skipped = len(active), skipped_of(bundle.round)
        bundle.made_at = timezone.now()
        bundle.save()
        record(
            verb="handover.bundle_made",
            subject=bundle,
            by=bundle.asked_by,
            at=bundle.made_at,
            round_code=bundle.round.code,
            note={"letters": bundle.letters, "skipped": len(bundle.skipped)},
        )
    return bundle


def skipped_of(round: Round) -> Skipped:
    """What has no letter to print, each with every reason: ``handover`` (key or none), ``label``, ``objections``."""
    waiting = list(standing.wanted(round).exclude(letters__in=letters.letters_of(round)))
    facts, sender = letters.facts_of(waiting), letters.sender_of(round.institution)
    found: Skipped = []
    for handover in waiting:
        of = facts[handover.pk]
        reasons = rules.objections_to_issue(of, sender) or (
            Objection("handover.not_issued", {"handover": of.label}),
        )
        found.append(_skipped(handover.pk, of.label, reasons))
    missing = standing.unplanned(round)
    for tambon in (*missing.tambons, *missing.tambons_without_host):
        label = letters.short_place(tambon.tambon)
        reason = (
            Objection("handover.no_host", {"tambon": label})
            if tambon in missing.tambons_without_host
            else Objection("handover.not_planned", {"handover": label})
        )
        found.append(_skipped(None, label, (reason,)))
    for agency in missing.agencies:
        label = agency.agency.name_th
        found.append(_skipped(None, label, (Objection("handover.not_planned", {"handover": label}),)))
    return found


def _skipped(handover: int | None, label: str, reasons: tuple[Objection, ...]) -> dict[str, object]:
    objections = [{"code": reason.code, "about": dict(reason.about)} for reason in reasons]
    return {"handover": handover, "label": label, "objections": objections}


def _kept(file: Path, name: str) -> str:
    # What a killed attempt left behind would otherwise push the new file to another name.
    default_storage.delete(name)
    with file.open("rb") as content:
        return default_storage.save(name, File(content))
