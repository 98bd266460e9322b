from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from u2t.jobs.models import Job

if TYPE_CHECKING:
    from u2t.people.models import Account

MaySee = Callable[["Account", Job], bool]
_colleagues: dict[str, MaySee] = {}
_steerers: dict[str, MaySee] = {}


def let_see(kind: str, may: MaySee) -> None:
    """Let a part say who else sees the progress of its jobs: whoever may see what comes out of them."""
    _colleagues[kind] = may


def let_steer(kind: str, may: MaySee) -> None:
    """Let a part say who else lets its jobs rest and go on: whoever may ask for them."""
    _steerers[kind] = may


def may_see_job(account: Account, job: Job) -> bool:
    """Who asked for it sees it, and whom the part lets see it."""
    if not account.is_authenticated:
        return False
    may = _colleagues.get(job.kind)
    return job.asked_by_id == account.pk or (may is not None and may(account, job))


def may_steer_job(account: Account, job: Job) -> bool:
    """Who asked for it lets it rest and go on, and whom the part lets ask for such work."""
    if not account.is_authenticated:
        return False
    may = _steerers.get(job.kind)
    return job.asked_by_id == account.pk or (may is not None and may(account, job))
