"""The list of interviews out as a workbook and back again, with a preview that stores nothing.

Between preview and acceptance the file travels with the page, signed, so that nothing of it lies around.
"""

from __future__ import annotations

import base64
import zlib
from typing import Any

from django.contrib import messages
from django.core import signing
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from u2t.objections import Objection, Refused
from u2t.pages import findings
from u2t.pages.declare import changes, shows
from u2t.recruitment.actions import assessing as actions
from u2t.recruitment.forms.assessing import FileForm
from u2t.recruitment.models import Application, Call
from u2t.recruitment.queries.assessing import exchange, lists
from u2t.recruitment.rules import returned
from u2t.recruitment.views.assessing import loading
from u2t.recruitment.views.assessing.screening import XLSX, noted
from u2t.recruitment.words.assessing import FINDINGS, TO_DO
from u2t.sheets.report import PROBLEM

_LASTS = 3_600
_SHOWN = 200


@shows()
def workbook(request: HttpRequest, round_code: str, call: int) -> HttpResponse:
    """The list of interviews; that it left the system is recorded."""
    found = loading.screened_call(request, round_code, call)
    data = exchange.workbook(found)
    noted(request, "interviews_exported", found, found, {})
    name = f"interviews-{found.round.code}-{found.number}.xlsx"
    return HttpResponse(
        data, content_type=XLSX, headers={"Content-Disposition": f'attachment; filename="{name}"'}
    )


@shows()
def choose(request: HttpRequest, round_code: str, call: int) -> HttpResponse:
    """Choose the file that comes back."""
    return _choose_page(request, loading.screened_call(request, round_code, call), FileForm())


def _choose_page(
    request: HttpRequest, call: Call, form: FileForm, refused: tuple[Objection, ...] = ()
) -> HttpResponse:
    context = {
        "call": call,
        "round": call.round,
        "form": form,
        "refused": refused,
        "columns": returned.columns(timezone.localdate()),
    }
    return render(
        request, "recruitment/bring_back.html", context, status=422 if form.errors or refused else 200
    )


@changes()
def check(request: HttpRequest, round_code: str, call: int) -> HttpResponse:
    """What the file would change, and what stands against it; nothing is stored."""
    found = loading.screened_call(request, round_code, call)
    form = FileForm(request.POST, request.FILES)
    if not form.is_valid():
        return _choose_page(request, found, form)
    file = form.cleaned_data["file"]
    data = file.read()
    try:
        checked = actions.check_back(call=found, data=data, file_name=file.name, at=timezone.now())
    except Refused as refused:
        return _choose_page(request, found, form, refused.objections)
    return render(request, "recruitment/bring_back_preview.html", _preview(found, checked, data, file.name))


def _preview(call: Call, checked: returned.Checked, data: bytes, name: str) -> dict[str, Any]:
    rows = Application.objects.in_bulk([change.key for change in checked.changes[:_SHOWN]])
    labels = {column.field: column.thai for column in returned.columns(timezone.localdate())}
    said = [
        (finding.kind, findings.worded(finding, FINDINGS, TO_DO, labels.get(finding.field, "")))
        for finding in list(checked.report)[:_SHOWN]
    ]
    return {
        "call": call,
        "round": call.round,
        "checked": checked,
        "problems": checked.report.count(PROBLEM),
        "said": [("bad" if kind == PROBLEM else "warn", one) for kind, one in said],
        "lines": [
            (rows[change.key], change, lists.points(change.score)) for change in checked.changes[:_SHOWN]
        ],
        "left_out": max(len(checked.changes) - _SHOWN, 0),
        "kept": "" if checked.report.has_problems else _sealed(call, data, name),
    }


def _sealed(call: Call, data: bytes, name: str) -> str:
    packed = base64.b85encode(zlib.compress(data)).decode("ascii")
    return signing.dumps([name, packed], salt=f"recruitment.bring_back.{call.pk}")


@changes()
def accept(request: HttpRequest, round_code: str, call: int) -> HttpResponse:
    """Store what the preview showed, if it still holds."""
    found = loading.screened_call(request, round_code, call)
    salt = f"recruitment.bring_back.{found.pk}"
    try:
        name, packed = signing.loads(request.POST.get("kept", ""), salt=salt, max_age=_LASTS)
    except signing.BadSignature:
        return _choose_page(request, found, FileForm(), (Objection("recruitment.preview_too_old"),))
    data = zlib.decompress(base64.b85decode(packed))
    checked = actions.bring_back(call=found, data=data, file_name=name, by=request.user, at=timezone.now())
    messages.success(request, _("%(count)s applications were changed.") % {"count": len(checked.changes)})
    return redirect("recruitment:scores", found.round.code, found.number)
