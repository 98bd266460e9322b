"""Who may see and change the placement."""

from __future__ import annotations

from typing import TYPE_CHECKING

from u2t.people.models import Worker
from u2t.placement.models import Leadership
from u2t.programme.models import Round, RoundTambon
from u2t.programme.permissions import may_oversee_round, may_run_round

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from u2t.people.models import Account


def may_place(account: Account | AnonymousUser, round: Round) -> bool:
    """Compute, adopt and change by hand: the programme office."""
    return may_run_round(account, round)


def may_see_placement(account: Account | AnonymousUser, round: Round) -> bool:
    """The whole placement with names: the office and the executives."""
    return may_oversee_round(account, round)


def may_see_team(account: Account | AnonymousUser, tambon: RoundTambon) -> bool:
    """One tambon's people: the office, the executives, and who leads it."""
    return may_see_placement(account, tambon.round) or leads(account, tambon)


def may_see_why(account: Account | AnonymousUser, worker: Worker) -> bool:
    """Why a worker is where they are: the worker, the office, the executives."""
    if not account.is_authenticated:
        return False
    return account.person_id == worker.person_id or may_see_placement(account, worker.round)


def may_see_lead(account: Account | AnonymousUser, leadership: Leadership) -> bool:
    """Why a lecturer leads a tambon: the lecturer, the office, the executives."""
    if not account.is_authenticated:
        return False
    own = account.person_id is not None and account.person_id == leadership.lecturer.person_id
    return own or may_see_placement(account, leadership.tambon.round)


def leads(account: Account | AnonymousUser, tambon: RoundTambon) -> bool:
    """The account's person leads the tambon now (PM)."""
    return tambon.pk in led_tambons(account)


def led_tambons(account: Account | AnonymousUser) -> frozenset[int]:
    """Keys of the RoundTambons that the account's person leads now; asked once a request."""
    if not account.is_authenticated or account.person_id is None:
        return frozenset()
    found: frozenset[int] | None = getattr(account, "_led_tambons", None)
    if found is None:
        led = Leadership.objects.current().filter(lecturer__person_id=account.person_id)
        found = frozenset(led.values_list("tambon_id", flat=True))
        account._led_tambons = found
    return found
