"""Published instances, and theorems whose names everybody knows, on them."""

from __future__ import annotations

from itertools import combinations, permutations, product

import pytest

from tests.admission import worlds
from u2t.admission import Ballot, select, violations

# Gale and Shapley (1962), "College admissions and the stability of marriage", example 1.
CYCLE = worlds.matrix(
    {"α": "ABC", "β": "BCA", "γ": "CAB"},
    {"A": ["β", "γ", "α"], "B": ["γ", "α", "β"], "C": ["α", "β", "γ"]},
)
# Example 2 of the same paper, which has a single stable result.
SINGLE = worlds.matrix(
    {"α": "ABCD", "β": "ADCB", "γ": "BACD", "δ": "DBCA"},
    {
        "A": ["δ", "γ", "α", "β"],
        "B": ["β", "δ", "α", "γ"],
        "C": ["δ", "α", "β", "γ"],
        "D": ["γ", "β", "α", "δ"],
    },
)
# Knuth (1976), "Mariages stables": four and four with ten stable results, the most there can be.
TEN = worlds.matrix(
    {"1": "ABCD", "2": "BADC", "3": "CDAB", "4": "DCBA"},
    {"A": "4321", "B": "3412", "C": "2143", "D": "1234"},
)
# Abdulkadiroğlu and Sönmez (2003), "School choice: a mechanism design approach", example 1.
SCHOOLS = worlds.matrix(
    {"1": ["s2", "s1", "s3"], "2": ["s1", "s2", "s3"], "3": ["s1", "s2", "s3"]},
    {"s1": "132", "s2": "213", "s3": "213"},
)
# The residents and hospitals with which the documentation of the package "matching" explains its game.
HOSPITALS = worlds.matrix(
    {"Arthur": "C", "Sunny": "CM", "Joseph": "CGM", "Latha": "MCG", "Darrius": "CMG"},
    {
        "M": ["Darrius", "Latha", "Sunny", "Joseph"],
        "C": ["Darrius", "Arthur", "Sunny", "Latha", "Joseph"],
        "G": ["Darrius", "Joseph", "Latha"],
    },
    slots=2,
)


@pytest.mark.parametrize(
    ("ballot", "result"),
    [
        (CYCLE, {"α": "A", "β": "B", "γ": "C"}),
        (SINGLE, {"α": "C", "β": "D", "γ": "A", "δ": "B"}),
        (TEN, {"1": "A", "2": "B", "3": "C", "4": "D"}),
        (SCHOOLS, {"1": "s1", "2": "s2", "3": "s3"}),
        (HOSPITALS, {"Arthur": "C", "Darrius": "C", "Latha": "M", "Sunny": "M", "Joseph": "G"}),
    ],
)
def test_a_published_instance_gives_the_published_result(ballot: Ballot, result: dict[str, str]) -> None:
    selection = select(ballot)
    assert selection.placed == result
    assert violations(ballot, selection) == []


@pytest.mark.parametrize(("ballot", "count"), [(CYCLE, 3), (SINGLE, 1), (TEN, 10), (SCHOOLS, 1)])
def test_of_all_stable_results_the_checker_accepts_only_the_best_for_applicants(
    ballot: Ballot, count: int
) -> None:
    stable = worlds.stable_results(ballot)
    assert len(stable) == count
    accepted = [placed for placed in stable if not violations(ballot, worlds.told(ballot, placed))]
    assert accepted == [select(ballot).placed]
    for placed in stable:
        for person in ballot.applicants:
            assert worlds.rank(person, accepted[0]) <= worlds.rank(person, placed)


def test_two_who_would_gladly_swap_may_not_pass_over_a_third() -> None:
    """What stability costs: 1 and 2 would both gain, but 3 stands before 2 at s1."""
    swapped = worlds.told(SCHOOLS, {"1": "s2", "2": "s1", "3": "s3"})
    assert {found.code for found in violations(SCHOOLS, swapped)} == {"admission.passed_over"}


def test_the_rural_hospitals_get_the_same_residents_in_every_stable_result() -> None:
    """Roth (1986): who is placed and how many each seat takes is the same everywhere; a seat with slots left
    takes the very same people."""
    ballot = worlds.matrix(
        {"1": "ABC", "2": "BAC", "3": "AB", "4": "BA", "5": "ABC"},
        {"A": "24135", "B": "13245", "C": "125"},
        slots=2,
    )
    stable = worlds.stable_results(ballot)
    assert len(stable) > 1
    for placed in stable:
        lists = worlds.told(ballot, placed).lists
        assert set(placed) == set(stable[0])
        assert {key: found.unfilled for key, found in lists.items()} == {
            ("A", "all"): 0,
            ("B", "all"): 0,
            ("C", "all"): 1,
        }
        assert lists["C", "all"].admitted == ("5",)


@pytest.mark.parametrize("ballot", [CYCLE, SCHOOLS])
def test_no_pair_of_applicants_can_both_gain_by_lying_together(ballot: Ballot) -> None:
    """Dubins and Freedman (1981), every pair and every pair of lists tried."""
    honest = select(ballot).placed
    seats = ballot.applicants[0].choices
    lists = [wished for length in range(4) for wished in permutations(seats, length)]
    for pair in combinations(ballot.applicants, 2):
        for lies in product(lists, lists):
            told = {person.key: list(lie) for person, lie in zip(pair, lies, strict=True)}
            placed = select(worlds.lying(ballot, told)).placed
            assert not all(worlds.rank(person, placed) < worlds.rank(person, honest) for person in pair)
