"""The office's home says what recruitment, orientation and placement wait for."""

from __future__ import annotations

from django.urls import reverse

from tests import cast, given, recruiting
from tests.cast import CITY, World
from tests.recruiting import NOW
from u2t.home.queries.waiting import waiting
from u2t.people.models import Worker
from u2t.placement.actions import leaving, refill_place
from u2t.placement.models import Engagement
from u2t.recruitment.models import Appeal, Offer


def test_what_waits_is_counted_by_call_until_it_is_done(world: World) -> None:
    call = recruiting.call(world.round)
    for number in (1, 2):
        recruiting.application(call, number, choices=(CITY,))
    recruiting.application(call, 3, choices=(CITY,), submitted=False)
    hired = recruiting.application(call, 4, choices=(CITY,), passed=True, score=80_000)
    offer = Offer.objects.create(
        application=hired, tambon=world.tambons[CITY], category=hired.category, is_reserve=False, made_at=NOW,
        answer_until=NOW, accepted_at=NOW,
    )  # fmt: skip
    appeal = Appeal.objects.create(application=hired, text="โปรดทบทวน", filed_at=NOW)
    assert [(one.count, one.call) for one in waiting(world.round)] == [(2, 1), (1, 1), (1, 1)]
    Offer.objects.filter(pk=offer.pk).update(declined_at=NOW)
    Appeal.objects.filter(pk=appeal.pk).update(answered_at=NOW)
    assert [one.count for one in waiting(world.round)] == [2]


def test_the_office_is_led_to_it_and_the_executive_is_not(world: World) -> None:
    call = recruiting.call(world.round)
    recruiting.application(call, 1, choices=(CITY,))
    address = f"{reverse('recruitment:applications', args=[call.round.code, 1])}?show=waiting"
    office = cast.client_of(world.office)
    assert address in office.get(reverse("home:mine")).content.decode()
    assert recruiting.factories.GIVEN_NAMES[1] in office.get(address).content.decode()
    assert address not in cast.client_of(world.executive).get(reverse("home:mine")).content.decode()


def test_a_place_that_somebody_left_waits_until_it_is_answered(world: World) -> None:
    given.placed(world.round)
    assert waiting(world.round) == []
    one = Engagement.objects.current().filter(worker__round=world.round, office=None).first()
    assert one is not None
    on = world.round.starts_on
    leaving.leave(worker=one.worker, kind=Worker.Left.RESIGNED, on=on, reason="ย้าย", by=world.office, at=NOW)
    assert [(found.count, found.url) for found in waiting(world.round)] == [
        (1, reverse("placement:refills", args=[world.round.code]))
    ]
    one.worker.refresh_from_db()
    refill_place(left=one.worker, moves=0, reason="รอรอบหน้า", by=world.office, at=NOW)
    assert waiting(world.round) == []
