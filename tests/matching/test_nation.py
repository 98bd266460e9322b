"""A drawn nation is the same everywhere, and placing it in shares is placing it at once."""

from __future__ import annotations

import hashlib
import json
from dataclasses import fields, replace

import numpy as np
import pytest

from u2t.matching import Rule
from u2t.matching.nation import (
    CATEGORIES,
    HOMES,
    Design,
    Institution,
    Tally,
    add_up,
    design_objections,
    draw_institution,
    draw_nation,
    place,
    place_share,
)

# A country of 12 provinces with 4 districts of 6 tambons each, in the form of the real codes.
CODES = [f"{p}{d:02}{t:02}" for p in range(60, 72) for d in range(1, 5) for t in range(1, 7)]
SMALL = Design(seed=7, institutions=5, tambons=40, applicants=1_500)


def fingerprint(one: Institution) -> str:
    arrays = (getattr(one, field.name) for field in fields(one) if field.name != "number")
    return hashlib.sha256(b"".join(np.asarray(array, "<i8").tobytes() for array in arrays)).hexdigest()


def test_a_seed_gives_the_same_people_on_every_machine() -> None:
    drawn = hashlib.sha256()
    for one in draw_nation(SMALL, CODES).institutions:
        drawn.update(fingerprint(one).encode())
    assert drawn.hexdigest() == "d84de502afcc6484bae533a487207cab507a087a24c16fd0f5bad5501e59c680"


def test_institutions_are_called_what_nobody_is_called() -> None:
    assert [one.code for one in draw_nation(SMALL, CODES, [0, 4]).institutions] == ["SIM001", "SIM005"]


def test_another_seed_gives_other_people() -> None:
    again = draw_institution(replace(SMALL, seed=8), CODES, 0)
    assert fingerprint(draw_institution(SMALL, CODES, 0)) != fingerprint(again)


def test_a_nation_has_what_its_design_says() -> None:
    nation = draw_nation(SMALL, CODES)
    pool = nation.pool()
    assert nation.people == pool.people == 1_500
    tambons = np.concatenate([one.tambons for one in nation.institutions])
    assert len(np.unique(tambons)) == 40
    assert {f"{code:06}" for code in tambons.tolist()} <= set(CODES)
    assert int(pool.places.sum()) == SMALL.seats == 40 * 20
    for one in nation.institutions:
        assert sorted(one.lottery.tolist()) == list(range(one.people))
        assert 3_000 <= one.score.min() <= one.score.max() <= 10_000
        for wishes in one.wishes.tolist():
            listed = [wish for wish in wishes if wish >= 0]
            assert wishes == listed + [-1] * (3 - len(listed))
            assert len(set(listed)) == len(listed)
            assert all(wish < len(one.tambons) for wish in listed)


@pytest.mark.parametrize("homes", HOMES)
def test_homes_lie_as_near_as_the_design_says(homes: str) -> None:
    one = draw_institution(replace(SMALL, institutions=1, applicants=4_000, homes=homes), CODES, 0)
    own = HOMES[homes][0] / 100
    assert np.isin(one.home, one.tambons).mean() > own - 0.05
    assert (one.home == 0).any()
    assert set(np.unique(one.home)) - {0} <= {int(code) for code in CODES}


def test_a_country_may_be_gone_through_more_than_once() -> None:
    huge = Design(institutions=30, tambons=600, applicants=3_000)
    drawn = [draw_institution(huge, CODES, number) for number in range(30)]
    assert sum(len(one.tambons) for one in drawn) == 600
    assert all(len(np.unique(one.tambons)) == len(one.tambons) for one in drawn)


@pytest.mark.parametrize("order", ["merit", "weighted", "inconvenience"])
def test_shares_placed_apart_are_the_nation_placed_at_once(order: str) -> None:
    design = replace(SMALL, rule=Rule(order=order, score_weight=10, max_km=150))
    whole, _ = place(draw_nation(design, CODES), "kernel")
    apart = add_up(place_share(design, CODES, *share, "kernel")[0] for share in ((3, 2), (0, 1), (1, 2)))
    assert whole.proven
    assert apart.proven
    assert replace(apart, digests=whole.digests) == whole
    assert apart.digest == whole.digest
    other, _ = place(draw_nation(design, CODES), "hub")
    assert (other.filled, other.value, other.bound) == (whole.filled, whole.value, whole.bound)


def test_figures_count_seats_and_wishes_by_hand() -> None:
    nation = draw_nation(SMALL, CODES)
    tally, found = place(nation, "hub")
    filled = first = listed = 0
    for one, part in zip(nation.institutions, found, strict=True):
        pool = draw_nation(SMALL, CODES, [one.number]).pool()
        for person, seat in enumerate(part.seat.tolist()):
            if seat < 0:
                continue
            column = int(pool.seat_place[seat])
            assert int(pool.seat_block[seat]) == int(one.category[person])
            wishes = [wish for wish in one.wishes[person].tolist() if wish >= 0]
            filled += 1
            first += wishes[:1] == [column]
            listed += column in wishes
    assert (tally.filled, tally.first_wish, tally.any_wish) == (filled, first, listed)
    assert tally.seats == SMALL.seats


def test_a_shortage_leaves_seats_empty_and_is_proved() -> None:
    tally, _ = place(draw_nation(replace(SMALL, applicants=300), CODES), "hub")
    assert tally.filled == 300
    assert tally.proven


def test_a_nation_without_applicants_is_placed_too() -> None:
    tally, _ = place(draw_nation(replace(SMALL, applicants=0), CODES), "hub")
    assert (tally.people, tally.filled, tally.proven) == (0, 0, True)


def test_an_institution_is_not_counted_twice() -> None:
    tally, _ = place_share(SMALL, CODES, 0, 2, "hub")
    with pytest.raises(ValueError, match="twice"):
        add_up([tally, tally])


def test_designs_and_figures_come_back_from_json_as_they_were() -> None:
    design = replace(SMALL, rule=Rule(order="weighted", score_weight=3, need_weight=(("digital", 7),)))
    assert Design.from_json(json.loads(json.dumps(design.to_json()))) == design
    tally, _ = place_share(SMALL, CODES, 0, 1, "hub")
    assert Tally.from_json(json.loads(json.dumps(tally.to_json()))) == tally


@pytest.mark.parametrize(
    "odd",
    [
        {"institutions": 0},
        {"tambons": 4},
        {"applicants": -1},
        {"places": (1, 2, 3, -1)},
        {"shares": (50, 40, 20)},
        {"homes": "far"},
        {"digital": 101},
        {"rule": Rule(skill_floor=(("digital", 1),))},
    ],
)
def test_a_design_that_is_no_nation_is_refused(odd: dict[str, object]) -> None:
    assert not design_objections(SMALL)
    assert len(design_objections(replace(SMALL, **odd))) == 1  # type: ignore[arg-type]


def test_categories_are_in_the_order_of_their_seats() -> None:
    assert list(CATEGORIES) == sorted(CATEGORIES)
