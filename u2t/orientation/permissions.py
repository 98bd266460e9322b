"""Who may do what in orientation."""

from __future__ import annotations

from typing import TYPE_CHECKING

from u2t.people import permissions as people
from u2t.people.models import Lecturer, Worker
from u2t.programme import permissions as programme
from u2t.programme.models import Round

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from u2t.people.models import Account

    Asker = Account | AnonymousUser


def is_worker(account: Asker, round: Round) -> bool:
    """Whether the account belongs to a worker of the round, who has a programme of their own."""
    return people.is_worker(account, round)


def may_see_programme(account: Asker, round: Round) -> bool:
    """Read when and where sessions take place: everybody once the round is announced, before that who belongs to it."""
    return (
        programme.may_see_round(account, round)
        or people.is_worker(account, round)
        or people.lecturer_of(account, round) is not None
    )


def may_plan(account: Asker, round: Round) -> bool:
    """Plan sessions, groups, rules, courses; issue and revoke certificates: the office."""
    return programme.may_run_round(account, round)


def may_see_attendance(account: Asker, round: Round) -> bool:
    """See who attended what: the office and the executives."""
    return programme.may_oversee_round(account, round)


def may_check_in(account: Asker, round: Round) -> bool:
    """Stand at the door with a device: the office, and the lecturers of the round who help."""
    return programme.may_run_round(account, round) or (
        account.is_authenticated
        and account.person_id is not None
        and Lecturer.objects.filter(round=round, person_id=account.person_id).exists()
    )


def may_see_own(account: Asker, worker: Worker) -> bool:
    """See a worker's pass, attendance, skills and certificate: the worker, the office, the executives."""
    return people.may_see_worker(account, worker)


def may_enrol(account: Asker, worker: Worker) -> bool:
    """Enrol in courses and hand in evidence: the worker."""
    return people.is_self(account, worker.person)
