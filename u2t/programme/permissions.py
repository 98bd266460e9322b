"""Who may do what with the givens. Everything else about *who* at an institution builds on these two."""

from __future__ import annotations

from typing import TYPE_CHECKING

from u2t.programme.models import Duty, Institution, Round

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from u2t.people.models import Account


def _has_duty(account: Account | AnonymousUser, institution_id: int, kind: Duty.Kind) -> bool:
    if not account.is_authenticated:
        return False
    duties = getattr(account, "_current_duties", None)
    if duties is None:
        # Kept on the account for the length of a request: many permissions ask the same.
        duties = {
            (d.institution_id, d.kind) for d in Duty.objects.filter(account_id=account.pk, ended_at=None)
        }
        account._current_duties = duties
    return (institution_id, kind) in duties


def runs_office(account: Account | AnonymousUser, institution: Institution) -> bool:
    """The account works in the programme office of the institution."""
    return _has_duty(account, institution.pk, Duty.Kind.OFFICE)


def is_executive(account: Account | AnonymousUser, institution: Institution) -> bool:
    """The account looks at the institution's rounds as an executive."""
    return _has_duty(account, institution.pk, Duty.Kind.EXECUTIVE)


def may_run_round(account: Account | AnonymousUser, round: Round) -> bool:
    """Change anything of a round: the programme office of its institution."""
    return _has_duty(account, round.institution_id, Duty.Kind.OFFICE)


def may_oversee_round(account: Account | AnonymousUser, round: Round) -> bool:
    """See the whole round, named persons included: the office and the executives."""
    return may_run_round(account, round) or _has_duty(account, round.institution_id, Duty.Kind.EXECUTIVE)


def may_see_round(account: Account | AnonymousUser, round: Round) -> bool:
    """See the figures of a round, no persons: anybody once it is announced, before that the institution."""
    return round.is_announced or may_oversee_round(account, round)


def may_open_round(account: Account | AnonymousUser) -> bool:
    """Open a round at one's own institution."""
    return (
        account.is_authenticated
        and Duty.objects.filter(account_id=account.pk, kind=Duty.Kind.OFFICE, ended_at=None).exists()
    )


def may_see_rounds(account: Account | AnonymousUser) -> bool:
    """See the list of rounds with their settings: anybody with a duty at an institution."""
    return account.is_authenticated and Duty.objects.filter(account_id=account.pk, ended_at=None).exists()
