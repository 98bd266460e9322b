"""Who may see which persons. PMs, agencies and hosts are known only to later stages, which add their own."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import Q
from django.utils import timezone

from u2t.people.models import Account, Lecturer, Person, Worker
from u2t.programme import permissions as programme
from u2t.programme import rules
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

    Somebody who also serves another institution is that institution's to look after.
    """
    return programme.may_run_round(account, round) and not serves_elsewhere(other, round.institution)


def may_manage_staff(account: Asker, institution: Institution) -> bool:
    """Give and end duties at the institution: its office."""
    return programme.runs_office(account, institution)


def serves_elsewhere(account: Account, institution: Institution) -> bool:
    """The account also holds a duty at another institution, or its person works there: that one looks after it.

    Otherwise an office could bring somebody's ID number into a round of its own, give their account a new password
    and read with it what another institution shows them. Rounds that are over count no more.
    """
    duties = Duty.objects.filter(account=account, ended_at=None)
    if duties.exclude(institution=institution).exists():
        return True
    if account.person_id is None:
        return False
    hired = Worker.objects.filter(person_id=account.person_id).values("round")
    lecturing = Lecturer.objects.filter(person_id=account.person_id).values("round")
    rounds = Round.objects.filter(Q(pk__in=hired) | Q(pk__in=lecturing)).exclude(institution=institution)
    today = timezone.localdate()
    return any(
        rules.last_day(begins, months) >= today
        for begins, months in rounds.values_list("starts_on", "months")
    )
