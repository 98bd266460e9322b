"""Open and close accounts, set passwords, log in."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any, NamedTuple

from django.conf import settings
from django.contrib.auth import authenticate, password_validation
from django.contrib.auth.hashers import PBKDF2PasswordHasher, check_password, get_hasher, make_password
from django.core.exceptions import ValidationError
from django.db import transaction

from u2t.audit import actions as audit
from u2t.objections import Objection, Refused, refuse_if
from u2t.people import rules
from u2t.people.models import Account, FailedLogin, Person

# A one-time password is 59 random bits and lives until the first log-in, so it needs no slow hash: opening
# 1,200 accounts takes seconds instead of a quarter of an hour. The first log-in hashes it anew, in full.
_QUICK_ITERATIONS = 10_000


class Opened(NamedTuple):
    """An account and the password that is told once and kept nowhere."""

    account: Account
    password: str


def open_account(*, person: Person, prefix: str, by: Any, at: datetime) -> Opened:
    """Open an account for a person; ``prefix`` is one letter for what they do (w, p, a, s)."""
    found = open_accounts(persons=[person], prefix=prefix, by=by, at=at)
    refuse_if([] if found else [Objection("people.has_account", {"person": person.full_name})])
    return found[0]


def open_accounts(*, persons: Iterable[Person], prefix: str, by: Any, at: datetime) -> list[Opened]:
    """Open an account for each person who has none, all or nothing, in the order given.

    Whoever calls asks first whether ``by`` may: it depends on whose persons they are.
    """
    with transaction.atomic():
        wanted = list(dict.fromkeys(persons))
        # Two officers may open all accounts at the same moment: the second waits and then finds them open.
        keys = [person.pk for person in wanted]
        list(Person.objects.select_for_update().filter(pk__in=keys).order_by("pk").values_list("pk"))
        held = set(Account.objects.filter(person__in=wanted).values_list("person_id", flat=True))
        opened = []
        for person in wanted:
            if person.pk in held:
                continue
            password = rules.one_time_password()
            account = Account(
                username=rules.username(prefix, person.pk),
                person=person,
                must_change_password=True,
                opened_at=at,
                password=_quick_hash(password),
            )
            opened.append(Opened(account, password))
        Account.objects.bulk_create([account for account, _ in opened], batch_size=500)
        for account, _ in opened:
            audit.record(verb="people.open_account", subject=account, by=by, at=at)
    return opened


def _quick_hash(password: str) -> str:
    hasher = get_hasher()
    if isinstance(hasher, PBKDF2PasswordHasher):
        return hasher.encode(password, hasher.salt(), iterations=_QUICK_ITERATIONS)
    return make_password(password)


def reset_password(*, account: Account, by: Any, at: datetime) -> Opened:
    """Give the account a new one-time password; whoever was logged in with the old one is logged out."""
    if not account.is_active:
        raise Refused([Objection("people.account_closed", {"account": account.username})])
    password = rules.one_time_password()
    with transaction.atomic():
        account.password = _quick_hash(password)
        account.must_change_password = True
        account.save(update_fields=["password", "must_change_password"])
        FailedLogin.objects.filter(username=_folded(account.username)).delete()
        audit.record(verb="people.reset_password", subject=account, by=by, at=at)
    return Opened(account, password)


def close_account(*, account: Account, by: Any, at: datetime) -> None:
    """Close an account: it can't log in any more; what it did stays."""
    found = []
    if not account.is_active:
        found.append(Objection("people.account_closed", {"account": account.username}))
    if by is not None and by.pk == account.pk:
        found.append(Objection("people.own_account"))
    refuse_if(found)
    _set_active(account, False, "people.close_account", by, at)


def reopen_account(*, account: Account, by: Any, at: datetime) -> None:
    """Open a closed account again, with the password it had."""
    if account.is_active:
        raise Refused([Objection("people.account_open", {"account": account.username})])
    _set_active(account, True, "people.reopen_account", by, at)


def _set_active(account: Account, wanted: bool, verb: str, by: Any, at: datetime) -> None:
    with transaction.atomic():
        account.is_active = wanted
        account.save(update_fields=["is_active"])
        audit.record(verb=verb, subject=account, by=by, at=at)


def change_password(*, account: Account, old: str, new: str, repeated: str, at: datetime) -> None:
    """Change one's own password; every reason against the new one is told."""
    found = []
    # Not the account's own method, which would hash a one-time password anew in full just before it is replaced.
    if not check_password(old, account.password):
        found.append(Objection("people.old_password_wrong", {}, "old"))
    if new != repeated:
        found.append(Objection("people.passwords_differ", {}, "repeated"))
    if new and new == old:
        found.append(Objection("people.password_same", {}, "new"))
    found += weaknesses(new, account)
    refuse_if(found)
    with transaction.atomic():
        account.set_password(new)
        account.must_change_password = False
        account.save(update_fields=["password", "must_change_password"])
        audit.record(verb="people.change_password", subject=account, by=account, at=at)


def weaknesses(password: str, account: Account) -> list[Objection]:
    """Every reason against a new password of this account."""
    try:
        password_validation.validate_password(password, account)
    except ValidationError as error:
        return [Objection("people.password_weak", {"why": text}, "new") for text in error.messages]
    return []


def log_in(*, request: Any, username: str, password: str, at: datetime) -> Account:
    """The account that this name and password open.

    A wrong pair is noted and refused without saying which half is wrong. A name that failed too often rests
    for a while, whether or not it exists.
    """
    name = _folded(username)
    window = timedelta(minutes=settings.LOGIN_WINDOW_MINUTES)
    failures = FailedLogin.objects.filter(username=name, at__gt=at - window)
    until = rules.rests_until(
        failures.values_list("at", flat=True), settings.LOGIN_FAILURES_ALLOWED, window, at
    )
    if until is not None:
        minutes = -(-int((until - at).total_seconds()) // 60)
        raise Refused([Objection("people.name_rests", {"minutes": max(minutes, 1)})])
    account = authenticate(request, username=name, password=password)
    if account is None:
        note_failed_login(username=name, at=at)
        raise Refused([Objection("people.log_in_wrong")])
    FailedLogin.objects.filter(username=name).delete()
    return account  # type: ignore[return-value]


def note_failed_login(*, username: str, at: datetime) -> None:
    """Remember one failure and forget those that no longer count."""
    window = timedelta(minutes=settings.LOGIN_WINDOW_MINUTES)
    FailedLogin.objects.filter(at__lte=at - window).delete()
    FailedLogin.objects.create(username=_folded(username), at=at)


def _folded(username: str) -> str:
    return rules.account_name(username)
