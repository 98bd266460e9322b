"""Offers, answers and reserves: a slot is never promised twice, and every slot's chain can be told."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from tests import cast, factories, recruiting
from u2t.mailing.models import Mail
from u2t.objections import Refused
from u2t.people import identity
from u2t.people.actions import leaving
from u2t.people.models import Account, Worker
from u2t.recruitment.actions import appealing, offering, reporting, selecting
from u2t.recruitment.models import Application, Call, Offer
from u2t.recruitment.queries import offers as asked
from u2t.recruitment.rules import offering as rules

CLOSED = recruiting.NOW + timedelta(days=11)
DAY = timedelta(days=1)


def announced(world: cast.World, people: int = 6) -> Call:
    """Everybody wants the city, which has three slots for graduates; the more points the smaller the number."""
    call = recruiting.call(world.round)
    for number in range(1, people + 1):
        recruiting.application(call, number, choices=(cast.CITY,), score=90_000 - number * 1_000, passed=True)
    selection = selecting.compute(selection=selecting.begin(call=call, by=None, at=CLOSED), at=CLOSED)
    selecting.announce(selection=selecting.adopt(selection=selection, by=None, at=CLOSED), by=None, at=CLOSED)
    return call


@pytest.fixture
def call(world: cast.World) -> Call:
    return announced(world)


def offer(call: Call, number: int) -> Offer:
    return Offer.objects.select_related("application__call__round", "worker").get(
        application__call=call, application__number=number
    )


def numbers(call: Call) -> set[int]:
    """Who holds a slot."""
    open_ones = Offer.objects.filter(asked.OPEN, application__call=call)
    return set(open_ones.values_list("application__number", flat=True))


def refused(action: Any, **given: Any) -> set[str]:
    with pytest.raises(Refused) as caught:
        action(**given)
    return {objection.code.partition(".")[2] for objection in caught.value.objections}


@pytest.mark.django_db
class TestAnswers:
    def test_a_decline_calls_the_next_reserve_at_once_and_says_whom_it_replaces(self, call: Call) -> None:
        first = offer(call, 1)
        offering.decline(offer=first, by=first.application.account, at=CLOSED + DAY)
        assert numbers(call) == {2, 3, 4}
        called = offer(call, 4)
        assert called.is_reserve
        assert called.replaces == first
        assert called.answer_until == CLOSED + DAY + timedelta(days=call.reserve_days)
        assert Mail.objects.filter(to="applicant4@example.org", about=f"offer:{called.pk}").exists()

    def test_an_answer_at_the_deadline_is_in_time_and_one_second_later_it_is_not(self, call: Call) -> None:
        deadline = CLOSED + timedelta(days=call.accept_days)
        offering.accept(offer=offer(call, 1), by=None, at=deadline)
        late = {"offer": offer(call, 2), "by": None, "at": deadline + timedelta(seconds=1)}
        assert refused(offering.accept, **late) == {"answer_too_late"}

    def test_nobody_answers_for_somebody_else(self, call: Call, world: cast.World) -> None:
        with pytest.raises(PermissionDenied):
            offering.accept(offer=offer(call, 1), by=offer(call, 2).application.account, at=CLOSED)
        assert refused(offering.accept, offer=offer(call, 1), by=world.office, at=CLOSED) == {
            "answer_note_missing"
        }
        offering.accept(offer=offer(call, 1), by=world.office, at=CLOSED, note="โทรศัพท์ 10.30 น.")
        assert offer(call, 1).accepted_at == CLOSED

    def test_what_nobody_answered_lapses_at_its_deadline_whenever_that_is_noted(self, call: Call) -> None:
        offering.accept(offer=offer(call, 1), by=None, at=CLOSED)
        deadline = CLOSED + timedelta(days=call.accept_days)
        assert offering.call_due(at=deadline) == 0
        assert offering.call_due(at=deadline + timedelta(hours=5)) == 2
        assert [offer(call, 2).lapsed_at, offer(call, 3).lapsed_at] == [deadline, deadline]
        assert numbers(call) == {1, 4, 5}
        assert offering.call_due(at=deadline + timedelta(hours=5)) == 0

    def test_who_withdraws_the_application_frees_the_slot(self, call: Call) -> None:
        Application.objects.filter(call=call, number=2).update(withdrawn_at=CLOSED)
        assert offering.call_due(at=CLOSED + timedelta(hours=1)) == 1
        assert numbers(call) == {1, 3, 4}
        assert offer(call, 2).decline_reason == offering.WITHDRAWN

    def test_an_ended_offer_is_not_answered_and_the_reason_of_a_taken_back_one_is_kept(
        self, call: Call
    ) -> None:
        assert refused(offering.take_back, offer=offer(call, 1), reason=" ", by=None, at=CLOSED) == {
            "offer_reason_missing"
        }
        offering.take_back(offer=offer(call, 1), reason="เอกสารปลอม", by=None, at=CLOSED)
        assert offer(call, 1).taken_back_reason == "เอกสารปลอม"
        assert refused(offering.accept, offer=offer(call, 1), by=None, at=CLOSED) == {"offer_taken_back"}
        assert numbers(call) == {2, 3, 4}

    def test_reserves_come_to_an_end_and_then_the_slot_stays_empty(self, call: Call) -> None:
        for number in range(1, 7):
            offering.decline(offer=offer(call, number), by=None, at=CLOSED)
        assert numbers(call) == set()
        assert offering.call_reserves(call=call, by=None, at=CLOSED) == []


@pytest.mark.django_db
class TestReportingIn:
    def test_who_reports_in_is_hired_with_all_that_the_application_says(
        self, call: Call, world: cast.World
    ) -> None:
        offering.accept(offer=offer(call, 1), by=None, at=CLOSED)
        (worker,) = reporting.report_in(call=call, offers=[offer(call, 1)], by=world.office, at=CLOSED)
        application = offer(call, 1).application
        assert offer(call, 1).worker == worker
        assert worker.person.full_name == application.full_name
        assert identity.unseal(worker.person.citizen_id_sealed) == factories.citizen_id(50_000_001)
        assert worker.fixed_tambon.tambon_id == cast.CITY
        assert (worker.home_tambon_id, worker.category.code) == ("620101", "graduate")
        assert [wish.tambon.tambon_id for wish in worker.wishes.all()] == [cast.CITY]
        assert Account.objects.get(pk=application.account_id).person == worker.person

    def test_nobody_is_hired_unless_everybody_chosen_has_accepted(
        self, call: Call, world: cast.World
    ) -> None:
        offering.accept(offer=offer(call, 1), by=None, at=CLOSED)
        chosen = [offer(call, 1), offer(call, 2)]
        before = Worker.objects.count()
        given = {"call": call, "offers": chosen, "by": world.office, "at": CLOSED}
        assert refused(reporting.report_in, **given) == {"cannot_report_in"}
        assert Worker.objects.count() == before

    def test_a_leaver_is_replaced_only_when_the_office_says_so(self, call: Call, world: cast.World) -> None:
        for number in (1, 2, 3):
            offering.accept(offer=offer(call, number), by=None, at=CLOSED)
        workers = reporting.report_in(call=call, offers=list(Offer.objects.all()), by=world.office, at=CLOSED)
        given = {"kind": "resigned", "on": date(2021, 3, 1), "reason": "ได้งานใหม่", "by": world.office}
        leaving.end_hire(worker=workers[0], at=CLOSED, **given)
        assert offering.call_due(at=CLOSED + DAY) == 0
        (called,) = offering.call_reserves(call=call, by=world.office, at=CLOSED + DAY, leavers=True)
        assert called.application.number == 4
        assert called.replaces.worker == workers[0]
        # The replaced one stays what it was.
        assert offer(call, 1).is_open
        assert offering.call_reserves(call=call, by=world.office, at=CLOSED + DAY, leavers=True) == []

    def test_a_further_call_does_not_give_away_what_the_round_has_filled(
        self, call: Call, world: cast.World
    ) -> None:
        further = recruiting.call(world.round, number=2)
        for number in range(11, 14):
            recruiting.application(further, number, choices=(cast.CITY,), score=50_000, passed=True)
        assert refused(selecting.begin, call=further, by=world.office, at=CLOSED) == {"slots_taken"}
        further.quotas.filter(tambon=world.tambons[cast.CITY], category__code="graduate").update(slots=0)
        selection = selecting.compute(selection=selecting.begin(call=further, by=None, at=CLOSED), at=CLOSED)
        offering.decline(offer=offer(call, 1), by=None, at=CLOSED)
        further.quotas.filter(tambon=world.tambons[cast.CITY], category__code="graduate").update(slots=3)
        # Three hold the city's slots by the first call: the further one has nothing to offer there.
        free = {
            seat.free for seat in asked.Reserves(selection, CLOSED).seats(leavers_hold=True) if seat.waiting
        }
        assert free == {0}


@pytest.mark.django_db
class TestAppeals:
    def test_an_objection_is_filed_in_time_answered_once_and_may_lead_to_an_offer(
        self, call: Call, world: cast.World
    ) -> None:
        application = Application.objects.get(call=call, number=6)
        text = {"text": "คะแนนไม่ถูกต้อง", "by": application.account}
        late = CLOSED + timedelta(days=call.appeal_days, seconds=1)
        assert refused(appealing.file, application=application, at=late, **text) == {"appeal_too_late"}
        appeal = appealing.file(application=application, at=CLOSED + DAY, **text)
        assert refused(appealing.file, application=application, at=CLOSED + DAY, **text) == {"appeal_waiting"}
        answer = {
            "appeal": appeal,
            "is_upheld": True,
            "text": "คำนวณใหม่แล้ว",
            "by": world.office,
            "at": CLOSED + DAY,
        }
        appeal = appealing.answer(**answer)
        assert refused(appealing.answer, **answer) == {"appeal_answered_already"}
        slot = {
            "appeal": appeal,
            "tambon": world.tambons[cast.CITY],
            "reason": "อุทธรณ์ฟังขึ้น",
            "by": world.office,
        }
        assert refused(offering.offer_after_appeal, at=CLOSED + DAY, **slot) == {"no_free_slot"}

    def test_an_upheld_objection_gets_a_slot_that_is_free(self, world: cast.World) -> None:
        call = announced(world, people=2)
        loser = recruiting.application(call, 3, choices=(cast.CITY,), score=1, passed=True)
        appeal = appealing.file(application=loser, text="ตกหล่น", by=loser.account, at=CLOSED)
        slot = {"tambon": world.tambons[cast.CITY], "reason": "ตกหล่นจริง", "by": world.office, "at": CLOSED}
        assert refused(offering.offer_after_appeal, appeal=appeal, **slot) == {"appeal_not_upheld"}
        appeal = appealing.answer(appeal=appeal, is_upheld=True, text="จริง", by=world.office, at=CLOSED)
        made = offering.offer_after_appeal(appeal=appeal, **slot)
        assert (made.application, made.is_reserve) == (loser, False)

    def test_an_answer_needs_a_decision_and_a_reason(self, call: Call, world: cast.World) -> None:
        application = Application.objects.get(call=call, number=6)
        appeal = appealing.file(application=application, text="x", by=application.account, at=CLOSED)
        given = {"appeal": appeal, "is_upheld": None, "text": "", "by": world.office, "at": CLOSED}
        assert refused(appealing.answer, **given) == {"appeal_undecided", "appeal_answer_missing"}


class TestNeverTooMany(TestCase):
    """A machine of random answers: slots are never exceeded and every offer's history stands."""

    VERBS = ("accept", "decline", "take_back", "no_show", "lapse", "report", "leave", "call", "call_leavers")

    @classmethod
    def setUpTestData(cls) -> None:
        cls.world = cast.world()
        cls.prepared = announced(cls.world, people=9)

    @settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
    @given(st.lists(st.tuples(st.sampled_from(VERBS), st.integers(0, 9)), min_size=1, max_size=14))
    def test_no_sequence_of_answers_promises_a_slot_twice(self, steps: list[tuple[str, int]]) -> None:
        self.at = CLOSED
        for verb, which in steps:
            self.at += timedelta(hours=1)
            before = {
                o.pk: (o.application_id, o.tambon_id, o.made_at, o.replaces_id) for o in Offer.objects.all()
            }
            try:
                self.do(verb, which)
            except Refused:
                continue
            after = {
                o.pk: (o.application_id, o.tambon_id, o.made_at, o.replaces_id) for o in Offer.objects.all()
            }
            assert before.items() <= after.items()
            working = Offer.objects.filter(asked.OPEN).exclude(worker__left_on__isnull=False)
            assert working.count() <= 3
            replaced = [o.replaces_id for o in Offer.objects.exclude(replaces=None)]
            assert len(replaced) == len(set(replaced))

    def do(self, verb: str, which: int) -> None:
        call = self.prepared
        if verb in ("call", "call_leavers", "lapse"):
            if verb == "lapse":
                self.at += timedelta(days=3)
            offering.call_reserves(call=call, by=None, at=self.at, leavers=verb == "call_leavers")
            return
        offers = list(
            Offer.objects.select_related("application__call__round", "worker__round").order_by("pk")
        )
        one = offers[which % len(offers)]
        given = {"offer": one, "by": None, "at": self.at}
        if verb == "leave":
            if one.worker:
                left = {"kind": "resigned", "on": date(2021, 3, 1), "reason": "x"}
                leaving.end_hire(worker=one.worker, by=None, at=self.at, **left)
        elif verb == "report":
            reporting.report_in(call=call, offers=[one], by=None, at=self.at)
        elif verb == "take_back":
            offering.take_back(**given, reason="x")
        else:
            {"accept": offering.accept, "decline": offering.decline, "no_show": offering.note_no_show}[verb](
                **given
            )


@given(
    st.dictionaries(st.sampled_from("abc"), st.integers(0, 3), min_size=1),
    st.dictionaries(st.sampled_from("abc"), st.permutations(list("12345")), min_size=1),
    st.integers(0, 5),
)
@settings(max_examples=60, deadline=None)
def test_calling_fills_what_is_free_with_the_best_places_and_nobody_twice(
    free: dict[str, int], order: dict[str, list[str]], turn: int
) -> None:
    seats = {(name, "x"): number for name, number in free.items()}
    waiting = {(name, "x"): keys for name, keys in order.items()}
    made = rules.callings(seats, waiting, lambda key, seat: (int(key) + ord(seat[0]) + turn) % 3)
    people = [key for _, key in made]
    assert len(people) == len(set(people))
    for seat, number in seats.items():
        got = [key for where, key in made if where == seat]
        assert len(got) <= number
        if len(got) < number:
            assert set(waiting.get(seat, ())) <= set(people)


def test_whoever_has_withdrawn_accepts_nothing_before_the_offer_is_ended_for_it(call: Call) -> None:
    mine = offer(call, 1)
    Application.objects.filter(pk=mine.application_id).update(withdrawn_at=CLOSED)
    found = refused(offering.accept, offer=mine, by=mine.application.account, at=CLOSED)
    assert found == {"application_withdrawn_already"}
    assert offer(call, 1).accepted_at is None
