"""What is kept, why and until when: for the applicant about oneself, for the office about all."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _

from u2t.objections import Refused
from u2t.pages.declare import allow, changes, shows
from u2t.pages.fields import show_objections
from u2t.programme.models import Round
from u2t.recruitment import permissions
from u2t.recruitment.actions import erasing
from u2t.recruitment.forms.papers import HoldForm
from u2t.recruitment.models import Application, Call, Hold
from u2t.recruitment.queries import keeping
from u2t.recruitment.queries import papers as queries
from u2t.recruitment.rules import retention as rules
from u2t.recruitment.views.papers import application_of


def _own(request: HttpRequest, round_code: str, call: int, pk: int) -> Application:
    application = application_of(round_code, call, pk)
    allow(permissions.is_own(request.user, application))
    return application


@shows()
def kept(request: HttpRequest, round_code: str, call: int, pk: int) -> HttpResponse:
    """What is kept about me, what for, until when, and who opened my papers."""
    application = _own(request, round_code, call, pk)
    context = {
        "application": application,
        "call": application.call,
        "keeping": keeping.keeping_of(application),
        "documents": queries.documents_of(application),
        "readings": keeping.readings(application),
        "draft_days": rules.DRAFT_DAYS,
    }
    return render(request, "recruitment/kept.html", context)


@shows()
def kept_file(request: HttpRequest, round_code: str, call: int, pk: int) -> HttpResponse:
    """The same with every value, as a file that other programs can read."""
    application = _own(request, round_code, call, pk)
    answer = JsonResponse(keeping.all_of(application), json_dumps_params={"ensure_ascii": False, "indent": 1})
    answer["Content-Disposition"] = content_disposition_header(True, f"application-{application.pk}.json")
    answer["Cache-Control"] = "private, no-store"
    return answer


def _round(request: HttpRequest, code: str) -> Round:
    round = get_object_or_404(Round.objects.select_related("institution"), code=code)
    allow(permissions.may_compose(request.user, round))
    return round


@shows()
def retention(request: HttpRequest, round_code: str) -> HttpResponse:
    """What falls due when in the calls of a round, what is held, what was erased."""
    return _retention_answer(request, _round(request, round_code))


def _retention_answer(
    request: HttpRequest, round: Round, wrong: HoldForm | None = None, wrong_call: int = 0
) -> HttpResponse:
    summaries = keeping.summaries(round, timezone.now())
    cards = [
        (one, wrong if wrong and one.call.number == wrong_call else HoldForm(prefix=f"c{one.call.number}"))
        for one in summaries
    ]
    context = {"round": round, "cards": cards, "draft_days": rules.DRAFT_DAYS, "wrong": wrong}
    return render(request, "recruitment/retention.html", context, status=422 if wrong else 200)


@changes()
def hold(request: HttpRequest, round_code: str, call: int) -> HttpResponse:
    """Keep an application, or all of the call, until somebody ends it."""
    round = _round(request, round_code)
    found = get_object_or_404(Call.objects.select_related("round"), round=round, number=call)
    form = HoldForm(request.POST, prefix=f"c{call}")
    if form.is_valid():
        try:
            erasing.hold(call=found, **form.cleaned_data, by=request.user, at=timezone.now())
        except Refused as refused:
            show_objections(form, refused.objections)
    if not form.is_valid():
        return _retention_answer(request, round, form, call)
    messages.success(request, _("It is kept until you end the hold."))
    return redirect("recruitment:retention", round_code)


@changes()
def end_hold(request: HttpRequest, round_code: str, hold: int) -> HttpResponse:
    """Let the time run again."""
    round = _round(request, round_code)
    found = get_object_or_404(Hold.objects.select_related("call__round"), call__round=round, pk=hold)
    erasing.end_hold(hold=found, by=request.user, at=timezone.now())
    messages.success(request, _("The hold has ended. What is due is erased within a day."))
    return redirect("recruitment:retention", round_code)
