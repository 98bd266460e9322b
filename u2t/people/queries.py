"""Who is in a round, with the state of their accounts."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import QuerySet

from u2t.people.models import Account, Lecturer, Person, Worker
from u2t.programme.models import Duty, Institution, Round
from u2t.thai import digits, fold


@dataclass(frozen=True)
class PersonLine:
    """A person in a list of accounts; ``what`` says what they do, ``state`` is none, new, open or closed."""

    person: Person
    what: str
    account: Account | None

    @property
    def state(self) -> str:
        if self.account is None:
            return "none"
        if not self.account.is_active:
            return "closed"
        return "new" if self.account.must_change_password else "open"


def workers(round: Round, text: str = "") -> QuerySet[Worker]:
    """The workers of a round by number, narrowed to a name or a number."""
    found = Worker.objects.filter(round=round).select_related("person__account", "category")
    number = digits.to_arabic(text.strip())
    if number.isascii() and number.isdigit() and len(number) <= 9:
        return found.filter(number=int(number))
    return found.filter(person__search_key__contains=fold.fold(text)) if text else found


def lecturers(round: Round, text: str = "") -> QuerySet[Lecturer]:
    """The lecturers of a round by name, narrowed to a name."""
    found = Lecturer.objects.filter(round=round).select_related("person__account")
    found = found.order_by("person__given_name", "person__surname")
    return found.filter(person__search_key__contains=fold.fold(text)) if text else found


def duties(institution: Institution) -> QuerySet[Duty]:
    """Current duties at an institution, the office first."""
    found = Duty.objects.filter(institution=institution, ended_at=None)
    return found.select_related("account__person", "institution").order_by("-kind", "account__username")


def account_of(person: Person) -> Account | None:
    """The account of a person loaded with ``person__account``, or ``None``."""
    return getattr(person, "account", None)


def worker_lines(rows: Iterable[Worker]) -> list[PersonLine]:
    return [PersonLine(w.person, f"{w.number} · {w.category}", account_of(w.person)) for w in rows]


def lecturer_lines(rows: Iterable[Lecturer]) -> list[PersonLine]:
    return [PersonLine(row.person, row.faculty, account_of(row.person)) for row in rows]


def without_account(round: Round, group: str) -> list[Person]:
    """Persons of the group (``workers`` or ``lecturers``) without an account, in the order of the list."""
    if group == "workers":
        return [w.person for w in workers(round).filter(person__account=None)]
    return [row.person for row in lecturers(round).filter(person__account=None)]


def count_without_account(round: Round, group: str) -> int:
    """How many persons of the group have no account."""
    found = workers(round) if group == "workers" else lecturers(round)
    return found.filter(person__account=None).count()


def what_they_do(round: Round, group: str) -> dict[int, str]:
    """What each person of the group does, by person key."""
    lines = worker_lines(workers(round)) if group == "workers" else lecturer_lines(lecturers(round))
    return {line.person.pk: line.what for line in lines}


def is_worker_in(person: Person, round: Round) -> bool:
    """The person is hired in the round."""
    return Worker.objects.filter(round=round, person=person).exists()


def is_in_round(person: Person, round: Round) -> bool:
    """The person is a worker or a lecturer of the round."""
    return is_worker_in(person, round) or Lecturer.objects.filter(round=round, person=person).exists()
