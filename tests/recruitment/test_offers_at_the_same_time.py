"""Two officers at once never promise a slot twice. SQLite has one writer, so this is PostgreSQL's."""

from __future__ import annotations

import pytest
from django.db import connection, transaction

from tests import cast
from tests.handover.test_at_the_same_time import Other, until_waiting
from tests.recruitment.test_offers import CLOSED, announced, numbers, offer
from u2t.mailing.models import Mail
from u2t.objections import Refused
from u2t.recruitment.actions import offering
from u2t.recruitment.models import Application

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(connection.vendor != "postgresql", reason="needs a database with several writers"),
]


def test_two_officers_who_call_the_next_reserve_at_once_call_one(world: cast.World) -> None:
    call = announced(world)
    Application.objects.filter(call=call, number=1).update(withdrawn_at=CLOSED)

    def call_next() -> None:
        offering.call_reserves(call=call, by=world.office, at=CLOSED)

    with transaction.atomic():
        call_next()
        other = Other(call_next)
        until_waiting(other)
    other.result()
    assert numbers(call) == {2, 3, 4}
    assert Mail.objects.filter(to="applicant4@example.org", subject__startswith="เรียกตัว").count() == 1


def test_two_who_decline_at_once_are_replaced_by_two(world: cast.World) -> None:
    call = announced(world)
    with transaction.atomic():
        offering.decline(offer=offer(call, 1), by=None, at=CLOSED)
        other = Other(lambda: offering.decline(offer=offer(call, 2), by=None, at=CLOSED))
        until_waiting(other)
    other.result()
    assert numbers(call) == {3, 4, 5}


def test_an_answer_given_twice_at_once_counts_once(world: cast.World) -> None:
    call = announced(world)
    one = offer(call, 1)
    with transaction.atomic():
        offering.accept(offer=one, by=None, at=CLOSED)
        other = Other(lambda: offering.accept(offer=one, by=None, at=CLOSED))
        until_waiting(other)
    with pytest.raises(Refused):
        other.result()
    assert numbers(call) == {1, 2, 3}
