"""The same selection by other means. Each contestant is ``(build, solve)``: what it needs made of a ballot, and
from that the tambon of everybody who gets one. Run as ``python -m benchmarks.recruitment.peers``, it measures one
contestant in a process of its own.
"""

from __future__ import annotations

import argparse
import gc
import hashlib
import heapq
import json
import resource
import sys
import threading
import time
import warnings
from collections.abc import Callable
from typing import Any

from benchmarks.recruitment import calls
from u2t.admission import Applicant, Ballot, SeatKey, as_arrays, lottery, select, select_arrays

Placed = dict[str, str]

ENOUGH = 0.3
"""CPU seconds that a measurement must last."""


def preferences(ballot: Ballot) -> dict[SeatKey, list[str]]:
    """Who listed each seat, in its order of priority: what every peer needs before it can begin."""
    names = ballot.order

    def standing(one: Applicant, rank: int) -> tuple[int, ...]:
        values = {"score": -one.score, "residence": one.residence[rank], "lottery": numbers[one.key]}
        return tuple(values[name] for name in names)

    numbers = {one.key: lottery(ballot.seed, one.key) for one in ballot.applicants}
    listed: dict[SeatKey, list[tuple[tuple[int, ...], str]]] = {seat.key: [] for seat in ballot.seats}
    for one in ballot.applicants:
        for rank, tambon in enumerate(one.choices):
            listed[tambon, one.category].append((standing(one, rank), one.key))
    return {seat: [key for _, key in sorted(people)] for seat, people in listed.items()}


def build_matching(ballot: Ballot) -> Any:
    """The dictionaries and the game of the package ``matching``; seats that nobody listed must be left out."""
    from matching.games import HospitalResident

    wanted = {seat: people for seat, people in preferences(ballot).items() if people}
    residents = {one.key: [(tambon, one.category) for tambon in one.choices] for one in ballot.applicants}
    capacities = {seat.key: seat.slots for seat in ballot.seats if seat.key in wanted}
    return HospitalResident.create_from_dictionaries(residents, wanted, capacities)


def solve_matching(game: Any) -> Placed:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        found = game.solve(optimal="resident")
    return {resident.name: hospital.name[0] for hospital, people in found.items() for resident in people}


def build_algmatch(ballot: Ballot) -> Any:
    """The dictionary and the problem of the package ``algmatch``, which wants whole numbers for names."""
    from algmatch import HospitalResidentsProblem

    people = {one.key: number for number, one in enumerate(ballot.applicants)}
    seats = {seat.key: number for number, seat in enumerate(ballot.seats)}
    problem = HospitalResidentsProblem(
        dictionary={
            "residents": {
                people[one.key]: [seats[tambon, one.category] for tambon in one.choices]
                for one in ballot.applicants
            },
            "hospitals": {
                seats[seat.key]: {"capacity": seat.slots, "preferences": [people[key] for key in listed]}
                for seat, listed in zip(ballot.seats, preferences(ballot).values(), strict=True)
            },
        }
    )
    return ballot, problem


def solve_algmatch(built: Any) -> Placed:
    ballot, problem = built
    found = problem.get_stable_matching()["resident_sided"]
    return {
        ballot.applicants[int(person[1:])].key: ballot.seats[int(seat[1:])].key[0]
        for person, seat in found.items()
        if seat
    }


def build_ortools(ballot: Ballot) -> Any:
    """CP-SAT on the direct model: one truth value a pair, one row a seat, an applicant, and a possible envy.

    Of all stable results, the one with the smallest sum of ranks is the best for every applicant.
    """
    from ortools.sat.python import cp_model

    model = cp_model.CpModel()
    pairs = {
        (one.key, (tambon, one.category)): model.new_bool_var("")
        for one in ballot.applicants
        for tambon in one.choices
    }
    chosen = {one.key: [pairs[one.key, (t, one.category)] for t in one.choices] for one in ballot.applicants}
    rank = {(one.key, t): number for one in ballot.applicants for number, t in enumerate(one.choices)}
    for variables in chosen.values():
        model.add_at_most_one(variables)
    slots = {seat.key: seat.slots for seat in ballot.seats}
    for seat, people in preferences(ballot).items():
        before: list[Any] = []
        for key in people:
            # Whoever has neither this seat nor a better one sees it full of people who stand before them.
            own = chosen[key][: rank[key, seat[0]] + 1]
            model.add(slots[seat] * sum(own) + sum(before) >= slots[seat])
            before.append(pairs[key, seat])
        model.add(sum(before) <= slots[seat])
    model.minimize(sum(rank[key, seat[0]] * pair for (key, seat), pair in pairs.items()))
    return model, pairs


def solve_ortools(built: Any) -> Placed:
    from ortools.sat.python import cp_model

    model, pairs = built
    solver = cp_model.CpSolver()
    solver.parameters.num_workers = 1
    status = solver.solve(model)
    assert status == cp_model.OPTIMAL, solver.status_name(status)
    return {key: seat[0] for (key, seat), pair in pairs.items() if solver.boolean_value(pair)}


def build_plain(ballot: Ballot) -> Any:
    """Everybody's place in the order of each seat they listed."""
    places: dict[str, list[tuple[int, int]]] = {one.key: [] for one in ballot.applicants}
    order = {
        seat: {key: place for place, key in enumerate(people)} for seat, people in preferences(ballot).items()
    }
    numbers = {seat.key: number for number, seat in enumerate(ballot.seats)}
    for one in ballot.applicants:
        for tambon in one.choices:
            seat = (tambon, one.category)
            places[one.key].append((numbers[seat], order[seat][one.key]))
    return ballot, list(places.values())


def solve_plain(built: Any) -> Placed:
    """Deferred acceptance as it stands in textbooks, with a heap a seat: the honest baseline in plain Python."""
    ballot, places = built
    slots = [seat.slots for seat in ballot.seats]
    held: list[list[tuple[int, int]]] = [[] for _ in slots]
    reached = [0] * len(places)
    free = list(range(len(places)))
    while free:
        person = free.pop()
        if reached[person] == len(places[person]):
            continue
        seat, place = places[person][reached[person]]
        if len(held[seat]) < slots[seat]:
            heapq.heappush(held[seat], (-place, person))
            continue
        person = heapq.heappushpop(held[seat], (-place, person))[1]
        reached[person] += 1
        free.append(person)
    return {
        ballot.applicants[person].key: ballot.seats[seat].key[0]
        for seat, people in enumerate(held)
        for _, person in people
    }


def build_ours(ballot: Ballot) -> Any:
    """The arrays, lottery numbers included."""
    return ballot, as_arrays(ballot)


def solve_ours(built: Any) -> Placed:
    """What the peers do and no more: who gets what."""
    ballot, arrays = built
    found = select_arrays(arrays).seat.tolist()
    tambons = [seat.key[0] for seat in ballot.seats]
    return {one.key: tambons[seat] for one, seat in zip(ballot.applicants, found, strict=True) if seat >= 0}


def solve_everything(ballot: Ballot) -> Placed:
    """What is stored: contradictions looked for, ranking, selection, all lists and cut-offs, digest."""
    return dict(select(ballot).placed)


CONTESTANTS: dict[str, tuple[Callable[[Ballot], Any], Callable[[Any], Placed]]] = {
    "ours": (build_ours, solve_ours),
    "ours, everything": (lambda ballot: ballot, solve_everything),
    "matching": (build_matching, solve_matching),
    "algmatch": (build_algmatch, solve_algmatch),
    "OR-Tools CP-SAT": (build_ortools, solve_ortools),
    "plain Python": (build_plain, solve_plain),
}


def main() -> None:
    """Measure one contestant on one call and print what it took and the hash of what it found."""
    parser = argparse.ArgumentParser()
    parser.add_argument("contestant", choices=CONTESTANTS)
    parser.add_argument("people", type=int)
    parser.add_argument("tambons", type=int, help="0: the chain that is made to be slow")
    parser.add_argument("seed", type=int)
    parser.add_argument("--every", action="store_true", help="everybody ranks every tambon")
    chosen = parser.parse_args()
    if chosen.every:
        ballot = calls.ranked_call(chosen.people, chosen.tambons, chosen.seed)
    elif chosen.tambons:
        ballot = calls.call(chosen.people, chosen.tambons, chosen.seed)
    else:
        ballot = calls.chain(chosen.people)
    build, solve = CONTESTANTS[chosen.contestant]
    # Libraries are loaded before anything is measured.
    solve(build(calls.call(40, 3, seed=0)))
    gc.collect()
    gc.freeze()
    # Some systems count CPU in steps of several milliseconds, so what is quick is done again and again.
    times, building, solving = 0, 0.0, 0.0
    while building + solving < ENOUGH:
        start = time.process_time()
        built = build(ballot)
        ready = time.process_time()
        placed = solve(built)
        building += ready - start
        solving += time.process_time() - ready
        times += 1
    text = json.dumps(sorted(placed.items()))
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    print(
        json.dumps(
            {
                "build": building / times,
                "solve": solving / times,
                "placed": len(placed),
                "result": hashlib.sha256(text.encode()).hexdigest(),
                "peak_mb": peak / 1024,
            }
        )
    )


if __name__ == "__main__":
    # "matching" copies its game by a recursion as deep as the game is large.
    sys.setrecursionlimit(10**6)
    threading.stack_size(1 << 30)
    thread = threading.Thread(target=main)
    thread.start()
    thread.join()
