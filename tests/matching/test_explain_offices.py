"""Another office for a data manager: the loss that is told is the loss there would be."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st

from u2t import matching
from u2t.matching.explain_offices import OfficeExplainer

TAMBONS = ("620101", "620102", "620201", "630101")
PLACES = ("620101", "6202", "63")


@st.composite
def problems(draw: st.DrawFn) -> matching.Problem:
    """Data managers of some tambons and up to three offices, sometimes with too little room."""
    people = draw(st.integers(1, 5))
    return matching.Problem(
        seats=tuple(matching.SeatGroup(tambon, "g", "data", 2) for tambon in TAMBONS),
        candidates=tuple(
            matching.Candidate(
                f"p{index}",
                "g",
                index,
                home=draw(st.sampled_from(TAMBONS)),
                skills=frozenset(draw(st.sets(st.sampled_from("ab")))),
                fixed_office="o0" if index == 0 and draw(st.booleans()) else None,
            )
            for index in range(people)
        ),
        workstreams=(matching.Workstream("data", to_office=True),),
        offices=tuple(
            matching.Office(
                f"o{index}",
                draw(st.sampled_from(PLACES)),
                draw(st.integers(1, 3)),
                minimum=draw(st.integers(0, 1)),
                needs=frozenset(draw(st.sets(st.sampled_from("ab")))),
            )
            for index in range(draw(st.integers(1, 3)))
        ),
    )


def value(problem: matching.Problem, plan: matching.Plan) -> tuple[int, int, int]:
    """How many sit anywhere, how many minimums are missed, and what it costs."""
    sitting = [office for office in plan.offices.values() if office]
    missed = sum(max(0, min(o.minimum, o.capacity) - sitting.count(o.key)) for o in problem.offices)
    return len(sitting), missed, sum(parts.total for parts in plan.office_parts.values())


@settings(max_examples=60, deadline=None)
@given(problems())
def test_the_loss_by_another_office_is_what_solving_again_would_lose(problem: matching.Problem) -> None:
    plan = matching.solve(problem)
    explainer = OfficeExplainer(problem, plan)
    for person in problem.candidates:
        told = {one.office: one for one in explainer.options(person.key, most=9)}
        if person.fixed_office or plan.offices.get(person.key) is None:
            assert told == {}
            continue
        for office in problem.offices:
            if office.key == plan.offices[person.key]:
                continue
            locked = [
                replace(
                    one,
                    lock=plan.seats[one.key],
                    fixed_office=office.key if one == person else one.fixed_office,
                )
                for one in problem.candidates
            ]
            again = replace(problem, candidates=tuple(locked))
            if matching.objections(again):
                assert office.key not in told
                continue
            filled, missed, cost = value(again, matching.solve(again))
            now = value(problem, plan)
            if (filled, missed) == now[:2]:
                assert told[office.key].more == cost - now[2]
            else:
                assert office.key not in told


def test_the_nearest_office_comes_first_and_says_what_it_would_cost() -> None:
    problem = matching.Problem(
        seats=(matching.SeatGroup("620101", "g", "data", 1),),
        candidates=(matching.Candidate("p", "g", 1, home="620101"),),
        workstreams=(matching.Workstream("data", to_office=True),),
        offices=tuple(
            matching.Office(f"o{place}", place, 1, minimum=0) for place in ("620101", "6201", "63")
        ),
    )
    explainer = OfficeExplainer(problem, matching.solve(problem))
    first, second = explainer.options("p")
    assert (first.office, first.own_more, first.more) == ("o6201", 32, 32)
    assert second.office == "o63"
    assert explainer.options("nobody") == ()
