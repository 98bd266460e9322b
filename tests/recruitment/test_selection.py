"""From scored applications to an announced result: frozen, checked, explained, never rewritten."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError

from tests import cast, recruiting
from u2t import admission
from u2t.mailing.models import Mail
from u2t.objections import Refused
from u2t.recruitment.actions import selecting
from u2t.recruitment.models import Application, Call, Outcome, Selection

pytestmark = pytest.mark.django_db

CLOSED = recruiting.NOW + timedelta(days=11)
SCORES = (81_000, 95_500, 70_250, 88_000, 60_000)


@pytest.fixture
def call(world: cast.World) -> Call:
    """Five graduates want the city, which has three slots for them; all screened and scored."""
    made = recruiting.call(world.round)
    for number, score in enumerate(SCORES, start=1):
        recruiting.application(
            made, number, choices=(cast.CITY, cast.NONG_LUANG_KPP)[: 1 + number % 2], score=score, passed=True
        )
    return made


def refused(action: Any, **given: Any) -> set[str]:
    with pytest.raises(Refused) as caught:
        action(**given)
    return {objection.code.partition(".")[2] for objection in caught.value.objections}


def computed(call: Call) -> Selection:
    return selecting.compute(selection=selecting.begin(call=call, by=None, at=CLOSED), at=CLOSED)


def test_everything_that_is_missing_is_said_at_once(world: cast.World) -> None:
    call = recruiting.call(world.round, lottery_seed="", seed_published_at=None)
    recruiting.application(call, 1, choices=(cast.CITY,), passed=True)
    recruiting.application(call, 2, choices=(cast.CITY,))
    assert refused(selecting.begin, call=call, by=world.office, at=recruiting.NOW) == {
        "select_before_closing", "seed_not_published", "screening_missing", "scores_missing",
    }  # fmt: skip


def test_who_may_have_applied_twice_is_decided_first(call: Call) -> None:
    recruiting.application(call, 6, choices=(cast.CITY,), score=50_000, passed=True, telephone="0800000001")
    twin = call.applications.get(number=1)
    Application.objects.filter(call=call, number=6).update(
        given_name=twin.given_name, surname=twin.surname, search_key=twin.search_key, birth_on=twin.birth_on
    )
    assert refused(selecting.begin, call=call, by=None, at=CLOSED) == {"same_person_undecided"}


def test_the_best_within_the_quota_are_selected_and_the_others_know_why(call: Call) -> None:
    selection = selecting.adopt(selection=computed(call), by=None, at=CLOSED)
    by_number = {o.application.number: o for o in selection.outcomes.select_related("application", "tambon")}
    selected = {number: o.place for number, o in by_number.items() if o.kind == Outcome.Kind.SELECTED}
    assert {number for number, o in by_number.items() if o.tambon and o.tambon.tambon_id == cast.CITY} == {
        1,
        2,
        4,
    }
    assert selected[2] == 1
    # The third lost in the city by 10.75 points and got the second choice; the fifth too.
    why = by_number[3].why["answers"][0]
    assert (why["verdict"], why["decided_by"], why["missing"]) == ("behind", "score", 10_750)
    assert by_number[3].tambon.tambon_id == cast.NONG_LUANG_KPP
    # The reason names no other applicant.
    assert set(why["last"]) == {"score", "residence", "lottery"}


def test_who_failed_or_withdrew_takes_no_part_and_who_waits_has_a_place_in_the_reserve(call: Call) -> None:
    recruiting.application(call, 6, choices=(cast.CITY,), score=99_000, passed=False)
    recruiting.application(call, 7, choices=(cast.CITY,), score=98_000, passed=True, withdrawn_at=CLOSED)
    recruiting.application(call, 8, choices=(cast.CITY,), score=10_000, passed=True)
    selection = selecting.adopt(selection=computed(call), by=None, at=CLOSED)
    assert set(selection.outcomes.values_list("application__number", flat=True)) == {1, 2, 3, 4, 5, 8}
    last = selection.outcomes.get(application__number=8)
    assert (last.kind, last.reserve_places) == (Outcome.Kind.RESERVE, {cast.CITY: 1})


def test_computing_again_gives_the_same_bits_and_other_bits_are_refused(call: Call) -> None:
    selection = computed(call)
    assert selecting.compute(selection=selection, at=CLOSED).result_digest == selection.result_digest
    Selection.objects.filter(pk=selection.pk).update(result_digest="0" * 64)
    assert refused(selecting.compute, selection=selection, at=CLOSED) == {"selection_differs"}


def test_what_the_checker_refuses_is_not_stored(call: Call, monkeypatch: pytest.MonkeyPatch) -> None:
    selection = selecting.begin(call=call, by=None, at=CLOSED)
    honest = admission.select

    def biased(ballot: admission.Ballot, progress: Any = None) -> admission.Selection:
        found = honest(ballot)
        return admission.Selection(found.ballot_digest, {}, found.lists, found.proposals)

    monkeypatch.setattr(admission, "select", biased)
    assert refused(selecting.compute, selection=selection, at=CLOSED) == {"selection_unsound"}
    selection.refresh_from_db()
    assert selection.result is None


@pytest.mark.parametrize("changed", [{"score": 99_999}, {"withdrawn_at": CLOSED}])
def test_a_selection_of_applications_that_changed_is_not_adopted(call: Call, changed: dict[str, Any]) -> None:
    selection = computed(call)
    Application.objects.filter(call=call, number=5).update(**changed)
    assert refused(selecting.adopt, selection=selection, by=None, at=CLOSED) == {"selection_outdated"}


def test_only_one_selection_of_a_call_is_adopted(call: Call) -> None:
    first, second = computed(call), computed(call)
    selecting.adopt(selection=first, by=None, at=CLOSED)
    assert refused(selecting.adopt, selection=second, by=None, at=CLOSED) == {"selection_adopted_already"}
    assert refused(selecting.begin, call=call, by=None, at=CLOSED) == {"selection_adopted_already"}


def test_announcing_offers_places_with_a_deadline_and_tells_everybody_once(call: Call) -> None:
    recruiting.application(call, 8, choices=(cast.CITY,), score=10_000, passed=True)
    selection = selecting.adopt(selection=computed(call), by=None, at=CLOSED)
    selecting.announce(selection=selection, by=None, at=CLOSED)
    offers = {o.application.number: o for a in call.applications.all() for o in a.offers.all()}
    assert set(offers) == {1, 2, 3, 4, 5}
    assert {offer.answer_until for offer in offers.values()} == {CLOSED + timedelta(days=call.accept_days)}
    told = dict(Mail.objects.values_list("to", "subject"))
    assert len(told) == 6
    assert told["applicant1@example.org"] != told["applicant8@example.org"]
    assert refused(selecting.announce, selection=selection, by=None, at=CLOSED) == {"announced_already"}


def test_names_must_be_decided_before_results_are_announced(call: Call) -> None:
    Call.objects.filter(pk=call.pk).update(names_announced=None)
    selection = computed(call)
    assert refused(selecting.announce, selection=selection, by=None, at=CLOSED) == {
        "selection_not_adopted", "names_undecided",
    }  # fmt: skip


def test_the_command_selects_adopts_and_announces(
    call: Call, capsys: pytest.CaptureFixture[str], time_machine: Any
) -> None:
    time_machine.move_to(CLOSED, tick=False)
    call_command("select", round=call.round.code, call=1, adopt=True, announce=True)
    said = capsys.readouterr().out
    assert "5/15" in said
    assert call.selections.get().announced_at == CLOSED
    with pytest.raises(CommandError):
        call_command("select", round=call.round.code, call=1)
