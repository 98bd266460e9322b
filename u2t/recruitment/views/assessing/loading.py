"""What an address names, or 404."""

from __future__ import annotations

from django.http import HttpRequest
from django.shortcuts import get_object_or_404

from u2t.pages.declare import allow
from u2t.recruitment import permissions
from u2t.recruitment.models import Application, Call, Interview


def call_of(round_code: str, call: int) -> Call:
    """The call of an address, with its round and institution."""
    return get_object_or_404(
        Call.objects.select_related("round__institution"), round__code=round_code, number=call
    )


def screened_call(request: HttpRequest, round_code: str, call: int) -> Call:
    """The call, for those who may screen."""
    found = call_of(round_code, call)
    allow(permissions.may_screen(request.user, found))
    return found


def screened_application(request: HttpRequest, round_code: str, call: int, pk: int) -> Application:
    """A submitted application of the call, for those who may screen."""
    found = screened_call(request, round_code, call)
    application = get_object_or_404(
        Application.objects.select_related(
            "category",
            "account",
            "present_tambon__district__province",
            "registered_tambon__district__province",
        ),
        call=found,
        pk=pk,
        submitted_at__isnull=False,
        erased_at=None,
    )
    application.call = found
    return application


def own_interview(request: HttpRequest, round_code: str, call: int, pk: int) -> Interview:
    """An interview of the one who asks."""
    found = get_object_or_404(
        Interview.objects.select_related(
            "application__call__round__institution", "application__category", "interviewer__account"
        ),
        application__call__round__code=round_code,
        application__call__number=call,
        pk=pk,
        declined_at=None,
    )
    allow(permissions.may_mark(request.user, found))
    return found
