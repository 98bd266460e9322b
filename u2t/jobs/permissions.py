from __future__ import annotations

from typing import TYPE_CHECKING

from u2t.jobs.models import Job

if TYPE_CHECKING:
    from u2t.people.models import Account


def may_see_job(account: Account, job: Job) -> bool:
    """Who asked for it sees it."""
    return account.is_authenticated and job.asked_by_id == account.pk
