"""Applications about which every table says something, for tests of what is kept and what goes."""

from __future__ import annotations

from tests import cast, recruiting
from tests.recruiting import NOW
from tests.vault import files
from u2t.mailing.models import Mail
from u2t.recruitment.actions import papers as giving
from u2t.recruitment.models import (
    Appeal,
    Application,
    Call,
    DocumentCheck,
    Experience,
    Hold,
    Interview,
    Interviewer,
    Mark,
    Offer,
    Override,
    SamePerson,
    Screening,
    Upload,
)

# Stands in everything that somebody could have typed about a person.
SECRET = "ความลับของผู้สมัคร"


def full(call: Call, number: int = 1) -> Application:
    """An application about which every table says something that names its person."""
    made = recruiting.application(
        call, number, choices=(cast.CITY,), score=81_000, title=SECRET[:9], given_name=SECRET, surname=SECRET,
        military=SECRET, present_house=SECRET, registered_house=SECRET, degree=SECRET, major=SECRET,
        institute=SECRET, talents=SECRET, interview_place=SECRET, email=f"secret{number}@example.org",
        submitted=False,
    )  # fmt: skip
    document = giving.attach(
        application=made, kind="id_card", data=files.picture(), name=f"{SECRET}.jpg", by=None, at=NOW
    )
    Upload.objects.create(application=made, kind="degree", name=SECRET, size=9, begun_at=NOW, touched_at=NOW)
    Application.objects.filter(pk=made.pk).update(
        submitted_at=NOW, number=number, receipt=f"R-{number}", submitted_digest="d" * 64
    )
    Experience.objects.create(application=made, kind="work", what=SECRET, where=SECRET)
    DocumentCheck.objects.create(document=document, is_accepted=True, reason=SECRET, checked_at=NOW)
    rule = call.eligibility.first()
    Override.objects.create(application=made, rule=rule, is_met=True, reason=SECRET, decided_at=NOW)
    found = [{"rule": 1, "kind": "min_age", "is_met": True, "evidence": SECRET}]
    Screening.objects.create(application=made, is_passed=True, findings=found, note=SECRET, decided_at=NOW)
    interviewer = Interviewer.objects.create(
        call=call, account=recruiting.account(900 + number), appointed_at=NOW
    )
    interview = Interview.objects.create(
        application=made, interviewer=interviewer, assigned_at=NOW, note=SECRET, decline_reason=SECRET
    )
    Mark.objects.create(interview=interview, criterion=call.criteria.get(), points=81)
    other = recruiting.application(call, 500 + number)
    SamePerson.objects.create(first=made, second=other, is_same=False, reason=SECRET, decided_at=NOW)
    Offer.objects.create(
        application=made, tambon=call.round.tambons.first(), category=made.category, is_reserve=False, made_at=NOW,
        answer_until=NOW, declined_at=NOW, decline_reason=SECRET, taken_back_reason=SECRET,
    )  # fmt: skip
    Appeal.objects.create(application=made, text=SECRET, filed_at=NOW, answer=SECRET, answered_at=NOW)
    Hold.objects.create(call=call, application=made, reason=SECRET, begun_at=NOW, ended_at=NOW)
    Mail.objects.create(to=made.email, subject=SECRET, text=SECRET, asked_at=NOW, sent_at=NOW)
    return Application.objects.get(pk=made.pk)
