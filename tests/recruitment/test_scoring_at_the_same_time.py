"""Fifty interviewers score at once: nobody waits for somebody who waits for them, and no score is lost."""

from __future__ import annotations

import threading
from collections.abc import Callable

import pytest
from django.db import connection

from tests import cast, factories, recruiting
from tests.recruiting import NOW
from u2t.audit import queries as audit
from u2t.people.models import Account
from u2t.recruitment.actions import assessing
from u2t.recruitment.models import Application, Interview, Interviewer
from u2t.recruitment.queries.assessing import interviews

pytestmark = pytest.mark.django_db(transaction=True)
INTERVIEWERS, APPLICANTS = 50, 50


def all_at_once(acts: list[Callable[[], object]]) -> list[Exception]:
    """Every act in a thread of its own, begun together; what they raised."""
    begin = threading.Barrier(len(acts))
    raised: list[Exception] = []

    def run(act: Callable[[], object]) -> None:
        try:
            begin.wait(30)
            act()
        except Exception as error:
            raised.append(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=[act]) for act in acts]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert not any(thread.is_alive() for thread in threads)
    return raised


def test_fifty_interviewers_score_at_once(world: cast.World) -> None:
    call = recruiting.call(world.round)
    (criterion,) = interviews.criteria_of(call)
    for number in range(1, APPLICANTS + 1):
        recruiting.application(call, number, passed=True)
    accounts = [
        Account.objects.create(username=f"i{n}", person=factories.person(800_000 + n))
        for n in range(INTERVIEWERS)
    ]
    for account in accounts:
        Interviewer.objects.create(call=call, account=account, appointed_at=NOW)
    assert assessing.assign(call=call, by=world.office, at=NOW).given == 2 * APPLICANTS

    def score_all(account: Account) -> None:
        rows = Interview.objects.filter(interviewer__account=account, is_third=False)
        for sheet in rows.select_related("application__call__round", "interviewer"):
            given = 40 + sheet.application.number % 50
            assessing.mark(interview=sheet, points={criterion.pk: given}, by=account, at=NOW)
            assessing.lock(interview=sheet, by=account, at=NOW)

    raised = all_at_once([lambda account=account: score_all(account) for account in accounts])  # type: ignore[misc]
    assert not raised
    scores = dict(Application.objects.filter(call=call).values_list("number", "score"))
    assert scores == {number: (40 + number % 50) * 1_000 for number in range(1, APPLICANTS + 1)}
    assert not Interview.objects.filter(locked_at=None).exists()
    assert audit.first_broken_link() is None


@pytest.mark.skipif(connection.vendor != "postgresql", reason="needs a database with several writers")
def test_two_who_differ_and_lock_at_the_same_moment_get_one_third(world: cast.World) -> None:
    call = recruiting.call(world.round)
    (criterion,) = interviews.criteria_of(call)
    one = recruiting.application(call, 1, passed=True)
    accounts = [
        Account.objects.create(username=f"i{n}", person=factories.person(800_000 + n)) for n in range(4)
    ]
    for account in accounts:
        Interviewer.objects.create(call=call, account=account, appointed_at=NOW)
    assessing.assign(call=call, by=world.office, at=NOW)
    sheets = list(one.interviews.select_related("application__call__round", "interviewer__account"))
    for sheet, given in zip(sheets, (10, 90), strict=True):
        assessing.mark(interview=sheet, points={criterion.pk: given}, by=sheet.interviewer.account, at=NOW)
    raised = all_at_once(
        [lambda s=sheet: assessing.lock(interview=s, by=s.interviewer.account, at=NOW) for sheet in sheets]  # type: ignore[misc]
    )
    assert not raised
    assert [row.is_third for row in one.interviews.order_by("pk")] == [False, False, True]
