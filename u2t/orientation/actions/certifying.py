"""Certificates and their numbers. The only place where a number is used."""

from __future__ import annotations

import hashlib
import tempfile
import uuid
import zipfile
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

from django.conf import settings
from django.core.files.base import ContentFile
from django.core.files.base import File as Stored
from django.core.files.storage import default_storage
from django.db import transaction
from django.db.models import Max
from django.urls import reverse
from django.utils import timezone

from u2t.audit.actions import record
from u2t.jobs import actions as jobs
from u2t.jobs.actions import Progress
from u2t.jobs.models import Job
from u2t.letters import certificate as printed
from u2t.letters import checking, fonts
from u2t.objections import Objection, refuse_if
from u2t.orientation import permissions
from u2t.orientation.models import Certificate, Plan
from u2t.orientation.queries import certificates, completion
from u2t.orientation.rules import completion as rules
from u2t.pages.declare import allow
from u2t.people.models import Account, Worker
from u2t.programme.models import Institution, Round
from u2t.seals import actions as seals
from u2t.seals import rules as sealed
from u2t.thai import dates


@dataclass(frozen=True)
class Issued:
    """What issuing did: certificates by number, and who has completed but could not get one, with why."""

    certificates: list[Certificate]
    left_out: list[tuple[Worker, tuple[Objection, ...]]]


def issue_certificates(
    *, round: Round, workers: Collection[int] | None = None, dated_on: date, by: Account | None, at: datetime
) -> Issued:
    """Issue the certificate of everybody who has completed and has none, numbered in the order of the round.

    ``workers`` narrows it to some, by key. Numbers run without gap in the institution's Buddhist year of
    ``dated_on``. Raises :class:`u2t.objections.Refused` with all reasons where none can be issued; then no number
    is used.
    """
    allow(by is None or permissions.may_plan(by, round))
    paper = certificates.paper_of(round)
    refuse_if(rules.objections_to_issue(paper, dated_on, timezone.localdate(at)))
    with transaction.atomic():
        # Whoever comes next waits here for their numbers, and looks anew at who has one.
        Institution.objects.select_for_update().get(pk=round.institution_id)
        standing = completion.of_round(round, at)
        due = _due(round, standing, workers)
        refuse_if([] if due else [Objection("orientation.nobody_completed")])
        made, left_out = _drawn(round, paper, due, standing, dated_on, by, at)
        refuse_if([reason for _worker, reasons in left_out for reason in reasons] if not made else [])
        Certificate.objects.bulk_create(made, batch_size=200)
        note = {"first": str(made[0]), "last": str(made[-1]), "certificates": len(made)}
        record(
            verb="orientation.certificates_issued",
            subject=round,
            by=by,
            at=at,
            round_code=round.code,
            note=note,
        )
    return Issued(made, left_out)


def _due(
    round: Round, standing: dict[int, rules.Completion], workers: Collection[int] | None
) -> list[Worker]:
    complete = {key for key, one in standing.items() if one.is_complete and not one.has_certificate}
    if workers is not None:
        complete &= set(workers)
    rows = Worker.objects.current().filter(round=round).select_related("person").order_by("number")
    return [worker for worker in rows if worker.pk in complete]


def _drawn(
    round: Round,
    paper: rules.Paper,
    due: list[Worker],
    standing: dict[int, rules.Completion],
    dated_on: date,
    by: Account | None,
    at: datetime,
) -> tuple[list[Certificate], list[tuple[Worker, tuple[Objection, ...]]]]:
    institution, year = round.institution, dates.be_year(dated_on)
    used = Certificate.objects.filter(institution=institution, year=year).aggregate(last=Max("number"))
    number, emblem = used["last"] or 0, _kept_emblem(institution)
    folder, sealer = fonts.prepare(Path(settings.FONTS_DIR)), seals.sealer(at=at)
    made: list[Certificate] = []
    left_out = []
    for worker in due:
        called = f"{number + 1}/{year}"
        said = certificates.statement(paper, round, worker, called, dated_on, standing[worker.pk].attended)
        if lacking := printed.lacking([text for text in said.values() if text], folder=folder):
            about = {"worker": worker.person.full_name, "characters": " ".join(lacking)}
            left_out.append((worker, (Objection("orientation.cannot_be_drawn", about),)))
            continue
        number += 1
        said |= {"emblem": emblem} if emblem else {}
        seal = sealer.sign(
            kind=certificates.KIND,
            issuer=institution.code,
            number=called,
            dated_on=dated_on,
            name=worker.person.full_name,
            digest=sealed.digest_of(said),
        )
        made.append(
            Certificate(
                institution=institution,
                worker=worker,
                year=year,
                number=number,
                statement=said,
                seal=seal,
                issued_on=dated_on,
                issued_at=at,
                issued_by=by,
            )
        )
    return made, left_out


def revoke(*, certificate: Certificate, reason: str, by: Account | None, at: datetime) -> Certificate:
    """Revoke a certificate with a reason; its number stays used, and verification says so from now on."""
    allow(by is None or permissions.may_plan(by, certificate.worker.round))
    with transaction.atomic():
        rows = Certificate.objects.select_for_update(of=("self",)).select_related("worker__round")
        certificate = rows.get(pk=certificate.pk)
        found = [] if reason.strip() else [Objection("orientation.no_reason", {}, "reason")]
        if certificate.revoked_at is not None:
            found.append(Objection("orientation.already_revoked", {"number": str(certificate)}))
        refuse_if(found)
        certificate.revoked_at, certificate.revoked_by = at, by
        certificate.revoke_reason = reason.strip()
        certificate.save(update_fields=["revoked_at", "revoked_by", "revoke_reason"])
        record(
            verb="orientation.certificate_revoked",
            subject=certificate,
            by=by,
            at=at,
            round_code=certificate.worker.round.code,
            note={"number": str(certificate), "reason": certificate.revoke_reason},
        )
    return certificate


def word(*, round: Round, title: str, text: str, by: Account | None, at: datetime) -> Plan:
    """Keep the round's own title and text of certificates; empty ones mean the usual. Issued ones stay."""
    allow(by is None or permissions.may_plan(by, round))
    refuse_if(rules.wording_objections(text))
    with transaction.atomic():
        values = {
            "certificate_title_th": title.strip(),
            "certificate_text_th": text.strip(),
            "changed_at": at,
            "changed_by": by,
        }
        plan, _is_new = Plan.objects.update_or_create(round=round, defaults=values)
        record(verb="orientation.certificate_worded", subject=round, by=by, at=at, round_code=round.code)
    return plan


def ask_bundle(*, round: Round, address: str, by: Account | None, at: datetime) -> Job:
    """Put the printing of all certificates in force on the queue; ``address`` is that of the verification page.

    Raises :class:`u2t.objections.Refused` where there is none.
    """
    allow(by is None or permissions.may_plan(by, round))
    some = certificates.in_force(round).exists()
    refuse_if([] if some else [Objection("orientation.no_certificates")])
    bundle = str(uuid.uuid4())
    arguments = {"round": round.pk, "bundle": bundle, "address": address}
    next_url = reverse("orientation:certificate_bundle", args=[round.code, bundle])
    return jobs.ask(
        kind="orientation.certificates", subject=round, arguments=arguments, next_url=next_url, by=by, at=at
    )


def make_bundle(*, round: Round, bundle: str, address: str, progress: Progress) -> None:
    """Print all certificates in force into one PDF and a ZIP of single ones, under the key ``bundle``.

    Started again after a crash it begins anew; the ZIP, which is there last, says that both are whole.
    """
    rows = list(certificates.in_force(round))
    refuse_if([] if rows else [Objection("orientation.no_certificates")])
    if default_storage.exists(bundle_name(round, bundle, "zip")):
        return
    progress("pdf", 0, len(rows))
    together = certificates.pdf(rows, address, lambda done: progress("pdf", done, len(rows)))
    _keep(bundle_name(round, bundle, "pdf"), ContentFile(together))
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "certificates.zip")
        with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
            for done, row in enumerate(rows, 1):
                archive.writestr(file_name(row), certificates.pdf([row], address))
                if done % 10 == 0 or done == len(rows):
                    progress("zip", done, len(rows))
        with path.open("rb") as file:
            _keep(bundle_name(round, bundle, "zip"), Stored(file))


def bundle_name(round: Round, bundle: str, ending: str) -> str:
    """Where a bundle lies in the file store; ``bundle`` is the text of a UUID."""
    return f"certificates/{round.pk}/{uuid.UUID(bundle)}/certificates.{ending}"


def file_name(certificate: Certificate) -> str:
    """``2564-0012-สมชาย-ใจดี.pdf``."""
    name = "-".join("".join(c for c in certificate.statement["name"] if c.isalnum() or c in " ็่้๊๋์ิีึืฺุูั").split())
    return f"{certificate.year}-{certificate.number:04d}-{name[:60]}.pdf"


def _keep(name: str, content: Stored) -> None:
    # What a killed attempt left behind would otherwise push the new file to another name.
    default_storage.delete(name)
    default_storage.save(name, content)


def _kept_emblem(institution: Institution) -> str:
    """The emblem of today under the name of its digest, so that a later one leaves old certificates alone."""
    if not institution.emblem or not institution.emblem.storage.exists(institution.emblem.name):
        return ""
    with institution.emblem.open("rb") as file:
        content = file.read()
    if not checking.is_readable_picture(content):
        return ""
    name = f"letter-emblems/{hashlib.sha256(content).hexdigest()}"
    if not default_storage.exists(name):
        default_storage.save(name, ContentFile(content))
    return name
