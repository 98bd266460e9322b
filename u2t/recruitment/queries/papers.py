"""Papers of an application: what its call asks for, what is there, what the office said to it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.conf import settings
from django.db.models import Prefetch

from u2t.objections import Objection
from u2t.recruitment.models import (
    Application,
    Document,
    DocumentCheck,
    DocumentKind,
    RequiredDocument,
    Upload,
)
from u2t.recruitment.rules import timetable
from u2t.vault import looking, sniffing


@dataclass(frozen=True)
class PaperLine:
    """A kind of paper: asked for or not, required or not, the present document and the office's last word on it.

    ``is_asked`` is false for a paper that was given and that the category does not ask for (any more).
    """

    kind: DocumentKind
    is_required: bool
    document: Document | None = None
    check: DocumentCheck | None = None
    is_asked: bool = True

    @property
    def label(self) -> str:
        return str(self.kind.label)

    @property
    def is_refused(self) -> bool:
        return self.check is not None and not self.check.is_accepted

    @property
    def is_accepted(self) -> bool:
        return self.check is not None and self.check.is_accepted

    @property
    def is_picture(self) -> bool:
        return self.document is not None and self.document.file.content_type in sniffing.PICTURES

    @property
    def is_lacking(self) -> bool:
        """It stands against submitting: a required paper that is not there, or any that was refused."""
        return (self.is_required and self.document is None) or self.is_refused


def documents_of(application: Application) -> list[Document]:
    """The present papers with their file and their checks, in the order in which they came."""
    checks = Prefetch("checks", DocumentCheck.objects.order_by("pk"))
    found = Document.objects.filter(application=application, removed_at=None, file__erased_at=None)
    return list(found.select_related("file").prefetch_related(checks).order_by("pk"))


def papers_of(application: Application) -> list[PaperLine]:
    """One line for each kind that the call asks of the category, and for each other kind that was given."""
    asked: dict[str, bool] = {}
    required = RequiredDocument.objects.filter(call=application.call_id)
    for category, kind, is_required in required.values_list("category", "kind", "is_required"):
        if category is None or category == application.category_id:
            asked[kind] = asked.get(kind, False) or is_required
    given = {document.kind: document for document in documents_of(application)}
    return [
        _line(kind, asked.get(kind), given.get(kind))
        for kind in DocumentKind
        if kind in asked or kind in given
    ]


def _line(kind: DocumentKind, is_required: bool | None, document: Document | None) -> PaperLine:
    checks = list(document.checks.all()) if document else []
    return PaperLine(
        kind=kind,
        is_required=bool(is_required),
        document=document,
        check=checks[-1] if checks else None,
        is_asked=is_required is not None,
    )


def line_of(application: Application, kind: str) -> PaperLine:
    """The line of one kind, also where it is neither asked for nor given."""
    found = [line for line in papers_of(application) if line.kind == kind]
    return found[0] if found else PaperLine(DocumentKind(kind), is_required=False, is_asked=False)


def missing(application: Application) -> list[Objection]:
    """What of the papers stands against submitting."""
    return [
        Objection("recruitment.paper_refused" if line.is_refused else "recruitment.paper_missing", about)
        for line in papers_of(application)
        if line.is_lacking
        for about in [{"paper": line.label, "reason": line.check.reason if line.check else ""}]
    ]


def may_change(application: Application, kind: str, at: datetime) -> bool:
    """Whether nothing stands against changing this paper."""
    return not objections_to_change(application, kind, at)


def objections_to_change(application: Application, kind: str, at: datetime) -> list[Objection]:
    """What stands against giving, replacing or removing a paper of this kind.

    A paper that the office refused may be replaced after submission too, as long as nobody has decided about the
    application: that is what the office asks for when it refuses one.
    """
    if application.withdrawn_at is not None or application.erased_at is not None:
        return [Objection("recruitment.papers_of_withdrawn")]
    if kind not in DocumentKind.values:
        return [Objection("recruitment.paper_of_no_kind")]
    if application.consented_at is None and application.brought_in_at is None:
        return [Objection("recruitment.papers_before_consent")]
    if application.submitted_at is not None:
        if line_of(application, kind).is_refused and not application.screenings.exists():
            return []
        return [Objection("recruitment.papers_frozen")]
    call = application.call
    times = timetable.Times(
        call.opens_at, call.closes_at, call.grace_minutes, call.published_at, call.cancelled_at
    )
    if not timetable.may_submit(times, application.begun_at, at):
        return [Objection("recruitment.papers_closed")]
    return []


def objections_to_upload(
    application: Application, kind: str, name: str, size: int, at: datetime
) -> list[Objection]:
    """What is known to stand against a file before any of it is sent."""
    found = objections_to_change(application, kind, at)
    if size <= 0:
        found.append(Objection("vault.empty", {"name": name}))
    return found + looking.too_large(name, size, settings.PAPER_MAX_BYTES)


def upload_of(application: Application, pk: UUID) -> Upload | None:
    """The upload on its way, if it is this application's."""
    return Upload.objects.filter(application=application, pk=pk).first()


def document_of(application: Application, pk: int) -> Document | None:
    """A paper of the application whose bytes are still there; replaced ones too, for whoever may see those."""
    found = Document.objects.select_related("file").filter(application=application, pk=pk)
    return found.filter(file__erased_at=None).first()


def names_of(kinds: Iterable[str]) -> str:
    """Kinds of papers in words, separated by commas."""
    return ", ".join(str(DocumentKind(kind).label) for kind in kinds)
