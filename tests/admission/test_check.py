"""The checker rejects every result but the right one, and shares nothing with the solver."""

from __future__ import annotations

import ast
import copy
import random
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from tests.admission import worlds
from u2t.admission import (
    Applicant,
    Ballot,
    Mark,
    Seat,
    SeatList,
    Selection,
    digest,
    lottery,
    select,
    violations,
)


def lively(seed: int) -> Ballot:
    """Fourteen people after the slots of three tambons and two categories; some stay in reserve, some slots stay empty."""
    draw = random.Random(seed)
    seats = [
        Seat((tambon, category), 1 + draw.randrange(2)) for tambon in worlds.TAMBONS for category in "gp"
    ]
    people = [
        worlds.applicant(
            f"64-{number:03}",
            draw.choice("ggp"),
            draw.randrange(3, 9) * 10_000,
            draw.sample(worlds.TAMBONS, draw.randint(1, 3)),
            seed,
        )
        for number in range(14)
    ]
    return Ballot(tuple(seats), tuple(people), "2564", pass_mark=40_000)


def altered(data: Any) -> Iterator[Any]:
    """Every copy of a JSON value with one thing in it changed, left out, doubled or swapped."""
    if isinstance(data, dict):
        for name, value in data.items():
            yield {key: other for key, other in data.items() if key != name}
            for other in altered(value):
                yield {**data, name: other}
    elif isinstance(data, list):
        for place, value in enumerate(data):
            yield data[:place] + data[place + 1 :]
            yield [*data[:place], value, *data[place:]]
            if place:
                yield [*data[: place - 1], value, data[place - 1], *data[place + 1 :]]
            for other in altered(value):
                yield [*data[:place], other, *data[place + 1 :]]
    elif isinstance(data, int):
        yield data + 1
        yield data - 1
    elif isinstance(data, str):
        yield data + "x"
        yield from {"64-001", "64-005", worlds.TAMBONS[0], worlds.TAMBONS[1]} - {data}
    else:
        yield [1, 1, 1]


@pytest.mark.parametrize("seed", [0, 8, 16])
def test_every_single_change_to_a_result_is_rejected(seed: int) -> None:
    ballot = lively(seed)
    selection = select(ballot)
    assert violations(ballot, selection) == []
    assert any(found.reserves for found in selection.lists.values())
    assert any(found.unfilled for found in selection.lists.values())
    tried = 0
    for data in altered(copy.deepcopy(selection.to_json())):
        try:
            other = Selection.from_json(data)
        except (KeyError, IndexError, TypeError):
            continue
        if other != selection:
            tried += 1
            assert violations(ballot, other), data
    assert tried > 200


def codes(ballot: Ballot, selection: Selection) -> set[str]:
    return {found.code.partition(".")[2] for found in violations(ballot, selection)}


def pair(*, slots: int = 1, pass_mark: int | None = None) -> Ballot:
    seats = (Seat(("620101", "p"), slots), Seat(("620102", "p"), 1), Seat(("620102", "g"), 1))
    people = (
        Applicant("a", "p", 80, ("620101",), (0,)),
        Applicant("b", "p", 70, ("620101", "620102"), (0, 0)),
    )
    return Ballot(seats, people, "s", pass_mark=pass_mark)


@pytest.mark.parametrize(
    ("ballot", "placed", "code"),
    [
        (pair(), {"a": "620101", "b": "620101"}, "quota_exceeded"),
        (pair(), {"a": "620101"}, "wasted_slot"),
        (pair(), {"b": "620101"}, "passed_over"),
        (pair(), {"a": "620102", "b": "620102"}, "not_eligible"),
        (pair(pass_mark=75), {"a": "620101", "b": "620102"}, "not_eligible"),
    ],
)
def test_a_wrong_result_is_called_by_its_name(ballot: Ballot, placed: dict[str, str], code: str) -> None:
    lists = worlds.told(ballot, {}).lists
    assert code in codes(ballot, Selection(digest(ballot), placed, lists, 0))


def test_wrong_lists_and_numbers_are_called_by_their_names() -> None:
    ballot = pair()
    right = select(ballot)
    seat = ("620101", "p")
    for wrong, code in [
        ({"admitted": ()}, "wrong_admitted"),
        ({"reserves": ("b",)}, "wrong_reserves"),
        ({"cutoff": None}, "wrong_cutoff"),
        ({"cutoff": Mark(80, 0, lottery("s", "b"))}, "wrong_cutoff"),
        ({"slots": 2}, "seats_differ"),
        ({"admitted": ("z",)}, "applicant_unknown"),
    ]:
        lists = {**right.lists, seat: replace(right.lists[seat], **wrong)}
        assert codes(ballot, replace(right, lists=lists)) == {code}
    assert codes(ballot, replace(right, proposals=right.proposals + 1)) == {"wrong_proposals"}
    assert codes(replace(ballot, seed="t"), right) == {"other_ballot"}
    assert "seats_differ" in codes(ballot, replace(right, lists={**right.lists, ("1", "p"): SeatList(0)}))


def test_a_ballot_that_contradicts_itself_has_no_right_result() -> None:
    ballot = pair()
    broken = replace(ballot, seats=(*ballot.seats, ballot.seats[0]))
    assert codes(broken, select(ballot)) == {"seat_twice"}


def test_the_checker_imports_nothing_of_the_solver() -> None:
    tree = ast.parse(Path("u2t/admission/check.py").read_text(encoding="utf-8"))
    imported = {node.module for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)}
    ours = {module for module in imported if module and module.startswith("u2t")}
    assert ours == {"u2t.admission.ballot", "u2t.admission.selection", "u2t.objections"}
    assert not any(
        "numpy" in name.name for node in ast.walk(tree) if isinstance(node, ast.Import) for name in node.names
    )
