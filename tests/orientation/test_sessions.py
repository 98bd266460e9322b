"""The programme of orientation: planned by the office, read by everybody, in the worker's own calendar."""

from __future__ import annotations

from datetime import timedelta
from io import BytesIO
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from tests import cast, given
from tests.cast import World, client_of
from tests.factories import NOW
from tests.orientation import programme
from u2t.objections import Refused
from u2t.orientation.actions import grouping
from u2t.orientation.actions import sessions as actions
from u2t.orientation.models import Material, Plan, Session
from u2t.orientation.queries import sessions as queries

TYPED = {
    "name_th": "พิธีเปิด", "on": "31/1/2564", "begins": "๙.๐๐ น.", "ends": "12:00", "place_th": "หอประชุม",
    "capacity": "", "is_required": "on",
}  # fmt: skip


def address(world: World, rest: str = "") -> str:
    return f"/orientation/{world.round.code}/{rest}"


def codes(refused: Any) -> list[str]:
    return [objection.code for objection in refused.value.objections]


def test_the_office_writes_a_session_as_people_write_dates_and_times(world: World) -> None:
    client = client_of(world.office)
    client.post(address(world, "sessions/new"), TYPED)
    session = Session.objects.get()
    assert session.begins_at == NOW.replace(month=1, day=31, hour=9, minute=0)
    assert session.ends_at - session.begins_at == timedelta(hours=3)
    shown = client.get(address(world)).content.decode()
    assert "31 มกราคม 2564" in shown
    assert "09:00–12:00" in shown


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"begins": "25:00"}, "begins"),
        ({"ends": "08:00"}, "ends"),
        ({"on": "31/2/2564"}, "on"),
        ({"name_th": ""}, "name_th"),
    ],
)
def test_a_session_that_cannot_be_keeps_what_was_typed(
    world: World, changed: dict[str, str], field: str
) -> None:
    page = client_of(world.office).post(address(world, "sessions/new"), {**TYPED, **changed})
    assert field in page.context["form"].errors
    assert "หอประชุม" in page.content.decode()
    assert not Session.objects.exists()


def test_a_room_too_small_is_refused_when_planned_and_when_somebody_moves_in(world: World) -> None:
    given.workers(world.round, 5)
    small, large = grouping.make_groups(round=world.round, how="evenly", count=2, by=None, at=NOW)[::-1]
    with pytest.raises(Refused) as refused:
        programme.session(world.round, groups=[large], capacity=2)
    assert codes(refused) == ["orientation.room_too_small"]
    programme.session(world.round, groups=[small], capacity=2)
    mover = large.workers.get(number=large.workers.first().number)  # type: ignore[union-attr]
    with pytest.raises(Refused) as refused:
        grouping.move_worker(worker=mover, group=small, by=world.office, at=NOW)
    assert codes(refused) == ["orientation.session_too_full"]
    assert mover.orientation_groups.get() == large


def test_groups_are_made_by_place_and_again_only_for_who_is_new(world: World) -> None:
    given.workers(world.round, 9)
    made = grouping.make_groups(round=world.round, how="tambon", by=world.office, at=NOW)
    assert sum(group.workers.count() for group in made) == 9
    for group in made:
        assert len({worker.home_tambon_id for worker in group.workers.all()}) == 1
    with pytest.raises(Refused) as refused:
        grouping.make_groups(round=world.round, how="tambon", by=world.office, at=NOW)
    assert codes(refused) == ["orientation.nobody_without_group"]
    given.workers(world.round, 12)
    grouping.make_groups(round=world.round, how="tambon", by=world.office, at=NOW)
    assert {member.group for member in queries.members(world.round)} == set(made)


def test_the_office_moves_a_worker_by_hand_and_finds_the_list_as_it_was(world: World) -> None:
    given.workers(world.round, 4)
    first, second = grouping.make_groups(round=world.round, how="evenly", count=2, by=None, at=NOW)
    worker = first.workers.first()
    assert worker is not None
    client = client_of(world.office)
    typed = {"number": worker.number, "group": second.pk, "query": "q=x"}
    answer = client.post(address(world, "groups/move"), typed)
    assert answer["Location"].endswith("groups?q=x")
    assert worker.orientation_groups.get() == second
    client.post(address(world, "groups/move"), {**typed, "group": ""})
    assert not worker.orientation_groups.exists()


def test_groups_go_only_while_no_session_is_for_them(world: World) -> None:
    given.workers(world.round, 3)
    (group,) = grouping.make_groups(round=world.round, how="evenly", count=1, by=None, at=NOW)
    session = programme.session(world.round, groups=[group])
    with pytest.raises(Refused) as refused:
        grouping.drop_groups(round=world.round, by=world.office, at=NOW)
    assert codes(refused) == ["orientation.group_in_use"]
    actions.cancel_session(session=session, by=world.office, at=NOW)
    assert grouping.drop_groups(round=world.round, by=world.office, at=NOW) == 1


def test_sessions_in_each_others_way_are_said_to_the_office_alone(world: World) -> None:
    programme.session(world.round, "พิธีเปิด")
    programme.session(world.round, "บรรยาย", begins=programme.MORNING + timedelta(hours=2))
    words = "พิธีเปิด กับ บรรยาย เวลาทับกัน"
    assert words in client_of(world.office).get(address(world)).content.decode()
    assert words not in client_of(world.pm).get(address(world)).content.decode()


def test_a_copy_is_as_long_and_a_cancelled_session_stays_crossed_out(world: World) -> None:
    session = programme.session(world.round, hours=1.5)
    client = client_of(world.office)
    client.post(address(world, f"sessions/{session.pk}/copy"), {"on": "4/2/2564", "begins": "13.30"})
    copy = Session.objects.exclude(pk=session.pk).get()
    assert copy.ends_at - copy.begins_at == timedelta(minutes=90)
    client.post(address(world, f"sessions/{copy.pk}/cancel"))
    assert "ยกเลิก" in client_of(world.worker).get(address(world)).content.decode()
    client.post(address(world, f"sessions/{copy.pk}/restore"))
    copy.refresh_from_db()
    assert copy.cancelled_at is None


def test_a_worker_sees_the_own_sessions_and_takes_them_into_the_calendar(world: World) -> None:
    given.workers(world.round, 4)
    groups = grouping.make_groups(round=world.round, how="evenly", count=2, by=None, at=NOW)
    own = world.hired.orientation_groups.get()
    (other,) = set(groups) - {own}
    programme.session(world.round, "ของเรา, ห้อง;ใหญ่ " + "ยาว" * 30, groups=[own])
    programme.session(world.round, "ของเขา", groups=[other], begins=programme.MORNING + timedelta(days=1))
    client = client_of(world.worker)
    shown = client.get(address(world, "programme")).content.decode()
    assert "ของเรา" in shown
    assert "ของเขา" not in shown
    answer = client.get(address(world, "programme.ics"))
    lines = answer.content.split(b"\r\n")
    assert max(len(line) for line in lines) <= 75
    unfolded = answer.content.replace(b"\r\n ", b"").decode()
    assert "SUMMARY:ของเรา\\, ห้อง\\;ใหญ่ " + "ยาว" * 30 in unfolded
    assert "DTSTART:20210203T020000Z" in unfolded
    assert "ของเขา" not in unfolded


def test_material_is_an_address_or_a_file_that_everybody_of_the_programme_opens(world: World) -> None:
    session = programme.session(world.round)
    client, where = client_of(world.office), address(world, f"sessions/{session.pk}/materials")
    page = client.post(where, {"name": "ไม่มีอะไร", "address": ""})
    assert "address" in page.context["form"].errors
    out = BytesIO()
    Image.new("RGB", (40, 30), "green").save(out, format="PNG")
    client.post(where, {"name": "แผนผัง", "file": SimpleUploadedFile("plan.png", out.getvalue())})
    client.post(where, {"name": "คู่มือ", "address": "https://example.ac.th/book"})
    plan, book = Material.objects.all()
    shown = client_of(world.worker).get(address(world, f"sessions/{session.pk}")).content.decode()
    assert "แผนผัง" in shown
    assert book.address in shown
    file = client_of(world.worker).get(f"{where}/{plan.pk}")
    assert Image.open(BytesIO(file.content)).size == (40, 30)
    assert client_of(world.stranger).get(f"{where}/{plan.pk}").status_code == 403
    client.post(f"{where}/{plan.pk}/remove")
    assert client.get(f"{where}/{plan.pk}").status_code == 404


def test_a_disguised_program_is_no_material(world: World) -> None:
    session = programme.session(world.round)
    page = client_of(world.office).post(
        address(world, f"sessions/{session.pk}/materials"),
        {"name": "คู่มือ", "file": SimpleUploadedFile("book.pdf", b"MZ\x90\x00" + b"\x00" * 300)},
    )
    assert page.context["form"].errors
    assert not Material.objects.exists()


def test_the_rules_of_a_round_are_written_once_and_counted_by(world: World) -> None:
    client = client_of(world.office)
    typed = {
        "percent_of_hours": "๗๕",
        "test_percent": "",
        "late_after_minutes": "20",
        "doors_before_minutes": "30",
    }
    client.post(address(world, "rules"), typed)
    client.post(address(world, "rules"), {**typed, "late_after_minutes": "25"})
    plan = Plan.objects.get()
    assert (plan.percent_of_hours, plan.test_percent, plan.late_after_minutes) == (75, None, 25)
    page = client.post(address(world, "rules"), {**typed, "percent_of_hours": "120"})
    assert "percent_of_hours" in page.context["form"].errors


def test_only_the_office_plans_and_only_who_belongs_reads_before_the_announcement(world: World) -> None:
    session = programme.session(world.round)
    other = cast.world(code="OTH-2564")
    for account in (None, world.stranger, world.worker, world.pm, world.executive, other.office):
        client = client_of(account)
        for rest in ("sessions/new", "rules", "groups", f"sessions/{session.pk}/edit"):
            assert client.get(address(world, rest)).status_code in {302, 403}, rest
        client.post(address(world, f"sessions/{session.pk}/cancel"))
    session.refresh_from_db()
    assert session.cancelled_at is None
    for account in (None, world.stranger, other.office):
        assert client_of(account).get(address(world)).status_code == 403
    world.round.is_announced = True
    world.round.save()
    assert "หอประชุมใหญ่" in client_of(None).get(address(world)).content.decode()
    assert client_of(world.pm).get(address(world, "programme")).status_code == 403
