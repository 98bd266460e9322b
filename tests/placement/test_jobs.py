"""Who sees that a plan is being computed."""

from __future__ import annotations

from django.urls import reverse

from tests import cast
from tests.cast import client_of
from u2t.people.actions import staff


def colleague_of(world: cast.World) -> cast.Account:
    opened = staff.add_staff(
        institution=world.institution, kind="office", title="นาย", given_name="สมชาย", surname="อีกคน",
        by=world.office, at=cast.NOW,
    )  # fmt: skip
    cast.Account.objects.filter(pk=opened.account.pk).update(must_change_password=False)
    opened.account.refresh_from_db()
    return opened.account


def test_a_colleague_who_asks_while_a_plan_is_computed_sees_its_progress(full: cast.World) -> None:
    ask = reverse("placement:ask", args=[full.round.code])
    first = client_of(full.office).post(ask)["Location"]
    colleague = client_of(colleague_of(full))
    assert colleague.post(ask)["Location"] == first
    assert first in colleague.get(first).content.decode()
    assert first in client_of(full.executive).get(first).content.decode()
    for account in (full.worker, full.pm, cast.world(code="OTH-2564").office):
        assert client_of(account).get(first).status_code == 403
