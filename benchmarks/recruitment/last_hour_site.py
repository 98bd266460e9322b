"""The installation of the last hour: made before the traffic, questioned after it. Runs in a process of its own.

``python -m benchmarks.recruitment.last_hour_site prepare PEOPLE INTERVIEWERS FOLDER`` writes ``plan.json`` into the
folder; ``… close SECONDS FOLDER`` sets the moment of closing; ``… question 0 FOLDER`` writes ``found.json``.
"""

from __future__ import annotations

import io
import json
import os
import sys
from datetime import date, timedelta
from pathlib import Path
from typing import Any

SHEETS = 4
"""Sheets of each interviewer; every applicant is interviewed by two."""

CODE = "LAST-2564"


def set_up() -> None:
    """Django on the database and data folder that the environment names."""
    os.environ["DJANGO_SETTINGS_MODULE"] = "u2t.settings"
    import django
    from django.conf import settings

    # Nobody logs in with a password here, and hashing two thousand would take longer than everything else.
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    django.setup()


def prepare(people: int, interviewers: int, folder: Path) -> None:
    """A call of drafts that lack nothing but the last button, another with interviews, and everybody's session."""
    from django.core.management import call_command
    from django.utils import timezone

    call_command("migrate", verbosity=0)
    call_command("prepare", verbosity=0)
    at = timezone.now() - timedelta(days=20)
    round = _round(at)
    scored, closing = _call(round, at, papers=False), _call(round, at, papers=True)
    _applications(scored, interviewers * SHEETS // 2, at, first=0)
    sheets = _interviews(scored, interviewers, at)
    drafts = _applications(closing, people, at, first=100_000)
    plan = {
        "code": CODE,
        "scored": scored.number,
        "closing": closing.number,
        "criteria": list(scored.criteria.order_by("position").values_list("pk", flat=True)),
        "drafts": drafts,
        "interviewers": sheets,
    }
    (folder / "plan.json").write_text(json.dumps(plan))


def _round(at: Any) -> Any:
    from u2t.programme import usual
    from u2t.programme.actions import institutions, places, rounds, targets
    from u2t.programme.models import Tambon

    places.load_places(at=at, provinces={"62"})
    institution = institutions.open_institution(code="last", name_th="มหาวิทยาลัยทดสอบ", at=at)
    round = rounds.open_round(
        institution=institution,
        code=CODE,
        name_th="รอบทดสอบ",
        starts_on=date(2030, 2, 1),
        months=11,
        categories=usual.CATEGORIES,
        workstreams=usual.WORKSTREAMS,
        quotas=usual.QUOTAS,
        by=None,
        at=at,
    )
    for tambon in Tambon.objects.order_by("code")[:60]:
        targets.add_tambon(round=round, code=tambon.code, by=None, at=at)
    rounds.announce_round(round=round, by=None, at=at)
    return round


def _call(round: Any, at: Any, *, papers: bool) -> Any:
    from u2t.recruitment.actions import calls, composing
    from u2t.recruitment.rules.composing import DocumentRow

    call = calls.draft_call(
        round=round,
        by=None,
        at=at,
        closes_at=at + timedelta(days=60),
        grace_minutes=30,
        names_announced=False,
    )
    wanted = [DocumentRow("id_card")] if papers else []
    slots = {(tambon.tambon_id, "public"): 5 for tambon in round.tambons.all()}
    composing.set_quotas(call=call, slots=slots, by=None, at=at)
    composing.set_documents(call=call, documents=wanted, by=None, at=at)
    calls.publish_seed(call=call, by=None, at=at)
    return calls.publish_call(call=call, by=None, at=at)


def _applications(call: Any, count: int, at: Any, *, first: int) -> list[dict[str, Any]]:
    """Applicants who have filled in everything; those of a call without papers have submitted as well.

    All of these go through the actions. Of the drafts only every hundredth does, because seven steps of two
    thousand people would take a quarter of an hour; the others are copies of its rows with another person in them.
    """
    from u2t.people.models import Account

    names = [f"applicant{first + number}@example.org" for number in range(count)]
    Account.objects.bulk_create(
        [Account(username=name, email=name, opened_at=at, password="!") for name in names],
        batch_size=500,
    )
    accounts = {account.username: account for account in Account.objects.filter(username__in=names)}
    codes = sorted(call.round.tambons.values_list("tambon_id", flat=True))
    made = []
    for number, name in enumerate(names):
        if number % 100 == 0 or not call.documents.exists():
            model = application = _filled_in(call, accounts[name], first + number, codes, at)
        else:
            application = _copy(model, accounts[name], first + number, at)
        made.append({"pk": application.pk, "session": session_of(accounts[name])})
    return made


def _copy(model: Any, account: Any, number: int, at: Any) -> Any:
    """A draft like this one: another person, the same tambons, a paper and its file of its own."""
    from u2t.recruitment.models import Application, Choice, Document
    from u2t.vault import actions as vault

    made = Application.objects.get(pk=model.pk)
    made.pk, made.account, made.email = None, account, account.email
    person = _person(number)
    made.given_name, made.surname = person["given_name"], person["surname"]
    made.telephone = person["telephone"]
    made.set_citizen_id(person["citizen_id"])
    made.keep_search_key()
    made.save(force_insert=True)
    Choice.objects.bulk_create(
        Choice(application=made, rank=choice.rank, tambon_id=choice.tambon_id)
        for choice in model.choices.all()
    )
    file = vault.store(looked=vault.look_at(data=picture(), name="card.jpg"), at=at)
    Document.objects.create(application=made, kind="id_card", file=file, name="card.jpg", uploaded_at=at)
    return made


def _person(number: int) -> dict[str, Any]:
    from tests import factories

    return {
        "title": "นางสาว",
        "given_name": factories.GIVEN_NAMES[number % 10],
        "surname": f"{factories.SURNAMES[number % 9]}{factories._suffix(number)}",
        "citizen_id": factories.citizen_id(70_000_000 + number),
        "birth_on": date(1990, 1, 1) + timedelta(days=number % 3000),
        "telephone": f"08{number:08d}",
    }


def _filled_in(call: Any, account: Any, number: int, codes: list[str], at: Any) -> Any:
    from u2t.programme.models import Tambon
    from u2t.recruitment.actions import applying, papers

    application = applying.begin(call=call, account=account, at=at)
    application = applying.consent(application=application, by=account, at=at)
    home = Tambon.objects.get(pk=codes[number % len(codes)])
    steps: dict[str, dict[str, Any]] = {
        "person": {**_person(number), "email": account.email},
        "addresses": {
            "present_house": "๑๒ หมู่ ๓",
            "present_tambon": home,
            "registered_house": "๑๒ หมู่ ๓",
            "registered_tambon": home,
        },
        "education": {"level": "bachelor", "degree": "ศิลปศาสตรบัณฑิต", "graduated_on": date(2015, 6, 1)},
        "work": {"is_employed": False, "has_state_hire": False},
        "choice": {
            "category": "public",
            "choices": [codes[(number + step) % len(codes)] for step in (0, 7, 13)],
        },
    }
    for step, values in steps.items():
        application = applying.save_step(
            application=application, step=step, values=values, version=application.version, by=account, at=at
        )
    if call.documents.exists():
        papers.attach(
            application=application, kind="id_card", data=picture(), name="card.jpg", by=account, at=at
        )
        return application
    return applying.submit(application=application, by=account, at=at)


def picture() -> bytes:
    """A small photograph of nothing."""
    from PIL import Image

    kept = io.BytesIO()
    Image.new("RGB", (320, 200), (200, 210, 220)).save(kept, "JPEG")
    return kept.getvalue()


def _interviews(call: Any, count: int, at: Any) -> list[dict[str, Any]]:
    from u2t.people.actions import staff
    from u2t.recruitment.actions import assessing
    from u2t.recruitment.models import Application, Interview

    for application in Application.objects.filter(call=call).select_related("call__round"):
        assessing.screen(application=application, is_passed=True, note="ตรวจแล้ว", by=None, at=at)
    for number in range(count):
        opened = staff.add_staff(
            institution=call.round.institution,
            kind="office",
            title="นาย",
            given_name="กรรมการ",
            surname=f"ที่{number}",
            by=None,
            at=at,
        )
        account = opened.account
        account.must_change_password = False
        account.save(update_fields=["must_change_password"])
        assessing.appoint(call=call, account=account, by=None, at=at)
    given = assessing.assign(call=call, by=None, at=at)
    assert not given.short
    sheets: dict[Any, list[int]] = {}
    rows = Interview.objects.filter(application__call=call).select_related("interviewer__account")
    for row in rows.order_by("pk"):
        sheets.setdefault(row.interviewer.account, []).append(row.pk)
    return [{"session": session_of(account), "sheets": keys} for account, keys in sheets.items()]


def session_of(account: Any) -> str:
    """A session as logging in makes it."""
    from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
    from django.contrib.sessions.backends.db import SessionStore

    session = SessionStore()
    session[SESSION_KEY] = str(account.pk)
    session[BACKEND_SESSION_KEY] = "django.contrib.auth.backends.ModelBackend"
    session[HASH_SESSION_KEY] = account.get_session_auth_hash()
    session.create()
    return str(session.session_key)


def close(seconds: int, folder: Path) -> None:
    """Let the call of the drafts close in so many seconds."""
    from django.utils import timezone

    from u2t.recruitment.models import Call

    plan = json.loads((folder / "plan.json").read_text())
    moment = timezone.now() + timedelta(seconds=seconds)
    Call.objects.filter(round__code=CODE, number=plan["closing"]).update(closes_at=moment)


def question(_: int, folder: Path) -> None:
    """What the database holds now."""
    from u2t.audit import queries as audit
    from u2t.audit.models import Event
    from u2t.mailing.models import Mail
    from u2t.recruitment.models import Application, Mark

    plan = json.loads((folder / "plan.json").read_text())
    submitted = Application.objects.filter(
        call__round__code=CODE, call__number=plan["closing"], submitted_at__isnull=False
    )
    submits = Event.objects.filter(verb="recruitment.submit", round_code=CODE)
    marks: dict[int, dict[int, int]] = {}
    for sheet, criterion, points in Mark.objects.filter(
        interview__application__call__round__code=CODE
    ).values_list("interview", "criterion", "points"):
        marks.setdefault(sheet, {})[criterion] = points
    found = {
        "submitted": list(submitted.values_list("pk", "number", "receipt", "seconds_late")),
        "told": Mail.objects.filter(about__startswith="receipt:").values("about").distinct().count(),
        "recorded": submits.values("subject").distinct().count(),
        "recorded_twice": submits.count() - submits.values("subject").distinct().count(),
        "broken_link": str(audit.first_broken_link() or ""),
        "marks": marks,
        "locked": list(
            Application.objects.filter(call__round__code=CODE, call__number=plan["scored"]).values_list(
                "interviews__pk", "interviews__locked_at", "score"
            )
        ),
    }
    (folder / "found.json").write_text(json.dumps(found, default=str))


if __name__ == "__main__":
    what, *numbers, where = sys.argv[1:]
    set_up()
    {"prepare": prepare, "close": close, "question": question}[what](*map(int, numbers), Path(where))
