"""Passes: the office's list and badges, the worker's own, and what the code leads to."""

from __future__ import annotations

from django.contrib import messages
from django.core.files.storage import default_storage
from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from u2t.audit import actions as audit
from u2t.objections import Objection, Refused
from u2t.orientation import permissions
from u2t.orientation.actions import passes as actions
from u2t.orientation.queries import attendance, certificates, completion, passes
from u2t.pages.declare import allow, changes, noting, shows
from u2t.pages.fields import posted_key
from u2t.pages.paging import chosen, page_of, typed
from u2t.people import permissions as people
from u2t.people.models import Worker
from u2t.programme.models import Round


def round_of(code: str) -> Round:
    """The round of an address, or 404."""
    return get_object_or_404(Round.objects.select_related("institution"), code=code)


def own_worker(request: HttpRequest, round: Round) -> Worker:
    """The worker whom the account is in this round; 403 for anybody else."""
    worker = people.worker_of(request.user, round)
    allow(worker is not None and permissions.may_enrol(request.user, worker))
    assert worker is not None
    return worker


def pass_address(request: HttpRequest) -> str:
    """Where codes lead to, up to the token."""
    return request.build_absolute_uri(reverse("orientation:pass", args=["-"]))[:-1]


@shows(public=True)
def shown_pass(request: HttpRequest, token: str) -> HttpResponse:
    """What a scanned code opens: nothing to a stranger, the check-in to whoever stands at the desk."""
    found = passes.pass_by(token)
    round = found.worker.round if found else None
    is_own = found is not None and permissions.may_enrol(request.user, found.worker)
    at_desk = round is not None and permissions.may_check_in(request.user, round)
    context = {"found": found if is_own or at_desk else None, "at_desk": at_desk, "is_own": is_own}
    return render(request, "orientation/pass.html", context)


@shows()
def mine(request: HttpRequest, round_code: str) -> HttpResponse:
    """The worker's own pass with its code, where one stands, and the certificate."""
    round = round_of(round_code)
    worker = own_worker(request, round)
    own = passes.pass_of(worker)
    context = {
        "round": round,
        "worker": worker,
        "address": f"{pass_address(request)}{own.token}" if own else "",
        "place": attendance.place_of(worker),
        "completion": completion.of_worker(worker, timezone.now()),
        "certificate": certificates.of_worker(worker),
    }
    return render(request, "orientation/my_pass.html", context)


@shows()
def listed(request: HttpRequest, round_code: str) -> HttpResponse:
    """Who has a pass, with badges to print."""
    round = round_of(round_code)
    allow(permissions.may_see_attendance(request.user, round))
    tambons = passes.tambons(round)
    tambon = chosen(request, "tambon", [t.code for t in tambons])
    text, having = typed(request), chosen(request, "having", ("yes", "no"))
    context = {
        "round": round,
        "tambons": tambons,
        "tambon": tambon,
        "q": text,
        "having": having,
        "is_filtered": bool(tambon or text or having),
        "page": page_of(request, passes.workers(round, text=text, tambon=tambon, having=having)),
        "missing": len(passes.without_pass(round)),
        "may_plan": permissions.may_plan(request.user, round),
    }
    return render(request, "orientation/passes.html", context)


@changes()
def issue(request: HttpRequest, round_code: str) -> HttpResponse:
    """A pass for everybody who has none."""
    made = actions.issue_passes(round=round_of(round_code), by=request.user, at=timezone.now())
    said = ngettext("%(n)s pass was issued.", "%(n)s passes were issued.", len(made)) % {"n": len(made)}
    messages.success(request, said)
    return redirect("orientation:passes", round_code)


@changes()
def renew(request: HttpRequest, round_code: str) -> HttpResponse:
    """A new code for one worker; the old one opens nothing more."""
    worker = get_object_or_404(Worker, round=round_of(round_code), pk=posted_key(request, "worker"))
    actions.renew(worker=worker, by=request.user, at=timezone.now())
    messages.success(request, _("%(worker)s has a new code; print the badge again.") % {"worker": worker})
    return redirect(f"{reverse('orientation:passes', args=[round_code])}?q={worker.number}")


@shows()
def badges(request: HttpRequest, round_code: str) -> HttpResponse:
    """Badges of a tambon or of one worker as PDF; who printed codes is recorded."""
    round = round_of(round_code)
    allow(permissions.may_plan(request.user, round))
    tambon = chosen(request, "tambon", [t.code for t in passes.tambons(round)])
    rows = passes.workers(round, text=typed(request), tambon=tambon, having="yes")
    if not rows.exists():
        raise Refused([Objection("orientation.nobody_has_pass")])
    address, today = pass_address(request), timezone.localdate()
    with noting():
        note = {"tambon": tambon, "q": typed(request)}
        audit.record(
            verb="orientation.badges_printed", subject=round, by=request.user, at=timezone.now(),
            round_code=round.code, note=note,
        )  # fmt: skip
    headers = {"Content-Disposition": content_disposition_header(False, f"badges-{tambon or round.code}.pdf")}
    content = passes.badge_sheets(round, rows, address=address, on=today)
    return HttpResponse(content, content_type="application/pdf", headers=headers)


@changes()
def all_badges(request: HttpRequest, round_code: str) -> HttpResponse:
    """Everybody's badges, as a job."""
    round = round_of(round_code)
    address = pass_address(request)
    return redirect(actions.ask_badges(round=round, address=address, by=request.user, at=timezone.now()))


@shows()
def badge_file(request: HttpRequest, round_code: str, bundle: str) -> FileResponse:
    """What the job has printed."""
    round = round_of(round_code)
    allow(permissions.may_plan(request.user, round))
    name = actions.badges_name(round, str(bundle))
    if not default_storage.exists(name):
        raise Refused([Objection("orientation.file_gone")])
    return FileResponse(default_storage.open(name), as_attachment=True, filename=f"badges-{round.code}.pdf")
