"""What was done can't be changed or taken away unseen."""

from __future__ import annotations

import pytest
from django.core.management import CommandError, call_command
from django.db import connection

from tests.cast import World
from tests.factories import NOW
from u2t.audit import actions, queries
from u2t.audit.models import AppendOnly, Event


def test_the_chain_of_a_living_round_is_whole(world: World) -> None:
    assert Event.objects.count() > 3
    assert queries.first_broken_link() is None


def test_a_changed_event_is_found(world: World) -> None:
    event = Event.objects.order_by("id")[2]
    with connection.cursor() as cursor:
        cursor.execute("UPDATE audit_event SET verb = 'people.kind_deed' WHERE id = %s", [event.pk])
    assert queries.first_broken_link() == event
    with pytest.raises(CommandError, match=str(event.pk)):
        call_command("verify_audit")


def test_a_removed_event_is_found(world: World) -> None:
    gone, after = Event.objects.order_by("id")[1:3]
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM audit_event WHERE id = %s", [gone.pk])
    assert queries.first_broken_link() == after


def test_events_refuse_to_be_changed_or_deleted(world: World) -> None:
    event = Event.objects.first()
    for attempt in (
        event.save,
        event.delete,
        Event.objects.all().delete,
        lambda: Event.objects.update(verb="x"),
    ):
        with pytest.raises(AppendOnly):
            attempt()


def test_the_history_of_a_thing_is_newest_first(world: World) -> None:
    for verb in ("programme.first", "programme.second"):
        actions.record(verb=verb, subject=world.round, by=world.office, at=NOW, note={"n": 1})
    assert [e.verb for e in queries.history_of(world.round)][:2] == ["programme.second", "programme.first"]
