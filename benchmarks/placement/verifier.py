"""The certificate of a nation: written, verified by the stand-alone program, and rejected however it is changed."""

from __future__ import annotations

import json
import random
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

from benchmarks import reporting
from u2t.matching import certificate

ROOT = Path(__file__).resolve().parent.parent.parent
VERIFIER = ROOT / "u2t" / "matching" / "verify_placement.py"


def measures(quick: bool) -> list[reporting.Measure]:
    """Seconds for the nation, and changed certificates that were believed."""
    size = ("--institutions", "8", "--tambons", "300", "--applicants", "20000") if quick else ()
    name = "certificate of 20,000" if quick else "certificate of the nation"
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "certificate.jsonl")
        command = [sys.executable, "manage.py", "simulate_nation", *size, "--certificate", str(path)]
        subprocess.run(command, cwd=ROOT, check=True, capture_output=True)
        started = resource.getrusage(resource.RUSAGE_CHILDREN)
        clock = time.perf_counter()
        assert verify(path), "the verifier does not believe an honest certificate"
        wall = time.perf_counter() - clock
        spent = resource.getrusage(resource.RUSAGE_CHILDREN)
        times = 40 if quick else 300
        believed = sum(verify(one) for one in changed(path, Path(folder), times))
        megabytes = path.stat().st_size / 1e6
    return [
        reporting.Measure(f"{name}: verified, CPU", spent.ru_utime - started.ru_utime, "s", 60.0, "lower"),
        reporting.Measure(f"{name}: verified, wall", wall, "s", 60.0, "lower"),
        reporting.Measure(f"{name}: size", megabytes, "MB", None, "lower"),
        reporting.Measure(f"{name}: changed ones believed, of {times}", believed, "count", 0, "lower"),
    ]


def verify(path: Path) -> bool:
    """Whether the program, in a Python without anything else, says that the certificate is proved."""
    done = subprocess.run([sys.executable, "-I", str(VERIFIER), str(path)], check=False, capture_output=True)
    return done.returncode == 0


def changed(path: Path, folder: Path, times: int) -> Any:
    """The last institution's line, changed in one place: half of them with fingerprints made anew by the forger."""
    with path.open(encoding="utf-8") as lines:
        *_, line = lines
    for number in range(times):
        draw = random.Random(number)
        one = folder / "changed.jsonl"
        one.write_text(forged(line, draw) if number % 2 else misprinted(line, draw), encoding="utf-8")
        yield one


def misprinted(line: str, draw: random.Random) -> str:
    """One digit is another one."""
    digits = [place for place, character in enumerate(line) if character in "0123456789"]
    place = draw.choice(digits)
    other = draw.choice([digit for digit in "0123456789" if digit != line[place]])
    return line[:place] + other + line[place + 1 :]


def forged(line: str, draw: random.Random) -> str:
    """Something that matters is changed, and everything that can be computed again fits."""
    given = json.loads(line)
    seats, people = given["answer"]["seats"], {row["label"]: row for row in given["inputs"]["people"]}
    way = draw.randrange(5)
    if (
        way == 0
    ):  # two people of one category and different tambons exchange their seats, and one of them loses
        first, second = _worse_swap(given, draw)
        seats[first], seats[second] = seats[second], seats[first]
    elif way == 1:  # somebody loses the seat
        del seats[draw.choice(sorted(seats))]
    elif way == 2:  # somebody without a seat gets one although none is free
        waiting = sorted(set(people) - set(seats))
        lucky = draw.choice(waiting)
        same = [one for one in sorted(seats) if people[one]["category"] == people[lucky]["category"]]
        seats[lucky] = seats[draw.choice(same)]
    elif way == 3:  # a place more
        draw.choice([group for group in given["inputs"]["seats"] if group[3]])[3] += 1
    else:  # a total that flatters
        draw.choice(given["proof"]["people"])["inconvenience"] -= 1
    return certificate.line({name: given[name] for name in ("format", "about", "inputs", "answer", "proof")})


def _worse_swap(given: dict[str, Any], draw: random.Random) -> tuple[str, str]:
    """Two people each of whom holds a first wish of their own that the other never listed."""
    seats = given["answer"]["seats"]
    happy = [
        row
        for row in given["inputs"]["people"]
        if row.get("wishes") and seats.get(row["label"], [""])[0] == row["wishes"][0]
    ]
    while True:
        first, second = draw.sample(happy, 2)
        apart = first["wishes"][0] not in second["wishes"] and second["wishes"][0] not in first["wishes"]
        if first["category"] == second["category"] and apart:
            return first["label"], second["label"]
