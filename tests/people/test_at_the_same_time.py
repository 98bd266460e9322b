"""Two rounds take in the same person at once. SQLite has one writer, so this is PostgreSQL's."""

from __future__ import annotations

import pytest
from django.db import connection, transaction

from tests import cast
from tests.factories import NOW, citizen_id
from tests.handover.test_at_the_same_time import Other, until_waiting
from u2t.people.actions import hiring
from u2t.people.models import Worker
from u2t.people.newcomers import NewPerson, NewWorker

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(connection.vendor != "postgresql", reason="needs a database with several writers"),
]


def test_a_person_who_comes_into_two_rounds_at_once_is_one_person(world: cast.World) -> None:
    second = cast.a_round(world.institution, code="TST-2565", by=world.office)
    newcomer = NewWorker(NewPerson("นาย", "ทดสอบ", "ตัวอย่าง", citizen_id(77_000_001)), "public")

    def hire(round: cast.Round) -> None:
        hiring.hire_workers(round=round, workers=[newcomer], by=world.office, at=NOW)

    with transaction.atomic():
        hire(world.round)
        other = Other(lambda: hire(second))
        until_waiting(other)
    other.result()
    hired = Worker.objects.filter(person__surname="ตัวอย่าง", person__given_name="ทดสอบ")
    assert [worker.round.code for worker in hired.order_by("round__code")] == ["TST-2564", "TST-2565"]
    assert hired.values("person").distinct().count() == 1
