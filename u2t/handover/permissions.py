"""Who may see and change handovers."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import Q, QuerySet

from u2t.agencies.models import Contact
from u2t.handover.models import Handover
from u2t.placement.permissions import led_tambons
from u2t.programme.models import Round
from u2t.programme.permissions import may_oversee_round, may_run_round

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from u2t.people.models import Account


def may_hand_over(account: Account | AnonymousUser, round: Round) -> bool:
    """Plan, set dates, issue and cancel letters: the programme office."""
    return may_run_round(account, round)


def may_see_all(account: Account | AnonymousUser, round: Round) -> bool:
    """All handovers, the register and the printed bundles: the office and the executives."""
    return may_oversee_round(account, round)


def may_see_handover(account: Account | AnonymousUser, handover: Handover) -> bool:
    """One handover with its people and its letter: who leads the tambon, and who receives."""
    if may_see_all(account, handover.round):
        return True
    return seen_by(account, Handover.objects.filter(pk=handover.pk)).exists()


def seen_by(account: Account | AnonymousUser, handovers: QuerySet[Handover]) -> QuerySet[Handover]:
    """Those of ``handovers`` that are the account's own: of tambons it leads and of agencies it works at."""
    person = getattr(account, "person_id", None)
    if not account.is_authenticated or person is None:
        return handovers.none()
    led = Q(tambon__in=led_tambons(account))
    sent_by_led = Q(tambon=None, receiver__data_managers__tambon__in=led_tambons(account))
    sent_by_led &= Q(receiver__data_managers__ended_at=None)
    posts = Contact.objects.filter(person_id=person, ended_at=None).values("agency_id")
    own = Handover.objects.filter(led | sent_by_led | Q(receiver__agency__in=posts))
    return handovers.filter(pk__in=own.values("pk"))
