"""What is kept of applicants goes in time, whole, and leaves only what counts nobody."""

from __future__ import annotations

from datetime import datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from django.apps import apps
from django.core import serializers
from django.core.management import call_command
from django.db import connection

from tests import cast, recruiting
from tests.recruiting import NOW
from tests.recruitment.known import SECRET, full
from u2t.audit.models import Event
from u2t.objections import Refused
from u2t.people.models import Account
from u2t.recruitment.actions import erasing
from u2t.recruitment.actions import papers as giving
from u2t.recruitment.models import (
    Appeal,
    Application,
    Call,
    Mark,
    Offer,
    Outcome,
    Screening,
    Selection,
)
from u2t.recruitment.rules import retention
from u2t.vault import actions as vault
from u2t.vault import places

pytestmark = pytest.mark.django_db
CLOSED = NOW + timedelta(days=10)


@pytest.fixture(autouse=True)
def own_disk(settings: Any, tmp_path: Path) -> None:
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def call(world: cast.World) -> Call:
    return recruiting.call(world.round, retention_days=180)


def after(days: int) -> datetime:
    """So many days after closing."""
    return CLOSED + timedelta(days=days)


def erased(call: Call) -> set[int | None]:
    return set(
        Application.objects.filter(call=call, erased_at__isnull=False).values_list("number", flat=True)
    )


def announced(call: Call, at: datetime) -> Selection:
    return Selection.objects.create(
        call=call, number=1, ballot={}, ballot_digest="0" * 64, asked_at=at, adopted_at=at, announced_at=at
    )


def everything() -> str:
    """The whole database as text, the record of events too."""
    rows = [row for model in apps.get_models() for row in model._default_manager.all()]
    return serializers.serialize("json", rows, ensure_ascii=False)


def test_nothing_that_names_an_applicant_is_left_anywhere(
    call: Call, django_capture_on_commit_callbacks: Any
) -> None:
    application = full(call)
    account = application.account
    assert account is not None
    names = [
        SECRET,
        application.email,
        application.telephone,
        account.username,
        application.citizen_id_digest,
    ]
    before = everything()
    assert all(str(name) in before for name in names)
    with django_capture_on_commit_callbacks(execute=True):
        erasing.erase_due(at=after(181))
    left = everything()
    assert [name for name in names if str(name) in left] == []
    assert not [path for path in places.root().rglob("*") if path.is_file()]


def test_statistics_stay(call: Call) -> None:
    application = full(call)
    erasing.erase_due(at=after(181))
    application.refresh_from_db()
    assert application.category.code == "graduate"  # type: ignore[union-attr]
    assert (application.number, application.level, application.score) == (1, "bachelor", 81_000)
    assert [choice.tambon.tambon_id for choice in application.choices.all()] == [cast.CITY]
    screening = Screening.objects.get(application=application)
    assert screening.is_passed
    assert screening.findings == [{"rule": 1, "kind": "min_age", "is_met": True}]
    assert Mark.objects.get().points == 81


def test_every_field_about_a_person_is_emptied_unless_it_is_named_as_staying(call: Call) -> None:
    """A field that somebody adds and states to be personal is erased without anybody thinking of it."""
    application = full(call)
    erasing.erase_due(at=after(181))
    application.refresh_from_db()
    personal = {name for name, word in Application.privacy.items() if word != "public"}
    left = {
        name for name in personal - {"skills"} - erasing.STAYS if getattr(application, name) not in (None, "")
    }
    assert not left
    assert not application.skills.exists()


def test_every_table_that_knows_an_application_is_thought_of() -> None:
    known = {
        "Appeal", "Choice", "Document", "Experience", "Hold", "Interview", "Offer", "Outcome", "Override",
        "SamePerson", "Screening", "Upload", "Application_skills",
    }  # fmt: skip
    pointing = {relation.related_model.__name__ for relation in Application._meta.related_objects}
    hidden = {
        model.__name__
        for model in apps.get_models(include_auto_created=True)
        for field in model._meta.get_fields()
        if field.is_relation and field.many_to_one and field.related_model is Application
    }
    assert pointing | hidden == known


@pytest.mark.parametrize(("days", "gone"), [(29, set()), (31, {None}), (179, {None}), (181, {None, 1})])
def test_drafts_go_thirty_days_after_closing_and_the_others_when_the_call_says(
    call: Call, days: int, gone: set[int | None]
) -> None:
    recruiting.application(call, 1)
    recruiting.application(call, 2, submitted=False)
    erasing.erase_due(at=after(days))
    assert erased(call) == gone


def test_the_days_are_counted_from_the_announcement_of_results(call: Call) -> None:
    recruiting.application(call, 1)
    announced(call, after(50))
    assert erasing.erase_due(at=after(50 + 179)) == 0
    assert erasing.erase_due(at=after(50 + 180)) == 1


def test_erasing_twice_is_erasing_once(call: Call) -> None:
    recruiting.application(call, 1)
    assert erasing.erase_due(at=after(181)) == 1
    assert erasing.erase_due(at=after(182)) == 0
    assert Event.objects.filter(verb="recruitment.erase").count() == 1


def test_the_record_counts_what_was_erased_and_stays_whole(call: Call) -> None:
    full(call)
    erasing.erase_due(at=after(181))
    note = Event.objects.get(verb="recruitment.erase").note
    assert (note["applications"], note["papers"]) == (2, 1)
    call_command("verify_audit")


def offered(application: Application, **ended: Any) -> Offer:
    return Offer.objects.create(
        application=application, tambon=application.call.round.tambons.first(), category=application.category,
        is_reserve=False, made_at=NOW, answer_until=NOW, **ended,
    )  # fmt: skip


def test_whoever_was_hired_or_still_has_an_offer_an_objection_or_a_hold_is_kept(
    world: cast.World, call: Call
) -> None:
    hired, open_offer, objecting, held, free = (recruiting.application(call, n) for n in range(1, 6))
    offered(hired, accepted_at=NOW, reported_at=NOW, worker=world.hired)
    offered(open_offer)
    Appeal.objects.create(application=objecting, text="x", filed_at=NOW)
    hold = erasing.hold(call=call, number=held.number, reason="คดี อ.๑/๒๕๖๔", by=world.office, at=NOW)
    assert erasing.erase_due(at=after(181)) == 1
    assert erased(call) == {free.number}
    erasing.end_hold(hold=hold, by=world.office, at=after(182))
    assert erasing.erase_due(at=after(183)) == 1
    assert erased(call) == {free.number, held.number}


def test_a_hold_on_the_call_keeps_all_of_it(world: cast.World, call: Call) -> None:
    recruiting.application(call, 1)
    recruiting.application(call, 2, submitted=False)
    erasing.hold(call=call, number=None, reason="ศาลปกครอง", by=world.office, at=NOW)
    assert erasing.erase_due(at=after(500)) == 0


def test_a_hold_needs_a_reason_and_an_application_that_exists(world: cast.World, call: Call) -> None:
    with pytest.raises(Refused) as refused:
        erasing.hold(call=call, number=99, reason=" ", by=world.office, at=NOW)
    assert {one.code for one in refused.value.objections} == {
        "recruitment.hold_unknown_application",
        "recruitment.hold_needs_reason",
    }


def test_the_account_goes_with_the_last_application_and_cannot_log_in_any_more(call: Call) -> None:
    application = recruiting.application(call, 1)
    account = application.account
    assert account is not None
    further = recruiting.call(call.round, number=2, closes_at=after(200), retention_days=180)
    recruiting.application(further, 1, account=account, email=application.email)
    erasing.erase_due(at=after(181))
    account.refresh_from_db()
    assert account.is_active
    erasing.erase_due(at=after(200 + 181))
    account.refresh_from_db()
    assert (account.is_active, account.email, account.has_usable_password()) == (False, "", False)


def test_accounts_of_people_with_a_duty_or_a_name_are_never_forgotten(world: cast.World, call: Call) -> None:
    before = set(Account.objects.filter(is_active=True).exclude(person=None).values_list("pk", flat=True))
    erasing.forget_idle_accounts(at=NOW + timedelta(days=9_000))
    assert set(Account.objects.filter(is_active=True).values_list("pk", flat=True)) == before


def test_an_account_with_which_nobody_applied_is_forgotten_after_half_a_year(db: None) -> None:
    idle, young = recruiting.account(1), recruiting.account(2)
    Account.objects.filter(pk=young.pk).update(last_login=NOW + timedelta(days=100))
    assert erasing.forget_idle_accounts(at=NOW + timedelta(days=181)) == 1
    idle.refresh_from_db()
    assert not idle.is_active


def test_one_killed_batch_loses_nothing_and_the_next_run_goes_on(
    call: Call, monkeypatch: pytest.MonkeyPatch, transactional_db: None
) -> None:
    """The process dies in the second batch: the first stays erased and recorded, the second is untouched."""
    monkeypatch.setattr(erasing, "_AT_ONCE", 2)
    for number in range(1, 6):
        recruiting.application(call, number)
    recorded = []

    def power_fails(execute: Any, sql: str, *more: Any) -> Any:
        if sql.startswith('INSERT INTO "audit_event"'):
            recorded.append(sql)
            if len(recorded) == 2:
                raise KeyboardInterrupt
        return execute(sql, *more)

    with connection.execute_wrapper(power_fails), pytest.raises(KeyboardInterrupt):
        erasing.erase_due(at=after(181))
    assert erased(call) == {1, 2}
    assert Event.objects.filter(verb="recruitment.erase").count() == 1
    assert erasing.erase_due(at=after(181)) == 3


# ---- the rule


def test_the_table_of_due_moments() -> None:
    day = timedelta(days=1)
    call = retention.CallFacts(closes_at=NOW, retention_days=180)
    submitted, draft = retention.Facts(was_submitted=True), retention.Facts(was_submitted=False)
    cancelled = retention.CallFacts(NOW, 180, cancelled_at=NOW - 3 * day)
    expected = retention.CallFacts(NOW, 180, results_expected_at=NOW + 60 * day)
    back = retention.Facts(True, withdrawn_at=NOW - day)
    assert retention.due_at(call, submitted) == NOW + 180 * day
    assert retention.due_at(call, draft) == NOW + 30 * day
    assert retention.due_at(cancelled, submitted) == NOW + 177 * day
    assert retention.due_at(cancelled, draft) == NOW + 27 * day
    assert retention.due_at(expected, submitted) == NOW + 240 * day
    assert retention.due_at(call, back) == NOW + 29 * day
    assert retention.due_at(call, retention.Facts(False, withdrawn_at=NOW)) == NOW
    assert retention.due_at(call, retention.Facts(True, NOW - day, was_considered=True)) == NOW + 180 * day
    assert not retention.is_due(call, retention.Facts(True, stops=("held",)), NOW + 900 * day)


def test_waiting_parts_go_with_the_application(call: Call, django_capture_on_commit_callbacks: Any) -> None:
    application = recruiting.application(call, 1, submitted=False)
    upload = giving.begin_upload(application=application, kind="id_card", name="a", size=5, by=None, at=NOW)
    vault.put_part(upload=upload.pk, offset=0, data=b"x" * 5)
    other = uuid4()
    vault.put_part(upload=other, offset=0, data=b"x")
    with django_capture_on_commit_callbacks(execute=True):
        erasing.erase_due(at=after(31))
    assert not places.of_parts(upload.pk).exists()
    assert places.of_parts(other).exists()


def test_what_was_selected_stays_with_its_reasons(call: Call) -> None:
    application = recruiting.application(call, 1)
    selection = announced(call, NOW)
    Outcome.objects.create(
        selection=selection, application=application, kind="reserve", place=3, why={"score": 5}
    )
    erasing.erase_due(at=after(181))
    outcome = Outcome.objects.get()
    assert (outcome.place, outcome.why) == (3, {"score": 5})
