"""Who may see which persons. PMs, agencies and hosts are known only to later stages, which add their own."""

from __future__ import annotations

from typing import TYPE_CHECKING

from u2t.people.models import Account, Lecturer, Person, Worker
from u2t.programme import permissions as programme
from u2t.programme.models import Duty, Institution, Round

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    Asker = Account | AnonymousUser


def worker_of(account: Asker, round: Round) -> Worker | None:
    """The account's own hire in the round, if any."""
    if not account.is_authenticated or account.person_id is None:
        return None
    return Worker.objects.filter(round=round, person_id=account.person_id).first()


def is_worker(account: Asker, round: Round) -> bool:
    """The account's person is hired in the round."""
    return worker_of(account, round) is not None


def lecturer_of(account: Asker, round: Round) -> Lecturer | None:
    """The account's own lectureship in the round, if any."""
    if not account.is_authenticated or account.person_id is None:
        return None
    return Lecturer.objects.filter(round=round, person_id=account.person_id).first()


def is_self(account: Asker, person: Person) -> bool:
    """The account is the person's own."""
    return bool(account.is_authenticated and account.person_id == person.pk)


def may_see_worker(account: Asker, worker: Worker) -> bool:
    """See a worker's record: the worker, the office, the executives; later stages add PM and agency."""
    return is_self(account, worker.person) or programme.may_oversee_round(account, worker.round)


def may_see_lecturer(account: Asker, lecturer: Lecturer) -> bool:
    """See a lecturer's record: the lecturer, the office, the executives."""
    return is_self(account, lecturer.person) or programme.may_oversee_round(account, lecturer.round)


def may_see_citizen_id(account: Asker, worker: Worker) -> bool:
    """Read a worker's whole citizen ID number, which is recorded each time: the office."""
    return programme.may_run_round(account, worker.round)


def may_manage_accounts(account: Asker, round: Round) -> bool:
    """Open and close accounts of a round's people: the office."""
    return programme.may_run_round(account, round)


def may_manage_account(account: Asker, round: Round, other: Account) -> bool:
    """Reset, close or reopen this account: the office, for people of its own round or its own staff.

    Somebody who also holds a duty at another institution is that institution's to look after.
    """
    return programme.may_run_round(account, round) and not serves_elsewhere(other, round.institution)


def may_manage_staff(account: Asker, institution: Institution) -> bool:
    """Give and end duties at the institution: its office."""
    return programme.runs_office(account, institution)


def serves_elsewhere(account: Account, institution: Institution) -> bool:
    """The account also holds a duty at another institution, which then looks after it."""
    duties = Duty.objects.filter(account=account, ended_at=None)
    return duties.exclude(institution=institution).exists()
