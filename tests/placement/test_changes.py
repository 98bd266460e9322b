"""Change single placements by hand: the consequence first, the hard rules always."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from threading import Barrier, Thread
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.urls import reverse
from django.utils.html import strip_tags

from tests import cast, given
from tests.factories import NOW
from u2t.audit.models import Event
from u2t.objections import Refused
from u2t.people.models import Lecturer, Worker
from u2t.placement import actions
from u2t.placement.models import Engagement, Leadership
from u2t.placement.queries import teams
from u2t.programme.models import RoundTambon, Workstream


def someone(category: str, *, at_office: bool = False) -> Engagement:
    found = teams.engagements().filter(category__code=category, workstream__to_office=at_office).first()
    assert found is not None
    return found


def elsewhere(engagement: Engagement) -> Engagement:
    """Somebody in the same kind of slot in another tambon."""
    found = (
        teams.engagements()
        .filter(category=engagement.category, workstream=engagement.workstream)
        .exclude(tambon=engagement.tambon)
        .first()
    )
    assert found is not None
    return found


def codes(call: Callable[[], object]) -> set[str]:
    with pytest.raises(Refused) as refused:
        call()
    return {objection.code for objection in refused.value.objections}


def address(world: cast.World, worker: Worker, **query: object) -> str:
    return reverse("placement:change", args=[world.round.code, worker.number], query=query)


def seen_in(office: Client, url: str) -> str:
    return office.get(url).context["reason"].initial["seen"]


def test_the_consequence_is_shown_before_two_people_are_swapped(placed: cast.World) -> None:
    one = someone("student")
    other = elsewhere(one)
    office = cast.client_of(placed.office)
    url = address(placed, one.worker, what="swap", other=other.worker.number)
    shown = office.get(url)
    text = strip_tags(shown.content.decode())
    assert one.tambon.tambon.full_name in text
    assert other.tambon.tambon.full_name in text
    consequence = shown.context["consequence"]
    assert consequence.before.filled == consequence.after.filled == 15
    assert {(c.before, c.after) for c in consequence.tambons} == {(5, 5)}
    assert Engagement.objects.count() == 15, "looking changes nothing"
    office.post(url, {"reason": "ทั้งสองตกลงกัน", "seen": seen_in(office, url)})
    assert teams.engagement_of(one.worker).tambon == other.tambon
    assert teams.engagement_of(other.worker).tambon == one.tambon
    assert Engagement.objects.count() == 17, "what ended stays in the history"
    assert {e.end_reason for e in Engagement.objects.exclude(ended_at=None)} == {"ทั้งสองตกลงกัน"}
    assert Event.objects.filter(verb="placement.swap", by=placed.office).count() == 1


def test_a_move_into_a_full_slot_is_refused_before_and_after_the_question(placed: cast.World) -> None:
    one = someone("student")
    other = elsewhere(one)
    office = cast.client_of(placed.office)
    url = address(placed, one.worker, what="move", workstream="team", tambon=other.tambon.tambon_id)
    text = strip_tags(office.get(url).content.decode())
    assert "มีอัตรานักศึกษา กลุ่มงานทีมตำบล อยู่ 1 อัตรา แต่จะกลายเป็น 2 คน" in text
    assert "เปลี่ยนตามนี้" not in text
    answer = office.post(url, {"reason": "ลองดู", "seen": ""})
    assert "แต่จะกลายเป็น 2 คน" in strip_tags(answer.content.decode())
    assert teams.engagement_of(one.worker) == one


def test_a_person_is_taken_out_and_given_the_free_slot_again(placed: cast.World) -> None:
    one = someone("public")
    office = cast.client_of(placed.office)
    out = address(placed, one.worker, what="unplace")
    office.post(out, {"reason": "ขอพักงาน", "seen": seen_in(office, out)})
    assert teams.engagement_of(one.worker) is None
    back = address(placed, one.worker, what="move", workstream="team", tambon=one.tambon.tambon_id)
    office.post(back, {"reason": "กลับมา", "seen": seen_in(office, back)})
    again = teams.engagement_of(one.worker)
    assert again is not None
    assert (again.tambon, again.reason) == (one.tambon, "กลับมา")


def test_a_data_manager_moves_to_a_team_and_leaves_the_office(placed: cast.World) -> None:
    manager = someone("graduate", at_office=True)
    member = teams.engagements().filter(tambon=manager.tambon, category__code="graduate", office=None).first()
    assert member is not None
    office = cast.client_of(placed.office)
    out = address(placed, member.worker, what="unplace")
    office.post(out, {"reason": "ลาออก", "seen": seen_in(office, out)})
    form = office.get(address(placed, manager.worker)).context["form"]
    assert form.initial["office"] == str(manager.office_id), "the form begins where the person is"
    first_group = form.fields["tambon"].choices[1]
    assert [code for code, _label in first_group[1]] == [manager.tambon.tambon_id], "free slots stand first"
    url = address(placed, manager.worker, what="move", **{**form.initial, "workstream": "team"})
    office.post(url, {"reason": "แทนผู้ลาออก", "seen": seen_in(office, url)})
    moved = teams.engagement_of(manager.worker)
    assert moved is not None
    assert (moved.workstream.code, moved.office) == ("team", None)


def test_hard_rules_hold_for_the_action_whatever_the_page_asked(placed: cast.World) -> None:
    student, graduate = someone("student"), someone("graduate")
    manager = someone("graduate", at_office=True)
    team = Workstream.objects.get(code="team")
    data = Workstream.objects.get(code="data")
    given_by = {"reason": "ทดสอบ", "by": placed.office, "at": NOW}
    tambon = student.tambon
    assert "placement.category_differs" in codes(
        lambda: actions.swap(worker=student.worker, other=graduate.worker, **given_by)
    )
    assert "placement.no_quota" in codes(
        lambda: actions.move(
            worker=student.worker, tambon=tambon, workstream=data, office=placed.data_agencies[0], **given_by
        )
    )
    assert "placement.office_missing" in codes(
        lambda: actions.move(worker=graduate.worker, tambon=manager.tambon, workstream=data, **given_by)
    )
    host = placed.hosts[manager.tambon.tambon_id]
    assert "placement.office_not_in_round" in codes(
        lambda: actions.move(
            worker=manager.worker, tambon=manager.tambon, workstream=data, office=host, **given_by
        )
    )
    assert "placement.office_not_wanted" in codes(
        lambda: actions.move(
            worker=student.worker, tambon=tambon, workstream=team, office=placed.data_agencies[0], **given_by
        )
    )
    assert codes(lambda: actions.swap(worker=student.worker, other=student.worker, **given_by)) == {
        "placement.same_worker"
    }
    assert Engagement.objects.filter(ended_at=None).count() == Engagement.objects.count() == 15


def test_an_office_takes_no_more_than_its_room(placed: cast.World) -> None:
    data = Workstream.objects.get(code="data")
    managers = list(teams.engagements().filter(workstream=data))
    loads = {agency: [m for m in managers if m.office_id == agency.pk] for agency in placed.data_agencies}
    full, other = sorted(placed.data_agencies, key=lambda agency: -len(loads[agency]))
    assert len(loads[full]) == full.data_capacity == 2
    mover = loads[other][0]

    def move(to: object) -> None:
        actions.move(
            worker=mover.worker, tambon=mover.tambon, workstream=data, office=to, reason="ใกล้กว่า",
            by=placed.office, at=NOW,
        )  # fmt: skip

    assert codes(lambda: move(full)) == {"placement.office_full"}
    back = loads[full][0]
    actions.move(
        worker=back.worker,
        tambon=back.tambon,
        workstream=data,
        office=other,
        reason="สลับ",
        by=placed.office,
        at=NOW,
    )
    move(full)
    assert teams.engagement_of(mover.worker).office == full


def test_a_change_needs_a_reason_and_an_up_to_date_look(placed: cast.World) -> None:
    one = someone("public")
    other = elsewhere(one)
    office = cast.client_of(placed.office)
    url = address(placed, one.worker, what="swap", other=other.worker.number)
    seen = seen_in(office, url)
    assert "reason" in office.post(url, {"reason": "  ", "seen": seen}).context["reason"].errors
    third = next(e for e in teams.engagements().filter(category__code="public") if e not in (one, other))
    actions.swap(worker=other.worker, other=third.worker, reason="ก่อนหน้า", by=placed.office, at=NOW)
    late = strip_tags(office.post(url, {"reason": "ช้าไป", "seen": seen}).content.decode())
    assert "มีผู้เปลี่ยนการจัดคนนี้ระหว่างที่ท่านดูอยู่" in late
    assert teams.engagement_of(one.worker) == one


def test_a_person_without_a_slot_takes_over_the_slot_of_another(placed: cast.World) -> None:
    newcomer = given.workers(placed.round, 16)[0]
    held = teams.engagements().filter(category=newcomer.category).first()
    assert held is not None
    actions.swap(worker=newcomer, other=held.worker, reason="แทนกัน", by=placed.office, at=NOW)
    assert teams.engagement_of(held.worker) is None
    taken = teams.engagement_of(newcomer)
    assert taken is not None
    assert (taken.tambon, taken.workstream, taken.office) == (held.tambon, held.workstream, held.office)


def test_leaving_the_tambon_that_selection_decided_is_allowed_and_said(placed: cast.World) -> None:
    one = someone("student")
    other = elsewhere(one)
    Worker.objects.filter(pk=one.worker_id).update(fixed_tambon=one.tambon)
    url = address(placed, one.worker, what="swap", other=other.worker.number)
    assert "การคัดเลือกกำหนดตำบลอื่นไว้" in strip_tags(cast.client_of(placed.office).get(url).content.decode())


def test_a_leader_is_replaced_with_the_consequence_shown_first(placed: cast.World) -> None:
    tambon = placed.tambons[cast.CITY]
    leaves = teams.leaders_of(tambon)[0].lecturer
    comes = given.lecturers(placed.round, 7)[0]
    office = cast.client_of(placed.office)
    query = {"leaves": leaves.pk, "comes": comes.pk}
    url = reverse("placement:leaders", args=[placed.round.code, tambon.tambon_id], query=query)
    shown = office.get(url)
    assert comes.person.full_name in strip_tags(shown.content.decode())
    brought = leaves.expertise.first()
    assert f"ความเชี่ยวชาญ: {brought.name}" in strip_tags(shown.content.decode()), "why they lead until now"
    assert shown.context["consequence"].objections == ()
    assert leaves in [one.lecturer for one in teams.leaders_of(tambon)], "looking changes nothing"
    office.post(url, {"reason": "ลาศึกษาต่อ", "seen": shown.context["reason"].initial["seen"]})
    now = [one.lecturer for one in teams.leaders_of(tambon)]
    assert comes in now
    assert leaves not in now
    assert len(now) == 2
    assert Leadership.objects.get(lecturer=leaves).ended_by == placed.office


def test_a_lecturer_leads_no_more_tambons_than_allowed_and_a_tambon_has_no_third(placed: cast.World) -> None:
    here, there = placed.tambons[cast.CITY], placed.tambons[cast.NONG_LUANG_TAK]
    busy = teams.leaders_of(there)[0].lecturer
    leaves = teams.leaders_of(here)[0].lecturer

    def change(leaves: Lecturer | None, comes: Lecturer | None) -> None:
        actions.change_leader(tambon=here, leaves=leaves, comes=comes, reason="ลอง", by=placed.office, at=NOW)

    assert codes(lambda: change(leaves, busy)) == {"placement.lecturer_full"}
    spare = given.lecturers(placed.round, 7)[0]
    assert codes(lambda: change(None, spare)) == {"placement.too_many_leaders"}
    assert codes(lambda: change(busy, spare)) == {"placement.lecturer_not_here"}
    change(leaves, None)
    change(None, spare)
    assert {one.lecturer for one in teams.leaders_of(here)} >= {spare}


@pytest.mark.django_db(transaction=True)
def test_of_two_people_for_the_last_free_slot_only_one_gets_it() -> None:
    world = cast.world()
    given.placed(world.round)
    tambon = world.tambons[cast.CITY]
    held = teams.engagements().get(tambon=tambon, category__code="student")
    actions.unplace(worker=held.worker, reason="ลาออก", by=world.office, at=NOW)
    rivals = [e.worker for e in teams.engagements().filter(category__code="student")]
    assert len(rivals) == 2
    start, outcomes = Barrier(2), []

    def rush(worker: Worker) -> None:
        start.wait()
        try:
            _to(worker, tambon, world)
            outcomes.append("moved")
        except Refused as refused:
            outcomes.extend(objection.code for objection in refused.objections)
        finally:
            connection.close()

    threads = [Thread(target=rush, args=[worker]) for worker in rivals]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(outcomes) == ["moved", "placement.quota_full"]
    assert Engagement.objects.current().filter(tambon=tambon, category__code="student").count() == 1


def _to(worker: Worker, tambon: RoundTambon, world: cast.World) -> None:
    team = Workstream.objects.get(round=world.round, code="team")
    actions.move(worker=worker, tambon=tambon, workstream=team, reason="แทน", by=world.office, at=NOW)


def test_who_left_while_a_page_was_open_is_moved_nowhere(placed: cast.World) -> None:
    here = someone("student")
    kind, on = Worker.Left.choices[0][0], date(2021, 3, 1)
    left = Worker.objects.get(pk=here.worker.pk)
    actions.leave(worker=left, kind=kind, on=on, reason="ได้งานใหม่", by=placed.office, at=NOW)
    place: dict[str, Any] = {"tambon": here.tambon, "workstream": here.workstream, "office": here.office}
    assert codes(lambda: actions.move(worker=here.worker, **place, reason="x", by=placed.office, at=NOW)) == {
        "placement.has_left"
    }
