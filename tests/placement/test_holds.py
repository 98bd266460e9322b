"""Pin people where they are: a new plan keeps them until they are released."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils.html import strip_tags

from tests import cast, given
from tests.factories import NOW
from u2t.audit.models import Event
from u2t.objections import Refused
from u2t.people.models import Worker
from u2t.placement import actions
from u2t.placement.models import Engagement, Leadership
from u2t.placement.queries import teams
from u2t.placement.queries.problem import problem_for
from u2t.programme.models import Quota, Workstream

LATER = NOW + timedelta(days=30)


def codes(call: Callable[[], object]) -> set[str]:
    with pytest.raises(Refused) as refused:
        call()
    return {objection.code for objection in refused.value.objections}


def replan(world: cast.World) -> None:
    """Compute anew and adopt."""
    run = actions.begin_run(round=world.round, by=world.office, at=LATER)
    actions.compute(run=run, by=world.office, at=LATER)
    actions.adopt(run=run, by=world.office, at=LATER)


def pair(category: str = "student") -> tuple[Engagement, Engagement]:
    """Two people of a category who work in different tambons."""
    one, other = teams.engagements().filter(category__code=category, office=None)[:2]
    assert one.tambon_id != other.tambon_id
    return one, other


def where(worker: Worker) -> tuple[int, int, int | None]:
    found = Engagement.objects.current().get(worker=worker)
    return found.tambon_id, found.workstream_id, found.office_id


def test_who_was_swapped_by_hand_is_pinned_and_stays_when_a_new_plan_is_adopted(placed: cast.World) -> None:
    one, other = pair()
    actions.swap(worker=one.worker, other=other.worker, reason="ทั้งสองตกลงกัน", by=placed.office, at=NOW)
    swapped = {worker: where(worker) for worker in (one.worker, other.worker)}
    kept = Engagement.objects.current().get(worker=one.worker)
    assert (kept.held_at, kept.held_by, kept.held_reason) == (NOW, placed.office, "ทั้งสองตกลงกัน")
    replan(placed)
    assert {worker: where(worker) for worker in swapped} == swapped


def test_who_was_released_is_placed_anew_and_the_history_keeps_both(placed: cast.World) -> None:
    one, other = pair()
    first = where(one.worker)
    actions.swap(worker=one.worker, other=other.worker, reason="ลองสลับ", by=placed.office, at=NOW)
    actions.release(workers=[one.worker, other.worker], reason="ครบกำหนดทดลอง", by=placed.office, at=NOW)
    assert problem_for(placed.round) == problem_for(placed.round)
    assert not [person for person in problem_for(placed.round).candidates if person.lock]
    replan(placed)
    assert where(one.worker) == first, "the best plan is what it was before the swap"
    verbs = Event.objects.filter(subject=f"people.Worker:{one.worker_id}").values_list("verb", flat=True)
    assert list(verbs)[-1] == "placement.release"


def test_a_data_manager_is_pinned_with_the_office(placed: cast.World) -> None:
    manager = teams.engagements().filter(workstream__to_office=True).first()
    assert manager is not None
    actions.hold(workers=[manager.worker], reason="เริ่มงานแล้ว", by=placed.office, at=NOW)
    person = next(p for p in problem_for(placed.round).candidates if p.key == str(manager.worker_id))
    assert person.lock == (manager.tambon.tambon_id, "graduate", "data")
    assert person.fixed_office == str(manager.office_id)


def test_a_lecturer_chosen_by_hand_still_leads_after_a_new_plan(placed: cast.World) -> None:
    tambon = placed.tambons[cast.CITY]
    leaves = teams.leaders_of(tambon)[0].lecturer
    comes = given.lecturers(placed.round, 7)[0]
    comes.expertise.clear()
    actions.change_leader(
        tambon=tambon, leaves=leaves, comes=comes, reason="ลาศึกษาต่อ", by=placed.office, at=NOW
    )
    assert problem_for(placed.round).leads == ((cast.CITY, str(comes.pk)),)
    replan(placed)
    assert comes in [one.lecturer for one in teams.leaders_of(tambon)], "though another would bring more"


def test_a_lecturer_is_pinned_and_released(placed: cast.World) -> None:
    leadership = teams.leaderships()[0]
    given_by = {"by": placed.office, "at": NOW}
    actions.hold_leader(leaderships=[leadership], reason="คุ้นพื้นที่", **given_by)
    assert len(problem_for(placed.round).leads) == 1
    assert codes(lambda: actions.hold_leader(leaderships=[leadership], reason="อีกครั้ง", **given_by)) == {
        "placement.held_already"
    }
    actions.release_leader(leaderships=[leadership], reason="เปลี่ยนได้แล้ว", **given_by)
    assert problem_for(placed.round).leads == ()
    assert codes(lambda: actions.release_leader(leaderships=[leadership], reason="", **given_by)) == {
        "placement.not_held",
        "placement.reason_missing",
    }


def test_pins_that_contradict_the_slots_are_refused_with_names_and_nothing_is_pinned(
    placed: cast.World,
) -> None:
    team = list(teams.engagements().filter(category__code="graduate", workstream__code="team")[:2])
    assert team[0].tambon_id == team[1].tambon_id
    Quota.objects.filter(category__code="graduate", workstream__code="team").update(per_tambon=1)
    with pytest.raises(Refused) as refused:
        actions.hold(workers=[one.worker for one in team], reason="อยู่ด้วยกัน", by=placed.office, at=NOW)
    [objection] = refused.value.objections
    assert objection.code == "placement.locks_exceed_places"
    assert all(one.worker.person.full_name in str(objection.about["people"]) for one in team)
    assert not Engagement.objects.exclude(held_at=None).exists()
    actions.hold(workers=[team[0].worker], reason="อยู่คนเดียว", by=placed.office, at=NOW)


def test_everything_that_stands_against_pinning_is_said_at_once(placed: cast.World) -> None:
    one, other = pair()
    actions.unplace(worker=other.worker, reason="พักงาน", by=placed.office, at=NOW)
    actions.hold(workers=[one.worker], reason="เริ่มงานแล้ว", by=placed.office, at=NOW)

    def both() -> None:
        actions.hold(workers=[one.worker, other.worker], reason=" ", by=placed.office, at=NOW)

    assert codes(both) == {"placement.reason_missing", "placement.held_already", "placement.no_slot_to_hold"}
    assert codes(lambda: actions.hold(workers=[], reason="x", by=placed.office, at=NOW)) == {
        "placement.nobody_chosen"
    }


def test_the_office_pins_a_whole_tambon_and_releases_two_of_it_on_the_pages(placed: cast.World) -> None:
    office = cast.client_of(placed.office)
    new = reverse("placement:hold_many", args=[placed.round.code], query={"tambon": cast.CITY, "all": 1})
    shown = office.get(new)
    numbers = [one.worker.number for one in shown.context["page"]]
    assert shown.content.decode().count(" checked") == len(numbers) == 5
    refused = office.post(new, {"worker": numbers, "reason": " "})
    assert refused.content.decode().count(" checked") == 5, "what was ticked stays ticked"
    office.post(new, {"worker": numbers, "reason": "เริ่มปฏิบัติงานแล้ว"})
    held = Engagement.objects.exclude(held_at=None)
    assert sorted(held.values_list("worker__number", flat=True)) == sorted(numbers)
    page = reverse("placement:holds", args=[placed.round.code])
    text = strip_tags(office.get(page).content.decode())
    assert "เริ่มปฏิบัติงานแล้ว" in text
    leadership = teams.leaderships()[0]
    actions.hold_leader(leaderships=[leadership], reason="คุ้นพื้นที่", by=placed.office, at=NOW)
    release = reverse("placement:release_many", args=[placed.round.code])
    office.post(release, {"worker": numbers[:2], "leadership": [leadership.pk], "reason": "ย้ายได้"})
    assert held.count() == 3
    assert not Leadership.objects.exclude(held_at=None).exists()
    only = reverse("placement:holds", args=[placed.round.code], query={"q": str(numbers[2])})
    assert [one.worker.number for one in office.get(only).context["page"]] == [numbers[2]]


def test_one_person_and_one_lecturer_are_pinned_and_released_on_their_own_pages(placed: cast.World) -> None:
    office = cast.client_of(placed.office)
    one = pair()[0]
    leadership = teams.leaderships()[0]
    at = [placed.round.code, one.worker.number]
    lead = [placed.round.code, leadership.tambon.tambon_id, leadership.lecturer_id]
    for name, where_to, row in (("", at, one), ("_leader", lead, leadership)):
        hold, release = (reverse(f"placement:{act}{name}", args=where_to) for act in ("hold", "release"))
        assert "reason" in office.post(hold, {"reason": ""}).context["form"].errors
        office.post(hold, {"reason": "คุ้นพื้นที่"})
        row.refresh_from_db()
        assert row.is_held
        assert "คุ้นพื้นที่" in strip_tags(office.get(release).content.decode())
        office.post(release, {"reason": "ย้ายได้"})
        row.refresh_from_db()
        assert not row.is_held


def test_only_the_office_pins_and_executives_read_the_list(placed: cast.World) -> None:
    code, number = placed.round.code, pair()[0].worker.number
    lead = [code, cast.CITY, teams.leaders_of(placed.tambons[cast.CITY])[0].lecturer_id]
    asked = [
        reverse("placement:hold_many", args=[code]),
        *(reverse(f"placement:{act}", args=[code, number]) for act in ("hold", "release")),
        *(reverse(f"placement:{act}_leader", args=lead) for act in ("hold", "release")),
    ]
    for role in ("executive", "pm", "am", "worker", "stranger"):
        client = cast.client_of(getattr(placed, role))
        assert {client.get(url).status_code for url in asked} == {403}, role
        told = {"reason": "ลอง", "worker": [number]}
        assert {client.post(url, told).status_code for url in asked} == {403}, role
        listed = client.get(reverse("placement:holds", args=[code])).status_code
        assert listed == (200 if role == "executive" else 403)
    assert not Engagement.objects.exclude(held_at=None).exists()


def test_somebody_whose_slot_has_gone_is_named_when_a_plan_is_asked_for(placed: cast.World) -> None:
    one = pair()[0]
    actions.hold(workers=[one.worker], reason="เริ่มงานแล้ว", by=placed.office, at=NOW)
    team = Workstream.objects.get(round=placed.round, code="team")
    Quota.objects.filter(category__code="student", workstream=team).update(per_tambon=0)
    run = actions.begin_run(round=placed.round, by=placed.office, at=LATER)
    with pytest.raises(Refused) as refused:
        actions.compute(run=run, by=placed.office, at=LATER)
    [objection] = [o for o in refused.value.objections if o.code == "placement.lock_unknown_seat"]
    assert one.worker.person.full_name in str(objection.about["person"])
    run.refresh_from_db()
    assert run.plan is None
