"""Calls and applications for tests, as rows: what happened before the thing under test."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from tests import factories
from u2t.people.models import Account
from u2t.programme.models import Quota, Round, Tambon
from u2t.recruitment.models import (
    Application,
    Call,
    CallQuota,
    Choice,
    Criterion,
    Eligibility,
    RequiredDocument,
    Screening,
)
from u2t.thai import fold

# Applications are open from ten days before to ten days after this moment.
NOW = factories.NOW


def call(round: Round, *, number: int = 1, published: bool = True, **changed: Any) -> Call:
    """A call of the round for all its slots: three choices, one interview criterion, lottery seed published."""
    values: dict[str, Any] = {
        "name_th": "ประกาศรับสมัครทดสอบ",
        "name_en": "Test call",
        "opens_at": NOW - timedelta(days=10),
        "closes_at": NOW + timedelta(days=10),
        "priority": ["score", "residence", "lottery"],
        "names_announced": False,
        "consent_th": "เพื่อการคัดเลือกทดสอบ",
        "lottery_seed": "a-seed-for-tests",
        "seed_published_at": NOW - timedelta(days=11),
        "drafted_at": NOW - timedelta(days=12),
        "published_at": NOW - timedelta(days=11) if published else None,
    }
    made = Call.objects.create(round=round, number=number, **{**values, **changed})
    slots: dict[int, int] = {}
    for quota in Quota.objects.filter(category__round=round):
        slots[quota.category_id] = slots.get(quota.category_id, 0) + quota.per_tambon
    CallQuota.objects.bulk_create(
        CallQuota(call=made, tambon=tambon, category_id=category, slots=number_of)
        for tambon in round.tambons.all()
        for category, number_of in slots.items()
    )
    graduate = round.categories.get(code="graduate")
    Eligibility.objects.create(call=made, kind="min_age", values={"years": 18}, position=1)
    Eligibility.objects.create(
        call=made, category=graduate, kind="degree_within", values={"years": 3}, position=2
    )
    RequiredDocument.objects.create(call=made, kind="id_card")
    RequiredDocument.objects.create(call=made, category=graduate, kind="degree")
    Criterion.objects.create(call=made, name_th="สัมภาษณ์", name_en="Interview", max_points=100, weight=100)
    return made


def account(number: int) -> Account:
    """An applicant's account: no person, no duty."""
    made = Account(
        username=f"applicant{number}@example.org", email=f"applicant{number}@example.org", opened_at=NOW
    )
    made.set_password("ตำบลของเรา2564")
    made.save()
    return made


def application(
    call: Call,
    number: int,
    category: str = "graduate",
    choices: tuple[str, ...] = (),
    *,
    home: str = "620101",
    score: int | None = None,
    at: datetime = NOW,
    submitted: bool = True,
    passed: bool | None = None,
    **changed: Any,
) -> Application:
    """A complete application, submitted unless told otherwise; ``score`` in thousandths, ``passed`` screens it."""
    surname = factories.SURNAMES[number // len(factories.GIVEN_NAMES) % len(factories.SURNAMES)]
    values: dict[str, Any] = {
        "title": ("นาย", "นางสาว")[number % 2],
        "given_name": factories.GIVEN_NAMES[number % len(factories.GIVEN_NAMES)],
        "surname": f"{surname}{factories._suffix(number)}",
        "birth_on": at.date().replace(year=at.year - 24, day=1),
        "telephone": f"08{number:08d}",
        "email": f"applicant{number}@example.org",
        "present_house": "๑๒ หมู่ ๓",
        "present_tambon": Tambon.objects.get(pk=home),
        "present_postcode": "62000",
        "registered_house": "๑๒ หมู่ ๓",
        "registered_tambon": Tambon.objects.get(pk=home),
        "registered_postcode": "62000",
        "level": "bachelor",
        "degree": "ศิลปศาสตรบัณฑิต",
        "institute": "มหาวิทยาลัยทดสอบ",
        "graduated_on": at.date().replace(year=at.year - 1, day=1),
        "is_employed": False,
        "has_state_hire": False,
        "begun_at": at,
        "saved_at": at,
        "consented_at": at,
        **changed,
    }
    made = Application(
        call=call,
        account=values.pop("account", None) or account(call.pk * 100_000 + number),
        category=call.round.categories.get(code=category),
        number=number if submitted else None,
        receipt=f"{call.round.code}-{call.number}-{number:06d}" if submitted else None,
        submitted_at=at if submitted else None,
        score=score,
        scored_at=at if score is not None else None,
        **values,
    )
    made.set_citizen_id(factories.citizen_id(50_000_000 + number))
    made.search_key = fold.fold(f"{made.given_name} {made.surname}")
    made.save()
    Choice.objects.bulk_create(
        Choice(application=made, rank=rank, tambon=call.round.tambons.get(tambon_id=code))
        for rank, code in enumerate(choices, start=1)
    )
    if passed is not None:
        Screening.objects.create(application=made, is_passed=passed, decided_at=at)
    return made
