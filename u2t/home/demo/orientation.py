"""The orientation of the demo round: three days, a badge for everybody, two doors, certificates, a few courses."""

from __future__ import annotations

import random
import uuid
from collections.abc import Iterator, Sequence
from datetime import datetime, time, timedelta

from django.utils import timezone

from u2t.orientation.actions import certifying, checking_in, passes, sessions, skills
from u2t.orientation.models import Course, Pass, Session
from u2t.people.models import Account, Worker
from u2t.programme.models import Round

_HALL = "หอประชุมใหญ่ (สมมติ)"
_MORNING, _AFTERNOON = time(9, 0), time(13, 0)
# Day of orientation, beginning, hours, name.
_PROGRAMME = (
    (0, _MORNING, 3, "พิธีเปิด และภาพรวมโครงการมหาวิทยาลัยสู่ตำบล", "Opening and the programme as a whole"),
    (0, _AFTERNOON, 3, "บทบาทผู้ปฏิบัติงานและหน่วยงานภาคี", "The work and the agencies"),
    (1, _MORNING, 6, "การเก็บและจัดการข้อมูลดิจิทัลของตำบล", "Collecting and managing digital data of a tambon"),
    (
        2,
        _MORNING,
        6,
        "การเงิน สัญญาจ้าง การรายงาน และพบทีมตำบล",
        "Money, contract, reports, and meeting the team",
    ),
)
_DOORS = ("ประตู 1", "ประตู 2")
# Every so many-th worker stays away for a whole day, which is more than the plan forgives; so many-th comes late.
_AWAY, _LATE = 25, 17
_COURSES = (
    ("digital", "การรู้เท่าทันดิจิทัลขั้นพื้นฐาน", "Digital literacy, first steps", 6),
    ("digital", "ตารางคำนวณสำหรับข้อมูลตำบล", "Spreadsheets for data of a tambon", 10),
    ("english", "ภาษาอังกฤษเพื่อการทำงานในชุมชน", "English for work in a community", 12),
    ("financial", "บัญชีครัวเรือนและการออม", "Household accounts and saving", 4),
    ("social", "การสื่อสารและการทำงานร่วมกับชุมชน", "Working with a community", 8),
)
_JOINED = 40


def hold(*, round: Round, by: Account, at: datetime) -> None:
    """Plan orientation on the round's days, check everybody in and out, issue certificates, fill some courses.

    Devices tell what they saw on the evening of each day; who stayed away for a day gets no certificate.
    """
    sessions.set_plan(round=round, by=by, at=at, percent_of_hours=80)
    held = [
        sessions.add_session(
            round=round, name_th=thai, name_en=english, place_th=_HALL, is_required=True, by=by, at=at,
            begins_at=(begins := _moment(round, day, hour)), ends_at=begins + timedelta(hours=hours),
        )
        for day, hour, hours, thai, english in _PROGRAMME
    ]  # fmt: skip
    passes.issue_passes(round=round, by=by, at=at)
    tokens = list(Pass.objects.filter(worker__round=round).values_list("worker__number", "token"))
    for door, label in enumerate(_DOORS):
        own = [(number, token) for number, token in tokens if number % len(_DOORS) == door]
        _tell(round, label, held, own, by)
    last = held[-1].ends_at
    certifying.issue_certificates(
        round=round, dated_on=timezone.localdate(last), by=by, at=last + timedelta(hours=1)
    )
    _fill_courses(round, by, at)


def _moment(round: Round, day: int, hour: time) -> datetime:
    first = round.orientation_from or round.starts_on
    return timezone.make_aware(datetime.combine(first + timedelta(days=day), hour))


def _tell(
    round: Round, label: str, held: Sequence[Session], tokens: Sequence[tuple[int, str]], by: Account
) -> None:
    """One device sends everything it has seen after the last session."""
    device = checking_in.Teller(uuid.uuid4(), label, is_done=True)
    evening = held[-1].ends_at + timedelta(minutes=30)
    scans = list(_seen(held, tokens))
    checking_in.take_scans(round=round, device=device, device_now=evening, scans=scans, by=by, at=evening)


def _seen(held: Sequence[Session], tokens: Sequence[tuple[int, str]]) -> Iterator[checking_in.Told]:
    """In the order in which the door saw them, as a device that numbers its scans tells it."""
    order = 0
    for place, session in enumerate(held):
        day = (session.begins_at - held[0].begins_at).days
        coming = [one for one in tokens if one[0] % _AWAY or one[0] // _AWAY % 3 != day]
        late = timedelta(minutes=25) if place == 0 else timedelta()
        arrivals = [
            (
                session.begins_at + (late if number % _LATE == 0 else -timedelta(minutes=20)),
                "in",
                number,
                token,
            )
            for number, token in coming
        ]
        leaving = [(session.ends_at, "out", number, token) for number, token in coming]
        for moment, way, number, token in sorted(arrivals + leaving):
            order += 1
            yield checking_in.Told(
                key=uuid.uuid4(), session=session.pk, direction=way, how="camera", order=order, text=token,
                device_at=moment + timedelta(milliseconds=900 * (number // 2)),
            )  # fmt: skip


def _fill_courses(round: Round, by: Account, at: datetime) -> None:
    """The usual four areas, a few courses, and enrolments: some accepted, some waiting, some returned."""
    areas = {area.code: area for area in skills.use_usual_areas(round=round, by=by, at=at)}
    courses = [
        skills.add_course(
            round=round, area=areas[code], name_th=thai, name_en=english, provider_th="มหาวิทยาลัย (สมมติ)",
            hours=hours, by=by, at=at,
        )
        for code, thai, english, hours in _COURSES
    ]  # fmt: skip
    workers = (
        Worker.objects.current().filter(round=round).select_related("round", "person").order_by("number")
    )
    chance = random.Random(2564)  # noqa: S311  (invention, not secrecy)
    for place, worker in enumerate(workers[:_JOINED]):
        _join(
            worker,
            courses[place % len(courses)],
            chance.choice(("joined", "handed", "accepted", "returned")),
            by,
            at,
        )


def _join(worker: Worker, course: Course, state: str, by: Account, at: datetime) -> None:
    enrolment = skills.enrol(worker=worker, course=course, by=None, at=at)
    if state == "joined":
        return
    finished = worker.round.starts_on + timedelta(days=30)
    enrolment = skills.hand_in(
        enrolment=enrolment, finished_on=finished, hours=course.hours or 1, evidence_number=f"ตัวอย่าง-{worker.number:04d}",
        by=None, at=at,
    )  # fmt: skip
    if state == "accepted":
        skills.accept(enrolment=enrolment, by=by, at=at)
    elif state == "returned":
        skills.return_evidence(enrolment=enrolment, reason="เลขที่หลักฐานไม่ชัดเจน โปรดส่งใหม่", by=by, at=at)
