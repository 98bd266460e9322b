"""The rows that addresses of results name."""

from __future__ import annotations

from django.shortcuts import get_object_or_404

from u2t.recruitment.models import Appeal, Application, Call, Offer, Selection


def call_of(round_code: str, number: int) -> Call:
    """The call with its round and institution, or 404."""
    calls = Call.objects.select_related("round__institution")
    return get_object_or_404(calls, round__code=round_code, number=number)


def selection_of(call: Call, number: int) -> Selection:
    """A selection of the call, without its large parts, or 404."""
    found = get_object_or_404(call.selections.defer("ballot", "result"), number=number)
    found.call = call
    return found


def offer_of(call: Call, pk: int) -> Offer:
    """An offer of the call, or 404."""
    offers = Offer.objects.select_related(
        "application__account",
        "application__call__round",
        "tambon__tambon__district__province",
        "category",
        "worker",
    )
    return get_object_or_404(offers, application__call=call, pk=pk)


def application_of(call: Call, pk: int) -> Application:
    """An application of the call, or 404."""
    applications = Application.objects.select_related("account", "call__round__institution", "category")
    return get_object_or_404(applications, call=call, pk=pk)


def appeal_of(call: Call, pk: int) -> Appeal:
    """An objection of the call, or 404."""
    appeals = Appeal.objects.select_related(
        "application__account", "application__call__round", "application__category"
    )
    return get_object_or_404(appeals, application__call=call, pk=pk)
