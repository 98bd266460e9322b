"""Skills: the matrix, courses and evidence of the office; the worker's own page."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _

from u2t.audit import actions as audit
from u2t.objections import Refused
from u2t.orientation import permissions
from u2t.orientation.actions import skills as actions
from u2t.orientation.forms import skills as forms
from u2t.orientation.models import Course, Enrolment
from u2t.orientation.queries import passes
from u2t.orientation.queries import skills as queries
from u2t.orientation.views.completion import XLSX
from u2t.orientation.views.passes import own_worker, round_of
from u2t.pages.declare import allow, changes, noting, shows
from u2t.pages.fields import posted_key, show_objections
from u2t.pages.paging import chosen, page_of, typed
from u2t.programme.models import Round
from u2t.vault import actions as vault


def _planned(request: HttpRequest, round_code: str) -> Round:
    round = round_of(round_code)
    allow(permissions.may_plan(request.user, round))
    return round


@shows()
def matrix(request: HttpRequest, round_code: str) -> HttpResponse:
    """Who has learnt what: a line a worker, a column an area."""
    round = round_of(round_code)
    allow(permissions.may_see_attendance(request.user, round))
    areas, tambons = queries.areas(round), passes.tambons(round)
    tambon = chosen(request, "tambon", [t.code for t in tambons])
    without, text = chosen(request, "without", [area.code for area in areas]), typed(request)
    people = passes.workers(round, text=text, tambon=tambon)
    people = queries.without(round, people, without) if without else people
    context = {
        "round": round, "areas": areas, "tambons": tambons, "tambon": tambon, "without": without, "q": text,
        "is_filtered": bool(tambon or without or text), "waiting": queries.waiting(round).count(),
        "may_plan": permissions.may_plan(request.user, round),
        "page": page_of(request, people, load=lambda page: queries.rows(page, areas)),
    }  # fmt: skip
    return render(request, "orientation/skills.html", context)


@shows()
def matrix_file(request: HttpRequest, round_code: str) -> HttpResponse:
    """The whole matrix as a workbook."""
    round = round_of(round_code)
    allow(permissions.may_see_attendance(request.user, round))
    headers = {"Content-Disposition": content_disposition_header(True, f"{_('Skills')}-{round.code}.xlsx")}
    return HttpResponse(queries.workbook(round), content_type=XLSX, headers=headers)


@shows()
def areas(request: HttpRequest, round_code: str) -> HttpResponse:
    """The areas of skills and their names."""
    round = _planned(request, round_code)
    return render(request, "orientation/areas.html", {"round": round, "areas": queries.areas(round)})


@changes()
def set_areas(request: HttpRequest, round_code: str) -> HttpResponse:
    """Take the usual ones, or keep the names that were typed."""
    round, by, at = _planned(request, round_code), request.user, timezone.now()
    if request.POST.get("do") == "usual":
        actions.use_usual_areas(round=round, by=by, at=at)
    else:
        there = queries.areas(round)
        names = {area.pk: _names(request, str(area.pk), area.name_th, area.name_en) for area in there}
        more = [new for new in [_names(request, "new")] if any(new)]
        actions.name_areas(round=round, names=names, more=more, by=by, at=at)
    messages.success(request, _("The areas were saved."))
    return redirect("orientation:areas", round.code)


def _names(request: HttpRequest, key: str, thai: str = "", english: str = "") -> tuple[str, str]:
    typed_names = request.POST.get(f"name_th_{key}", thai), request.POST.get(f"name_en_{key}", english)
    thai, english = (name.replace("\x00", "").strip()[:200] for name in typed_names)
    return thai, english


@shows()
def courses(request: HttpRequest, round_code: str) -> HttpResponse:
    """All courses with how many joined."""
    round = round_of(round_code)
    allow(permissions.may_see_attendance(request.user, round))
    context = {
        "round": round, "areas": queries.areas(round), "page": page_of(request, queries.courses(round)),
        "may_plan": permissions.may_plan(request.user, round),
    }  # fmt: skip
    return render(request, "orientation/courses.html", context)


@shows()
def new_course(request: HttpRequest, round_code: str) -> HttpResponse:
    """Add a course."""
    round = _planned(request, round_code)
    return _course_page(request, round, forms.CourseForm(round=round))


@changes()
def add_course(request: HttpRequest, round_code: str) -> HttpResponse:
    """Keep it."""
    round = _planned(request, round_code)
    form = forms.CourseForm(request.POST, round=round)
    if not form.is_valid():
        return _course_page(request, round, form)
    actions.add_course(round=round, by=request.user, at=timezone.now(), **form.cleaned_data)
    messages.success(request, _("The course was saved."))
    return redirect("orientation:courses", round.code)


def _course(round: Round, pk: int) -> Course:
    return get_object_or_404(Course.objects.select_related("area__round"), area__round=round, pk=pk)


@shows()
def course(request: HttpRequest, round_code: str, pk: int) -> HttpResponse:
    """Change a course."""
    round = _planned(request, round_code)
    found = _course(round, pk)
    return _course_page(request, round, forms.CourseForm(instance=found, round=round), found)


@changes()
def change_course(request: HttpRequest, round_code: str, pk: int) -> HttpResponse:
    """Keep what was changed."""
    round = _planned(request, round_code)
    found = _course(round, pk)
    form = forms.CourseForm(request.POST, round=round)
    if not form.is_valid():
        return _course_page(request, round, form, found)
    actions.change_course(course=found, by=request.user, at=timezone.now(), **form.cleaned_data)
    messages.success(request, _("The course was saved."))
    return redirect("orientation:courses", round.code)


def _course_page(
    request: HttpRequest, round: Round, form: forms.CourseForm, course: Course | None = None
) -> HttpResponse:
    back = reverse("orientation:courses", args=[round.code])
    context = {"round": round, "form": form, "course": course, "back_url": back}
    return render(request, "orientation/course.html", context)


@changes()
def close_course(request: HttpRequest, round_code: str, pk: int) -> HttpResponse:
    """Offer it no longer, or again."""
    found = _course(_planned(request, round_code), pk)
    actions.close_course(course=found, closed=found.closed_at is None, by=request.user, at=timezone.now())
    return redirect("orientation:courses", round_code)


@shows()
def waiting(request: HttpRequest, round_code: str) -> HttpResponse:
    """Evidence that waits for the office."""
    round = _planned(request, round_code)
    context = {"round": round, "page": page_of(request, queries.waiting(round))}
    return render(request, "orientation/evidence.html", context)


def _enrolment(round: Round, pk: int) -> Enrolment:
    return get_object_or_404(queries.enrolments(round), pk=pk)


@shows()
def one(request: HttpRequest, round_code: str, pk: int) -> HttpResponse:
    """One piece of evidence, to accept or to return."""
    round = _planned(request, round_code)
    return _one_page(request, round, _enrolment(round, pk), forms.ReasonForm())


def _one_page(request: HttpRequest, round: Round, found: Enrolment, form: forms.ReasonForm) -> HttpResponse:
    context = {"round": round, "one": found, "state": queries.state_of(found), "form": form}
    return render(request, "orientation/enrolment.html", context)


@changes()
def decide(request: HttpRequest, round_code: str, pk: int) -> HttpResponse:
    """Accept it, or return it with a reason."""
    round = _planned(request, round_code)
    found, by, at = _enrolment(round, pk), request.user, timezone.now()
    if request.POST.get("do") == "accept":
        actions.accept(enrolment=found, by=by, at=at)
        messages.success(request, _("The evidence was accepted."))
        return redirect("orientation:evidence", round.code)
    form = forms.ReasonForm(request.POST)
    if not form.is_valid():
        return _one_page(request, round, found, form)
    actions.return_evidence(enrolment=found, by=by, at=at, **form.cleaned_data)
    messages.success(request, _("The evidence was returned."))
    return redirect("orientation:evidence", round.code)


@shows()
def file(request: HttpRequest, round_code: str, pk: int) -> HttpResponse:
    """The file handed in, to its worker and the office; what the office reads is recorded."""
    found = _enrolment(round_of(round_code), pk)
    is_own = permissions.may_enrol(request.user, found.worker)
    allow(is_own or permissions.may_plan(request.user, found.worker.round))
    if found.evidence is None:
        return redirect("orientation:my_skills" if is_own else "orientation:evidence", round_code)
    content = vault.read(found.evidence)
    if not is_own:
        with noting():
            audit.record(
                verb="orientation.evidence_read", subject=found, by=request.user, at=timezone.now(),
                round_code=round_code,
            )  # fmt: skip
    headers = {
        "Content-Disposition": "inline",
        "Cache-Control": "no-store",
        "Content-Security-Policy": "sandbox",
    }
    return HttpResponse(content, content_type=found.evidence.content_type, headers=headers)


@shows()
def mine(request: HttpRequest, round_code: str) -> HttpResponse:
    """The worker's own areas: courses joined, to join, and what was accepted."""
    round = round_of(round_code)
    worker = own_worker(request, round)
    own = queries.own(worker)
    context = {"round": round, "worker": worker, "areas": own, "hours": sum(one.hours for one in own)}
    return render(request, "orientation/my_skills.html", context)


@changes()
def enrol(request: HttpRequest, round_code: str) -> HttpResponse:
    """Join a course."""
    round = round_of(round_code)
    worker = own_worker(request, round)
    found = _course(round, posted_key(request, "course"))
    actions.enrol(worker=worker, course=found, by=request.user, at=timezone.now())
    messages.success(request, _("You have joined the course %(course)s.") % {"course": found.name})
    return redirect("orientation:my_skills", round.code)


def _own_enrolment(request: HttpRequest, round: Round, pk: int) -> Enrolment:
    worker = own_worker(request, round)
    return get_object_or_404(queries.enrolments(round), worker=worker, pk=pk)


@changes()
def leave(request: HttpRequest, round_code: str) -> HttpResponse:
    """Leave it again."""
    found = _own_enrolment(request, round_of(round_code), posted_key(request, "enrolment"))
    actions.leave(enrolment=found, by=request.user, at=timezone.now())
    messages.success(request, _("You have left the course %(course)s.") % {"course": found.course.name})
    return redirect("orientation:my_skills", round_code)


@shows()
def handing_in(request: HttpRequest, round_code: str, pk: int) -> HttpResponse:
    """Hand in evidence for a course."""
    found = _own_enrolment(request, round_of(round_code), pk)
    initial: dict[str, Any] = {
        name: getattr(found, name) for name in ("finished_on", "hours", "evidence_number")
    }
    initial["hours"] = initial["hours"] or found.course.hours
    return _hand_in_page(request, found, forms.EvidenceForm(initial=initial))


@changes()
def hand_in(request: HttpRequest, round_code: str, pk: int) -> HttpResponse:
    """Keep it for the office to look at."""
    found = _own_enrolment(request, round_of(round_code), pk)
    form = forms.EvidenceForm(request.POST, request.FILES)
    if not form.is_valid():
        return _hand_in_page(request, found, form)
    values = dict(form.cleaned_data)
    file = values.pop("file")
    kept = (file.name, file.read()) if file else None
    try:
        actions.hand_in(enrolment=found, file=kept, by=request.user, at=timezone.now(), **values)
    except Refused as refused:
        show_objections(form, refused.objections)
        return _hand_in_page(request, found, form)
    messages.success(request, _("Handed in. The office looks at it and answers here."))
    return redirect("orientation:my_skills", round_code)


def _hand_in_page(request: HttpRequest, found: Enrolment, form: forms.EvidenceForm) -> HttpResponse:
    round = found.worker.round
    context = {
        "round": round, "one": found, "form": form,
        "back_url": reverse("orientation:my_skills", args=[round.code]),
    }  # fmt: skip
    return render(request, "orientation/hand_in.html", context)
