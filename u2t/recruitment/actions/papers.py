"""Give, replace and remove papers; take a file in parts where the signal is bad."""

from __future__ import annotations

from datetime import datetime, timedelta
from pathlib import PurePosixPath
from typing import Any

from django.db import transaction
from django.db.models import F

from u2t.audit import actions as audit
from u2t.objections import Objection, Refused, refuse_if
from u2t.recruitment.models import Application, Document, Upload
from u2t.recruitment.queries import papers as queries
from u2t.vault import actions as vault

# Small enough that a dropped signal loses little of a slow line, large enough that a photograph is a few parts.
PART = 128 * 1024
# An upload that nothing was added to for so long is given up.
UPLOAD_LASTS = timedelta(days=1)


def attach(
    *, application: Application, kind: str, data: bytes, name: str, by: Any, at: datetime, adds: bool = False
) -> Document:
    """Give a paper, in place of the present one of its kind if there is one, or behind it as further pages (``adds``).

    The file is looked at before anything is locked. A replaced paper of a draft is erased; one that was already
    submitted stays until the application is erased, because somebody has judged it.
    """
    name = _tidy(name)
    refuse_if(queries.objections_to_upload(application, kind, name, len(data), at))
    looked = vault.look_at(data=data, name=name)
    former = queries.line_of(application, kind).document if adds else None
    if former is not None:
        looked = vault.bind(file=former.file, looked=looked, name=name)
    with transaction.atomic():
        row = _locked(application)
        refuse_if(queries.objections_to_change(row, kind, at))
        if former is not None and not Document.objects.filter(pk=former.pk, removed_at=None).exists():
            raise Refused([Objection("recruitment.paper_changed_meanwhile")])
        _take_away(row, kind, at)
        file = vault.store(looked=looked, at=at)
        made = Document.objects.create(application=row, kind=kind, file=file, name=name, uploaded_at=at)
        note = {"kind": kind, "document": made.pk, "type": file.content_type, "size": file.size}
        _record("recruitment.attach_paper", row, by, at, note)
    return made


def remove(*, application: Application, document: Document, by: Any, at: datetime) -> None:
    """Take a paper away; one that is gone already stays gone."""
    with transaction.atomic():
        row = _locked(application)
        refuse_if(queries.objections_to_change(row, document.kind, at))
        if _take_away(row, document.kind, at, only=document.pk):
            _record("recruitment.remove_paper", row, by, at, {"kind": document.kind, "document": document.pk})


def _locked(application: Application) -> Application:
    Application.objects.select_for_update().get(pk=application.pk)
    return Application.objects.select_related("call__round").get(pk=application.pk)


def _take_away(row: Application, kind: str, at: datetime, *, only: int | None = None) -> int:
    present = Document.objects.filter(application=row, kind=kind, removed_at=None).select_related("file")
    if only is not None:
        present = present.filter(pk=only)
    count = 0
    for document in present:
        count += 1
        Document.objects.filter(pk=document.pk).update(removed_at=at)
        if row.submitted_at is None:
            vault.erase(file=document.file, at=at)
    return count


def _record(verb: str, row: Application, by: Any, at: datetime, note: dict[str, object]) -> None:
    # Whoever is just submitting must notice that the papers have changed.
    Application.objects.filter(pk=row.pk).update(version=F("version") + 1, saved_at=at)
    audit.record(verb=verb, subject=row, by=by, at=at, round_code=row.call.round.code, note=note)


def _tidy(name: str) -> str:
    """A file name without folders and unprintable signs."""
    last = PurePosixPath(name.replace("\\", "/")).name
    return "".join(sign for sign in last if sign.isprintable())[-200:].strip()


def begin_upload(
    *, application: Application, kind: str, name: str, size: int, by: Any, at: datetime
) -> Upload:
    """Say that a file of ``size`` bytes will come in parts; another upload of the same kind is given up."""
    name = _tidy(name)
    refuse_if(queries.objections_to_upload(application, kind, name, size, at))
    with transaction.atomic():
        for former in Upload.objects.filter(application=application, kind=kind):
            _drop(former)
        return Upload.objects.create(
            application=application, kind=kind, name=name, size=size, begun_at=at, touched_at=at
        )


def put_part(*, upload: Upload, offset: int, data: bytes, at: datetime) -> Upload:
    """Take the part that begins at ``offset``; every part but the last has exactly :data:`PART` bytes.

    A part that is there already is not taken twice: the answer then simply says how far the upload is.
    """
    if len(data) != min(PART, upload.size - offset) or not data:
        raise Refused([Objection("recruitment.upload_part_odd")])
    if offset == upload.received:
        # Written first: a row that counts a part is never without it.
        vault.put_part(upload=upload.pk, offset=offset, data=data)
        Upload.objects.filter(pk=upload.pk, received=offset).update(
            received=offset + len(data), touched_at=at
        )
    upload.refresh_from_db()
    return upload


def finish_upload(*, upload: Upload, by: Any, at: datetime, adds: bool = False) -> Document:
    """Make the paper, or further pages of it, of the parts that have arrived.

    A file that is refused must be sent anew, so its parts go.
    """
    if upload.received != upload.size:
        raise Refused([Objection("recruitment.upload_out_of_step")])
    application = Application.objects.select_related("call__round").get(pk=upload.application_id)
    try:
        data = vault.join_parts(upload=upload.pk, size=upload.size)
        made = attach(
            application=application, kind=upload.kind, data=data, name=upload.name, by=by, at=at, adds=adds
        )
    except Refused:
        _drop(upload)
        raise
    _drop(upload)
    return made


def _drop(upload: Upload) -> None:
    with transaction.atomic():
        Upload.objects.filter(pk=upload.pk).delete()
        vault.drop_parts(upload=upload.pk)


def give_up_uploads(*, at: datetime) -> int:
    """Drop uploads that nothing was added to for a day; returns how many."""
    waiting = list(Upload.objects.filter(touched_at__lt=at - UPLOAD_LASTS))
    for upload in waiting:
        _drop(upload)
    return len(waiting)
