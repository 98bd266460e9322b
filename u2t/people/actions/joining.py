"""Give the account with which somebody applied to the person who was made of the application."""

from __future__ import annotations

from collections.abc import Iterable

from u2t.people.models import Account


def join_accounts(*, pairs: Iterable[tuple[int, int]]) -> int:
    """For every (account, person): the account becomes the person's, unless either has another; answers how many.

    Inside the caller's transaction, which records what it did.
    """
    wanted = dict(pairs)
    taken = set(Account.objects.filter(person_id__in=wanted.values()).values_list("person_id", flat=True))
    joined = 0
    for account, person in wanted.items():
        if person not in taken:
            joined += Account.objects.filter(pk=account, person=None).update(person_id=person)
    return joined
