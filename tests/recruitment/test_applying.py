"""An applicant fills in an application, submits it, changes it, withdraws it."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
import time_machine
from django.urls import reverse

from tests import cast, factories, recruiting
from tests.factories import NOW
from tests.recruitment.applying import PERSON, Applicant, page, visitor
from u2t.audit.models import Event
from u2t.mailing.models import Mail
from u2t.people import identity
from u2t.recruitment.actions import applying as actions
from u2t.recruitment.models import Application, Call, RequiredDocument, Screening
from u2t.recruitment.queries import applying as queries

pytestmark = pytest.mark.django_db


@pytest.fixture
def call(world: cast.World) -> Call:
    made = recruiting.call(world.round, grace_minutes=5)
    # Papers have tests of their own.
    RequiredDocument.objects.all().delete()
    return made


@pytest.fixture(autouse=True)
def clock() -> Any:
    with time_machine.travel(NOW, tick=False) as clock:
        yield clock


def test_from_consent_to_receipt(call: Call) -> None:
    applicant = Applicant(call)
    consent = page(applicant.client.get(applicant.url("apply")))
    assert "เพื่อการคัดเลือกทดสอบ" in consent
    assert not Application.objects.exists()

    applicant.fill()
    kept = applicant.application
    assert kept.consented_at == NOW
    assert identity.unseal(kept.citizen_id_sealed) == PERSON["citizen_id"]
    assert (kept.birth_on, kept.telephone, kept.grade) == (date(1997, 5, 9), "0812345678", 325)
    assert (kept.registered_house, kept.registered_tambon_id) == ("๑๒ หมู่ ๓", "620101")
    assert kept.present_postcode == "62000"

    checked = page(applicant.client.get(applicant.own("step", "check")))
    assert "At least 18 years old" in checked
    assert "23 years old on the day of closing" in checked
    receipt = page(applicant.submit())
    kept = applicant.application
    assert kept.receipt
    assert kept.receipt in receipt
    assert kept.submitted_digest in receipt
    assert kept.submitted_digest == _digest(kept)
    mail = Mail.objects.get()
    assert (mail.to, kept.receipt in mail.text) == ("malee@example.org", True)
    assert Event.objects.filter(verb="recruitment.submit", note__receipt=kept.receipt).count() == 1


def _digest(application: Application) -> str:
    from u2t.recruitment.rules.applying import digest

    return digest(queries.content_of(queries.applications().get(pk=application.pk)))


def test_without_consent_nothing_personal_is_kept(call: Call) -> None:
    applicant = Applicant(call)
    answer = applicant.client.post(applicant.url("apply"), {})
    assert 'id="id_agrees_error"' in answer.content.decode()
    assert not Application.objects.exists()


def test_a_visitor_is_led_to_register_and_back(call: Call) -> None:
    applicant = Applicant(call)
    where = applicant.url("apply")
    for url in (where, applicant.url("register")):
        assert (
            visitor().get(url).headers["Location"]
            == f"{reverse('people:register')}?next={where.replace('/', '%2F')}"
        )


def test_submitting_twice_gives_one_receipt(call: Call) -> None:
    applicant = Applicant(call).fill()
    first, second = applicant.submit(), applicant.submit()
    assert page(first).count("TST-2564-1-000001") == page(second).count("TST-2564-1-000001") > 0
    assert Call.objects.get().last_serial == 1
    assert Mail.objects.count() == 1


def test_whatever_is_missing_is_listed_with_the_way_to_it(call: Call) -> None:
    applicant = Applicant(call).begin()
    answer = applicant.client.get(applicant.own("step", "check"))
    assert "Write your given name." in page(answer)
    assert "Choose at least one tambon." in page(answer)
    assert applicant.own("step", "choice") in answer.content.decode()
    refused = applicant.submit()
    assert "Not submitted. What you have written is kept." in page(refused)
    assert applicant.application.submitted_at is None


def test_a_rule_that_is_not_met_is_said_with_its_evidence_and_does_not_stop_anybody(call: Call) -> None:
    applicant = Applicant(call).fill()
    applicant.type("education", graduated_on="1/6/2559")
    checked = page(applicant.client.get(applicant.own("step", "check")))
    assert "Graduated at most 3 years before closing" in checked
    assert "Graduated 1 June 2016; counted are 13 February 2018 to 13 February 2021 not met" in checked
    applicant.submit()
    assert applicant.application.receipt


def test_a_rule_whose_evidence_is_missing_stops_submission(call: Call) -> None:
    applicant = Applicant(call).fill()
    applicant.type("education", graduated_on="")
    assert "Write the date of graduation." in page(applicant.submit())
    assert applicant.application.submitted_at is None


def test_nothing_is_chosen_beforehand(call: Call) -> None:
    applicant = Applicant(call).begin()
    for step in ("education", "work", "choice"):
        shown = applicant.client.get(applicant.own("step", step)).content.decode()
        assert " checked" not in shown
        assert '<option value="" selected>' in shown or "<select" not in shown


def test_the_same_person_is_told_and_learns_nothing_about_the_other_application(call: Call) -> None:
    Applicant(call, 1).fill().submit()
    second = Applicant(call, 2).fill()
    said = page(second.submit())
    assert "There already is a submitted application with this ID number in this call." in said
    assert "000001" not in said
    assert second.application.submitted_at is None


def test_who_withdrew_may_apply_again_and_keeps_what_was_typed(call: Call) -> None:
    applicant = Applicant(call).fill()
    applicant.submit()
    applicant.client.post(applicant.own("withdraw"))
    first = Application.objects.get()
    assert first.withdrawn_at == NOW
    assert first.given_name == "มาลี"
    applicant.begin()
    again = applicant.application
    assert again.pk != first.pk
    assert (again.given_name, again.citizen_id_digest) == (first.given_name, first.citizen_id_digest)
    assert again.category is None
    applicant.type("work")
    applicant.type("choice")
    applicant.submit()
    assert applicant.application.number == 2


def test_taking_consent_back_before_submission_erases_the_draft(call: Call) -> None:
    applicant = Applicant(call).fill()
    applicant.client.post(applicant.own("withdraw"))
    row = Application.objects.get()
    assert row.erased_at == NOW
    for name in ("given_name", "surname", "telephone", "present_house", "talents", "search_key"):
        assert getattr(row, name) == ""
    assert (row.citizen_id_sealed, row.citizen_id_digest, row.birth_on) == (None, None, None)
    assert not row.choices.exists()
    assert not row.experiences.exists()


def test_nothing_is_typed_twice_in_the_next_call(world: cast.World, call: Call) -> None:
    applicant = Applicant(call).fill()
    second = recruiting.call(world.round, number=2)
    again = Applicant(second, account=applicant.account).begin().application
    assert (again.given_name, again.birth_on, again.present_tambon_id) == ("มาลี", date(1997, 5, 9), "620101")
    assert again.is_employed is None


def test_a_late_phone_is_taken_within_the_grace_and_noted(call: Call, clock: Any) -> None:
    applicant = Applicant(call).fill()
    clock.move_to(call.closes_at + timedelta(seconds=90))
    assert "90 seconds after closing, within the grace" in page(applicant.submit())
    assert applicant.application.seconds_late == 90


def test_after_the_grace_the_form_is_refused_and_what_was_typed_is_kept(call: Call, clock: Any) -> None:
    applicant = Applicant(call).fill()
    hidden = applicant.shown("person")
    clock.move_to(call.closes_at + timedelta(minutes=5, seconds=1))
    answer = applicant.type("person", hidden, given_name="มาลัย")
    assert "This call takes no applications now. What you have saved is kept." in page(answer)
    assert 'value="มาลัย"' in answer.content.decode()
    assert "This call takes no applications now" in page(applicant.submit())
    kept = applicant.application
    assert (kept.submitted_at, kept.given_name) == (None, "มาลี")
    assert "Not submitted before closing" in page(applicant.client.get(kept.get_absolute_url()))


def test_nobody_begins_before_opening_or_in_the_grace(call: Call, clock: Any) -> None:
    for moment in (call.opens_at - timedelta(seconds=1), call.closes_at + timedelta(seconds=1)):
        clock.move_to(moment)
        answer = Applicant(call, moment.day).client.post(
            Applicant(call, 100 + moment.day).url("apply"), {"agrees": "on"}
        )
        assert "This call takes no applications now" in page(answer)
    assert not Application.objects.exists()


def test_an_opened_application_keeps_number_and_receipt(call: Call) -> None:
    applicant = Applicant(call).fill()
    applicant.submit()
    receipt = applicant.application.receipt
    assert applicant.type("person", {"version": "0", "seen": ""}, given_name="มาลัย").status_code == 422
    applicant.client.post(applicant.own("reopen"))
    assert "This application is open again" in page(applicant.client.get(applicant.own("step", "person")))
    applicant.type("person", given_name="มาลัย")
    applicant.submit()
    kept = applicant.application
    assert (kept.given_name, kept.receipt, kept.number) == ("มาลัย", receipt, 1)
    assert Call.objects.get().last_serial == 1


def test_who_forgets_to_submit_again_is_submitted_as_of_closing(call: Call) -> None:
    whole, broken = Applicant(call, 1).fill(), Applicant(call, 2)
    whole.submit()
    broken.fill().type("person", citizen_id=factories.citizen_id(60_000_002))
    broken.submit()
    for one in (whole, broken):
        one.client.post(one.own("reopen"))
    broken.type("person", given_name="")
    assert actions.submit_forgotten(call.closes_at) == 0  # the grace is not over
    assert actions.submit_forgotten(call.closes_at + timedelta(minutes=6)) == 1
    assert whole.application.submitted_at == call.closes_at
    assert whole.application.seconds_late == 0
    assert broken.application.submitted_at is None


def test_what_the_office_has_decided_about_is_not_opened_again(call: Call) -> None:
    applicant = Applicant(call).fill()
    applicant.submit()
    Screening.objects.create(application=applicant.application, is_passed=True, decided_at=NOW)
    shown = applicant.client.get(applicant.application.get_absolute_url()).content.decode()
    assert applicant.own("reopen") not in shown
    assert "The office is checking this application already" in page_of(
        applicant.client.post(applicant.own("reopen"))
    )
    assert applicant.application.submitted_at == NOW


def page_of(answer: Any) -> str:
    return str(answer.content.decode())


def test_an_application_is_nobody_elses(world: cast.World, call: Call) -> None:
    applicant = Applicant(call).fill()
    applicant.submit()
    other_office = cast.world(code="OTH-2564").office
    pages = [applicant.own(name) for name in ("application", "receipt", "withdraw", "reopen")]
    pages += [applicant.own("step", step) for step in ("person", "check")]
    for stranger in (None, recruiting.account(77), world.worker, other_office):
        client = cast.client_of(stranger)
        for url in pages:
            answer = client.get(url)
            assert answer.status_code in (302, 403)
            assert "ใจดี" not in page(answer)
        for url in (applicant.own("submit"), applicant.own("withdraw"), applicant.own("reopen"), pages[-2]):
            client.post(url, {"given_name": "x"})
    kept = applicant.application
    assert (kept.withdrawn_at, kept.submitted_at, kept.given_name) == (None, NOW, "มาลี")
    office = cast.client_of(world.office)
    assert "มาลี ใจดี" in page(office.get(applicant.own("application")))
    assert office.get(applicant.own("step", "person")).status_code == 403


def test_the_office_gives_a_password_to_its_own_applicant_only(world: cast.World, call: Call) -> None:
    applicant = Applicant(call).fill()
    other = cast.world(code="OTH-2564")
    url = applicant.own("new_password")
    assert cast.client_of(other.office).post(url).status_code == 403
    assert cast.client_of(recruiting.account(9)).post(url).status_code == 403
    told = cast.client_of(world.office).post(url).content.decode()
    assert applicant.account.username in told
    applicant.account.refresh_from_db()
    assert applicant.account.must_change_password


def test_the_office_never_resets_the_password_of_somebody_with_a_duty(world: cast.World, call: Call) -> None:
    for account in (world.executive, world.worker):
        held = account.password
        application = recruiting.application(call, account.pk, account=account)
        cast.client_of(world.office).post(
            reverse("recruitment:new_password", args=[call.round.code, call.number, application.pk])
        )
        account.refresh_from_db()
        assert account.password == held


def test_the_pages_of_an_application_ask_the_same_number_of_questions_whatever_it_holds(
    call: Call, django_assert_max_num_queries: Any
) -> None:
    applicant = Applicant(call).fill()
    for url in (applicant.own("step", "check"), applicant.own("application"), reverse("recruitment:mine")):
        with django_assert_max_num_queries(45):
            applicant.client.get(url)


def test_the_home_of_an_applicant_shows_what_is_open_and_where_to_go_on(call: Call) -> None:
    applicant = Applicant(call)
    home = reverse("home:mine")
    assert applicant.url("apply") in applicant.client.get(home).content.decode()
    applicant.begin().type("person")
    shown = applicant.client.get(home)
    assert "Not submitted yet" in page(shown)
    assert applicant.own("step", "addresses") in shown.content.decode()
    applicant.fill().submit()
    assert "TST-2564-1-000001" in page(applicant.client.get(home))
    assert applicant.url("apply") not in applicant.client.get(home).content.decode()
