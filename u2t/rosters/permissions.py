"""Who may bring rosters in."""

from __future__ import annotations

from typing import TYPE_CHECKING

from u2t.programme import permissions as programme
from u2t.programme.models import Round

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from u2t.people.models import Account


def may_import(account: Account | AnonymousUser, round: Round) -> bool:
    """Upload, see, accept and discard rosters of a round: its programme office."""
    return programme.may_run_round(account, round)
