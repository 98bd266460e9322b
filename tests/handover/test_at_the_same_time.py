"""Two people at once: nobody waits for somebody who waits for them. SQLite has one writer, so this is PostgreSQL's."""

from __future__ import annotations

import threading
from collections.abc import Callable
from datetime import date

import pytest
from django.db import connection, transaction

from tests import cast
from tests.factories import NOW
from tests.handover.conftest import put_everybody_into_slots
from u2t.audit import queries as audit
from u2t.audit.actions import record
from u2t.handover.actions import issuing, planning, whole
from u2t.handover.actions.outcomes import locked
from u2t.handover.models import Handover, Letter
from u2t.handover.queries import standing
from u2t.programme.actions import targets

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(connection.vendor != "postgresql", reason="needs a database with several writers"),
]


class Other(threading.Thread):
    """Somebody else's request, on a connection of its own; ``result`` raises what it raised."""

    def __init__(self, act: Callable[[], object]) -> None:
        super().__init__()
        self._act, self._error = act, None
        self.start()

    def run(self) -> None:
        try:
            self._act()
        except Exception as error:
            self._error = error
        finally:
            connection.close()

    def result(self) -> None:
        self.join(30)
        assert not self.is_alive()
        if self._error is not None:
            raise self._error


def until_waiting(other: Other) -> None:
    """Until the other connection stands before a lock."""
    while other.is_alive():
        with connection.cursor() as cursor:
            cursor.execute("SELECT count(*) FROM pg_locks WHERE NOT granted")
            if cursor.fetchone()[0]:
                return
        other.join(0.05)
    raise AssertionError("it did not have to wait")


def test_issuing_a_round_and_changing_one_handover_of_it_do_not_lock_each_other_out(
    world: cast.World,
) -> None:
    put_everybody_into_slots(world)
    planning.plan_handovers(round=world.round, by=world.office, at=NOW)
    one, gone = Handover.objects.filter(tambon__isnull=False).order_by("pk")[:2]
    gone.delete()  # so that issuing the round has a handover to plan, and an event to append
    with transaction.atomic():
        locked([one], world.office)
        other = Other(
            lambda: whole.issue_round(
                round=world.round, dated_on=date(2021, 1, 29), handed_on=None, by=world.office, at=NOW
            )
        )
        until_waiting(other)
        record(verb="handover.date_set", subject=one, by=world.office, at=NOW)
    other.result()
    assert Letter.objects.count() == 4
    assert audit.first_broken_link() is None


def test_two_who_issue_the_same_letters_use_each_number_once(world: cast.World) -> None:
    put_everybody_into_slots(world)
    planning.plan_handovers(round=world.round, by=world.office, at=NOW)
    wanted = list(standing.handovers(world.round))

    def issue(handovers: list[Handover]) -> None:
        issuing.issue_letters(handovers=handovers, dated_on=date(2021, 1, 29), by=world.office, at=NOW)

    with transaction.atomic():
        issue(wanted)
        other = Other(lambda: issue(wanted[::-1]))
        until_waiting(other)
    other.result()
    assert sorted(Letter.objects.values_list("number", flat=True)) == [1, 2, 3, 4]
    assert audit.first_broken_link() is None


def test_a_tambon_does_not_leave_while_people_are_sent_there(world: cast.World) -> None:
    with transaction.atomic():
        world.round.__class__.objects.select_for_update().get(pk=world.round.pk)
        other = Other(
            lambda: targets.remove_tambon(round=world.round, code=cast.CITY, by=world.office, at=NOW)
        )
        until_waiting(other)
        put_everybody_into_slots(world)
        record(verb="placement.adopt", subject=world.round, by=world.office, at=NOW)
    with pytest.raises(Exception, match="tambon_in_use"):
        other.result()
    assert world.round.tambons.count() == 3
