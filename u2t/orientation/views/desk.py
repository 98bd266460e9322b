"""The check-in desk: a page that works without a network, what it loads and sends, and a plain form beside it."""

from __future__ import annotations

import hashlib
import uuid

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.middleware.csrf import get_token
from django.shortcuts import get_object_or_404, redirect, render
from django.templatetags.static import static
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from u2t.audit.actions import record
from u2t.objections import Refused
from u2t.orientation import permissions
from u2t.orientation.actions import checking_in
from u2t.orientation.forms import scans as forms
from u2t.orientation.models import Session
from u2t.orientation.queries import attendance, scanning
from u2t.orientation.views.sessions import chosen_session, round_of
from u2t.pages import words
from u2t.pages.declare import allow, changes, noting, shows
from u2t.pages.fields import posted_key
from u2t.pages.paging import typed
from u2t.people.models import Worker
from u2t.programme.models import Round

_MODULES = ("outbox", "people", "camera", "sender", "shown", "qr", "qr-bits")
_FILES = (
    "orientation/desk.js", "orientation/desk.css", "icons.svg", "mark.svg", "style/base.css", "style/layout.css",
    "style/parts.css", "style/forms.css", "style/charts.css", "fonts/Sarabun-Regular.woff2",
    "fonts/Sarabun-SemiBold.woff2", "fonts/Sarabun-Bold.woff2",
)  # fmt: skip


def _door(request: HttpRequest, round_code: str) -> Round:
    round = round_of(round_code)
    allow(permissions.may_check_in(request.user, round))
    return round


@shows()
def desk(request: HttpRequest, round_code: str) -> HttpResponse:
    """The desk itself. It is kept on the device for want of a network, so it holds nobody's data and no token."""
    round = _door(request, round_code)
    get_token(request)
    context = {"round_code": round.code, "zone": timezone.get_default_timezone_name()}
    return render(request, "orientation/desk.html", context)


@shows(public=True)
def worker(request: HttpRequest, round_code: str) -> HttpResponse:
    """The service worker that keeps the desk's page and scripts on the device; it knows nothing but addresses."""
    modules = [f"orientation/{name}.js" for name in _MODULES]
    stamped = [static(name) for name in (*_FILES, *modules)]
    # Scripts import each other by their plain names, so these are the addresses that the browser asks for.
    folder = static("orientation/desk.js").rpartition("/")[0]
    plain = [f"{folder}/{name}.js" for name in _MODULES]
    context = {
        "page": reverse("orientation:desk", args=[round_code]),
        "files": [*(static(name) for name in _FILES), *plain],
        "version": hashlib.sha256(" ".join(stamped).encode()).hexdigest()[:12],
        "round_code": round_code,
    }
    answer = render(request, "orientation/desk-worker.js", context, content_type="text/javascript")
    answer["Cache-Control"] = "no-cache"
    return answer


@shows()
def packed(request: HttpRequest, round_code: str) -> HttpResponse:
    """What a device needs of the people; that it was loaded is noted."""
    round = _door(request, round_code)
    now = timezone.now()
    get_token(request)
    told = scanning.packed(round, request.user, now)
    with noting():
        note = {"people": len(told["people"])}
        record(verb="list_packed", subject=round, by=request.user, at=now, round_code=round.code, note=note)
    return JsonResponse(told, headers={"Cache-Control": "no-store"})


@changes()
def scans(request: HttpRequest, round_code: str) -> HttpResponse:
    """Take in what a device saw, and say by key what is safely here."""
    round = _door(request, round_code)
    at = timezone.now()
    try:
        sent = forms.read(request.body)
        taken = checking_in.take_scans(
            round=round,
            device=sent.device,
            device_now=sent.device_now,
            scans=sent.scans,
            by=request.user,
            at=at,
        )
    except Refused as refused:
        return JsonResponse({"why": " ".join(words.say_all(refused.objections))}, status=422)
    rejected = [{"id": str(key), "why": words.say(objection)} for key, objection in taken.rejected]
    told = {
        "taken": [str(key) for key in taken.taken],
        "rejected": rejected,
        "now": int(at.timestamp() * 1000),
    }
    return JsonResponse(told)


@shows()
def by_hand(request: HttpRequest, round_code: str) -> HttpResponse:
    """Search and check in on a page without any script; also where a pass leads that another camera read."""
    round = _door(request, round_code)
    session, text = chosen_session(request, round), typed(request, limit=300)
    found = scanning.found_by(round, text) if text else []
    seen = {row.worker.pk: row for row in attendance.board(session)} if session and found else {}
    context = {
        "round": round,
        "session": session,
        "sessions": scanning.sessions_of(round),
        "q": text,
        "found": [(one, attendance.place_of(one), seen.get(one.pk), uuid.uuid4()) for one in found],
    }
    return render(request, "orientation/by_hand.html", context)


@changes()
def check_in(request: HttpRequest, round_code: str) -> HttpResponse:
    """Check one person in or out."""
    round = _door(request, round_code)
    session = get_object_or_404(
        Session.objects.select_related("round"), round=round, pk=posted_key(request, "session")
    )
    person = get_object_or_404(Worker, round=round, number=posted_key(request, "number"))
    direction = "out" if request.POST.get("direction") == "out" else "in"
    checking_in.check_in(
        key=_key(request),
        session=session,
        worker=person,
        direction=direction,
        by=request.user,
        at=timezone.now(),
    )
    said = _("%(worker)s: checked out.") if direction == "out" else _("%(worker)s: checked in.")
    messages.success(request, said % {"worker": person})
    return redirect(f"{reverse('orientation:by_hand', args=[round.code])}?session={session.pk}")


def _key(request: HttpRequest) -> uuid.UUID:
    """The key that the form was given, so that a form sent twice checks in once."""
    try:
        return uuid.UUID(request.POST.get("key", ""))
    except ValueError:
        return uuid.uuid4()
