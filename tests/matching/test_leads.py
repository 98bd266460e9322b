"""Lecturers who lead some tambon already: the rest is decided around them."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from tests.matching import worlds
from tests.matching.test_leaders import college
from tests.matching.village import FAR, NEAR, village
from u2t.matching import Lead, Plan, Problem, consequence, objections, solve, violations


@st.composite
def led(draw: st.DrawFn) -> Problem:
    """A college in which some pairs stand, none of them against a lecturer's or a tambon's number."""
    problem = draw(worlds.colleges())
    wanted = problem.rule.leaders_per_tambon
    most = {lecturer.key: lecturer.max_tambons for lecturer in problem.lecturers}
    pairs = [(tambon, key) for tambon in problem.tambons for key in most]
    assume(pairs)
    leads: list[tuple[str, str]] = []
    for pair in draw(st.lists(st.sampled_from(pairs), min_size=1, max_size=3, unique=True)):
        here, turns = Counter(t for t, _ in leads), Counter(key for _, key in leads)
        if here[pair[0]] < wanted and turns[pair[1]] < most[pair[1]]:
            leads.append(pair)
    assume(leads)
    return replace(problem, leads=tuple(leads))


@settings(max_examples=80, deadline=None)
@given(led())
def test_the_rest_is_decided_as_well_as_can_be_around_the_leads_that_stand(problem: Problem) -> None:
    free = worlds.best_leaders(replace(problem, leads=()))[0]
    filled, cost = worlds.best_leaders(problem)
    if filled < free or cost == worlds.UNEVEN:
        assert [one.code for one in objections(problem)] == ["matching.leads_stand_in_the_way"]
        return
    plan = solve(problem)
    assert all(lecturer in plan.leaders[tambon] for tambon, lecturer in problem.leads)
    proof = plan.certificate.leaders
    assert proof is not None
    assert (proof.filled, proof.total) == (filled, cost)
    assert violations(problem, plan) == []
    assert Plan.from_json(plan.to_json()) == plan


def test_a_whole_college_is_proved_around_leads_that_stand() -> None:
    problem = college(7, 20, 40)
    best = solve(problem)
    assert best.certificate.leaders is not None
    # Every fifth tambon keeps a lecturer whom the best plan sends elsewhere.
    tambons = problem.tambons
    leads = tuple((tambons[number], best.leaders[tambons[number + 1]][0]) for number in range(0, 20, 5))
    held = replace(problem, leads=leads)
    plan = solve(held)
    proof = plan.certificate.leaders
    assert proof is not None
    assert proof.total > best.certificate.leaders.total
    assert violations(held, plan) == []


def test_leads_that_contradict_are_named() -> None:
    problem = village(
        leads=((NEAR, "zed"), ("999999", "lek"), (FAR, "lek"), (FAR, "mai"), (FAR, "nid")),
    )
    assert [(one.code, one.about.get("tambon") or one.about["lecturer"]) for one in objections(problem)] == [
        ("matching.lead_unknown_lecturer", NEAR),
        ("matching.lead_unknown_tambon", "999999"),
        ("matching.leads_exceed_lecturer", "lek"),
        ("matching.leads_exceed_tambon", FAR),
    ]
    assert [one.code for one in objections(village(leads=((NEAR, "lek"), (NEAR, "lek"))))] == [
        "matching.given_twice",
        "matching.leads_exceed_lecturer",
    ]


def test_a_lead_that_does_not_stand_in_the_plan_is_seen() -> None:
    problem = village(leads=((FAR, "nid"), (NEAR, "oat")))
    plan = solve(problem)
    assert "oat" in plan.leaders[NEAR]
    assert violations(problem, plan) == []
    other = replace(solve(village()), digest=plan.digest)
    assert "matching.lead_broken" in {one.code for one in violations(problem, other)}
    told = consequence(problem, plan, [Lead(NEAR, ("lek", "mai"))])
    assert "matching.lead_broken" in {one.code for one in told.objections}


@pytest.mark.parametrize("each", [1, 2])
def test_every_pair_of_a_plan_may_stand_and_changes_nothing(each: int) -> None:
    problem = college(11, 10, 24, each=each)
    plan = solve(problem)
    leads = tuple((tambon, name) for tambon, names in plan.leaders.items() for name in names)
    again = solve(replace(problem, leads=leads))
    assert again.leaders == plan.leaders


def test_more_leads_in_a_tambon_than_others_can_get_are_refused() -> None:
    problem = college(3, 4, 3, each=2)
    first = problem.tambons[0]
    both = replace(problem, leads=((first, "l000"), (first, "l001")))
    assert [one.code for one in objections(both)] == ["matching.leads_stand_in_the_way"]
