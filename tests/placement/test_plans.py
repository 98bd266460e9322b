"""Compute a plan and adopt it, as the office does on its pages."""

from __future__ import annotations

from typing import Any

import pytest
from django.urls import reverse
from django.utils.html import strip_tags

from tests import cast, given
from tests.factories import NOW
from u2t.audit.models import Event
from u2t.audit.queries import first_broken_link
from u2t.jobs import actions as jobs
from u2t.jobs.models import Job
from u2t.objections import Refused
from u2t.people.models import Lecturer, Worker
from u2t.placement import actions
from u2t.placement.actions.holds import release_leader
from u2t.placement.models import Engagement, Leadership, Run
from u2t.placement.queries import figures, teams
from u2t.programme.models import Quota


def page(world: cast.World, name: str, *args: Any, **kwargs: Any) -> str:
    response = cast.client_of(world.office).get(
        reverse(f"placement:{name}", args=[world.round.code, *args]), kwargs
    )
    return response.content.decode()


def read(world: cast.World, name: str, *args: Any, **kwargs: Any) -> str:
    """The words of a page without its tags."""
    return strip_tags(page(world, name, *args, **kwargs))


def refusals(call: Any) -> set[str]:
    with pytest.raises(Refused) as refused:
        call()
    return {objection.code for objection in refused.value.objections}


def test_a_new_plan_exchanges_no_lecturers_for_others_who_are_as_good(placed: cast.World) -> None:
    here, there = (placed.tambons[code] for code in cast.TAMBONS[:2])
    # All come from one place and know the same, so two tambons may as well have each other's lecturers.
    for lecturer in Lecturer.objects.filter(round=placed.round):
        lecturer.expertise.clear()
    Lecturer.objects.filter(round=placed.round).update(base_district=None)
    teams_of = {tambon: list(Leadership.objects.filter(tambon=tambon)) for tambon in (here, there)}
    for tambon, other in ((here, there), (there, here)):
        Leadership.objects.filter(pk__in=[one.pk for one in teams_of[tambon]]).update(tambon=other)
    run = actions.begin_run(round=placed.round, by=placed.office, at=NOW)
    run = actions.compute(run=run, by=placed.office, at=NOW)
    led = {
        tambon.tambon_id: sorted(
            str(key) for key in Leadership.objects.filter(tambon=tambon).values_list("lecturer_id", flat=True)
        )
        for tambon in placed.tambons.values()
    }
    assert run.plan["leaders"] == led


def test_the_office_computes_a_plan_looks_at_it_and_adopts_it(full: cast.World) -> None:
    office = cast.client_of(full.office)
    asked = office.post(reverse("placement:ask", args=[full.round.code]))
    job = Job.objects.get()
    assert asked.url == job.get_absolute_url()
    jobs.run(str(job.pk))
    job.refresh_from_db()
    assert job.step == "เลือกอาจารย์ผู้จัดการโครงการของแต่ละตำบล"
    assert job.done == job.total
    run = Run.objects.get()
    assert office.get(job.get_absolute_url()).url == run.get_absolute_url()
    shown = strip_tags(office.get(run.get_absolute_url()).content.decode())
    assert "แผนที่ 1" in shown
    assert "ไม่มีแผนใดดีกว่า" in shown
    assert not Engagement.objects.exists(), "a computed plan changes nothing"
    confirmation = read(full, "adoption", 1)
    assert "มีผู้ได้อัตรา 15 คน และได้ผู้จัดการโครงการ (PM) 6 ตำแหน่ง" in confirmation
    office.post(reverse("placement:adopt", args=[full.round.code, 1]))
    numbers = figures.placement_numbers(full.round)
    assert (numbers.slots.filled, numbers.slots.slots, numbers.unplaced) == (15, 15, 0)
    assert (numbers.team.filled, numbers.data_managers.filled) == (12, 3)
    assert numbers.leaders_by_tambon == {tambon.pk: 2 for tambon in full.tambons.values()}
    assert sum(numbers.office_load.values()) == 3
    assert max(numbers.office_load.values()) <= 2, "no office gets more than its room"
    assert "ใช้อยู่" in page(full, "placement")


def test_every_slot_is_filled_by_its_own_category_and_data_managers_sit_in_offices(
    placed: cast.World,
) -> None:
    engagements = Engagement.objects.current().select_related("worker", "workstream")
    assert all(e.category_id == e.worker.category_id for e in engagements)
    assert all((e.office_id is not None) == e.workstream.to_office for e in engagements)
    for quota in Quota.objects.filter(category__round=placed.round):
        for tambon in placed.tambons.values():
            taken = engagements.filter(tambon=tambon, category=quota.category, workstream=quota.workstream)
            assert taken.count() == quota.per_tambon


def test_asking_twice_computes_once(full: cast.World) -> None:
    office = cast.client_of(full.office)
    first, second = (office.post(reverse("placement:ask", args=[full.round.code])).url for _ in range(2))
    assert first == second
    assert Run.objects.count() == Job.objects.count() == 1


def test_a_job_taken_up_again_after_its_end_changes_nothing(planned: Run) -> None:
    before = Run.objects.values_list("plan", "computed_at").get(pk=planned.pk)
    actions.compute(run=planned, by=None, at=NOW.replace(year=2022))
    assert Run.objects.values_list("plan", "computed_at").get(pk=planned.pk) == before


def test_a_plan_is_not_adopted_when_the_tables_have_changed_since(full: cast.World, planned: Run) -> None:
    Quota.objects.filter(category__code="public", workstream__code="team").update(per_tambon=2)
    assert refusals(lambda: actions.adopt(run=planned, by=full.office, at=NOW)) == {
        "placement.input_changed",
        "placement.changed_seats",
    }
    assert not Engagement.objects.exists()
    shown = page(full, "adoption", 1)
    assert "เปลี่ยนไปหลังจากคำนวณแผนที่ 1" in shown
    button = f'action="{reverse("placement:adopt", args=[full.round.code, 1])}"'
    assert button not in shown, "no button that would be refused"


def test_a_plan_is_adopted_once_and_never_before_it_is_computed(full: cast.World, planned: Run) -> None:
    actions.adopt(run=planned, by=full.office, at=NOW)
    assert "placement.adopted_already" in refusals(lambda: actions.adopt(run=planned, by=full.office, at=NOW))
    empty = actions.begin_run(round=full.round, by=full.office, at=NOW)
    assert refusals(lambda: actions.adopt(run=empty, by=full.office, at=NOW)) == {"placement.not_computed"}


def test_a_stored_plan_that_somebody_tampered_with_is_not_adopted(full: cast.World, planned: Run) -> None:
    plan = planned.plan
    first, second = [key for key, seat in plan["seats"].items() if seat[1] == "graduate"][:2]
    plan["seats"][first] = plan["seats"][second] = ["620101", "graduate", "data"]
    Run.objects.filter(pk=planned.pk).update(plan=plan)
    assert refusals(lambda: actions.adopt(run=planned, by=full.office, at=NOW)) == {"placement.plan_broken"}
    assert not Engagement.objects.exists()
    assert not Leadership.objects.exists()


def test_adopting_a_new_plan_moves_only_those_for_whom_it_differs(placed: cast.World) -> None:
    before = dict(Engagement.objects.current().values_list("worker_id", "pk"))
    leader = Leadership.objects.current().first()
    assert leader is not None
    one, other = Worker.objects.filter(category__code="student").order_by("number")[:2]
    actions.swap(worker=one, other=other, reason="อยู่ใกล้กัน", by=placed.office, at=NOW)
    by_hand = dict(Engagement.objects.current().values_list("worker_id", "pk"))
    run = actions.begin_run(round=placed.round, by=placed.office, at=NOW)
    actions.compute(run=run, by=placed.office, at=NOW)
    actions.adopt(run=run, by=placed.office, at=NOW)
    after = dict(Engagement.objects.current().values_list("worker_id", "pk"))
    assert {worker for worker in after if after[worker] != before[worker]} == {one.pk, other.pk}
    assert after == by_hand, "what the office decided by hand stays in the next plan"
    assert Engagement.objects.filter(worker=one).count() == 2, "the history stays"
    assert Leadership.objects.current().filter(pk=leader.pk).exists()


def test_a_leader_chosen_by_hand_does_not_go_unsaid(placed: cast.World) -> None:
    tambon = placed.tambons[cast.CITY]
    leaves = teams.leaders_of(tambon)[0].lecturer
    far = given.lecturers(placed.round, 7)[0]
    far.expertise.clear()
    actions.change_leader(tambon=tambon, leaves=leaves, comes=far, reason="ตามคำขอ", by=placed.office, at=NOW)
    chosen = Leadership.objects.current().filter(lecturer=far)
    release_leader(leaderships=chosen, reason="ให้คำนวณใหม่", by=placed.office, at=NOW)
    run = actions.begin_run(round=placed.round, by=placed.office, at=NOW)
    actions.compute(run=run, by=placed.office, at=NOW)
    assert "PM ที่เจ้าหน้าที่เลือกไว้ 1 ตำแหน่งจะพ้น" in read(placed, "adoption", run.number)


def test_fewer_people_than_slots_are_placed_and_the_empty_slots_are_named(full: cast.World) -> None:
    Worker.objects.filter(category__code="student").order_by("number").last().delete()
    assert "มี 2 คน สำหรับ 3 อัตรา จะมีอัตราว่าง 1 อัตรา" in page(full, "placement")
    run = actions.begin_run(round=full.round, by=full.office, at=NOW)
    actions.compute(run=run, by=full.office, at=NOW)
    shown = page(full, "run", run.number)
    assert "อัตราที่ยังว่าง" in shown
    assert "นักศึกษา" in shown
    actions.adopt(run=run, by=full.office, at=NOW)
    assert figures.placement_numbers(full.round).slots.missing == 1


def test_more_people_than_slots_leaves_some_without_and_says_who(full: cast.World) -> None:
    given.workers(full.round, 18)
    assert "จะมีผู้ไม่ได้อัตรา" in page(full, "placement")
    run = actions.begin_run(round=full.round, by=full.office, at=NOW)
    actions.compute(run=run, by=full.office, at=NOW)
    actions.adopt(run=run, by=full.office, at=NOW)
    left = [w for w in Worker.objects.filter(round=full.round) if not w.engagements.exists()]
    assert len(left) == 3
    listed = read(full, "people", wish="unplaced")
    assert all(worker.person.full_name in listed for worker in left)
    assert "1–3 จาก 3" in listed


def test_a_round_without_people_says_what_to_do_first(world: cast.World) -> None:
    Worker.objects.all().delete()
    shown = page(world, "placement")
    assert "ยังไม่มีผู้ปฏิบัติงาน" in shown
    assert reverse("rosters:rosters", args=[world.round.code]) in shown
    url = reverse("placement:placement", args=[world.round.code])
    seen = cast.client_of(world.executive).get(url).content.decode()
    assert "ยังไม่มีผู้ปฏิบัติงาน" in seen
    assert reverse("rosters:rosters", args=[world.round.code]) not in seen, "executives may not import"
    assert refusals(lambda: actions.ask_for_plan(round=world.round, by=world.office, at=NOW)) == {
        "placement.no_workers"
    }
    assert not Run.objects.exists()


def test_data_that_contradict_a_decision_by_hand_are_refused_with_names(placed: cast.World) -> None:
    student = Worker.objects.filter(category__code="student").first()
    assert student is not None
    other = next(t for t in placed.tambons.values() if t.pk != student.engagements.get().tambon_id)
    taken = Engagement.objects.current().get(tambon=other, category__code="student")
    actions.swap(worker=student, other=taken.worker, reason="ตามคำขอ", by=placed.office, at=NOW)
    Quota.objects.filter(category__code="student").update(per_tambon=0)
    run, job = actions.ask_for_plan(round=placed.round, by=placed.office, at=NOW)
    jobs.run(str(job.pk))
    run.refresh_from_db()
    assert run.computed_at is None
    shown = read(placed, "run", run.number)
    assert "คำนวณแผนไม่สำเร็จ" in shown
    assert student.person.full_name in shown


def test_what_was_adopted_is_in_the_unbroken_chain_of_events(placed: cast.World) -> None:
    event = Event.objects.get(verb="placement.adopt")
    assert event.by_id == placed.office.pk
    assert event.note == {"number": 1, "begun": 15, "ended": 0, "leaders_begun": 6, "leaders_ended": 0}
    assert first_broken_link() is None
