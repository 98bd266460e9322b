"""A certificate that somebody has tampered with is rejected, however well the fingerprints are mended."""

from __future__ import annotations

import contextlib
import random
from collections.abc import Callable, Mapping
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.matching import worlds
from tests.matching.certified import (
    content,
    decided,
    forged,
    is_proved,
    label,
    lead_elsewhere,
    line_is_proved,
    problem_of,
    row,
)
from tests.matching.test_floors import crowds
from tests.matching.test_rules import ruled
from tests.matching.village import FAR, NEAR, NEXT, village
from u2t.matching import (
    Candidate,
    Problem,
    SeatGroup,
    SeatKey,
    certificate,
)
from u2t.matching import verify_placement as verifier

SEATS_ONLY: dict[str, Any] = {
    "candidates": (Candidate("ann", "public", 1, NEAR), Candidate("ben", "public", 2, NEAR)),
    "offices": (),
    "lecturers": (),
    "tambons": (),
}
Tamper = Callable[[dict[str, Any]], object]


def _swap(found: dict[str, Any]) -> None:
    seats, (one, other) = found["answer"]["seats"], (label("person", "ann"), label("person", "cat"))
    seats[one], seats[other] = seats[other], seats[one]


def _duplicate(found: dict[str, Any]) -> None:
    found["inputs"]["people"].append(found["inputs"]["people"][0])


def _drop(found: dict[str, Any]) -> None:
    found["inputs"]["people"].remove(row(found, "ben"))


def _price(by: int) -> Tamper:
    def change(found: dict[str, Any]) -> None:
        found["proof"]["people"][0]["prices"][0][2] += by

    return change


def _quota(by: int) -> Tamper:
    def change(found: dict[str, Any]) -> None:
        found["inputs"]["seats"][0][3] += by

    return change


FORGERIES: dict[str, Tamper] = {
    "two people swapped": _swap,
    "a row there twice": _duplicate,
    "a person dropped": _drop,
    "a dearer seat": _price(1000),
    "a cheaper seat": _price(-1),
    "a quota larger": _quota(1),
    "a quota smaller": _quota(-1),
    "a home elsewhere": lambda found: row(found, "ann").update(home=FAR),
    "a home forgotten": lambda found: row(found, "cat").pop("home"),
    "a wish added": lambda found: row(found, "cat").update(wishes=[NEAR]),
    "wishes turned round": lambda found: row(found, "ben")["wishes"].reverse(),
    "a skill invented": lambda found: row(found, "dan").update(skills=["digital"]),
    "a tambon over-filled": lambda found: found["answer"]["seats"].update(
        {label("person", "cat"): [NEAR, "team"]}
    ),
    "somebody left without a seat": lambda found: found["answer"]["seats"].pop(label("person", "cat")),
    "somebody seated in another category": lambda found: row(found, "dan").update(category="public"),
    "a seat that is not there": lambda found: found["answer"]["seats"].update(
        {label("person", "cat"): [FAR, "data"]}
    ),
    "a seat for a stranger": lambda found: found["answer"]["seats"].update(stranger=[NEAR, "team"]),
    "a seat by hand that was not": lambda found: row(found, "cat").update(lock=[NEAR, "team"]),
    "a tambon decided that was not": lambda found: row(found, "cat").update(fixed=NEAR),
    "another rule": lambda found: found["inputs"]["rule"].update(wish_unlisted=61),
    "a tambon decided that is no name": lambda found: row(found, "cat").update(fixed=False),
    "a tambon decided that is nowhere": lambda found: (
        row(found, "cat").update(fixed=""),
        found["answer"]["seats"].pop(label("person", "cat")),
        found["inputs"]["seats"].pop(2),
        found["proof"]["people"][0].update(filled=2, cover=[NEAR, NEXT]),
    ),
    "a rule with a farthest way": lambda found: found["inputs"]["rule"].update(max_km=50),
    "an order that is not there": lambda found: found["inputs"]["rule"].update(order="favour"),
    "a place moved": lambda found: found["inputs"]["places"].update({NEXT: [1_000, 0]}),
    "a place in half metres": lambda found: found["inputs"]["places"].update({NEXT: [10_000.0, 0]}),
    "a total that looks better": lambda found: found["proof"]["people"][0].update(inconvenience=255),
    "a category without a proof": lambda found: found["proof"]["people"].pop(),
    "a gap that is not there": lambda found: found["proof"].update(gap=1),
    "a price for a skill": lambda found: found["proof"].update(skill_prices=[[NEAR, "digital", 0]]),
    "a floor that is not kept": lambda found: found["inputs"]["rule"].update(skill_floor=[["digital", 1]]),
    "scores that count": lambda found: found["proof"].update(unit=1),
    "another office": lambda found: found["answer"]["offices"].update({label("person", "dan"): "o1"}),
    "an office not there": lambda found: found["answer"]["offices"].update({label("person", "dan"): "o9"}),
    "an office for one of the team": lambda found: found["answer"]["offices"].update(
        {label("person", "ann"): "o1"}
    ),
    "nobody sent to an office": lambda found: found["answer"].update(offices={}),
    "an office by hand that was not": lambda found: row(found, "dan").update(office="o1"),
    "an office there twice": lambda found: found["inputs"]["offices"].append(found["inputs"]["offices"][0]),
    "offices without a proof": lambda found: found["proof"].update(offices=None),
    "offices cheaper than they are": lambda found: found["proof"]["offices"].update(cost=34),
    "an office without a price": lambda found: found["proof"]["offices"]["prices"].pop(),
    "lecturers exchanged": lead_elsewhere,
    "a lecturer twice in a team": lambda found: found["answer"]["leaders"].update(
        {NEAR: [label("lecturer", "lek")] * 2}
    ),
    "a lecturer too few": lambda found: found["answer"]["leaders"][NEAR].pop(),
    "a lecturer who leads too much": lambda found: found["inputs"]["lecturers"][1].update(most=0),
    "a lecturer there twice": lambda found: found["inputs"]["lecturers"].append(
        found["inputs"]["lecturers"][0]
    ),
    "leaders of a tambon not there": lambda found: found["answer"]["leaders"].update({NEXT: []}),
    "lecturers without a proof": lambda found: found["proof"].update(leaders=None),
    "lecturers cheaper than they are": lambda found: found["proof"]["leaders"].update(cost=139),
    "a lecturer chosen who does not lead": lambda found: found["inputs"]["leads"].append(
        [FAR, label("lecturer", "lek")]
    ),
    "an office by hand that is nowhere": lambda found: (
        row(found, "dan").update(office=None),
        found["answer"].update(offices={}),
        found["proof"]["offices"].update(filled=0, cost=0, reserve=0, prices=[["o1", 0], ["o2", 0]]),
    ),
    "a price for a lecturer not there": lambda found: found["proof"]["leaders"]["tree"]["prices"].append(
        ["stranger", 0]
    ),
}


@pytest.mark.parametrize("forgery", FORGERIES)
def test_a_forged_certificate_is_rejected(forgery: str) -> None:
    found = content(village())
    FORGERIES[forgery](found)
    assert not is_proved(found)


def test_a_dearer_total_than_the_best_is_rejected_even_if_everything_fits() -> None:
    found = content(village())
    _swap(found)
    block = found["proof"]["people"][0]
    block["inconvenience"] = sum(
        verifier.Costs(found["inputs"]).seat(row(found, key), *found["answer"]["seats"][label("person", key)])
        for key in ("ann", "ben", "cat")
    )
    assert block["inconvenience"] > content(village())["proof"]["people"][0]["inconvenience"]
    assert not is_proved(found)


def test_nobody_speaks_for_others_by_having_no_tambon_that_is_decided() -> None:
    """A row fixed to nothing may go nowhere; whoever lives there too may go everywhere all the same."""
    found = content(village(seats=(SeatGroup(NEAR, "public", "team", 1),), **SEATS_ONLY))
    found["inputs"]["seats"].append([FAR, "public", "team", 1])
    block = found["proof"]["people"][0]
    block["prices"].append([FAR, "team", 0])
    block["cover"] = [NEAR]
    assert not is_proved(found)
    ghost = {"label": "-", "category": "public", "home": NEAR, "fixed": None}
    found["inputs"]["people"].insert(0, ghost)
    assert not is_proved(found)


@settings(max_examples=60)
@given(st.data())
def test_any_changed_character_is_rejected(data: st.DataObject) -> None:
    line = certificate.line(content(village()))
    place = data.draw(st.integers(0, len(line) - 2))
    other = data.draw(st.sampled_from('0123456789abz,:[]{}" -.'))
    changed = line[:place] + other + line[place + 1 :]
    assert line_is_proved(changed) == (changed == line)


def _leaves(value: Any, path: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    if isinstance(value, dict):
        return [leaf for key in sorted(value) for leaf in _leaves(value[key], (*path, key))]
    if isinstance(value, list):
        return [path, *(leaf for number, one in enumerate(value) for leaf in _leaves(one, (*path, number)))]
    return [path]


def _mutate(found: dict[str, Any], chance: random.Random) -> None:
    """Change one value somewhere in inputs, answer or proof to something of its kind."""
    *way, last = chance.choice([leaf for leaf in _leaves(found) if leaf[0] in ("inputs", "answer", "proof")])
    around: Any = found
    for step in way:
        around = around[step]
    old = around[last]
    if isinstance(old, bool) or old is None:
        around[last] = chance.choice([True, False, None, 0, 1])
    elif isinstance(old, int):
        around[last] = chance.choice([old + 1, old - 1, 0, -old, old + 10, None])
    elif isinstance(old, str):
        around[last] = chance.choice([*worlds.TAMBONS, "a", "b", "team", "data", "digital", "merit", ""])
    elif old:
        chance.choice([lambda: old.pop(), lambda: old.append(old[0]), old.reverse])()
    else:
        around[last] = [chance.choice([*worlds.TAMBONS, 0])]


def _exchange(found: dict[str, Any], chance: random.Random) -> None:
    """Give one person the seat of another, or take it away."""
    seats, labels = found["answer"]["seats"], [one["label"] for one in found["inputs"]["people"]]
    if labels:
        one, other = chance.choice(labels), chance.choice(labels)
        changed = {one: seats.get(other), other: seats.get(one)}
        seats.update(changed)
        for label in (label for label, seat in changed.items() if seat is None):
            del seats[label]


def _restate(found: dict[str, Any]) -> None:
    """State the totals that the forged answer has, as far as it has any."""
    seats = found["answer"]["seats"]
    for block in found["proof"]["people"]:
        rows = [one for one in found["inputs"]["people"] if one["category"] == block["category"]]
        placed = [one for one in rows if one["label"] in seats and "lock" not in one]
        with contextlib.suppress(*verifier.BROKEN):
            costs = verifier.Costs(found["inputs"])
            total = sum(costs.seat(one, *seats[one["label"]]) for one in placed)
            worth = sum(one.get("worth", 0) for one in placed)
            block.update(filled=len(placed), inconvenience=total, worth=worth)


@settings(max_examples=130, deadline=None)
@given(st.one_of(ruled(people=4), crowds()), st.randoms(use_true_random=False))
def test_what_the_verifier_believes_of_forged_inputs_is_the_best_by_trying_everything(
    problem: Problem, chance: random.Random
) -> None:
    found = forged(content(decided(problem)))
    chance.choice([_mutate, _exchange])(found, chance)
    if chance.random() < 0.5:
        _restate(found)
    if not is_proved(found):
        return
    forged_problem = problem_of(found)
    best = worlds.best_floored(forged_problem)
    assert best is not None
    people = {one.key: one for one in forged_problem.candidates}
    claimed = {
        key: (tambon, people[key].category, stream)
        for key, (tambon, stream) in found["answer"]["seats"].items()
    }
    here, there = _objective(forged_problem, claimed), _objective(forged_problem, best[2])
    gap = found["proof"]["gap"] if found["inputs"]["rule"]["skill_floor"] else 0
    assert here[0] == there[0]
    assert found["proof"]["gap"] == gap
    assert here == there or gap


def _objective(problem: Problem, seats: Mapping[str, SeatKey | None]) -> tuple[int, int, int]:
    """Seats filled, merit, and inconvenience less what scores weigh, of whom no human placed."""
    filled = merit = cost = 0
    for person in problem.candidates:
        seat = seats.get(person.key)
        if seat:
            filled += 1
        if seat and not person.lock:
            one, gain = worlds.worth(problem, person)
            merit, cost = merit + one, cost + worlds.inconvenience(problem, person, seat) - gain
    return filled, merit, cost
