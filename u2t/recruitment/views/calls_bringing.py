"""Bring applications in from a file: look first, then store; between the two nothing of the file is kept."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from u2t.objections import Refused
from u2t.pages.declare import allow, changes, either, shows
from u2t.pages.fields import show_objections
from u2t.recruitment import permissions
from u2t.recruitment.actions import bringing_in as actions
from u2t.recruitment.forms.calls_bringing import BringInForm
from u2t.recruitment.models import Call
from u2t.recruitment.queries import bringing as queries
from u2t.recruitment.rules import bringing
from u2t.recruitment.views.calls import call_of
from u2t.recruitment.words import bringing as words
from u2t.sheets import write

_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def _call(request: HttpRequest, round_code: str, number: int) -> Call:
    found = call_of(round_code, number)
    allow(permissions.may_screen(request.user, found))
    return found


@shows()
def _form(request: HttpRequest, round_code: str, call: int) -> HttpResponse:
    return _page(request, _call(request, round_code, call), BringInForm())


@changes()
def _send(request: HttpRequest, round_code: str, call: int) -> HttpResponse:
    """Check the file; with the button that stores, store it as well if nothing stands in the way."""
    found = _call(request, round_code, call)
    form = BringInForm(request.POST, request.FILES)
    if not form.is_valid():
        return _page(request, found, form, status=422)
    try:
        checked, is_stored = _checked(request, found, form.cleaned_data["file"])
    except Refused as refused:
        show_objections(form, refused.objections)
        return _page(request, found, form, status=422)
    if is_stored:
        count = len(checked.applications)
        messages.success(request, _("%(count)s applications were stored.") % {"count": f"{count:,}"})
        return redirect("recruitment:board", round_code, call)
    return _page(request, found, BringInForm(), checked, 409 if checked.report.has_problems else 200)


bring_in = either(get=_form, post=_send)


def _checked(request: HttpRequest, call: Call, file: Any) -> tuple[bringing.Checked, bool]:
    given = {"call": call, "file_name": file.name, "data": file.read(), "at": timezone.now()}
    if "store" not in request.POST:
        return actions.check_applications(**given), False
    checked = actions.bring_in(**given, by=request.user)
    return checked, bool(checked.applications) and not checked.report.has_problems


def _page(
    request: HttpRequest,
    call: Call,
    form: BringInForm,
    checked: bringing.Checked | None = None,
    status: int = 200,
) -> HttpResponse:
    known = queries.known(call, timezone.localdate())
    context = {
        "call": call,
        "round": call.round,
        "form": form,
        "columns": words.noted(bringing.offered(known)),
        "preview": words.preview(checked) if checked else None,
    }
    return render(request, "recruitment/bring_in.html", context, status=status)


@shows()
def template(request: HttpRequest, round_code: str, call: int) -> HttpResponse:
    """The workbook to fill in."""
    known = queries.known(_call(request, round_code, call), timezone.localdate())
    said = write.Words(
        sheet="ใบสมัคร",
        example_sheet="ตัวอย่าง",
        notes_sheet="คำอธิบาย",
        column=_("Column"),
        meaning=_("What to write"),
        required=_("must be filled"),
        intro=[
            _("Fill in the first sheet, one row each. The other sheets are not read."),
            _("Columns may be left out or stand in another order. Columns with * must be filled."),
        ],
    )
    data = write.template_bytes(words.noted(bringing.offered(known)), said)
    headers = {"Content-Disposition": 'attachment; filename="applications.xlsx"'}
    return HttpResponse(data, content_type=_XLSX, headers=headers)
