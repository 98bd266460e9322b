"""Forget the accounts of those who applied and were not hired."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction

from u2t.people.models import Account, FailedLogin
from u2t.programme.models import Duty


def forget_accounts(*, accounts: Iterable[int], at: datetime) -> int:
    """Empty and close these accounts, unless somebody became a person with it or has had a duty; answers how many.

    The rows stay, because the record of who did what names them; they name nobody any more. Inside the caller's
    transaction, which records what it did.
    """
    count = 0
    with transaction.atomic():
        rows = Account.objects.select_for_update().filter(pk__in=list(accounts), person=None)
        for account in rows.exclude(username__startswith=FORGOTTEN):
            if Duty.objects.filter(account_id=account.pk).exists():
                continue
            FailedLogin.objects.filter(username=account.username).delete()
            account.username, account.email = f"{FORGOTTEN}{account.pk}", ""
            account.is_active, account.last_login = False, None
            account.set_unusable_password()
            account.save()
            count += 1
    return count


# No telephone number or e-mail address, which user names of applicants are, begins like this.
FORGOTTEN = "forgotten-"
