"""A tambon that fell out of a round: what a person still sees of it, and where it counts no more."""

from __future__ import annotations

from datetime import datetime

import pytest
from django.test import Client
from django.urls import reverse
from django.utils.html import strip_tags

from tests import cast
from tests.factories import NOW
from tests.placement.test_changes import codes
from u2t import matching
from u2t.handover.actions import planning, whole
from u2t.handover.models import Handover
from u2t.handover.queries import standing
from u2t.home.queries import briefing, steps
from u2t.pages import words
from u2t.people.models import Lecturer, Worker
from u2t.placement import actions
from u2t.placement.models import Refill, Run
from u2t.placement.queries import figures, shown
from u2t.placement.queries.problem import problem_for
from u2t.placement.queries.taking_part import fell_out, taking_part
from u2t.placement.queries.warnings import warnings_of
from u2t.programme.actions import rounds
from u2t.programme.models import Quota, RoundTambon
from u2t.recruitment.models import Call

GONE = "ถอนตัวแล้ว"


@pytest.fixture
def dropped(placed: cast.World) -> Refill:
    """The tambon in the city fell out after its handover had been planned; nobody took its people."""
    planning.plan_handovers(round=placed.round, by=placed.office, at=NOW)
    rounds.announce_round(round=placed.round, by=placed.office, at=NOW)
    placed.round.refresh_from_db()
    tambon = RoundTambon.objects.get(round=placed.round, tambon_id=cast.CITY)
    return actions.drop_tambon(tambon=tambon, moves=0, reason="อบต. ขอถอนตัว", by=placed.office, at=NOW)


def slots_of_a_tambon(world: cast.World) -> int:
    return sum(Quota.objects.filter(category__round=world.round).values_list("per_tambon", flat=True))


def page(client: Client, name: str, *args: object, **query: object) -> str:
    return client.get(reverse(name, args=args, query=query)).content.decode()


def test_its_slots_are_counted_nowhere(placed: cast.World, dropped: Refill) -> None:
    round, one = placed.round, slots_of_a_tambon(placed)
    assert [tambon.tambon_id for tambon in taking_part(round)] == [cast.NONG_LUANG_KPP, cast.NONG_LUANG_TAK]
    assert (fell_out(taking_part(round)[0]), fell_out(dropped.dropped)) == (None, dropped)
    numbers, stated = figures.placement_numbers(round), briefing.briefing(round)
    assert (numbers.tambons, numbers.slots.slots, numbers.slots.missing) == (2, 2 * one, 0)
    assert (stated.tambons, stated.slots, stated.placed) == (2, 2 * one, 2 * one)
    live, _problem = shown.live(round)
    assert (live.slots.slots, live.slots.missing, len(live.rows)) == (2 * one, 0, 2)
    journey = steps.steps(stated, runs=True)
    assert [(step.done, step.total) for step in journey[:2]] == [(2, 2), (2, 2)], "tambons, and their hosts"
    assert journey[2].total == 2 * round.leaders_per_tambon


def test_the_placement_page_names_it_apart_and_an_older_plan_still_shows_it(
    placed: cast.World, dropped: Refill
) -> None:
    office, run = cast.client_of(placed.office), Run.objects.get()
    now = page(office, "placement:placement", placed.round.code)
    assert GONE in now
    assert dropped.get_absolute_url() in now
    before = office.get(run.get_absolute_url())
    assert [row.fell_out for row in before.context["shown"].rows] == [dropped, None, None]
    assert before.context["shown"].slots.missing == 0
    assert before.context["shown"].fallen_out == ()
    assert GONE in before.content.decode()


def test_the_board_has_no_tile_for_it_and_opening_it_says_why(placed: cast.World, dropped: Refill) -> None:
    office, code = cast.client_of(placed.office), placed.round.code
    board = office.get(reverse("placement:board", args=[code], query={"open": cast.CITY}))
    assert board.context["board"].count == 2
    assert board.context["board"].fallen_out == (dropped,)
    text = strip_tags(board.content.decode())
    assert "ตำบลนี้ถอนตัวแล้ว" in text
    assert board.content.decode().count(dropped.get_absolute_url()) == 2
    assert "ตำบลนี้ถอนตัวแล้ว" in page(office, "placement:board_tambon", code, cast.CITY)
    assert "ตำบลนี้ถอนตัวแล้ว" in page(office, "placement:board_tambon", code, cast.CITY, run=1)


def test_the_public_reads_that_it_fell_out_and_the_office_also_how(
    placed: cast.World, dropped: Refill
) -> None:
    code, link = placed.round.code, dropped.get_absolute_url()
    for address in ("home:tambons", "home:tambon"):
        args = [code] if address == "home:tambons" else [code, cast.CITY]
        public, inside = page(Client(), address, *args), page(cast.client_of(placed.office), address, *args)
        assert GONE in public
        assert link not in public
        assert link in inside
    public_front = strip_tags(page(Client(), "home:round", code))
    assert GONE in public_front
    counted = Client().get(reverse("home:workers", args=[code])).context["page"]
    assert [row.tambon.tambon_id for row in counted] == [cast.NONG_LUANG_KPP, cast.NONG_LUANG_TAK]


def test_its_handover_is_no_open_work_and_stays_in_the_list(placed: cast.World, dropped: Refill) -> None:
    round, handover = placed.round, Handover.objects.get(tambon=dropped.dropped)
    assert handover not in [row.handover for row in standing.not_handed_over(round)]
    numbers = standing.handover_numbers(round)
    assert numbers.planned == Handover.objects.filter(round=round).count() - 1
    assert sum(numbers.by_state.values()) == numbers.planned
    office = cast.client_of(placed.office)
    listed = page(office, "handover:handovers", round.code)
    assert GONE in listed
    assert dropped.get_absolute_url() in listed
    for show in ("no_date", "no_letter", "not_done"):
        rows = office.get(reverse("handover:handovers", args=[round.code], query={"show": show}))
        assert handover.pk not in [row.handover.pk for row in rows.context["page"]]
    assert GONE in office.get(handover.get_absolute_url()).content.decode()
    assert whole.undated(round) == standing.wanted(round).filter(handed_on=None).count()


def test_a_handover_that_was_done_before_stays_done(placed: cast.World, dropped: Refill) -> None:
    Handover.objects.filter(tambon=dropped.dropped).update(handed_on=NOW.date(), done_at=NOW)
    assert standing.handover_numbers(placed.round).done == 1


def test_no_handover_is_planned_for_it(placed: cast.World, dropped: Refill) -> None:
    Handover.objects.filter(tambon=dropped.dropped).delete()
    assert planning.plan_handovers(round=placed.round, by=placed.office, at=NOW).made == ()


def test_a_further_call_looks_for_nobody_there(placed: cast.World, dropped: Refill) -> None:
    someone = Worker.objects.filter(engagements__tambon__tambon_id=cast.NONG_LUANG_TAK).first()
    assert someone
    kind = Worker.Left.choices[0][0]
    actions.leave(worker=someone, kind=kind, on=NOW.date(), reason="x", by=placed.office, at=NOW)
    cast.client_of(placed.office).post(reverse("home:further_call", args=[placed.round.code]))
    wanted = Call.objects.get().quotas.filter(slots__gt=0)
    assert set(wanted.values_list("tambon__tambon_id", flat=True)) == {cast.NONG_LUANG_TAK}


def test_nobody_is_made_to_lead_it(placed: cast.World, dropped: Refill) -> None:
    comes = Lecturer.objects.filter(round=placed.round)[0]
    given = {"leaves": None, "comes": comes, "reason": "x", "by": placed.office, "at": NOW}
    assert "placement.dropped_already" in codes(
        lambda: actions.change_leader(tambon=dropped.dropped, **given)  # type: ignore[arg-type]
    )


def test_the_drop_page_says_before_the_decision_that_no_button_undoes_it(placed: cast.World) -> None:
    office = cast.client_of(placed.office)
    for query in ({"tambon": cast.CITY}, {"tambon": cast.CITY, "moves": "0"}):
        shown = page(office, "placement:refill_new", placed.round.code, **query)
        assert "ไม่มีปุ่มย้อนกลับ" in shown
        assert f"{reverse('placement:board', args=[placed.round.code])}?open={cast.CITY}" in shown
    left = Worker.objects.filter(engagements__tambon__tambon_id=cast.CITY)[0]
    kind = Worker.Left.choices[0][0]
    actions.leave(worker=left, kind=kind, on=NOW.date(), reason="x", by=placed.office, at=NOW)
    assert "ไม่มีปุ่มย้อนกลับ" not in page(office, "placement:refill_new", placed.round.code, left=left.number)


def said(world: cast.World, problem: matching.Problem, at: datetime = NOW) -> dict[str, str]:
    return {one.code: str(words.say(one)) for one, _url in warnings_of(world.round, problem, at)}


def test_before_a_plan_a_limit_of_the_way_is_named_as_the_reason(full: cast.World) -> None:
    Worker.objects.filter(round=full.round).update(home_tambon_id=cast.CITY)
    rule = matching.Rule(leaders_per_tambon=2, max_km=20)
    found = said(full, problem_for(full.round, rule))
    assert "placement.short_of_people" not in found
    assert "ไกลกว่า 20 กม." in found["placement.short_within_limit"]
    assert "placement.people_stranded" not in found, "the city is near enough for everybody"
    Worker.objects.filter(round=full.round, category__code="student").update(home_tambon=None)
    found = said(full, problem_for(full.round, rule))
    assert "เกิน 20 กม." in found["placement.people_stranded"]


def test_before_a_plan_its_missing_host_is_nobodys_concern(placed: cast.World) -> None:
    tambon = RoundTambon.objects.get(round=placed.round, tambon_id=cast.CITY)
    tambon.coverage.all().delete()
    assert "placement.tambons_without_host" in said(placed, problem_for(placed.round))
    actions.drop_tambon(tambon=tambon, moves=0, reason="x", by=placed.office, at=NOW)
    assert "placement.tambons_without_host" not in said(placed, problem_for(placed.round))
