"""Somebody left, or a tambon falls out: the answers, from the least disturbing on, and those that were picked."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from u2t.objections import Refused
from u2t.pages.declare import allow, changes, either, shows
from u2t.pages.fields import show_objections
from u2t.pages.paging import page_of, typed
from u2t.placement import actions, permissions
from u2t.placement.forms import ReasonForm
from u2t.placement.models import Refill
from u2t.placement.queries import refills as queries
from u2t.placement.queries.taking_part import taking_part
from u2t.placement.views.loading import round_of, tambon_of, worker_of
from u2t.programme.models import Round


@shows()
def refills(request: HttpRequest, round_code: str) -> HttpResponse:
    """Places that wait for an answer, and the answers that were picked."""
    round = round_of(round_code)
    allow(permissions.may_see_placement(request.user, round))
    picked = Refill.objects.filter(round=round).select_related("left__person", "made_by__person")
    context = {
        "round": round,
        "waiting": queries.open_places(round),
        "page": page_of(request, picked.select_related("dropped__tambon__district__province"), size=30),
        "tambons": taking_part(round).with_places(),
        "may_place": permissions.may_place(request.user, round),
    }
    return render(request, "placement/refills.html", context)


@shows()
def refill(request: HttpRequest, round_code: str, number: int) -> HttpResponse:
    """One answer that was picked, with its proof added up once more."""
    round = round_of(round_code)
    allow(permissions.may_see_placement(request.user, round))
    found = Refill.objects.select_related("left__person", "dropped__tambon__district__province", "made_by")
    one = get_object_or_404(found, round=round, number=number)
    context = {
        "round": round,
        "kept": queries.kept_of(one),
        "may_place": permissions.may_place(request.user, round),
    }
    return render(request, "placement/refill.html", context)


@shows()
def _answers(request: HttpRequest, round_code: str) -> HttpResponse:
    round = round_of(round_code)
    allow(permissions.may_place(request.user, round))
    question = _question(request, round)
    if question is None:
        return redirect("placement:refills", round_code)
    return _page(request, question, ReasonForm(initial={"seen": question.seen}))


@changes()
def _take(request: HttpRequest, round_code: str) -> HttpResponse:
    round = round_of(round_code)
    allow(permissions.may_place(request.user, round))
    form, moves = ReasonForm(request.POST), _number(request, "moves")
    if form.is_valid() and moves is not None:
        try:
            made = _make(request, round, moves, form.cleaned_data)
        except Refused as refused:
            show_objections(form, refused.objections)
        else:
            messages.success(request, _("Answer %(number)s is in force.") % {"number": made.number})
            return redirect(made)
    question = _question(request, round)
    if question is None:
        return redirect("placement:refills", round_code)
    return _page(request, question, form, status=422)


refill_new = either(get=_answers, post=_take)


def _question(request: HttpRequest, round: Round) -> queries.Question | None:
    left, code = _number(request, "left"), typed(request, "tambon")
    if left is not None:
        return queries.after_leaving(worker_of(round.code, left))
    return queries.after_dropping(tambon_of(round.code, code)) if code else None


def _number(request: HttpRequest, name: str) -> int | None:
    text = typed(request, name, 9)
    return int(text) if text.isascii() and text.isdigit() else None


def _make(request: HttpRequest, round: Round, moves: int, given: dict[str, str]) -> Refill:
    about: dict[str, Any] = {"moves": moves, "by": request.user, "at": timezone.now()}
    left = _number(request, "left")
    if left is not None:
        return actions.refill_place(left=worker_of(round.code, left), **given, **about)
    tambon = tambon_of(round.code, typed(request, "tambon"))
    return actions.drop_tambon(tambon=tambon, **given, **about)


def _page(
    request: HttpRequest, question: queries.Question, form: ReasonForm, status: int = 200
) -> HttpResponse:
    answers = [] if question.objections else queries.answers_of(question)
    moves = _number(request, "moves")
    chosen = next((one for one in answers if one.answer.moves == moves), None)
    cause = {"tambon": question.dropped.tambon_id} if question.dropped else {}
    cause |= {"left": str(question.left.number)} if question.left else {}
    context = {
        "round": question.round,
        "question": question,
        "place": question.place,
        "answers": answers,
        "chosen": chosen,
        "is_gone": moves is not None and chosen is None,
        "form": form,
        "here": reverse("placement:refill_new", args=[question.round.code], query=cause),
    }
    return render(request, "placement/refill_new.html", context, status=status)
