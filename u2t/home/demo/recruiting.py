"""The further call of the demo round: some people have left, and applicants for their slots stand in every state."""

from __future__ import annotations

import random
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from django.utils import timezone

from u2t.home.demo import pictures
from u2t.home.demo.invent import Inventor
from u2t.home.demo.rows import CATEGORY_NAMES, Plan
from u2t.home.queries import vacancies
from u2t.people import rules as people_rules
from u2t.people.actions import registration
from u2t.people.models import Account, Worker
from u2t.placement.actions import leaving
from u2t.placement.models import Engagement
from u2t.programme.models import Round, Tambon
from u2t.recruitment.actions import applying, bringing_in, calls, papers
from u2t.recruitment.models import Application, Call
from u2t.recruitment.queries import calls as call_queries
from u2t.sheets import write

# How many leave of each category, each from another tambon; how many apply on paper for each slot category.
LEAVERS = {"public": 4, "graduate": 6, "student": 4}
_ON_PAPER = {"public": 15, "graduate": 24, "student": 12}
_HEADER = (
    "คำนำหน้า", "ชื่อ", "นามสกุล", "เลขประจำตัวประชาชน", "วันเกิด", "โทรศัพท์", "ประเภท", "รหัสตำบล", "ตำบลที่เลือกลำดับที่ 1",
    "ตำบลที่เลือกลำดับที่ 2", "ตำบลที่เลือกลำดับที่ 3", "ระดับการศึกษา", "ชื่อวุฒิ", "วันสำเร็จการศึกษา", "เกรดเฉลี่ย", "ชั้นปี",
    "เป็นนักศึกษาของมหาวิทยาลัย", "มีงานทำ", "รับจ้างโครงการรัฐอื่น",
)  # fmt: skip
_REASONS = ("ได้งานประจำ", "ย้ายภูมิลำเนา", "ศึกษาต่อ", "ดูแลบิดามารดา")
_NAME = "ประกาศรับสมัครผู้ปฏิบัติงานเพิ่มเติมแทนตำแหน่งที่ว่าง"


@dataclass(frozen=True)
class Login:
    """An account of the demo and its password."""

    account: Account
    password: str


@dataclass(frozen=True)
class Slots:
    """What the call offers: codes of tambons by category, and codes where applicants may live."""

    tambons: dict[str, list[str]]
    homes: list[str]


def let_leave(
    *, round: Round, by: Account, at: datetime, leavers: Mapping[str, int] = LEAVERS
) -> list[Worker]:
    """End the hires of a few people without log-in, each in another tambon; their slots become vacancies.

    ``leavers`` says how many by the category's code.
    """
    left: list[Worker] = []
    taken: set[int] = set()
    members = Engagement.objects.current().filter(
        worker__round=round, office=None, worker__person__account__isnull=True
    )
    for category, count in leavers.items():
        free = (
            members.filter(category__code=category)
            .exclude(tambon__in=taken)
            .order_by("tambon", "worker__number")
        )
        chosen = list(
            {one.tambon_id: one for one in free.select_related("worker__round", "worker__person")}.values()
        )
        for engagement in chosen[:: max(len(chosen) // count, 1)][:count]:
            taken.add(engagement.tambon_id)
            on = round.starts_on + timedelta(days=30 + 11 * len(left))
            left.append(
                leaving.leave(
                    worker=engagement.worker, kind=Worker.Left.RESIGNED, on=on, by=by, at=at,
                    reason=_REASONS[len(left) % len(_REASONS)],
                )
            )  # fmt: skip
    return left


def open_call(*, round: Round, by: Account, at: datetime) -> Call:
    """A published call for every empty slot: open since five days, closing in three weeks."""
    opened = _office_hour(at, -5, time(8, 30))
    drafted = opened - timedelta(days=2)
    closes = _office_hour(at, 21, time(16, 30))
    call = calls.draft_call(
        round=round, by=by, at=drafted, name_th=_NAME, name_en="Further call for vacant slots", opens_at=opened,
        closes_at=closes, names_announced=False, interviews_from=timezone.localdate(at),
        interviews_until=timezone.localdate(closes) + timedelta(days=5),
        results_on=timezone.localdate(closes) + timedelta(days=10),
    )  # fmt: skip
    empty = {
        (row.tambon.tambon_id, row.category.code): row.empty
        for row in vacancies.vacancies(round, at)
        if row.next_step == "open"
    }
    calls.set_quotas(call=call, slots=empty, by=by, at=drafted)
    calls.publish_seed(call=call, seed=None, by=by, at=drafted)
    return calls.publish_call(call=call, by=by, at=drafted)


def _office_hour(at: datetime, days: int, hour: time) -> datetime:
    return timezone.make_aware(datetime.combine(timezone.localdate(at) + timedelta(days=days), hour))


def take_applications(*, call: Call, plan: Plan, by: Account, at: datetime) -> Login:
    """Applications on paper and online, drafts and a withdrawn one; answers the log-in of an applicant.

    Two of those on paper share name and birthday, and two others a telephone, for the office to decide.
    """
    invented = Inventor(plan)
    # Far from the numbers of the round's own people.
    invented.people = 70_000
    offered: dict[str, list[str]] = {}
    for (tambon, category), count in call_queries.slots_of(call).items():
        if count:
            offered.setdefault(category, []).append(tambon)
    slots = Slots(offered, [spot.code for spot in invented.spots])
    rows = list(_on_paper(invented, slots, timezone.localdate(call.closes_at)))
    data = write.xlsx_bytes(_HEADER, rows, sheet="ใบสมัคร")
    checked = bringing_in.bring_in(
        call=call, file_name="ใบสมัคร.xlsx", data=data, by=by, at=call.opens_at + timedelta(days=1)
    )
    assert not checked.report.has_problems, checked.report
    return _online(call, invented, slots, at)


def _on_paper(invented: Inventor, slots: Slots, closing: date) -> Iterator[list[str]]:
    chance = invented.chance
    former: list[str] = []
    kinds = [code for code, count in _ON_PAPER.items() for _ in range(count)]
    for place, kind in enumerate(kinds):
        title, given, surname = invented.person()
        number = invented.citizen_id()
        born = date(
            closing.year - {"public": 35, "graduate": 24, "student": 21}[kind], 1 + place % 12, 1 + place % 28
        )
        telephone = invented.telephone()
        if place % 20 == 7:
            title, given, surname, born = former[0], former[1], former[2], date.fromisoformat(former[3])
        if place % 20 == 13:
            telephone = former[4]
        former = [title, given, surname, born.isoformat(), telephone]
        # A few graduated too long ago or have work: the rules find it, the office decides.
        years = 6 if place % 13 == 5 else 1
        graduated = date(closing.year - years, 3, 31)
        student = kind == "student"
        wishes = _wishes(chance, slots.tambons[kind])
        yield [
            title, given, surname, number, _thai(born), telephone, CATEGORY_NAMES[kind], chance.choice(slots.homes),
            *(*wishes, "", "")[:3],
            "มัธยมศึกษาตอนปลาย" if kind != "graduate" else "ปริญญาตรี",
            "" if kind != "graduate" else "ศิลปศาสตรบัณฑิต",
            "" if kind != "graduate" else _thai(graduated),
            f"{chance.randint(220, 390) / 100:.2f}",
            str(chance.choice((3, 4))) if student else "",
            "ใช่" if student else "ไม่ใช่",
            "ใช่" if place % 17 == 3 else "ไม่ใช่",
            "ไม่ใช่",
        ]  # fmt: skip


def _wishes(chance: random.Random, offered: Sequence[str]) -> list[str]:
    return chance.sample(list(offered), min(len(offered), chance.randint(1, 3)))


def _thai(day: date) -> str:
    return f"{day.day}/{day.month}/{day.year + 543}"


def _online(call: Call, invented: Inventor, slots: Slots, at: datetime) -> Login:
    """Three accounts: one applied whole and can be logged in to, one is still writing, one has taken it back."""
    login = _register("applicant", at)
    whole = _written(call, login.account, invented, slots, at, steps=5)
    for kind in ("photo", "id_card", "house"):
        papers.attach(
            application=whole,
            kind=kind,
            data=pictures.sample(kind),
            name=f"{kind}.jpg",
            by=login.account,
            at=at,
        )
    applying.submit(application=whole, by=login.account, at=at)
    for number, steps in ((1, 3), (2, 5)):
        account = _register(f"applicant{number}", at).account
        draft = _written(call, account, invented, slots, at, steps=steps)
        if number == 2:
            applying.withdraw(application=draft, by=account, at=at)
    return login


def _register(name: str, at: datetime) -> Login:
    password = people_rules.one_time_password()
    account = registration.register(
        name=f"{name}@example.org", password=password, repeated=password, address="demo", at=at
    )
    return Login(account, password)


def _written(
    call: Call, account: Account, invented: Inventor, slots: Slots, at: datetime, *, steps: int
) -> Application:
    """An application of a member of the public with its first ``steps`` steps written."""
    title, given, surname = invented.person()
    home = Tambon.objects.get(code=invented.chance.choice(slots.homes))
    written: dict[str, dict[str, Any]] = {
        "person": {
            "title": title, "given_name": given, "surname": surname, "citizen_id": invented.citizen_id(),
            "birth_on": date(timezone.localdate(at).year - 30, 5, 9), "telephone": invented.telephone(),
        },
        "addresses": {
            "present_house": "1 หมู่ 1", "present_tambon": home, "registered_house": "1 หมู่ 1", "registered_tambon": home,
        },
        "education": {"level": "diploma", "degree": "ประกาศนียบัตรวิชาชีพชั้นสูง", "grade": 310},
        "work": {"is_employed": False, "has_state_hire": False, "talents": "ทำบัญชี ขับรถยนต์"},
        "choice": {"category": "public", "choices": slots.tambons["public"][:3]},
    }  # fmt: skip
    application = applying.begin(call=call, account=account, at=at)
    application = applying.consent(application=application, by=account, at=at)
    for step, values in list(written.items())[:steps]:
        application = applying.save_step(
            application=application, step=step, values=values, version=application.version, by=account, at=at
        )
    return application
