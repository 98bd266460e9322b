"""Many submit in the same moment: each has one number and one receipt, and nobody is lost."""

from __future__ import annotations

import threading
from collections.abc import Callable

import pytest
from django.db import connection

from tests import cast, factories, recruiting
from tests.factories import NOW
from u2t.audit import queries as audit
from u2t.objections import Refused
from u2t.recruitment.actions import applying as actions
from u2t.recruitment.models import Application, Call, RequiredDocument

pytestmark = pytest.mark.django_db(transaction=True)


def at_once(acts: list[Callable[[], object]]) -> list[object]:
    """Do all of them at the same moment, each on a connection of its own; what each gave, or its refusal."""
    gate = threading.Barrier(len(acts))
    found: list[object] = [None] * len(acts)

    def run(place: int) -> None:
        try:
            gate.wait(30)
            found[place] = acts[place]()
        except Exception as error:
            found[place] = error
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=(place,)) for place in range(len(acts))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
        assert not thread.is_alive()
    return found


@pytest.fixture
def call(transactional_db: None) -> Call:
    made = recruiting.call(cast.world().round)
    RequiredDocument.objects.all().delete()
    return made


def submit(application: Application) -> Callable[[], object]:
    return lambda: actions.submit(application=application, by=application.account, at=NOW)


def test_everybody_who_submits_in_the_same_moment_gets_a_number_of_their_own(call: Call) -> None:
    drafts = [
        recruiting.application(call, n, choices=("620101", "620703"), submitted=False) for n in range(1, 13)
    ]
    found = at_once([submit(draft) for draft in drafts])
    assert not [error for error in found if isinstance(error, Exception)]
    kept = Application.objects.filter(call=call)
    assert sorted(kept.values_list("number", flat=True)) == list(range(1, 13))
    assert kept.values("receipt").distinct().count() == 12
    assert Call.objects.get().last_serial == 12
    assert audit.first_broken_link() is None


def test_a_button_pressed_many_times_at_once_gives_one_receipt(call: Call) -> None:
    draft = recruiting.application(call, 1, choices=("620101",), submitted=False)
    found = at_once([submit(draft)] * 6)
    assert {getattr(one, "receipt", one) for one in found} == {Application.objects.get().receipt}
    assert Call.objects.get().last_serial == 1


def test_of_two_with_the_same_id_number_one_is_submitted_and_the_other_told(call: Call) -> None:
    drafts = [recruiting.application(call, n, choices=("620101",), submitted=False) for n in (1, 2)]
    for draft in drafts:
        draft.set_citizen_id(factories.citizen_id(1))
        draft.save()
    found = at_once([submit(draft) for draft in drafts])
    refused = [one for one in found if isinstance(one, Refused)]
    assert [[o.code for o in one.objections] for one in refused] == [["recruitment.number_already_applied"]]
    assert Application.objects.filter(submitted_at__isnull=False).count() == 1
    assert sorted(Application.objects.values_list("number", flat=True), key=str) == [1, None]


def test_a_double_click_on_begin_makes_one_application(call: Call) -> None:
    account = recruiting.account(1)
    found = at_once([lambda: actions.begin(call=call, account=account, at=NOW)] * 4)
    assert {getattr(one, "pk", one) for one in found} == {Application.objects.get().pk}
