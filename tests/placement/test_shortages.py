"""What no plan can do, by name, and what would help."""

from __future__ import annotations

from django.urls import reverse
from django.utils.html import strip_tags

from tests import cast, factories, given
from tests.factories import NOW
from u2t.people.models import Worker
from u2t.placement import actions
from u2t.placement.queries import shortages, teams
from u2t.programme.models import Quota


def read(world: cast.World, account: object = None) -> str:
    url = reverse("placement:shortages", args=[world.round.code])
    return strip_tags(cast.client_of(account or world.office).get(url).content.decode())


def codes(remedies: tuple[shortages.Remedy, ...]) -> set[str]:
    return {remedy.objection.code for remedy in remedies}


def test_nothing_is_short_where_everybody_fits(placed: cast.World) -> None:
    assert not shortages.scarcity_of(placed.round).any
    assert "ไม่มีอะไรขาด" in read(placed)


def test_too_few_people_are_named_with_the_category_and_a_call(world: cast.World) -> None:
    given.workers(world.round, 12)
    found = shortages.scarcity_of(world.round)
    short = {one.category.code: one for one in found.shortages}
    assert sum(one.short for one in found.shortages) == 3
    assert all("placement.remedy_call" in codes(one.remedies) for one in short.values())
    text = read(world)
    assert all(one.category.name in text for one in found.shortages)
    assert reverse("home:vacancies", args=[world.round.code]) in {
        remedy.url for one in found.shortages for remedy in one.remedies
    }


def test_too_many_people_are_counted_and_slots_may_move_to_them(world: cast.World) -> None:
    given.workers(world.round, 11)
    for _ in range(5):
        factories.worker(world.round, "student", wishes=())
    found = shortages.scarcity_of(world.round)
    [over] = found.surpluses
    assert over.category.code == "student"
    assert over.over == over.people - over.places > 0
    assert found.shortages
    assert all("placement.remedy_quota" in codes(one.remedies) for one in found.shortages)


def test_a_farthest_way_that_leaves_slots_empty_says_how_far_would_do(full: cast.World) -> None:
    tak = full.tambons[cast.NONG_LUANG_TAK]
    Worker.objects.filter(round=full.round).update(home_tambon_id=cast.CITY)
    full.round.placement_rule = {"max_km": 1}
    full.round.save(update_fields=["placement_rule"])
    found = shortages.scarcity_of(full.round)
    far = [one for one in found.shortages if tak in one.tambons]
    assert far
    for one in far:
        [farther] = [r for r in one.remedies if r.objection.code == "placement.remedy_farther"]
        full.round.placement_rule = {"max_km": farther.objection.about["km"]}
        full.round.save(update_fields=["placement_rule"])
        again = shortages.scarcity_of(full.round)
        assert one.category not in {short.category for short in again.shortages}
    assert tak.tambon.full_name in read(full) or not again.shortages


def test_people_whom_no_tambon_can_take_and_unknown_homes_are_named(full: cast.World) -> None:
    stray, lost = Worker.objects.filter(round=full.round).order_by("number")[:2]
    Worker.objects.filter(pk=stray.pk).update(home_tambon_id="640101")
    Worker.objects.filter(pk=lost.pk).update(home_tambon=None)
    full.round.placement_rule = {"max_km": 20}
    full.round.save(update_fields=["placement_rule"])
    found = shortages.scarcity_of(full.round)
    assert {one.worker for one in found.stranded} == {stray, lost}
    assert found.unknown_homes == (lost,)
    assert found.outside_homes == (stray,)
    text = read(full)
    assert stray.person.full_name in text
    assert lost.person.full_name in text


def test_pins_that_contradict_and_slots_left_empty_stand_there_by_name(placed: cast.World) -> None:
    one = teams.engagements().filter(category__code="student").first()
    assert one is not None
    actions.hold(workers=[one.worker], reason="เริ่มงานแล้ว", by=placed.office, at=NOW)
    Quota.objects.filter(category__code="student", workstream__code="team").update(per_tambon=0)
    found = shortages.scarcity_of(placed.round)
    assert [objection.code for objection in found.contradictions] == ["placement.lock_unknown_seat"]
    assert one.worker.person.full_name in read(placed)
