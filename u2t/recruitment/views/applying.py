"""The steps of one's own application, on a phone first: each is a form that also saves itself."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from u2t.objections import Refused
from u2t.pages import words
from u2t.pages.declare import allow, changes, either, shows
from u2t.pages.fields import show_objections
from u2t.pages.paging import typed
from u2t.recruitment import permissions
from u2t.recruitment.actions import applying as actions
from u2t.recruitment.forms.applying import FORMS, TITLES, ConsentForm, StepForm
from u2t.recruitment.models import Application, Call
from u2t.recruitment.queries import applying as queries
from u2t.recruitment.queries import applying_pages as pages
from u2t.recruitment.rules import applying as rules


def call_of(request: HttpRequest, round_code: str, number: int) -> Call:
    """The call of the address, if this visitor may read it."""
    calls = Call.objects.select_related("round__institution")
    found = get_object_or_404(calls, round__code=round_code, number=number)
    allow(permissions.may_see_call(request.user, found))
    return found


def own_application(request: HttpRequest, round_code: str, number: int, pk: int) -> Application:
    """One's own application of the address; somebody else's is refused."""
    found = get_object_or_404(
        queries.applications(), pk=pk, call__round__code=round_code, call__number=number
    )
    allow(permissions.is_own(request.user, found))
    return found


def _registering(call: Call) -> HttpResponse:
    onward = urlencode({"next": reverse("recruitment:apply", args=[call.round.code, call.number])})
    return redirect(f"{reverse('people:register')}?{onward}")


@shows(public=True)
def register(request: HttpRequest, round_code: str, call: int) -> HttpResponse:
    """Open an account and come back to the call."""
    return _registering(call_of(request, round_code, call))


@shows(public=True)
def _apply_page(request: HttpRequest, round_code: str, call: int) -> HttpResponse:
    found = call_of(request, round_code, call)
    if not request.user.is_authenticated:
        return _registering(found)
    begun = queries.application_of(request.user, found)
    if begun is not None and begun.consented_at is not None:
        return redirect(pages.address(begun, pages.next_step(begun)))
    return _consent_answer(request, found, ConsentForm())


@changes(public=True)
def _apply(request: HttpRequest, round_code: str, call: int) -> HttpResponse:
    found = call_of(request, round_code, call)
    if not request.user.is_authenticated:
        return _registering(found)
    form = ConsentForm(request.POST)
    if not form.is_valid():
        return _consent_answer(request, found, form, 422)
    at = timezone.now()
    try:
        begun = actions.begin(call=found, account=request.user, at=at)
        begun = actions.consent(application=begun, by=request.user, at=at)
    except Refused as refused:
        show_objections(form, refused.objections)
        return _consent_answer(request, found, form, 422)
    return redirect(pages.address(begun, pages.next_step(begun)))


def _consent_answer(request: HttpRequest, call: Call, form: ConsentForm, status: int = 200) -> HttpResponse:
    context = {"call": call, "form": form, "is_open": queries.may_begin(call, timezone.now())}
    return render(request, "recruitment/consent.html", context, status=status)


apply = either(get=_apply_page, post=_apply)


@shows()
def _step_page(request: HttpRequest, round_code: str, call: int, pk: int, step: str) -> HttpResponse:
    application = own_application(request, round_code, call, pk)
    if step not in rules.STEPS:
        raise Http404
    if not pages.may_change(application, timezone.now()) and step != "check":
        return redirect(application)
    if step == "papers":
        return redirect("recruitment:papers", round_code, call, pk)
    if step == "check":
        return _check_answer(request, application)
    form = _form(application, step, None)
    if (kind := request.GET.get("row")) in ("work", "training") and step == "work":
        form.add_row(kind)  # type: ignore[attr-defined]
    return _step_answer(request, application, form)


@changes()
def _save_step(request: HttpRequest, round_code: str, call: int, pk: int, step: str) -> HttpResponse:
    application = own_application(request, round_code, call, pk)
    allow(step in FORMS)
    form = _form(application, step, request.POST)
    is_valid = form.is_valid()
    kept, objections = _kept(request, application, form)
    if request.POST.get("autosave"):
        return _autosaved(kept, form, objections)
    if objections:
        show_objections(form, objections)
        is_newer = any(one.code == "recruitment.newer_saved" for one in objections)
        return _again(request, kept, step, form, differences=form.differences() if is_newer else [])
    if not is_valid:
        return _again(request, kept, step, form)
    return redirect(pages.after_saving(kept, step, request.POST.get("do", ""), request.POST.get("q", "")))


def _kept(request: HttpRequest, application: Application, form: StepForm) -> tuple[Application, Any]:
    """The application after saving what is right, and what stood against saving."""
    version = form.cleaned_data.get("version")
    try:
        return actions.save_step(
            application=application,
            step=form.step,
            values=form.values_after(request.POST.get("do", "")),
            version=-1 if version is None else version,
            seen=form.cleaned_data.get("seen", ""),
            by=request.user,
            at=timezone.now(),
        ), ()
    except Refused as refused:
        return application, refused.objections


def _form(application: Application, step: str, data: Any) -> StepForm:
    return FORMS[step](application, data)


def _again(
    request: HttpRequest, application: Application, step: str, form: StepForm, differences: Any = ()
) -> HttpResponse:
    """The same step with everything that was typed, over the version that is kept now."""
    form.carry(application.version, queries.seen_of(application, step))
    return _step_answer(request, application, form, differences, 422)


def _step_answer(
    request: HttpRequest, application: Application, form: StepForm, differences: Any = (), status: int = 200
) -> HttpResponse:
    context = pages.frame(application, form.step) | {
        "form": form,
        "version": application.version,
        "seen": queries.seen_of(application, form.step),
        "differences": differences,
        "titles": TITLES,
        "text": typed(request),
    }
    if form.step == "choice":
        context |= pages.choosing(application, form.ranked_now(), typed(request))  # type: ignore[attr-defined]
    return render(request, f"recruitment/step_{form.step}.html", context, status=status)


def _autosaved(kept: Application, form: StepForm, objections: Any) -> JsonResponse:
    wrong = [f"{bound.label}: {text}" for bound in form.typed_fields() for text in bound.errors]
    answer: dict[str, Any] = {"wrong": wrong}
    if objections:
        answer["refused"] = words.say_all(tuple(objections))
        return JsonResponse(answer, status=409)
    saved = timezone.localtime(kept.saved_at or kept.begun_at)
    answer |= {"version": kept.version, "seen": queries.seen_of(kept, form.step)}
    answer["said"] = _("Saved %(clock)s") % {"clock": f"{saved:%H:%M}"}
    return JsonResponse(answer)


step = either(get=_step_page, post=_save_step)


def _check_answer(
    request: HttpRequest, application: Application, refused: Any = (), status: int = 200
) -> HttpResponse:
    context = pages.frame(application, "check") | pages.check(application, timezone.now())
    missing = queries.missing_in(application) if refused else []
    context |= {"is_refused": bool(refused), "refused": [one for one in refused if one not in missing]}
    return render(request, "recruitment/step_check.html", context, status=status)


@changes()
def submit(request: HttpRequest, round_code: str, call: int, pk: int) -> HttpResponse:
    """Submit; what stands against it is said on the page that shows everything."""
    application = own_application(request, round_code, call, pk)
    try:
        done = actions.submit(application=application, by=request.user, at=timezone.now())
    except Refused as refused:
        return _check_answer(request, application, refused.objections, 422)
    messages.success(request, _("Your application was submitted."))
    return redirect("recruitment:receipt", round_code, call, done.pk)
