"""The papers of an application: the step of the applicant, files in parts, and the one way to read a paper."""

from __future__ import annotations

import json
from collections.abc import Callable
from functools import wraps
from typing import Any
from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt, csrf_protect

from u2t.audit import actions as audit
from u2t.objections import Objection, Refused
from u2t.pages import words
from u2t.pages.declare import allow, changes, either, noting, shows
from u2t.recruitment import permissions
from u2t.recruitment.actions import papers as actions
from u2t.recruitment.forms.papers import TAKEN, Bounded, PaperForm
from u2t.recruitment.models import Application, Document, DocumentKind, Upload
from u2t.recruitment.queries import applying, applying_pages
from u2t.recruitment.queries import papers as queries
from u2t.vault import actions as vault
from u2t.vault import sniffing

# A picture can do nothing at all in the page that shows it. A PDF needs the browser's own reader, which a sandbox
# switches off; scripts and whatever else could act was refused when it came.
_POLICY = "default-src 'none'; frame-ancestors 'self'"
POLICIES = {
    sniffing.JPEG: f"sandbox; {_POLICY}",
    sniffing.PDF: f"{_POLICY}; object-src 'self'; style-src 'unsafe-inline'",
}
ENDINGS = {sniffing.JPEG: "jpg", sniffing.PDF: "pdf"}


def application_of(round_code: str, call: int, pk: int) -> Application:
    found = applying.applications().filter(call__round__code=round_code, call__number=call)
    return get_object_or_404(found, pk=pk)


def _own(request: HttpRequest, round_code: str, call: int, pk: int) -> Application:
    application = application_of(round_code, call, pk)
    allow(permissions.is_own(request.user, application))
    return application


def bounded(view: Callable[..., HttpResponseBase]) -> Callable[..., HttpResponseBase]:
    """Let a file that is too large pass by unstored; it must stand before whatever reads the form first."""

    @wraps(view)
    def read_bounded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        stopped = Bounded(request)
        request.upload_handlers.insert(0, stopped)
        request.stopped_upload = stopped  # type: ignore[attr-defined]
        return csrf_protect(view)(request, *args, **kwargs)

    return csrf_exempt(read_bounded)


@shows()
def _papers_page(request: HttpRequest, round_code: str, call: int, pk: int) -> HttpResponse:
    """The papers that the category needs, one card each."""
    return _papers_answer(request, _own(request, round_code, call, pk))


@changes()
def _attach(request: HttpRequest, round_code: str, call: int, pk: int) -> HttpResponse:
    """Give a paper as one file, without script."""
    application = _own(request, round_code, call, pk)
    size = int(request.META.get("CONTENT_LENGTH") or 0)
    form = PaperForm(request.POST, request.FILES, stopped=request.stopped_upload, size=size)  # type: ignore[attr-defined]
    if not form.is_valid():
        return _papers_answer(request, application, form)
    kind, file = form.cleaned_data["kind"], form.cleaned_data["file"]
    try:
        actions.attach(
            application=application, kind=kind, data=file.read(), name=file.name, by=request.user, at=timezone.now(),
            adds="adds" in request.POST,
        )  # fmt: skip
    except Refused as refused:
        form.add_error("file", words.say_all(refused.objections))
        return _papers_answer(request, application, form)
    messages.success(request, _("%(paper)s was received.") % {"paper": DocumentKind(kind).label})
    return redirect(f"{request.path}#paper-{kind}")


papers = bounded(either(get=_papers_page, post=_attach))


def _papers_answer(
    request: HttpRequest, application: Application, form: PaperForm | None = None
) -> HttpResponse:
    at = timezone.now()
    lines = queries.papers_of(application)
    context: dict[str, Any] = {
        "papers": [(line, queries.may_change(application, line.kind, at)) for line in lines],
        "form": form,
        "wrong_kind": form.data.get("kind", "") if form else "",
        "wrong_adds": "-more" if form and "adds" in form.data else "",
        "is_draft": application.submitted_at is None,
        "given": sum(line.document is not None for line in lines),
        "lacking": [line for line in lines if line.is_lacking],
        "taken": TAKEN,
        "most": settings.PAPER_MAX_BYTES,
    }
    frame = applying_pages.frame(application, "papers")
    return render(request, "recruitment/papers.html", frame | context, status=422 if form else 200)


@changes()
def remove_paper(request: HttpRequest, round_code: str, call: int, pk: int, document: int) -> HttpResponse:
    """Take a paper away."""
    application = _own(request, round_code, call, pk)
    found = get_object_or_404(Document, application=application, pk=document)
    actions.remove(application=application, document=found, by=request.user, at=timezone.now())
    messages.success(request, _("%(paper)s was removed.") % {"paper": found.get_kind_display()})
    return redirect("recruitment:papers", round_code, call, pk)


@shows()
def paper(request: HttpRequest, round_code: str, call: int, pk: int, document: int) -> HttpResponse:
    """The file itself, for the applicant and the office; that the office read it is recorded each time."""
    application = application_of(round_code, call, pk)
    allow(permissions.may_see_application(request.user, application))
    found = queries.document_of(application, document)
    if found is None:
        raise Http404
    if not permissions.is_own(request.user, application):
        with noting():
            audit.record(
                verb="recruitment.read_paper", subject=application, by=request.user, at=timezone.now(),
                round_code=round_code, note={"kind": found.kind, "document": found.pk},
            )  # fmt: skip
    return _served(vault.read(found.file), found, application)


def _served(data: bytes, document: Document, application: Application) -> HttpResponse:
    kind = document.file.content_type
    name = f"{application.receipt or application.pk}-{document.kind}.{ENDINGS.get(kind, 'bin')}"
    headers = {
        "Content-Disposition": content_disposition_header(kind not in POLICIES, name),
        "Content-Security-Policy": POLICIES.get(kind, f"sandbox; {_POLICY}"),
        "X-Content-Type-Options": "nosniff",
        "X-Frame-Options": "SAMEORIGIN",
        "Cross-Origin-Resource-Policy": "same-origin",
        "Cache-Control": "private, no-store",
    }
    return HttpResponse(data, content_type=kind, headers=headers)


def _for_script(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Say what was refused as JSON, in the words of the page."""

    @wraps(view)
    def answered(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        try:
            return view(request, *args, **kwargs)
        except Refused as refused:
            return JsonResponse({"refused": words.say_all(refused.objections)}, status=422)

    return answered


@changes()
@_for_script
def begin_upload(request: HttpRequest, round_code: str, call: int, pk: int) -> HttpResponse:
    """A file will come in parts: its kind, name and size; answers where its parts go and how large they are."""
    application = _own(request, round_code, call, pk)
    try:
        asked = json.loads(request.body)
        kind, name, size = str(asked["kind"]), str(asked["name"]), int(asked["size"])
    except (ValueError, KeyError, TypeError, OverflowError, RecursionError):
        raise Refused([Objection("recruitment.no_file_chosen")]) from None
    upload = actions.begin_upload(
        application=application, kind=kind, name=name, size=size, by=request.user, at=timezone.now()
    )
    return JsonResponse(_state(upload), status=201)


def _state(upload: Upload) -> dict[str, object]:
    return {"id": str(upload.pk), "received": upload.received, "size": upload.size, "part": actions.PART}


def _upload(request: HttpRequest, round_code: str, call: int, pk: int, upload: UUID) -> Upload:
    found = queries.upload_of(_own(request, round_code, call, pk), upload)
    if found is None:
        raise Http404
    return found


@shows()
def _upload_state(request: HttpRequest, round_code: str, call: int, pk: int, upload: UUID) -> HttpResponse:
    """How much has arrived."""
    return JsonResponse(_state(_upload(request, round_code, call, pk, upload)))


@changes()
@_for_script
def _put_part(request: HttpRequest, round_code: str, call: int, pk: int, upload: UUID) -> HttpResponse:
    """A part, as the bare body; ``offset`` in the query says where it begins."""
    offset = request.GET.get("offset", "")
    if not (offset.isascii() and offset.isdigit()) or len(offset) > 12:
        raise Refused([Objection("recruitment.upload_part_odd")])
    if int(request.META.get("CONTENT_LENGTH") or 0) > actions.PART:
        raise Refused([Objection("recruitment.upload_part_odd")])
    found = _upload(request, round_code, call, pk, upload)
    return JsonResponse(
        _state(actions.put_part(upload=found, offset=int(offset), data=request.body, at=timezone.now()))
    )


upload = either(get=_upload_state, post=_put_part)


@changes()
@_for_script
def finish_upload(request: HttpRequest, round_code: str, call: int, pk: int, upload: UUID) -> HttpResponse:
    """All parts are there: make the paper of them, or say what stands against it."""
    found = _upload(request, round_code, call, pk, upload)
    made = actions.finish_upload(upload=found, by=request.user, at=timezone.now(), adds="adds" in request.GET)
    return JsonResponse({"document": made.pk, "kind": made.kind})
