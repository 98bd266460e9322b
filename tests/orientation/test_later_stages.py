"""Who has not completed orientation is visible as such to placement, handover and on the person's page."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
import time_machine
from django.urls import reverse

from tests import cast, given
from tests.cast import client_of
from tests.factories import NOW
from tests.orientation.attending import attended, sessions
from u2t.handover.actions import issuing, planning
from u2t.handover.models import Handover
from u2t.orientation.queries import completion
from u2t.people.models import Worker

MARK = "ยังไม่ผ่านการปฐมนิเทศ"


@pytest.fixture
def placed(world: cast.World) -> cast.World:
    """Everybody is placed; the planned sessions, if a test adds them, are over."""
    given.placed(world.round)
    with time_machine.travel(NOW, tick=False):
        yield world  # type: ignore[misc]


def pages(world: cast.World, handover: Handover) -> list[str]:
    client = client_of(world.office)
    addresses = [
        reverse("placement:people", args=[world.round.code]),
        handover.get_absolute_url(),
        world.hired.get_absolute_url(),
        reverse("home:mine"),
    ]
    shown = [client.get(address).content.decode() for address in addresses[:3]]
    return [*shown, client_of(world.worker).get(addresses[3]).content.decode()]


def test_a_round_that_asks_for_nothing_calls_nobody_not_completed(placed: cast.World) -> None:
    planning.plan_handovers(round=placed.round, by=placed.office, at=NOW)
    handover = Handover.objects.get(tambon__tambon_id=cast.CITY)
    assert [MARK in html for html in pages(placed, handover)] == [False] * 4


def test_who_lacks_hours_is_marked_everywhere_and_the_letter_goes_out_all_the_same(
    placed: cast.World,
) -> None:
    days = sessions(placed.round)
    for worker in Worker.objects.filter(round=placed.round).exclude(pk=placed.hired.pk):
        attended(worker, *days)
    planning.plan_handovers(round=placed.round, by=placed.office, at=NOW)
    engagement = placed.hired.engagements.get()
    seated = engagement.office
    found = (
        Handover.objects.filter(receiver=seated)
        if seated
        else Handover.objects.filter(tambon=engagement.tambon)
    )
    handover = found.get()
    before = pages(placed, handover)
    assert [MARK in html for html in before] == [True] * 4
    assert before[0].count(MARK) == 1
    board = client_of(placed.office).get(reverse("placement:placement", args=[placed.round.code]))
    assert (
        f"{reverse('orientation:completion', args=[placed.round.code])}?state=lacking"
        in board.content.decode()
    )
    issuing.issue_letter(handover=handover, dated_on=date(2021, 1, 29), by=placed.office, at=NOW)
    assert [MARK in html for html in pages(placed, handover)] == [True, False, True, True]
    attended(placed.hired, *days)
    assert [MARK in html for html in pages(placed, handover)] == [False] * 4


def test_later_stages_ask_with_the_same_queries_for_few_and_many(
    placed: cast.World, django_assert_max_num_queries: Any
) -> None:
    sessions(placed.round)
    keys = list(Worker.objects.filter(round=placed.round).values_list("pk", flat=True))
    for some in (keys[:2], keys):
        with django_assert_max_num_queries(9):
            found = completion.of_workers(placed.round, some, NOW)
        assert {one.state for one in found.values()} == {"lacking"}
