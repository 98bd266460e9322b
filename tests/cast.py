"""A small world and its permanent cast, built with the actions that people use.

Three tambons, two of them called หนองหลวง in different provinces; five slots a tambon (public 1, graduate 2 in the
team and 1 data manager, student 1), so fifteen in all; one main host a tambon; two data agencies.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from django.test import Client

from tests import factories
from tests.factories import NOW
from u2t.agencies.actions import contacts, register
from u2t.agencies.models import Agency, Kind, Participation
from u2t.people.actions import accounts, staff
from u2t.people.models import Account, Lecturer, Person, Worker
from u2t.programme import usual
from u2t.programme.actions import institutions, places, rounds, targets
from u2t.programme.models import Institution, Province, Round, RoundTambon

CITY, NONG_LUANG_KPP, NONG_LUANG_TAK = "620101", "620703", "630802"
TAMBONS = (CITY, NONG_LUANG_KPP, NONG_LUANG_TAK)
# Beside the two provinces of the round a neighbour, for what lies outside.
PROVINCES = frozenset({"62", "63", "64"})
QUOTAS = {
    ("public", "team"): 1,
    ("public", "data"): 0,
    ("graduate", "team"): 2,
    ("graduate", "data"): 1,
    ("student", "team"): 1,
    ("student", "data"): 0,
}


@dataclass
class World:
    """The round and everybody in it; accounts by role, rows by what they are."""

    institution: Institution
    round: Round
    office: Account
    executive: Account
    stranger: Account
    tambons: dict[str, RoundTambon] = field(default_factory=dict)
    hosts: dict[str, Participation] = field(default_factory=dict)
    data_agencies: list[Participation] = field(default_factory=list)
    lecturer: Lecturer = None  # type: ignore[assignment]
    pm: Account = None  # type: ignore[assignment]
    am: Account = None  # type: ignore[assignment]
    agency_officer: Account = None  # type: ignore[assignment]
    hired: Worker = None  # type: ignore[assignment]
    worker: Account = None  # type: ignore[assignment]


def places_are_there() -> None:
    """The provinces of the tests, loaded where a flushed database has lost them."""
    if not Province.objects.exists():
        places.load_places(at=NOW, provinces=PROVINCES)


def world(*, code: str = "TST-2564") -> World:
    """The small world. ``pm`` is a lecturer's account; who leads a tambon is for placement to say."""
    places_are_there()
    institution = institutions.open_institution(
        code=code.split("-")[0].lower(), name_th="มหาวิทยาลัยทดสอบ", name_en="Test University", at=NOW
    )
    institutions.change_institution(
        institution=institution,
        letter={
            "letter_prefix": "อว ๐๖๐๐",
            "address_th": "ถนนทดสอบ อำเภอเมือง",
            "owner_office_th": "สำนักงานโครงการ",
            "telephone": "๐ ๕๕๐๐ ๐๐๐๐",
            "signer_name_th": "รองศาสตราจารย์ ดร.สมมติ ทดสอบ",
            "signer_post_th": "อธิการบดี",
        },
        home_district="6201",
        by=None,
        at=NOW,
    )
    office = _staff(institution, "office", "ออฟฟิศ")
    round = a_round(institution, code=code, by=office)
    made = World(
        institution=institution,
        round=round,
        office=office,
        executive=_staff(institution, "executive", "บริหาร"),
        stranger=account_of(factories.person(9_999_000 + round.pk), "x"),
        tambons={c: targets.add_tambon(round=round, code=c, by=office, at=NOW) for c in TAMBONS},
    )
    _agencies(made)
    made.lecturer = factories.lecturer(round, 1)
    made.pm = account_of(made.lecturer.person, "p")
    made.hired = factories.worker(round, "graduate", number=1, wishes=(CITY, NONG_LUANG_KPP))
    made.worker = account_of(made.hired.person, "w")
    return made


def a_round(institution: Institution, *, code: str = "TST-2564", by: Account | None = None) -> Round:
    """A round with the small quotas and the usual categories."""
    return rounds.open_round(
        institution=institution,
        code=code,
        name_th="รอบทดสอบ",
        name_en="Test round",
        starts_on=date(2021, 2, 1),
        months=11,
        orientation_from=date(2021, 1, 31),
        orientation_until=date(2021, 2, 2),
        handover_on=date(2021, 2, 3),
        categories=usual.CATEGORIES,
        workstreams=usual.WORKSTREAMS,
        quotas=QUOTAS,
        by=by,
        at=NOW,
    )


def account_of(person: Person, prefix: str) -> Account:
    """An account whose first password was already changed."""
    account = accounts.open_account(person=person, prefix=prefix, by=None, at=NOW).account
    Account.objects.filter(pk=account.pk).update(must_change_password=False)
    account.must_change_password = False
    return account


def _staff(institution: Institution, kind: str, surname: str) -> Account:
    account = staff.add_staff(
        institution=institution, kind=kind, title="นาง", given_name="สมศรี", surname=surname, by=None, at=NOW
    ).account
    Account.objects.filter(pk=account.pk).update(must_change_password=False)
    account.must_change_password = False
    return account


def _agencies(made: World) -> None:
    register.load_kinds(at=NOW)
    for code, tambon in made.tambons.items():
        host = an_agency(made, "local", f"องค์การบริหารส่วนตำบล{tambon.tambon.name_th}", code)
        made.hosts[code] = takes_part(made, host, is_host=True)
        register.set_coverage(participation=made.hosts[code], tambons=[code], by=made.office, at=NOW)
        register.set_main_host(tambon=tambon, participation=made.hosts[code], by=made.office, at=NOW)
    for name, code in (("ศูนย์ดำรงธรรมอำเภอเมืองกำแพงเพชร", "620101"), ("ศูนย์ดำรงธรรมอำเภออุ้มผาง", "630801")):
        office = an_agency(made, "damrongtham", name, code)
        made.data_agencies.append(takes_part(made, office, is_data_agency=True, room=2))
    made.am = _contact(made, made.hosts[CITY].agency, 7_001, is_area_manager=True)
    made.agency_officer = _contact(made, made.data_agencies[0].agency, 7_002, is_area_manager=False)


def an_agency(made: World, kind: str, name: str, tambon: str) -> Agency:
    """A registered agency at a tambon's place."""
    return register.add_agency(
        institution=made.institution,
        name_th=name,
        kind=Kind.objects.get(code=kind),
        province=tambon[:2],
        district=tambon[:4],
        tambon=tambon,
        letter_to_th=f"หัวหน้า{name}",
        address_th="หมู่ ๑",
        by=made.office,
        at=NOW,
    )


def takes_part(
    made: World,
    agency: Agency,
    *,
    is_host: bool = False,
    is_data_agency: bool = False,
    room: int | None = None,
) -> Participation:
    """The agency in the round, as host, data agency or both."""
    return register.take_part(
        round=made.round,
        agency=agency,
        is_host=is_host,
        is_data_agency=is_data_agency,
        data_capacity=room,
        by=made.office,
        at=NOW,
    )


def _contact(made: World, agency: Agency, number: int, *, is_area_manager: bool) -> Account:
    person = factories.person(10_000 * made.round.pk + number)
    contacts.add_contact(
        agency=agency,
        person=person,
        post_th="นายก" if is_area_manager else "เจ้าหน้าที่",
        is_area_manager=is_area_manager,
        by=made.office,
        at=NOW,
    )
    return account_of(person, "a")


def client_of(account: Account | None) -> Client:
    """A browser in which the account is logged in; ``None`` for a visitor."""
    client = Client()
    if account is not None:
        client.force_login(account)
    return client
