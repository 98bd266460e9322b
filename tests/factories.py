"""Values and rows for tests: invented people with right check digits, never a real person's data."""

from __future__ import annotations

from datetime import date, datetime

from django.utils import timezone

from u2t.people.models import Lecturer, Person, Wish, Worker
from u2t.programme.models import Round

# The moment at which the small world of the tests stands: the day after orientation.
NOW = datetime(2021, 2, 3, 9, 0, tzinfo=timezone.get_default_timezone())

GIVEN_NAMES = ("สมชาย", "มาลี", "วิชัย", "ดวงใจ", "ประเสริฐ", "กาญจนา", "ธนากร", "ศิริพร", "อนุชา", "พิมพ์ใจ")
SURNAMES = ("ใจดี", "ทองคำ", "แสงเพชร", "วงศ์สว่าง", "พงษ์ไพร", "รุ่งเรือง", "บุญมี", "ศรีสุข", "ตากสิน")


def citizen_id(number: int) -> str:
    """A thirteen-digit ID with a right check digit, different for every ``number``."""
    twelve = f"9{number:011d}"
    total = sum((13 - place) * int(digit) for place, digit in enumerate(twelve))
    return f"{twelve}{(11 - total % 11) % 10}"


def person(number: int, *, title: str = "") -> Person:
    """A stored person; the number decides name and citizen ID."""
    given = GIVEN_NAMES[number % len(GIVEN_NAMES)]
    made = Person(
        title=title or ("นาย", "นางสาว")[number % 2],
        given_name=given,
        surname=f"{SURNAMES[number // len(GIVEN_NAMES) % len(SURNAMES)]}{_suffix(number)}",
        birth_on=date(1995, 1 + number % 12, 1 + number % 28),
        telephone=f"08{number:08d}",
    )
    made.set_citizen_id(citizen_id(number))
    made.keep_search_key()
    made.save()
    return made


def _suffix(number: int) -> str:
    """Letters that keep full names apart beyond the first ninety."""
    block, letters = number // (len(GIVEN_NAMES) * len(SURNAMES)), ""
    while block:
        block, rest = divmod(block, 8)
        letters += "กขคงจฉชซ"[rest]
    return letters


def worker(round: Round, category: str, *, number: int | None = None, wishes: tuple[str, ...] = ()) -> Worker:
    """A worker hired in a category; ``wishes`` are tambon codes by rank."""
    if number is None:
        last = Worker.objects.filter(round=round).order_by("-number").first()
        number = last.number + 1 if last else 1
    targets = list(round.tambons.with_places())
    made = Worker.objects.create(
        round=round,
        person=person(10_000 * round.pk + number),
        number=number,
        category=round.categories.get(code=category),
        home_tambon=targets[number % len(targets)].tambon if targets else None,
        education="ปริญญาตรี",
    )
    skills = list(round.skills.all())
    made.skills.set({skills[number % len(skills)], skills[(number + 3) % len(skills)]} if skills else ())
    Wish.objects.bulk_create(
        Wish(worker=made, rank=rank, tambon=round.tambons.get(tambon_id=code))
        for rank, code in enumerate(wishes, start=1)
    )
    return made


def lecturer(round: Round, number: int, *, max_tambons: int = 1) -> Lecturer:
    """A lecturer with two dimensions of expertise."""
    made = Lecturer.objects.create(
        round=round,
        person=person(10_000 * round.pk + 5_000 + number, title="ผศ."),
        faculty=("คณะครุศาสตร์", "คณะวิทยาการจัดการ")[number % 2],
        max_tambons=max_tambons,
        base_district=round.tambons.first().tambon.district if round.tambons.exists() else None,
    )
    dimensions = list(round.dimensions.all())
    made.expertise.set({dimensions[number % len(dimensions)], dimensions[(number + 2) % len(dimensions)]})
    return made
