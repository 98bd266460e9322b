"""What the server does with what devices send: everything is kept, nothing twice, and only those at the door send."""

from __future__ import annotations

import io
import json
import uuid
from datetime import timedelta
from typing import Any

import openpyxl
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from tests import cast, given
from tests.cast import World, client_of
from tests.factories import NOW
from tests.orientation import programme
from u2t.audit.models import Event
from u2t.objections import Refused
from u2t.orientation.actions import checking_in, grouping
from u2t.orientation.forms import scans
from u2t.orientation.models import Device, Pass, Scan
from u2t.orientation.queries import attendance, scanning

AT = programme.MORNING


def take(
    world: World,
    *scans: checking_in.Told,
    teller: checking_in.Teller | None = None,
    now: Any = AT,
    at: Any = AT,
) -> checking_in.Taken:
    return checking_in.take_scans(
        round=world.round,
        device=teller or programme.teller(),
        device_now=now,
        scans=scans,
        by=world.office,
        at=at,
    )


def test_the_same_scans_sent_again_are_stored_once(world: World) -> None:
    session, tokens = programme.session(world.round), programme.tokens(world.round)
    told = [programme.told(session, tokens[1], at=AT), programme.told(session, at=AT, number=1, way="out")]
    first, again = take(world, *told), take(world, *reversed(told))
    assert set(first.taken) == set(again.taken) == {one.key for one in told}
    assert Scan.objects.count() == 2
    assert Event.objects.filter(verb="scans_taken").count() == 1


def test_the_address_on_a_pass_and_the_bare_token_mean_the_same_worker(world: World) -> None:
    session, tokens = programme.session(world.round), programme.tokens(world.round)
    address = f"https://u2t.example.ac.th/orientation/p/{tokens[1]}?from=camera"
    take(world, programme.told(session, address, at=AT), programme.told(session, tokens[1], at=AT))
    assert list(Scan.objects.values_list("worker", "pass_token")) == [(world.hired.pk, "")] * 2


def test_a_pass_that_nobody_has_and_a_revoked_one_are_kept_without_a_worker(world: World) -> None:
    session, tokens = programme.session(world.round), programme.tokens(world.round)
    Pass.objects.filter(token=tokens[1]).update(revoked_at=NOW)
    told = [programme.told(session, text, at=AT) for text in (tokens[1], "x" * 22, "บัตรหาย" * 20)]
    assert len(take(world, *told).taken) == 3
    assert {scan.pass_token for scan in Scan.objects.filter(worker=None)} == {
        tokens[1], "x" * 22, ("บัตรหาย" * 20)[:64],
    }  # fmt: skip


def test_a_clock_years_ahead_is_put_right_and_a_moment_of_the_future_is_bounded(world: World) -> None:
    session, years = programme.session(world.round), timedelta(days=3000)
    told = programme.told(session, at=AT + years - timedelta(minutes=4), number=1)
    mad = programme.told(session, at=AT + 2 * years, number=1, order=2)
    take(world, told, mad, now=AT + years)
    right, bounded = Scan.objects.order_by("scanned_at")
    assert (right.scanned_at, right.is_doubted) == (AT - timedelta(minutes=4), False)
    assert (bounded.scanned_at, bounded.is_doubted) == (AT, True)


def test_a_scan_of_a_session_that_the_round_does_not_have_is_rejected_alone(world: World) -> None:
    session = programme.session(world.round)
    other = programme.session(cast.a_round(world.institution, code="TST-2565"))
    good, bad = programme.told(session, at=AT, number=1), programme.told(other, at=AT, number=1)
    taken = take(world, good, bad)
    assert taken.taken == (good.key,)
    assert [(key, objection.code) for key, objection in taken.rejected] == [
        (bad.key, "orientation.no_such_session")
    ]


def test_a_device_of_another_round_is_refused(world: World) -> None:
    teller = programme.teller()
    take(world, teller=teller)
    other = cast.a_round(world.institution, code="TST-2565")
    with pytest.raises(Refused) as refused:
        checking_in.take_scans(round=other, device=teller, device_now=AT, scans=(), by=world.office, at=AT)
    assert [o.code for o in refused.value.objections] == ["orientation.device_of_another_round"]


def test_the_board_knows_who_is_in_who_is_late_and_who_is_missing(world: World) -> None:
    given.workers(world.round, 4)
    session = programme.session(world.round)
    late = AT + timedelta(minutes=40)
    take(
        world,
        programme.told(session, at=AT, number=1),
        programme.told(session, at=late, number=2, order=2),
        programme.told(session, at=AT, number=3, order=3),
        programme.told(session, at=late, number=3, way="out", order=4),
        now=late, at=late,
    )  # fmt: skip
    rows = {row.worker.number: row for row in attendance.board(session)}
    assert {number: row.state for number, row in rows.items()} == {1: "in", 2: "in", 3: "left", 4: "missing"}
    assert [number for number, row in rows.items() if row.attendance and row.attendance.is_late] == [2]
    assert attendance.minutes_of(world.round)[rows[3].worker.pk] == {session.pk: 40}


def test_who_was_not_seen_leaving_is_to_look_at_only_where_others_were(world: World) -> None:
    given.workers(world.round, 2)
    session = programme.session(world.round)
    take(world, *(programme.told(session, at=AT, number=n, order=n) for n in (1, 2)))
    assert attendance.shown(attendance.board(session), "odd") == []
    take(world, programme.told(session, at=AT, number=1, way="out"))
    assert [row.worker.number for row in attendance.shown(attendance.board(session), "odd")] == [2]


def test_more_workers_need_no_more_queries(world: World) -> None:
    session = programme.session(world.round)
    with CaptureQueriesContext(connection) as few:
        attendance.board(session)
    given.workers(world.round, 9)
    take(world, *(programme.told(session, at=AT, number=n, order=n) for n in range(1, 10)))
    with CaptureQueriesContext(connection) as many:
        assert len(attendance.board(session)) == 9
    assert len(many) == len(few)


def test_a_scan_taken_back_counts_no_more_but_stays(world: World) -> None:
    session = programme.session(world.round)
    take(world, programme.told(session, at=AT, number=1))
    scan = Scan.objects.get()
    client = client_of(world.office)
    page = client.post(f"/orientation/{world.round.code}/scans/{scan.pk}/void", {"reason": ""})
    assert "reason" in page.context["form"].errors
    client.post(f"/orientation/{world.round.code}/scans/{scan.pk}/void", {"reason": "สแกนผิดคน"})
    assert attendance.board(session)[0].state == "missing"
    shown = client.get(f"/orientation/{world.round.code}/sessions/{session.pk}/seen/1").content.decode()
    assert "สแกนผิดคน" in shown
    with pytest.raises(Refused):
        checking_in.void_scan(scan=scan, reason="อีกครั้ง", by=world.office, at=AT)


def test_without_any_script_a_person_is_found_and_checked_in_once(world: World) -> None:
    session = programme.session(world.round, begins=timezone.now())
    client, address = client_of(world.pm), f"/orientation/{world.round.code}/by-hand"
    page = client.get(address, {"q": world.hired.person.given_name[:4]})
    (_worker, _place, _row, key), *_rest = page.context["found"]
    typed = {"session": session.pk, "number": 1, "key": str(key), "direction": "in"}
    for _twice in range(2):
        assert client.post(address, typed, follow=True).redirect_chain
    assert [scan.worker.number for scan in Scan.objects.all()] == [1]
    assert "อยู่ในห้อง" in client.get(address, {"q": "๑", "session": session.pk}).content.decode()


def test_a_pass_read_by_another_camera_leads_to_its_worker(world: World) -> None:
    programme.session(world.round)
    tokens = programme.tokens(world.round)
    text = f"https://u2t.example/orientation/p/{tokens[1]}"
    assert scanning.found_by(world.round, text) == [world.hired]


def test_the_packed_list_names_people_but_gives_no_pass_away(world: World) -> None:
    programme.session(world.round)
    tokens = programme.tokens(world.round)
    answer = client_of(world.pm).get(f"/orientation/{world.round.code}/desk-list")
    (one,) = answer.json()["people"]
    assert (one["number"], one["name"], one["pass"]) == (
        1,
        world.hired.person.full_name,
        scanning.digest(tokens[1]),
    )
    assert tokens[1] not in answer.content.decode()
    assert answer["Cache-Control"] == "no-store"
    assert Event.objects.filter(verb="list_packed", by=world.pm).exists()


def sending(session: int) -> dict[str, Any]:
    now = int(timezone.now().timestamp() * 1000)
    scan = {"id": str(uuid.uuid4()), "order": 1, "session": session, "direction": "in", "how": "typed",
            "text": "", "number": 1, "at": now}  # fmt: skip
    return {
        "device": {"id": str(uuid.uuid4()), "label": "ประตู\x00 1", "waiting": 3},
        "now": now,
        "scans": [scan],
    }


def post(client: Any, world: World, told: object) -> Any:
    body = told if isinstance(told, (str, bytes)) else json.dumps(told)
    return client.post(f"/orientation/{world.round.code}/scans", body, content_type="application/json")


def test_a_device_hears_by_key_what_is_safely_stored(world: World) -> None:
    told = sending(programme.session(world.round).pk)
    answer = post(client_of(world.pm), world, told).json()
    assert answer["taken"] == [told["scans"][0]["id"]]
    device = Device.objects.get()
    assert (device.label, device.waiting, device.enrolled_by) == ("ประตู 1", 3, world.pm)


@pytest.mark.parametrize(
    "changed",
    [{"id": "x"}, {"direction": "up"}, {"how": "magic"}, {"session": "1"}, {"session": 2**40}, {"number": -1},
 {"at": "now"}, {"at": 1e30}, {"at": -5}, {"at": float("inf")}, {"at": float("nan")}, {"order": True}],
)  # fmt: skip
def test_a_scan_that_our_page_never_sends_is_refused_with_a_reason(changed: dict[str, Any]) -> None:
    told = sending(1)
    scans.read(json.dumps(told).encode())
    told["scans"][0].update(changed)
    with pytest.raises(Refused) as refused:
        scans.read(json.dumps(told).encode())
    assert [o.code for o in refused.value.objections] == ["orientation.unreadable_scans"]


@pytest.mark.parametrize("body", [b"", b"[]", b"{", b'{"scans": 1}', b"\xff", b"[" * 5000])
def test_a_broken_sending_is_refused_with_a_reason(body: bytes) -> None:
    with pytest.raises(Refused):
        scans.read(body)


def test_a_refused_sending_is_answered_in_words(world: World) -> None:
    answer = post(client_of(world.office), world, "{")
    assert (answer.status_code, "โปรดโหลดหน้าลงเวลาใหม่" in answer.json()["why"]) == (422, True)


def test_strangers_neither_load_the_list_nor_send_nor_look(world: World) -> None:
    session = programme.session(world.round)
    other = cast.world(code="OTH-2564")
    round = f"/orientation/{world.round.code}"
    for account in (None, world.stranger, world.worker, other.office, other.pm):
        client = client_of(account)
        for address in ("desk", "desk-list", "by-hand", "attendance", "attendance.xlsx", "attendance/devices",
                        f"sessions/{session.pk}/seen/1"):  # fmt: skip
            assert client.get(f"{round}/{address}").status_code in {302, 403}, address
        assert post(client, world, sending(session.pk)).status_code in {302, 403}
    assert client_of(world.pm).get(f"{round}/attendance").status_code == 403
    assert not Scan.objects.exists()


def test_the_workbook_holds_everybody_of_the_session(world: World) -> None:
    session = programme.session(world.round)
    take(world, programme.told(session, at=AT, number=1))
    answer = client_of(world.executive).get(
        f"/orientation/{world.round.code}/attendance.xlsx", {"session": session.pk}
    )
    rows = list(openpyxl.load_workbook(io.BytesIO(answer.content)).active.values)
    assert rows[1][:2] == (1, world.hired.person.full_name)
    assert rows[1][4:7] == ("อยู่ในห้อง", "09:00", "")


def test_who_left_the_round_is_not_checked_in_by_hand(world: World) -> None:
    session = programme.session(world.round)
    world.hired.left_on = NOW.date()
    world.hired.save()
    with pytest.raises(Refused) as refused:
        checking_in.check_in(
            key=uuid.uuid4(), session=session, worker=world.hired, direction="in", by=world.office, at=AT
        )
    assert [o.code for o in refused.value.objections] == ["orientation.worker_left"]


def test_a_session_of_another_group_is_flagged_not_refused(world: World) -> None:
    given.workers(world.round, 4)
    first, second = grouping.make_groups(round=world.round, how="evenly", count=2, by=None, at=NOW)
    session = programme.session(world.round, groups=[first])
    outsider = second.workers.first()
    assert outsider is not None
    take(world, programme.told(session, at=AT, number=outsider.number))
    (row,) = [row for row in attendance.board(session) if row.worker == outsider]
    assert not row.is_expected
    assert [str(flag) for flag in row.flags] == ["ช่วงอบรมของกลุ่มอื่น"]


def test_half_characters_and_the_oddest_clocks_do_not_hold_up_what_a_device_saw(world: World) -> None:
    told = sending(programme.session(world.round).pk)
    told["device"]["label"] = "ประตู \ud83d"
    told["scans"][0] |= {"number": None, "text": "not a pass \ud800", "at": 0}
    told["now"] = 58_000_000_000_000
    assert post(client_of(world.pm), world, told).json()["taken"] == [told["scans"][0]["id"]]
    scan = Scan.objects.select_related("device").get()
    assert (scan.pass_token, scan.device.label, scan.is_doubted) == ("not a pass ?", "ประตู ?", True)
