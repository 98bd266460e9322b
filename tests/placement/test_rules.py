"""The hard rules of a change by hand, by example and as a property."""

from __future__ import annotations

from collections import Counter

from hypothesis import given, settings
from hypothesis import strategies as st

from u2t.placement import rules
from u2t.placement.rules import Move, Place, Standing, Tally

TAMBONS, CATEGORIES, OFFICES = ("620101", "620102"), ("public", "graduate"), ("1", "2", None)


def standing(people: dict[str, tuple[str, Place | None]]) -> Standing:
    """Two slots a tambon and category in the team, one for graduates as data managers; office 2 states no room."""
    places = [place for _, place in people.values() if place]
    return Standing(
        seats={(t, c, "team"): 2 for t in TAMBONS for c in CATEGORIES}
        | {(t, "graduate", "data"): 1 for t in TAMBONS},
        filled=Counter(place.slot for place in places),
        rooms={"1": 1, "2": None},
        sitting=Counter(place.office for place in places if place.office),
        to_office=frozenset({"data"}),
    )


def codes(*moves: Move, **filled: int) -> set[str]:
    return {objection.code for objection in rules.move_objections(moves, standing({}))}


def test_a_free_slot_of_the_own_category_may_be_taken() -> None:
    assert codes(Move("7", "public", None, Place("620101", "public", "team"))) == set()


def test_each_broken_rule_is_named_and_all_of_them_at_once() -> None:
    wrong = Move("7", "public", None, Place("620101", "graduate", "data", "9"))
    assert codes(wrong) == {"placement.category_differs", "placement.office_not_in_round"}
    assert codes(Move("7", "public", None, None)) == {
        "placement.no_slot_to_leave",
        "placement.nothing_changes",
    }
    unseated = Move("7", "graduate", None, Place("620101", "graduate", "data"))
    assert codes(unseated) == {"placement.office_missing"}


places = st.builds(
    lambda tambon, category, office: Place(tambon, category, "data" if office else "team", office),
    st.sampled_from(TAMBONS),
    st.sampled_from(CATEGORIES),
    st.sampled_from(OFFICES),
)


@settings(max_examples=60, deadline=None)
@given(st.lists(st.tuples(st.integers(0, 7), st.one_of(st.none(), places)), max_size=40))
def test_whatever_is_tried_no_accepted_change_breaks_a_hard_rule(
    tries: list[tuple[int, Place | None]],
) -> None:
    people: dict[str, tuple[str, Place | None]] = {str(n): (CATEGORIES[n % 2], None) for n in range(8)}
    for number, end in tries:
        category, start = people[str(number)]
        if not rules.move_objections([Move(str(number), category, start, end)], standing(people)):
            people[str(number)] = (category, end)
    after = standing(people)
    assert all(count <= after.seats.get(slot, 0) for slot, count in after.filled.items())
    assert after.sitting.get("1", 0) <= 1
    assert all(place.category == category for category, place in people.values() if place)
    assert all(
        (place.office is not None) == (place.workstream == "data") for _, place in people.values() if place
    )


@settings(max_examples=60, deadline=None)
@given(st.lists(st.tuples(st.integers(0, 9), st.integers(0, 9)), max_size=8))
def test_tallies_add_up(pairs: list[tuple[int, int]]) -> None:
    total = Tally.sum(Tally(filled, slots) for filled, slots in pairs)
    assert (total.filled, total.slots) == (sum(f for f, _ in pairs), sum(s for _, s in pairs))
    assert total.missing == max(0, total.slots - total.filled)
