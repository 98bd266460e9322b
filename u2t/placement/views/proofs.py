"""The certificate of a placement: anybody reads and checks it, the office publishes and withdraws it."""

from __future__ import annotations

from urllib.parse import urlencode

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from u2t.objections import Refused
from u2t.pages.declare import allow, changes, either, shows
from u2t.pages.fields import show_objections
from u2t.pages.paging import typed
from u2t.placement import permissions
from u2t.placement.actions import proofs as actions
from u2t.placement.forms.proofs import PublishForm, WithdrawForm
from u2t.placement.models import Publication, Run
from u2t.placement.queries import proofs, ruled
from u2t.placement.queries.runs import adopted_run
from u2t.placement.views.loading import round_of
from u2t.programme import permissions as programme


@shows(public=True)
def certificate(request: HttpRequest, round_code: str, number: int | None = None) -> HttpResponse:
    """What was decided, by which rule, how it is proved and how to check it; and one row that is asked for."""
    round = round_of(round_code)
    found = proofs.of_round(round)
    one = proofs.newest(found) if number is None else _numbered(found, number)
    allow(one is not None or programme.may_see_round(request.user, round))
    context = {
        "round": round, "publication": one, "others": [other for other in found if other != one],
        "adopted": adopted_run(round), "may_place": permissions.may_place(request.user, round),
    }  # fmt: skip
    if one is not None and one.is_public:
        board, label = proofs.board_of(one), typed(request, "row", 40).lower()
        context |= {
            "board": board, "rule": ruled.rule_lines(round, board.rule), "later": proofs.later_of(one.run),
            "label": label, "row": proofs.row_of(one, label) if label else None,
            "seal_address": _seal_address(request, one), "is_demo": proofs.is_demo(one),
        }  # fmt: skip
    return render(request, "placement/certificate.html", context)


def _numbered(found: list[Publication], number: int) -> Publication:
    for one in found:
        if one.run.number == number:
            return one
    raise Http404


def _seal_address(request: HttpRequest, publication: Publication) -> str:
    return request.build_absolute_uri(f"{reverse('seals:verify')}?{urlencode({'s': publication.seal})}")


@shows(public=True)
def certificate_file(request: HttpRequest, round_code: str, number: int) -> HttpResponse:
    """The file, byte for byte; nothing of what is not public now."""
    content = _public(round_code, number).content
    return _file(content.encode(), "application/json; charset=utf-8", "certificate.json")


@shows(public=True)
def verifier(request: HttpRequest, round_code: str, half: str = "placement") -> HttpResponse:
    """One of the two files of the stand-alone verifier, as it stands in the source."""
    program = proofs.programs()[half]
    return _file(program.read_bytes(), "text/x-python; charset=utf-8", program.name)


@shows(public=True)
def bundle(request: HttpRequest, round_code: str, number: int) -> HttpResponse:
    """The certificate and the verifier in one folder."""
    packed = proofs.packed(_public(round_code, number))
    return _file(packed, "application/zip", f"certificate-{round_code}-{number}.zip")


def _public(round_code: str, number: int) -> Publication:
    one = get_object_or_404(Publication, run__round__code=round_code, run__number=number)
    if not one.is_public:
        raise Http404
    return one


def _file(content: bytes, content_type: str, name: str) -> HttpResponse:
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return HttpResponse(content, content_type=content_type, headers=headers)


@shows()
def _publish_form(request: HttpRequest, round_code: str, number: int) -> HttpResponse:
    return _publish_page(request, _run(request, round_code, number), PublishForm())


@changes()
def _publish(request: HttpRequest, round_code: str, number: int) -> HttpResponse:
    run, form = _run(request, round_code, number), PublishForm(request.POST)
    if form.is_valid():
        try:
            actions.publish(run=run, by=request.user, at=timezone.now())
        except Refused as refused:
            show_objections(form, refused.objections)
        else:
            messages.success(request, _("The certificate is public."))
            return redirect("placement:certificate", round_code)
    return _publish_page(request, run, form, status=422)


publish = either(get=_publish_form, post=_publish)


def _publish_page(request: HttpRequest, run: Run, form: PublishForm, status: int = 200) -> HttpResponse:
    publication = proofs.of_run(run)
    context = {"round": run.round, "run": run, "publication": publication, "form": form}
    if publication is not None:
        context |= {
            "board": proofs.board_of(publication),
            "exposure": proofs.exposure_of(publication),
            "sample": proofs.sample_of(publication),
        }
    return render(request, "placement/certificate_publish.html", context, status=status)


@shows()
def _withdraw_form(request: HttpRequest, round_code: str, number: int) -> HttpResponse:
    return _withdraw_page(request, _run(request, round_code, number), WithdrawForm())


@changes()
def _withdraw(request: HttpRequest, round_code: str, number: int) -> HttpResponse:
    run, form = _run(request, round_code, number), WithdrawForm(request.POST)
    if form.is_valid():
        try:
            actions.withdraw(run=run, by=request.user, at=timezone.now(), **form.cleaned_data)
        except Refused as refused:
            show_objections(form, refused.objections)
        else:
            messages.success(request, _("The certificate was withdrawn."))
            return redirect("placement:certificate", round_code, number)
    return _withdraw_page(request, run, form, status=422)


withdraw = either(get=_withdraw_form, post=_withdraw)


def _withdraw_page(request: HttpRequest, run: Run, form: WithdrawForm, status: int = 200) -> HttpResponse:
    back = reverse("placement:certificate", args=[run.round.code, run.number])
    context = {"round": run.round, "run": run, "form": form, "back_url": back}
    return render(request, "placement/certificate_withdraw.html", context, status=status)


def _run(request: HttpRequest, round_code: str, number: int) -> Run:
    """An adopted run, for the office only."""
    runs = Run.objects.select_related("round__institution").defer("plan", "summary")
    run = get_object_or_404(runs, round__code=round_code, number=number, adopted_at__isnull=False)
    allow(permissions.may_place(request.user, run.round))
    return run
