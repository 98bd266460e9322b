"""Who may do what in recruitment. An applicant is an account without any duty; an interviewer is appointed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from u2t.programme import permissions as programme
from u2t.programme.models import Round
from u2t.recruitment.models import Application, Call, Interview, Interviewer

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from u2t.people.models import Account

    Asker = Account | AnonymousUser


def may_compose(account: Asker, round: Round) -> bool:
    """Draft, change and publish calls of the round: the office."""
    return programme.may_run_round(account, round)


def may_see_call(account: Asker, call: Call) -> bool:
    """Read a call: anybody once it is published, before that the office and the executives."""
    return call.published_at is not None or programme.may_oversee_round(account, call.round)


def may_see_applications(account: Asker, call: Call) -> bool:
    """See figures and lists of applications: the office and the executives."""
    return programme.may_oversee_round(account, call.round)


def may_screen(account: Asker, call: Call) -> bool:
    """Screen applications, open their papers, decide: the office."""
    return programme.may_run_round(account, call.round)


def is_own(account: Asker, application: Application) -> bool:
    """The application is the account's own."""
    return bool(account.is_authenticated and application.account_id == account.pk)


def may_see_application(account: Asker, application: Application) -> bool:
    """Read a whole application: the applicant and the office."""
    return is_own(account, application) or programme.may_run_round(account, application.call.round)


def may_see_citizen_id(account: Asker, application: Application) -> bool:
    """Read the whole ID number, which is recorded each time: the office."""
    return programme.may_run_round(account, application.call.round)


def interviewer_of(account: Asker, call: Call) -> Interviewer | None:
    """The account's appointment as interviewer of the call, if it lasts."""
    if not account.is_authenticated:
        return None
    return Interviewer.objects.filter(call=call, account_id=account.pk, ended_at=None).first()


def may_interview(account: Asker, call: Call) -> bool:
    """See one's own interviews of the call: its interviewers."""
    return interviewer_of(account, call) is not None


def may_mark(account: Asker, interview: Interview) -> bool:
    """Give points in this interview: its own interviewer."""
    return bool(
        account.is_authenticated
        and interview.interviewer.account_id == account.pk
        and interview.interviewer.ended_at is None
    )


def may_select(account: Asker, call: Call) -> bool:
    """Run, adopt and announce a selection, make offers, answer appeals: the office."""
    return programme.may_run_round(account, call.round)


def may_give_password(account: Asker, application: Application) -> bool:
    """Give an applicant a one-time password: the office of the institution to which the account applied first.

    Only where the account is an applicant's and nothing else; another office could otherwise read with it what
    somebody told another institution.
    """
    other = application.account
    if other is None or other.person_id is not None or not may_screen(account, application.call):
        return False
    first = (
        Application.objects.filter(account=other).order_by("begun_at", "pk").select_related("call__round")[0]
    )
    is_staff = other.duties.filter(ended_at=None).exists()
    is_ours = first.call.round.institution_id == application.call.round.institution_id
    return is_ours and not is_staff and interviewer_of(other, application.call) is None
