"""The invented round."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest
from stdnum.th import pin

from u2t.home import actions


@pytest.fixture(scope="module")
def rosters():
    return actions.invented_rosters()


def test_the_same_seed_invents_the_same_rosters(rosters) -> None:
    again = actions.invented_rosters()
    assert again == rosters


def test_the_round_has_the_announced_size(rosters) -> None:
    provinces = Counter(row[0][:2] for row in rosters.tambons[1:])
    assert provinces == {"62": 36, "63": 24}
    assert len(rosters.lecturers) - 1 == 120
    categories = Counter(row[6] for row in rosters.workers[1:])
    assert sorted(categories.values()) == [300, 300, 600]
    hosts = [row for row in rosters.agencies[1:] if row[5] == "ใช่"]
    assert len(hosts) > 100
    assert len({row[1] for row in hosts}) == 8
    assert sum(row[6] == "ใช่" for row in rosters.agencies[1:]) == 48


def test_id_numbers_are_well_formed_unique_and_of_no_real_office(rosters) -> None:
    numbers = [row[4] for row in rosters.workers[1:]]
    assert len(set(numbers)) == len(numbers)
    assert all(pin.is_valid(number) for number in numbers)
    assert all(number[1:5] == "9900" for number in numbers)


def test_no_full_name_is_given_twice(rosters) -> None:
    names = [(row[2], row[3]) for row in rosters.workers[1:]] + [
        (row[1], row[2]) for row in rosters.lecturers[1:]
    ]
    assert len(set(names)) == len(names)


def test_data_agencies_have_room_for_every_data_manager(rosters) -> None:
    assert sum(int(row[7] or 0) for row in rosters.agencies[1:]) >= 120


def test_the_workbooks_are_written_in_the_order_of_import(tmp_path: Path) -> None:
    assert [file.stem for file in actions.write_rosters(tmp_path)] == [
        "tambons",
        "lecturers",
        "agencies",
        "workers",
    ]
