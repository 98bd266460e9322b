"""From a file with six thousand applicants to twelve hundred people with a certificate, without a browser."""

from __future__ import annotations

from collections import Counter
from datetime import datetime, timedelta
from pathlib import Path

import pytest
import time_machine
from django.core.management import CommandError
from django.utils import timezone

from tests.journeys import applicants as invented
from tests.journeys.steps import run
from tests.orientation import programme
from u2t.orientation.actions import certifying, checking_in
from u2t.orientation.actions import sessions as sessions_of
from u2t.orientation.models import Certificate, Scan
from u2t.orientation.queries import completion
from u2t.people.models import Worker
from u2t.programme.models import Institution, Round
from u2t.recruitment.actions import offering, reporting
from u2t.recruitment.models import Application, Call, Offer, Outcome, Selection
from u2t.seals import queries as seals

PER_TAMBON = {"public": 5, "graduate": 10, "student": 5}
FIRST_MORNING = datetime(2021, 1, 31, 9, 0, tzinfo=timezone.get_default_timezone())
# Everybody with this number stays away on the last two of three days.
AWAY = 40


def on(day: str) -> time_machine.travel:
    return time_machine.travel(datetime.fromisoformat(f"{day}T10:00+07:00"), tick=False)


def test_six_thousand_applicants_become_twelve_hundred_people_with_a_certificate(
    round_code: str, rosters: Path, tmp_path: Path
) -> None:
    with on("2020-12-01"):
        run("import_roster", "tambons", str(rosters / "tambons.xlsx"), "--round", round_code)
        said = ("--opens", "2020-12-01T08:30", "--closes", "2020-12-31T16:30", "--no-names", "--seed", "draw")
        run("open_call", "--round", round_code, *said, "--publish")
    call = Call.objects.get(round__code=round_code)
    applicants = invented.invent(sorted(call.round.tambons.values_list("tambon_id", flat=True)))
    _bring_in(call, applicants, tmp_path)
    _select(call, applicants)
    _hire(call)
    _orientate(call.round)


def _bring_in(call: Call, applicants: list[invented.Applicant], folder: Path) -> None:
    file = folder / "ใบสมัคร.xlsx"
    file.write_bytes(invented.workbook(applicants))
    asked = ("import_applications", str(file), "--round", call.round.code, "--call", "1")
    with on("2020-12-20"):
        run(*asked, "--dry-run")
        assert not Application.objects.exists(), "a dry run stores nothing"
        run(*asked)
        with pytest.raises(CommandError):
            run(*asked)
    stored = Application.objects.filter(call=call, submitted_at__isnull=False)
    assert stored.count() == len(applicants) == 6_000
    assert sorted(stored.values_list("number", flat=True)) == list(range(1, 6_001))
    assert stored.values("receipt").distinct().count() == 6_000


def _select(call: Call, applicants: list[invented.Applicant]) -> None:
    asked = ("select", "--round", call.round.code, "--call", "1", "--announce")
    with on("2020-12-24"), pytest.raises(CommandError):
        run(*asked)
    with on("2021-01-10"):
        run(*asked)
    numbers = dict(zip(range(1, 6_001), map(str, sorted(_numbers(call))), strict=True))
    expected = invented.fair_result(
        applicants, numbers, PER_TAMBON, Call.objects.get(pk=call.pk).lottery_seed
    )
    outcomes = Outcome.objects.filter(selection__call=call)
    selected = outcomes.filter(kind=Outcome.Kind.SELECTED)
    found = dict(selected.values_list("application__number", "tambon__tambon_id"))
    assert {str(number): tambon for number, tambon in found.items()} == expected
    passed = sum(one.is_passed for one in applicants)
    assert outcomes.count() == passed
    assert Selection.objects.get(call=call).announced_at


def _numbers(call: Call) -> list[int]:
    return list(Application.objects.filter(call=call).values_list("number", flat=True))


def _hire(call: Call) -> None:
    """The selected accept but for every hundredth, whose slot goes to the next reserve; all report in."""
    at = datetime.fromisoformat("2021-01-11T09:00+07:00")
    first = list(Offer.objects.filter(application__call=call).select_related("application__call__round"))
    for place, offer in enumerate(first):
        if place % 100 == 99:
            offering.decline(offer=offer, reason="ได้งานอื่น", by=None, at=at)
        else:
            offering.accept(offer=offer, by=None, at=at)
    called = list(Offer.objects.filter(application__call=call, is_reserve=True))
    assert called, "nobody was called from the reserve"
    for offer in called:
        offering.accept(offer=offer, by=None, at=at + timedelta(hours=1))
    coming = list(Offer.objects.filter(application__call=call, accepted_at__isnull=False))
    workers = reporting.report_in(call=call, offers=coming, by=None, at=at + timedelta(days=2))
    filled = Counter(
        Worker.objects.filter(round=call.round).values_list("fixed_tambon__tambon_id", "category__code")
    )
    assert len(workers) == sum(filled.values()) == len(first)
    assert all(count <= PER_TAMBON[category] for (_tambon, category), count in filled.items())
    assert Counter(Worker.objects.values_list("category__code", flat=True)) == Counter(
        public=300, graduate=600, student=300
    )


def _orientate(round: Round) -> None:
    begins = [FIRST_MORNING + timedelta(days=day) for day in range(3)]
    mornings = [programme.session(round, f"วันที่ {day}", begins=at) for day, at in enumerate(begins, start=1)]
    tokens = programme.tokens(round)
    for day, (session, at) in enumerate(zip(mornings, begins, strict=True)):
        scans = [
            programme.told(session, token, at=moment, way=way, order=number)
            for number, token in tokens.items()
            if day == 0 or number % AWAY
            for way, moment in (("in", at - timedelta(minutes=5)), ("out", at + timedelta(hours=3)))
        ]
        evening = at + timedelta(hours=9)
        sent = {"round": round, "device": programme.teller(), "device_now": evening, "scans": scans}
        checking_in.take_scans(**sent, by=None, at=evening)
        checking_in.take_scans(**sent, by=None, at=evening + timedelta(minutes=1))
        assert Scan.objects.filter(session=session).count() == len(scans), "sent twice, stored once"
    after = begins[-1] + timedelta(days=1)
    standing = completion.of_round(round, after)
    complete = sum(one.is_complete for one in standing.values())
    assert (len(standing), complete) == (1_200, 1_200 - 1_200 // AWAY)
    sessions_of.set_plan(
        round=round, by=None, at=after, certificate_title_th="วุฒิบัตร", certificate_text_th="ผ่านการปฐมนิเทศ"
    )
    issued = certifying.issue_certificates(round=round, dated_on=after.date(), by=None, at=after)
    assert len(issued.certificates) == complete
    assert sorted(Certificate.objects.values_list("number", flat=True)) == list(range(1, complete + 1))
    assert Institution.objects.get(pk=round.institution_id).certificates.count() == complete
    shown = Certificate.objects.order_by("number").first()
    assert shown is not None
    assert seals.verdict(shown.seal).state == "ok"
    forged = shown.seal[:-1] + ("A" if shown.seal[-1] != "A" else "B")
    assert seals.verdict(forged).state not in {"ok", "revoked"}
