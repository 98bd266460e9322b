"""Somebody leaves, or a tambon falls out: the answers first, then one of them in force, and its proof kept."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils.html import strip_tags

from tests import cast, factories
from tests.factories import NOW
from tests.placement.test_changes import codes
from u2t import matching
from u2t.audit.models import Event
from u2t.people.models import Worker
from u2t.placement import actions
from u2t.placement.models import Engagement, Leadership, Refill
from u2t.placement.queries import plans, refills, teams
from u2t.placement.queries.problem import problem_for
from u2t.programme.models import Category, RoundTambon


@pytest.fixture
def reserve(placed: cast.World) -> Worker:
    """A student who has no slot yet and wishes for the tambon in the city."""
    return factories.worker(placed.round, "student", wishes=(cast.CITY,))


def student_in(tambon: str) -> Engagement:
    found = teams.engagements().filter(category__code="student", tambon__tambon_id=tambon)
    return found.filter(workstream__to_office=False)[0]


def gone(world: cast.World, worker: Worker) -> Worker:
    kind, reason = Worker.Left.choices[0][0], "ได้งานใหม่"
    return actions.leave(
        worker=worker, kind=kind, on=date(2021, 3, 1), reason=reason, by=world.office, at=NOW
    )


def address(world: cast.World, **query: object) -> str:
    return reverse("placement:refill_new", args=[world.round.code], query=query)


def text_of(client: Client, url: str) -> str:
    return strip_tags(client.get(url).content.decode())


def test_who_left_leads_to_the_answers_and_one_of_them_is_taken(placed: cast.World, reserve: Worker) -> None:
    place = student_in(cast.CITY)
    office = cast.client_of(placed.office)
    left = {"kind": Worker.Left.choices[0][0], "on": "1/3/2564", "reason": "ได้งานใหม่"}
    leave = reverse("placement:leave", args=[placed.round.code, place.worker.number])
    url = office.post(leave, left).headers["Location"]
    assert url == address(placed, left=place.worker.number)
    shown = office.get(url)
    still = shown.context["answers"][0]
    assert [(step.worker, step.kind) for step in still.steps] == [(reserve, "comes")]
    assert reserve.person.full_name in strip_tags(shown.content.decode())
    assert Refill.objects.count() == 0, "looking changes nothing"
    chosen = f"{url}&moves=0"
    seen = office.get(chosen).context["form"].initial["seen"]
    done = office.post(chosen, {"reason": "ผู้สำรองลำดับถัดไป", "seen": seen})
    made = Refill.objects.get()
    assert done.headers["Location"] == made.get_absolute_url()
    begun = teams.engagement_of(reserve)
    assert (begun.tambon, begun.workstream, begun.refill) == (place.tambon, place.workstream, made)
    assert begun.reason == "", "a new plan is free to decide again"
    assert (made.number, made.left, made.reason) == (1, place.worker, "ผู้สำรองลำดับถัดไป")
    assert Event.objects.filter(verb="placement.refill", by=placed.office).count() == 1
    assert "ได้งานใหม่" not in text_of(office, made.get_absolute_url())
    assert reserve.person.full_name in text_of(office, made.get_absolute_url())


def test_a_move_ends_one_engagement_and_begins_another(placed: cast.World) -> None:
    worker, stays = crossed(placed)
    left = gone(placed, stays)
    question = refills.after_leaving(left)
    assert question.frontier
    still, one = question.frontier.answers
    assert (still.moves, still.empty) == (0, question.frontier.vacancies)
    assert one.moves == 1
    made = actions.refill_place(left=left, moves=1, reason="ใกล้บ้าน", by=placed.office, at=NOW)
    history = Engagement.objects.filter(worker=worker).order_by("pk")
    ended, begun = list(history)[-2:]
    assert (ended.ended_at, ended.end_reason) == (NOW, "ใกล้บ้าน")
    assert (begun.tambon.tambon_id, begun.refill, begun.ended_at) == (cast.CITY, made, None)
    assert begun.why["decided_by"] == "refill"


def crossed(world: cast.World) -> tuple[Worker, Worker]:
    """Somebody who wishes for the city but works elsewhere, and somebody who works in the city."""
    city = student_in(cast.CITY)
    other = teams.engagements().filter(category__code="student", workstream=city.workstream)
    away = other.exclude(tambon=city.tambon)[0]
    away.worker.wishes.all().delete()
    away.worker.wishes.create(tambon=city.tambon, rank=1)
    Worker.objects.filter(pk=away.worker.pk).update(home_tambon_id=cast.CITY)
    return away.worker, city.worker


def test_whoever_is_pinned_is_not_moved(placed: cast.World) -> None:
    worker, stays = crossed(placed)
    others = Worker.objects.filter(round=placed.round, category=worker.category, engagements__ended_at=None)
    actions.hold(workers=list(others.exclude(pk=stays.pk)), reason="ตกลงกันไว้", by=placed.office, at=NOW)
    frontier = refills.after_leaving(gone(placed, stays)).frontier
    assert frontier
    assert [answer.moves for answer in frontier.answers] == [0]


def test_an_answer_shown_before_somebody_else_changed_something_is_refused(
    placed: cast.World, reserve: Worker
) -> None:
    left = gone(placed, student_in(cast.CITY).worker)
    seen = refills.after_leaving(left).seen
    second = gone(placed, teams.engagements().exclude(worker=left)[0].worker)
    given: dict[str, Any] = {"moves": 0, "by": placed.office, "at": NOW}
    assert codes(lambda: actions.refill_place(left=left, reason="", seen=seen, **given)) == {
        "placement.reason_missing",
        "placement.changed_meanwhile",
    }
    refused = codes(lambda: actions.refill_place(left=left, **{**given, "moves": 77}, reason="x"))
    assert refused == {"placement.no_such_answer"}
    assert Refill.objects.count() == 0
    assert teams.engagement_of(second) is None


def test_of_two_officers_who_answer_the_same_place_only_the_first_is_heard(placed: cast.World) -> None:
    left = gone(placed, student_in(cast.CITY).worker)
    answer: dict[str, Any] = {"moves": 0, "seen": refills.after_leaving(left).seen, "reason": "ปล่อยว่างไว้"}
    answer |= {"left": left, "by": placed.office, "at": NOW}
    actions.refill_place(**answer)
    assert codes(lambda: actions.refill_place(**answer)) == {"placement.changed_meanwhile"}
    actions.refill_place(**answer | {"seen": refills.after_leaving(left).seen})


def test_there_is_no_answer_without_a_free_place(placed: cast.World, reserve: Worker) -> None:
    hired = student_in(cast.CITY).worker
    take = {"moves": 0, "reason": "x", "by": placed.office, "at": NOW}
    assert codes(lambda: actions.refill_place(left=hired, **take)) == {"placement.still_hired"}
    without = gone(placed, factories.worker(placed.round, "student"))
    assert codes(lambda: actions.refill_place(left=without, **take)) == {"placement.left_no_slot"}
    left = gone(placed, hired)
    actions.refill_place(left=left, **take)
    assert codes(lambda: actions.refill_place(left=left, **take)) == {"placement.place_taken"}
    shown = cast.client_of(placed.office).get(address(placed, left=left.number))
    assert "มีผู้บรรจุแล้ว" in strip_tags(shown.content.decode())


def test_numbers_run_without_a_gap_and_the_list_says_what_waits(placed: cast.World) -> None:
    first, second = (
        gone(placed, one.worker) for one in teams.engagements().filter(category__code="student")[:2]
    )
    waiting = [worker for worker, _, _ in refills.open_places(placed.round)]
    assert set(waiting) == {first, second}
    office = cast.client_of(placed.office)
    for left in (first, second):
        actions.refill_place(left=left, moves=0, reason="ว่างไว้ก่อน", by=placed.office, at=NOW)
    assert [one.number for one in Refill.objects.order_by("pk")] == [1, 2]
    shown = office.get(reverse("placement:refills", args=[placed.round.code]))
    assert (shown.context["waiting"], shown.context["page"].total) == ([], 2)


def test_a_kept_proof_adds_up_and_a_bent_one_is_told(placed: cast.World, reserve: Worker) -> None:
    left = gone(placed, student_in(cast.CITY).worker)
    made = actions.refill_place(left=left, moves=0, reason="x", by=None, at=NOW)
    url, office = made.get_absolute_url(), cast.client_of(placed.office)
    assert refills.kept_of(made).holds
    assert "ตรวจซ้ำแล้วเมื่อครู่นี้" in text_of(office, url)
    made.proof["answers"][0]["value"] -= 1
    made.save()
    assert "ตรวจซ้ำแล้วเมื่อครู่นี้" not in text_of(office, url)


def test_a_tambon_that_falls_out_keeps_its_history_and_gets_nobody_any_more(placed: cast.World) -> None:
    tambon = RoundTambon.objects.get(round=placed.round, tambon_id=cast.CITY)
    people = set(Engagement.objects.current().filter(tambon=tambon).values_list("worker_id", flat=True))
    free = gone(placed, teams.engagements().filter(category__code="student").exclude(tambon=tambon)[0].worker)
    office = cast.client_of(placed.office)
    url = address(placed, tambon=cast.CITY) + "&moves=0"
    shown = office.get(url)
    assert "ถอนตัว" in strip_tags(shown.content.decode())
    office.post(url, {"reason": "อบต. ถอนตัว", "seen": shown.context["form"].initial["seen"]})
    made = Refill.objects.get()
    assert (made.dropped, made.number) == (tambon, 1)
    assert not Engagement.objects.current().filter(tambon=tambon).exists()
    assert not Leadership.objects.current().filter(tambon=tambon).exists()
    came = Engagement.objects.current().filter(refill=made)
    assert {one.worker_id for one in came} <= people, "who is displaced comes before who waits"
    assert len(came) == 1
    assert came[0].category == free.category
    problem = problem_for(placed.round)
    assert cast.CITY not in {seat.tambon for seat in problem.seats} | set(problem.tambons)
    plan = matching.solve(problem)
    assert cast.CITY not in {seat[0] for seat in plan.seats.values() if seat}
    assert plans.plan_now(placed.round, problem).seats.keys() == plan.seats.keys()
    again = {"moves": 0, "reason": "x", "by": None, "at": NOW}
    assert codes(lambda: actions.drop_tambon(tambon=tambon, **again)) == {"placement.dropped_already"}
    assert Category.objects.filter(round=placed.round).exists()
    assert text_of(office, made.get_absolute_url()).count("ตำบล") > 0


def test_only_the_office_takes_an_answer_and_executives_may_look(placed: cast.World, reserve: Worker) -> None:
    left = gone(placed, student_in(cast.CITY).worker)
    stranger = cast.client_of(placed.am)
    url = address(placed, left=left.number)
    assert stranger.get(url).status_code == 403
    assert stranger.post(f"{url}&moves=0", {"reason": "x"}).status_code == 403
    assert stranger.get(reverse("placement:refills", args=[placed.round.code])).status_code == 403
    assert Refill.objects.count() == 0


def test_what_was_typed_stays_where_the_reason_is_missing(placed: cast.World, reserve: Worker) -> None:
    left = gone(placed, student_in(cast.CITY).worker)
    office = cast.client_of(placed.office)
    refused = office.post(address(placed, left=left.number) + "&moves=0", {"reason": "  ", "seen": "old"})
    assert refused.context["form"].errors["reason"]
    assert refused.context["chosen"].answer.moves == 0
    assert Refill.objects.count() == 0


def test_nothing_asked_leads_to_the_list(placed: cast.World) -> None:
    answer = cast.client_of(placed.office).get(address(placed))
    assert answer.headers["Location"] == reverse("placement:refills", args=[placed.round.code])


def test_more_people_cost_no_more_queries(
    placed: cast.World, reserve: Worker, django_assert_max_num_queries: Any
) -> None:
    left = gone(placed, student_in(cast.CITY).worker)
    office = cast.client_of(placed.office)
    office.get(address(placed, left=left.number))
    with django_assert_max_num_queries(45):
        office.get(address(placed, left=left.number))
