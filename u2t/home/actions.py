"""The demo round: invented rosters taken through the same actions as real ones."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date, datetime, timedelta
from pathlib import Path

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from u2t.agencies.actions import register
from u2t.agencies.models import Contact
from u2t.handover.actions import issuing, planning
from u2t.handover.queries import standing
from u2t.home.demo import assessing, invent, orientation, placing, recruiting
from u2t.home.demo.rows import Plan, Rosters, Table
from u2t.people import rules as people_rules
from u2t.people.actions import accounts, staff
from u2t.people.models import Account, Person
from u2t.placement.models import Engagement, Leadership
from u2t.programme import usual
from u2t.programme.actions import institutions, places, positions, rounds
from u2t.programme.models import Duty, Round
from u2t.rosters import actions as rosters
from u2t.sheets import write

Say = Callable[[str], None]
CODE = "KPRU-2564"
KINDS = ("tambons", "lecturers", "agencies", "workers")
ROLES = {
    "office": _("Programme office"),
    "executive": _("Executive"),
    "pm": _("Project manager (PM)"),
    "am": _("Area manager (AM)"),
    "agency": _("Agency"),
    "worker": _("Worker"),
    "interviewer": _("Interviewer"),
    "applicant": _("Applicant"),
}
_PLAN = Plan(
    tambons={"62": 36, "63": 24},
    categories={"public": 5, "graduate": 10, "student": 5},
    lecturers=120,
    dimensions=[row.name_th for row in usual.DIMENSIONS],
    skills=[row.name_th for row in usual.SKILLS],
    office_skill=usual.SKILLS[0].name_th,
)
_HANDED_ON = date(2021, 2, 3)
# So long before now the round was placed, and people left before the further call was drafted.
_PLACED, _LEFT = timedelta(days=12), timedelta(days=9)


def logins_file() -> Path:
    """Where the demo's log-ins are kept, readable only for the owner."""
    return Path(settings.DATA_DIR) / "demo-logins.json"


def invented_rosters() -> Rosters:
    """The four tables of the demo round."""
    return invent.Inventor(_PLAN).rosters()


def write_rosters(folder: Path) -> list[Path]:
    """Write the demo's four rosters as workbooks; returns the files in the order in which they are imported."""
    folder.mkdir(parents=True, exist_ok=True)
    tables, files = invented_rosters(), []
    for kind in KINDS:
        header, *rows = getattr(tables, kind)
        file = folder / f"{kind}.xlsx"
        file.write_bytes(write.xlsx_bytes(header, rows, sheet=kind))
        files.append(file)
    return files


def load_demo(*, at: datetime, say: Say = lambda _text: None) -> Round | None:
    """Load the demo round whole, placed and handed over, if no round is there yet; otherwise do nothing.

    One transaction: killed half-way, nothing is left and the next start begins anew.
    """
    if Round.objects.exists():
        return None
    with transaction.atomic():
        say("places")
        places.load_places(at=at)
        register.load_kinds(at=at)
        positions.set_positions(positions=invent.positions(list(_PLAN.tambons)), by=None, at=at)
        round = _open_round(at)
        office = staff.add_staff(
            institution=round.institution, kind=Duty.Kind.OFFICE, title="นางสาว", given_name="สมใจ",
            surname="ตัวอย่าง", by=None, at=at,
        ).account  # fmt: skip
        staff.add_staff(
            institution=round.institution, kind=Duty.Kind.EXECUTIVE, title="รองศาสตราจารย์ ดร.", given_name="สมเกียรติ",
            surname="ตัวอย่าง", by=None, at=at,
        )  # fmt: skip
        tables = invented_rosters()
        for kind in KINDS:
            say(kind)
            _bring_in(round, kind, getattr(tables, kind), office, at - _PLACED)
        say("placement")
        policy = placing.make_rules(round=round, by=office, at=at - _PLACED)
        placing.place(round=round, policy=policy, by=office, at=at - _PLACED)
        say("handover")
        _hand_over(round, office, at - _PLACED)
        rounds.announce_round(round=round, by=office, at=at)
        say("orientation")
        orientation.hold(round=round, by=office, at=at)
        logins = _open_demo_accounts(round, at)
        say("further call")
        logins += _recruit(round, office, at)
        say("comparing rules")
        placing.compare(round=round, by=office, at=at)
        transaction.on_commit(lambda: _keep_logins(logins))
    return round


def _open_round(at: datetime) -> Round:
    institution = institutions.open_institution(
        code="KPRU", name_th="มหาวิทยาลัยราชภัฏกำแพงเพชร", name_en="Kamphaeng Phet Rajabhat University",
        home_district="6201", at=at,
    )  # fmt: skip
    institutions.change_institution(
        institution=institution,
        letter={
            "letter_prefix": "อว ๐๐๐๐",
            "address_th": "ตำบลนครชุม อำเภอเมือง\nจังหวัดกำแพงเพชร ๖๒๐๐๐",
            "owner_office_th": "สำนักงานโครงการมหาวิทยาลัยสู่ตำบล",
            "telephone": "๐ ๐๐๐๐ ๐๐๐๐",
            "signer_name_th": "รองศาสตราจารย์ ดร.สมมติ ตัวอย่าง",
            "signer_post_th": "อธิการบดี",
        },
        home_district="6201",
        by=None,
        at=at,
    )
    return rounds.open_round(
        institution=institution,
        code=CODE,
        name_th="มหาวิทยาลัยสู่ตำบล สร้างรากแก้วให้ประเทศ พ.ศ. 2564",
        name_en="University to Tambon 2021",
        starts_on=date(2021, 2, 1),
        months=usual.MONTHS,
        orientation_from=date(2021, 1, 31),
        orientation_until=date(2021, 2, 2),
        handover_on=_HANDED_ON,
        categories=usual.CATEGORIES,
        workstreams=usual.WORKSTREAMS,
        quotas=usual.QUOTAS,
        by=None,
        at=at,
    )


def _bring_in(round: Round, kind: str, table: Table, office: Account, at: datetime) -> None:
    """Import one table as a workbook; a demo with a faulty roster is a fault of the demo."""
    header, *rows = table
    data = write.xlsx_bytes(header, rows, sheet=kind)
    checked = rosters.import_roster(
        round=round, kind=kind, file_name=f"{kind}.xlsx", data=data, by=office, at=at
    )
    assert not checked.report.has_problems, checked.report


def _hand_over(round: Round, office: Account, at: datetime) -> None:
    planning.plan_handovers(round=round, by=office, at=at)
    handovers = list(standing.handovers(round))
    issuing.issue_letters(handovers=handovers, dated_on=_HANDED_ON - timedelta(days=1), by=office, at=at)
    planning.mark_done(handovers=handovers, by=office, at=at)


def _recruit(round: Round, office: Account, at: datetime) -> list[dict[str, str]]:
    """Some leave, one place is filled, a further call is open for the others; the log-ins of two who take part."""
    left = recruiting.let_leave(round=round, by=office, at=at - _LEFT)
    placing.refill_one(left=left, by=office, at=at - _LEFT + timedelta(days=1))
    placing.pin(round=round, by=office, at=at - _LEFT + timedelta(days=1))
    call = recruiting.open_call(round=round, by=office, at=at)
    applicant = recruiting.take_applications(call=call, plan=_PLAN, by=office, at=at)
    lecturers = Person.objects.filter(lectureships__round=round, account=None).order_by("pk")[:5]
    opened = accounts.open_accounts(persons=lecturers, prefix="p", by=office, at=at)
    assessing.assess(call=call, interviewers=[one.account for one in opened], by=office, at=at)
    return [
        _lasting_login("interviewer", opened[0], at),
        {"role": "applicant", "username": applicant.account.username, "password": applicant.password},
    ]


def _open_demo_accounts(round: Round, at: datetime) -> list[dict[str, str]]:
    """One account a role, with a password that may be kept."""
    led = Leadership.objects.current().filter(tambon__round=round).select_related("lecturer__person").first()
    assert led is not None
    manager = Contact.objects.filter(
        agency__participations__coverage__tambon=led.tambon, agency__participations__coverage__is_main=True
    ).first()
    seated = Engagement.objects.current().filter(tambon=led.tambon, office__isnull=False).first()
    member = Engagement.objects.current().filter(tambon=led.tambon, office=None).first()
    assert manager is not None
    assert seated is not None
    assert seated.office is not None
    assert member is not None
    officer = Contact.objects.filter(agency=seated.office.agency).first()
    assert officer is not None
    people: dict[str, tuple[Person, str]] = {
        "pm": (led.lecturer.person, "p"),
        "am": (manager.person, "a"),
        "agency": (officer.person, "a"),
        "worker": (member.worker.person, "w"),
    }
    logins = []
    for kind in (Duty.Kind.OFFICE, Duty.Kind.EXECUTIVE):
        duty = Duty.objects.get(institution=round.institution, kind=kind)
        logins.append(_lasting_login(kind, accounts.reset_password(account=duty.account, by=None, at=at), at))
    for role, (person, prefix) in people.items():
        opened = accounts.open_account(person=person, prefix=prefix, by=None, at=at)
        logins.append(_lasting_login(role, opened, at))
    return logins


def _keep_logins(logins: list[dict[str, str]]) -> None:
    """Write them into a private file beside the database."""
    file = logins_file()
    file.touch(mode=0o600)
    file.write_text(json.dumps(logins, ensure_ascii=False, indent=1), encoding="utf-8")


def _lasting_login(role: str, opened: accounts.Opened, at: datetime) -> dict[str, str]:
    password = people_rules.one_time_password()
    accounts.change_password(
        account=opened.account, old=opened.password, new=password, repeated=password, at=at
    )
    return {"role": str(role), "username": opened.account.username, "password": password}
