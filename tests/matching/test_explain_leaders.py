"""Why a lecturer leads: what exchanges would cost, counted by hand and against the whole."""

from __future__ import annotations

from dataclasses import replace

from u2t import matching
from u2t.matching.explain_leaders import LeaderExchanges

NEAR, FAR, FARTHEST = "620101", "620201", "630101"
PROBLEM = matching.Problem(
    tambons=(NEAR, FAR, FARTHEST),
    dimensions=("economy", "health"),
    lecturers=(
        matching.Lecturer("a", "6201", frozenset({"economy"})),
        matching.Lecturer("b", "6202", frozenset({"health"})),
        matching.Lecturer("c", "6301", frozenset({"economy", "health"})),
        matching.Lecturer("spare", "64", frozenset()),
    ),
    rule=matching.Rule(leaders_per_tambon=1),
)


def test_an_exchange_costs_what_both_tambons_would_lose() -> None:
    plan = matching.solve(PROBLEM)
    assert plan.leaders == {NEAR: ("a",), FAR: ("b",), FARTHEST: ("c",)}
    exchanges = LeaderExchanges(PROBLEM, plan)
    first, second = exchanges.options("a", NEAR)
    assert (first.tambon, first.km, first.km_assumed) == (FAR, 50, True)
    swapped = [matching.Lead(NEAR, ("b",)), matching.Lead(FAR, ("a",))]
    told = matching.consequence(PROBLEM, plan, swapped)
    assert first.more == told.after.leader_cost - told.before.leader_cost > 0
    assert second.tambon == FARTHEST
    replaced = matching.consequence(PROBLEM, plan, [matching.Lead(NEAR, ("spare",))])
    assert exchanges.instead("a", NEAR) == replaced.after.leader_cost - replaced.before.leader_cost


def test_pairs_that_humans_chose_are_not_exchanged() -> None:
    plan = matching.solve(PROBLEM)
    held = LeaderExchanges(replace(PROBLEM, leads=((FAR, "b"),)), plan)
    assert held.options("b", FAR) == ()
    assert held.instead("b", FAR) is None
    assert [option.tambon for option in held.options("a", NEAR)] == [FARTHEST]


def test_without_anybody_left_there_is_nobody_instead() -> None:
    problem = replace(PROBLEM, lecturers=PROBLEM.lecturers[:3])
    assert LeaderExchanges(problem, matching.solve(problem)).instead("a", NEAR) is None


def test_a_lecturer_does_not_meet_themselves_in_an_exchange() -> None:
    problem = replace(
        PROBLEM,
        tambons=(NEAR, FAR),
        lecturers=(replace(PROBLEM.lecturers[0], max_tambons=2),),
    )
    assert LeaderExchanges(problem, matching.solve(problem)).options("a", NEAR) == ()
