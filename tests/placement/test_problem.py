"""What the engine is given says what the tables say."""

from __future__ import annotations

import pytest

from tests import cast, given, recruiting
from tests.factories import NOW
from u2t import matching
from u2t.objections import Refused
from u2t.people.models import Worker
from u2t.placement import actions, rules
from u2t.placement.queries import teams
from u2t.placement.queries.problem import problem_for
from u2t.programme.models import Round
from u2t.recruitment.models import Offer


def test_seats_people_offices_and_lecturers_come_from_the_tables(full: cast.World) -> None:
    problem = problem_for(full.round)
    assert sum(seat.places for seat in problem.seats) == 15
    assert {seat.key for seat in problem.seats} == {
        (tambon, category, stream)
        for tambon in cast.TAMBONS
        for (category, stream), count in cast.QUOTAS.items()
        if count
    }
    assert len(problem.candidates) == 15
    hired = next(person for person in problem.candidates if person.key == str(full.hired.pk))
    assert hired.wishes == (cast.CITY, cast.NONG_LUANG_KPP)
    assert hired.category == "graduate"
    assert hired.lottery == full.hired.number
    assert hired.home == full.hired.home_tambon_id
    assert hired.skills == set(full.hired.skills.values_list("code", flat=True))
    assert [(office.capacity, office.minimum) for office in problem.offices] == [(2, 1), (2, 1)]
    assert {lecturer.max_tambons for lecturer in problem.lecturers} == {1}
    assert len(problem.dimensions) == 6
    data = next(stream for stream in problem.workstreams if stream.to_office)
    assert data.needs == {"digital", "data"}, "what a data manager needs is what the round marked"


def test_a_tambon_that_selection_decided_is_kept(full: cast.World) -> None:
    tambon = full.tambons[cast.NONG_LUANG_TAK]
    Worker.objects.filter(pk=full.hired.pk).update(fixed_tambon=tambon)
    run = actions.compute(run=actions.begin_run(round=full.round, by=None, at=NOW), by=None, at=NOW)
    actions.adopt(run=run, by=None, at=NOW)
    held = teams.engagement_of(full.hired)
    assert held is not None
    assert held.tambon == tambon
    assert held.why["decided_by"] == "fixed_tambon"


def test_room_that_an_agency_did_not_state_is_an_even_share_and_never_zero(full: cast.World) -> None:
    full.round.participations.filter(pk=full.data_agencies[0].pk).update(data_capacity=None)
    rooms = {office.key: office.capacity for office in problem_for(full.round).offices}
    assert rooms == {str(full.data_agencies[0].pk): 1, str(full.data_agencies[1].pk): 2}
    assert rules.assumed_room([None, None, 2], 7) == 3
    assert rules.assumed_room([None], 0) == 0
    assert rules.assumed_room([4, 4], 6) == 0


def test_another_order_of_rows_is_the_same_problem_and_a_change_is_another(full: cast.World) -> None:
    before = matching.digest(problem_for(full.round))
    assert matching.digest(problem_for(Round.objects.get(pk=full.round.pk))) == before
    full.hired.skills.clear()
    assert matching.digest(problem_for(full.round)) != before


def test_the_rules_numbers_are_the_rounds(full: cast.World) -> None:
    full.round.placement_rule = {"wish_step": 9, "distance_bands": [3, 30]}
    full.round.leaders_per_tambon = 1
    rule = problem_for(full.round).rule
    assert (rule.wish_step, rule.distance_bands, rule.leaders_per_tambon) == (9, (3, 30), 1)
    assert rule.wish_unlisted == matching.Rule().wish_unlisted


@pytest.mark.parametrize(
    "wrong",
    [{"wish_step": "6"}, {"wish_step": -1}, {"tier_penalty": [1, 2]}, {"colour": 1}, {"wish_step": True}],
)
def test_a_rule_that_cannot_be_read_is_refused_by_name(wrong: dict[str, object]) -> None:
    with pytest.raises(Refused) as refused:
        rules.rule_of(wrong, leaders_per_tambon=2)
    assert [o.about["name"] for o in refused.value.objections] == list(wrong)


def test_more_people_are_read_with_as_many_queries(
    full: cast.World, django_assert_max_num_queries: object
) -> None:
    with django_assert_max_num_queries(16):  # type: ignore[operator]
        problem_for(full.round)
    given.workers(full.round, 40)
    with django_assert_max_num_queries(16):  # type: ignore[operator]
        assert len(problem_for(full.round).candidates) == 40


def test_the_score_of_the_application_that_was_hired_goes_to_the_engine(full: cast.World) -> None:
    application = recruiting.application(recruiting.call(full.round), 1, score=78_505)
    Offer.objects.create(
        application=application, tambon=full.tambons[cast.CITY], category=application.category,
        is_reserve=False, made_at=NOW, answer_until=NOW, worker=full.hired,
    )  # fmt: skip
    scores = {person.key: person.score for person in problem_for(full.round).candidates}
    assert scores.pop(str(full.hired.pk)) == 7_851, "thousandths become hundredths, the half goes up"
    assert set(scores.values()) == {None}, "whoever came by a roster has no score, not a score of zero"
