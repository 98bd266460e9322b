"""The certificate that strangers check: proved as it is, rejected as soon as anything in it is changed."""

from __future__ import annotations

import ast
import re
import runpy
import subprocess
import sys
from dataclasses import replace
from pathlib import Path
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
    row,
)
from tests.matching.test_floors import crowds
from tests.matching.test_leaders import divided
from tests.matching.test_leads import led
from tests.matching.test_rules import ruled
from tests.matching.village import FAR, NEAR, NEXT, village
from u2t.matching import (
    Candidate,
    Office,
    Problem,
    Rule,
    SeatGroup,
    certificate,
    verify_posts,
)
from u2t.matching import verify_placement as verifier

PROGRAMS = [Path(verifier.__file__), Path(verifier.__file__).with_name("verify_posts.py")]


def line_of(problem: Problem) -> str:
    return certificate.line(content(problem))


def run(*arguments: Path | str) -> subprocess.CompletedProcess[str]:
    """The verifier as a stranger runs it: alone, without our packages and our folder."""
    command = [sys.executable, "-I", *map(str, arguments)]
    return subprocess.run(command, capture_output=True, encoding="utf-8", check=False, cwd="/")


# The verifier by itself.


@pytest.mark.parametrize("program", PROGRAMS, ids=lambda program: program.stem)
def test_the_verifier_imports_nothing_but_the_standard_library(program: Path) -> None:
    tree = ast.parse(program.read_text(encoding="utf-8"), feature_version=(3, 8))
    named = {
        name.split(".")[0]
        for node in ast.walk(tree)
        if isinstance(node, ast.Import | ast.ImportFrom)
        for name in (
            [one.name for one in node.names] if isinstance(node, ast.Import) else [node.module or "."]
        )
    }
    assert named <= sys.stdlib_module_names


def test_a_stranger_loads_two_files_and_runs_them_on_the_certificate(tmp_path: Path) -> None:
    for program in PROGRAMS:
        (tmp_path / program.name).write_bytes(program.read_bytes())
    paper = tmp_path / "certificate.json"
    paper.write_text(line_of(village()), encoding="utf-8")
    said = run(tmp_path / "verify_placement.py", paper)
    assert (said.returncode, said.stderr) == (0, "")
    assert "public: ได้อัตรา / seated 3 · ความไม่สะดวก / inconvenience 256" in said.stdout
    assert "หน่วยงาน / offices: 1 · ความไม่สะดวก / inconvenience 35 · ดีที่สุด" in said.stdout
    assert "ผู้จัดการโครงการ / lecturers: 4 · ความไม่สะดวก / inconvenience 140 · ดีที่สุด" in said.stdout
    assert said.stdout.splitlines()[-1] == "พิสูจน์แล้ว / PROVED"


def test_without_its_second_half_the_verifier_does_not_say_that_all_is_proved(tmp_path: Path) -> None:
    alone = tmp_path / "verify_placement.py"
    alone.write_bytes(PROGRAMS[0].read_bytes())
    paper = tmp_path / "certificate.json"
    paper.write_text(line_of(village()), encoding="utf-8")
    said = run(alone, paper)
    assert said.returncode == 1
    assert "put it beside this file" in said.stdout.splitlines()[-1]


def test_the_verifier_counts_whom_the_proof_does_not_speak_of(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    people = list(village().candidates)
    people[0] = replace(people[0], lock=(NEAR, "public", "team"))
    people[1] = replace(people[1], fixed_tambon=NEXT)
    paper = tmp_path / "certificate.json"
    paper.write_text(line_of(village(candidates=tuple(people))), encoding="utf-8")
    verifier.main([str(paper)])
    counted = capsys.readouterr().out.splitlines()[1]
    assert [int(number) for number in re.findall(r"\d+", counted)] == [4, 4, 1, 1]


def test_a_certificate_cannot_give_orders_to_the_terminal(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    told = content(village()) | {
        "about": {"institution": "พิสูจน์แล้ว\x1b[8m\n/ PROVED\u202e", "round": "", "plan": 1}
    }
    paper = tmp_path / "certificate.json"
    paper.write_text(certificate.line(told) + "x\x1b[2J", encoding="utf-8")
    assert verifier.main([str(paper)]) == 1
    said = capsys.readouterr().out
    assert all(letter.isprintable() or letter == "\n" for letter in said)
    assert said.splitlines()[0].startswith("พิสูจน์แล้ว�[8m�/ PROVED�")


def test_a_nation_is_proved_line_by_line(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    seats_only: dict[str, Any] = {"lecturers": (), "offices": (), "tambons": ()}
    lines = [line_of(village(**seats_only)), line_of(village(**seats_only, candidates=()))]
    paper = tmp_path / "nation.json"
    paper.write_text("".join(lines), encoding="utf-8")
    assert verifier.main([str(paper)]) == 0
    assert capsys.readouterr().out.count("KPRU · KPRU-2564") == 2
    paper.write_text(lines[0] + lines[1].replace('"filled":0', '"filled":1'), encoding="utf-8")
    assert verifier.main([str(paper)]) == 1
    assert "NOT PROVED" in capsys.readouterr().out


@pytest.mark.parametrize(
    "text", ["", "no certificate", "{}\n", "[]\n", "5\n", '{"format":"u2t-placement-1"}\n']
)
def test_what_is_no_certificate_is_told_and_not_proved(
    text: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    paper = tmp_path / "paper.json"
    paper.write_text(text)
    assert verifier.main([str(paper)]) == 1
    assert capsys.readouterr().out.startswith("พิสูจน์ไม่ได้ / NOT PROVED")


def test_the_verifier_says_how_it_is_used(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(sys, "argv", ["verify_placement.py"])
    with pytest.raises(SystemExit) as ended:
        runpy.run_path(str(PROGRAMS[0]), run_name="__main__")
    assert ended.value.code == 2
    assert verifier.main([]) == 2
    assert "python verify_placement.py certificate.json" in capsys.readouterr().out
    assert verifier.main([str(tmp_path / "not there.json")]) == 1


# What is right is proved.


@settings(max_examples=80, deadline=None)
@given(st.one_of(ruled(), crowds(), worlds.desks(), worlds.colleges(), led()))
def test_whatever_the_engine_decides_strangers_find_proved(problem: Problem) -> None:
    assert is_proved(content(decided(problem)))


def test_the_same_plan_gives_the_same_bytes_in_whatever_order_its_inputs_came() -> None:
    problem = village()
    turned = Problem(**{name: v[::-1] if isinstance(v, tuple) else v for name, v in vars(problem).items()})
    assert line_of(turned) == line_of(problem)


def test_a_proof_that_stays_open_says_by_how_much() -> None:
    found = content(village())
    lead_elsewhere(found)
    leaders, ways = found["proof"]["leaders"], verifier.Costs(found["inputs"]).way
    cost = verify_posts.Leaders(found["inputs"], found["answer"], leaders, ways).value()
    best = leaders["cost"]
    leaders.update(cost=cost, gap=0)
    assert not is_proved(found)
    leaders.update(gap=cost - best)
    assert verifier.verify(certificate.line(found))[-1].endswith(f"at most {cost - best} from the best")


def test_a_divided_proof_is_believed_whole_and_not_in_part() -> None:
    found = content(divided())
    assert is_proved(found)
    tree = found["proof"]["leaders"]["tree"]
    for side in ("fewer", "more"):
        hidden = forged(found)
        hidden["proof"]["leaders"]["tree"] = tree[side]
        assert not is_proved(hidden)


def test_an_office_whose_minimum_cannot_be_met_is_no_reason_to_reject() -> None:
    found = content(village(offices=(Office("land", "6201", 3, 2), Office("labour", "62", 2, 1))))
    assert is_proved(found)
    found["inputs"]["offices"][0]["least"] = 0
    found["inputs"]["offices"][1]["least"] = 0
    assert is_proved(found) == (found["answer"]["offices"] == {label("person", "dan"): "o2"})


def test_offices_of_nobody_need_no_proof() -> None:
    found = content(village(candidates=()))
    found["proof"]["offices"] = None
    assert is_proved(found)


# What a row says, and what it does not.


def test_nothing_of_the_inputs_names_a_person() -> None:
    people = tuple(replace(one, lottery=77_000 + one.lottery) for one in village().candidates)
    said = line_of(village(candidates=people))
    names = ("ann", "ben", "cat", "dan", "lek", "mai", "nid", "oat", "land", "labour")
    assert not [name for name in names if f'"{name}"' in said]
    assert "7700" not in said


def test_a_row_says_only_what_the_rule_reads() -> None:
    found = content(village())
    assert row(found, "ann") == {
        "label": label("person", "ann"), "category": "public", "home": NEAR, "wishes": [NEAR],
        "skills": ["digital"],
    }  # fmt: skip
    assert "skills" not in row(found, "ben")
    assert "worth" not in row(found, "ben")


@pytest.mark.parametrize(
    ("wishes", "said"),
    [
        ((NEAR, FAR), [NEAR, FAR]),
        (("999999", NEAR), ["-", NEAR]),
        ((NEAR, "999999"), [NEAR]),
        (("999999", "999998"), ["-"]),
        ((*(f"99999{n}" for n in range(10)), NEAR), ["-"]),
    ],
)
def test_a_wish_that_can_make_no_difference_is_not_said(wishes: tuple[str, ...], said: list[str]) -> None:
    found = content(village(candidates=(Candidate("ann", "public", 1, NEAR, wishes),)))
    assert row(found, "ann")["wishes"] == said
    assert is_proved(found)


def test_whose_tambon_is_decided_has_only_the_rank_of_that_one_said() -> None:
    people = (Candidate("ann", "public", 1, NEAR, (NEXT, FAR, NEAR), fixed_tambon=FAR),)
    found = content(village(candidates=people))
    assert row(found, "ann")["wishes"] == ["-", FAR]
    assert is_proved(found)


def test_of_somebody_placed_by_hand_neither_home_nor_wishes_are_said() -> None:
    people = (Candidate("ann", "public", 1, NEAR, (NEAR,), lock=(NEXT, "public", "team")),)
    found = content(village(candidates=people))
    assert row(found, "ann") == {
        "label": label("person", "ann"),
        "category": "public",
        "lock": [NEXT, "team"],
    }
    assert is_proved(found)


def test_the_home_of_somebody_placed_by_hand_is_said_where_the_way_to_the_office_begins_there() -> None:
    people = (Candidate("dan", "student", 1, NEAR, lock=(NEAR, "student", "data")),)
    found = content(village(candidates=people, rule=Rule(office_from_home=True)))
    assert row(found, "dan")["home"] == NEAR
    assert is_proved(found)


@pytest.mark.parametrize(
    ("home", "said"),
    [("620199", "6201"), ("629999", "62"), ("999999", "99"), (NEAR, NEAR), ("6201", "6201"), ("62", "62")],
)
def test_a_home_is_named_no_more_finely_than_the_rule_can_tell(home: str, said: str) -> None:
    found = content(village(candidates=(Candidate("ann", "public", 1, home),)))
    assert row(found, "ann")["home"] == said
    assert is_proved(found)


def test_only_places_that_are_named_have_their_position_said() -> None:
    far = village(
        candidates=(), seats=(SeatGroup(NEAR, "public", "team", 1),), tambons=(), lecturers=(), offices=()
    )
    assert content(far)["inputs"]["places"] == {NEAR: [0, 0]}


def test_who_could_be_recognised_is_counted_before_anything_is_public() -> None:
    seats = (SeatGroup(NEAR, "public", "team", 4),)
    people = (
        Candidate("ann", "public", 1, NEAR, (NEAR,)),
        Candidate("ben", "public", 2, NEAR, (NEAR,)),
        Candidate("cat", "public", 3, NEXT, (NEAR,)),
        Candidate("eve", "public", 4, None),
    )
    found = certificate.exposure(content(village(seats=seats, candidates=people)))
    assert found == certificate.Exposure(
        rows=4, by_place=certificate.Group(0, 4), by_home=certificate.Group(2, 1), telling=1
    )
    assert certificate.exposure(content(village(candidates=()))).by_home == certificate.Group(0, 0)
