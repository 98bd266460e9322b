"""Small random universities with many ties, and the same questions answered by trying everything."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from itertools import combinations, product

from hypothesis import strategies as st

from u2t.matching import (
    Candidate,
    Lecturer,
    Office,
    Plan,
    Position,
    Problem,
    Rule,
    SeatGroup,
    SeatKey,
    Workstream,
)

TAMBONS = ("620101", "620102", "620201", "630101")
HOMES = (*TAMBONS, "620103", "6202", "63", None)
STREAMS = (Workstream("data", True, frozenset({"digital"})), Workstream("team"))
RULE = Rule(
    tier_penalty=(0, 2, 5, 9, 9), assumed_km=(1, 2, 4, 8, 8), wish_step=2, wish_unlisted=6, need_missing=3
)

UNEVEN = -1
"""Stands for the cost where the leaders cannot be spread evenly."""

positions = st.lists(
    st.builds(Position, st.sampled_from(TAMBONS), st.integers(0, 9000), st.integers(0, 9000)),
    max_size=4,
    unique_by=lambda place: place.code,
).map(tuple)


@st.composite
def towns(draw: st.DrawFn, people: int = 5, locks: bool = True) -> Problem:
    """Seats and people: too few, too many, fixed, locked, of unknown home."""
    wanted = st.tuples(st.sampled_from(TAMBONS), st.sampled_from("ab"), st.sampled_from(("team", "data")))
    keys = draw(st.lists(wanted, min_size=1, max_size=4, unique=True))
    seats = tuple(SeatGroup(*key, draw(st.integers(0, 2))) for key in keys)
    left = {seat.key: seat.places for seat in seats}
    candidates = []
    for number, lottery in enumerate(draw(st.permutations(range(draw(st.integers(0, people)))))):
        category = draw(st.sampled_from("ab"))
        own = [seat for seat in seats if seat.category == category]
        open_seats = [seat.key for seat in own if left[seat.key]]
        lock = draw(st.sampled_from([None, None, *open_seats])) if locks else None
        fixed = draw(st.sampled_from([None, None, *(seat.tambon for seat in own)]))
        if lock:
            left[lock] -= 1
            fixed = None
        skills = frozenset(draw(st.sets(st.sampled_from(("digital", "english")))))
        wishes = tuple(draw(st.lists(st.sampled_from((*TAMBONS, "620103")), unique=True, max_size=3)))
        home = draw(st.sampled_from(HOMES))
        candidates.append(Candidate(f"p{number}", category, lottery, home, wishes, skills, fixed, lock))
    return Problem(
        seats, tuple(candidates), STREAMS, positions=draw(positions), skills=("digital", "english"), rule=RULE
    )


@st.composite
def desks(draw: st.DrawFn) -> Problem:
    """Data managers and offices: places known as tambon, district or province; minimums that may not be met."""
    count = draw(st.integers(0, 4))
    offices = []
    for number in range(draw(st.integers(0, 3))):
        capacity = draw(st.integers(0, 2))
        place = draw(st.sampled_from(("620101", "6202", "62", "63")))
        needs = frozenset(draw(st.sets(st.just("english"))))
        offices.append(Office(f"o{number}", place, capacity, draw(st.integers(0, capacity)), needs))
    left = {office.key: office.capacity for office in offices}
    people = []
    for number in range(count):
        tambon = draw(st.sampled_from(TAMBONS))
        fixed = draw(st.sampled_from([None, None, *(key for key, room in left.items() if room)]))
        if fixed:
            left[fixed] -= 1
        skills = frozenset(draw(st.sets(st.sampled_from(("digital", "english")))))
        lock = (tambon, "a", "data")
        home = draw(st.sampled_from(HOMES))
        people.append(Candidate(f"p{number}", "a", number, home, (), skills, None, lock, fixed))
    seats = tuple(SeatGroup(tambon, "a", "data", 4) for tambon in TAMBONS)
    rule = draw(st.sampled_from((RULE, Rule(office_from_home=True, assumed_km=(1, 1, 2, 2, 2)))))
    return Problem(seats, tuple(people), STREAMS, tuple(offices), positions=draw(positions), rule=rule)


@st.composite
def colleges(draw: st.DrawFn) -> Problem:
    """Lecturers and tambons: enough or too few, alike or different."""
    lecturers = tuple(
        Lecturer(
            f"l{number}",
            draw(st.sampled_from(("6201", "6202", "63", "620101", None))),
            frozenset(draw(st.sets(st.sampled_from("xyz")))),
            draw(st.integers(0, 3)),
        )
        for number in range(draw(st.integers(0, 4)))
    )
    tambons = draw(st.lists(st.sampled_from(TAMBONS), unique=True, min_size=1, max_size=3))
    rule = Rule(
        leaders_per_tambon=draw(st.integers(0, 3)), uncovered_dimension=draw(st.sampled_from((0, 7, 30)))
    )
    return Problem(
        lecturers=lecturers,
        tambons=tuple(tambons),
        positions=draw(positions),
        dimensions=("x", "y", "z"),
        rule=rule,
    )


def near(home: str | None, place: str) -> int:
    """The residence tier by the codes."""
    if home is None:
        return 4
    if home == place and len(home) == 6:
        return 0
    if len(home) >= 4 and len(place) >= 4 and home[:4] == place[:4]:
        return 1
    return 2 if home[:2] == place[:2] else 3


def kilometres(problem: Problem, home: str | None, place: str) -> int:
    """The distance, written down a third time and as plainly as can be."""
    known = {position.code: position for position in problem.positions}
    if home in known and place in known:
        a, b = known[home], known[place]
        return int(((a.east - b.east) ** 2 + (a.north - b.north) ** 2) ** 0.5 + 500) // 1000
    return problem.rule.assumed_km[near(home, place)]


def way(problem: Problem, home: str | None, place: str) -> int:
    """Kilometres and tier penalty."""
    return kilometres(problem, home, place) + problem.rule.tier_penalty[near(home, place)]


def inconvenience(problem: Problem, person: Candidate, seat: SeatKey) -> int:
    """What a seat costs a person."""
    rule, wish = problem.rule, 0
    if person.wishes:
        listed = person.wishes.index(seat[0]) if seat[0] in person.wishes else 99
        wish = min(rule.wish_step * listed, rule.wish_unlisted)
    lacking = {"digital"} - person.skills if seat[2] == "data" else set()
    penalty = sum(dict(rule.need_weight).get(skill, rule.need_missing) for skill in lacking)
    return way(problem, person.home, seat[0]) + wish + penalty


def worth(problem: Problem, person: Candidate) -> tuple[int, int]:
    """What a seated person counts: as merit, and in kilometres."""
    if problem.rule.order == "merit":
        return person.score or 0, 0
    if problem.rule.order == "weighted":
        return 0, (person.score or 0) * problem.rule.score_weight // 100
    return 0, 0


def may_go(problem: Problem, person: Candidate, seat: SeatKey) -> bool:
    """Whether somebody without a lock may hold the seat."""
    if seat[1] != person.category:
        return False
    if person.fixed_tambon:
        return person.fixed_tambon == seat[0]
    rule = problem.rule
    return rule.max_km is None or kilometres(problem, person.home, seat[0]) <= rule.max_km


def best_seats(problem: Problem) -> tuple[int, int, dict[str, SeatKey | None]]:
    """Seats filled, inconvenience and the lottery's choice, by trying every assignment."""
    best = best_floored(problem)
    assert best is not None
    return best


def within_places(
    options: list[list[SeatKey | None]], places: dict[SeatKey, int]
) -> Iterator[tuple[SeatKey | None, ...]]:
    """Every choice of one option each that exceeds no place."""
    if not options:
        yield ()
        return
    for seat in options[0]:
        if seat is None or places[seat] > 0:
            left = places if seat is None else {**places, seat: places[seat] - 1}
            for rest in within_places(options[1:], left):
                yield (seat, *rest)


def best_floored(problem: Problem) -> tuple[int, int, dict[str, SeatKey | None]] | None:
    """The same among the assignments that keep the skill floor; ``None`` if none does."""
    keys = [seat.key for seat in problem.seats]
    places = {seat.key: seat.places for seat in problem.seats}
    people = sorted(problem.candidates, key=lambda person: person.lottery)
    options: list[list[SeatKey | None]] = [
        [person.lock] if person.lock else [None, *(k for k in keys if may_go(problem, person, k))]
        for person in people
    ]
    best = None
    for seats in within_places(options, places):
        taken = Counter(seat for seat in seats if seat)
        if not floors_hold(problem, people, seats):
            continue
        own = [inconvenience(problem, p, s) if s else 0 for p, s in zip(people, seats, strict=True)]
        worths = [worth(problem, p) for p, s in zip(people, seats, strict=True) if s and not p.lock]
        merit, gain = sum(one for one, _ in worths), sum(one for _, one in worths)
        turn = [
            (seat is None, cost, keys.index(seat) if seat else 0)
            for seat, cost in zip(seats, own, strict=True)
        ]
        value = (-taken.total(), -merit, sum(own) - gain, turn, seats, sum(own))
        if best is None or value[:4] < best[:4]:
            best = value
    if best is None:
        return None
    return -best[0], best[5], {p.key: s for p, s in zip(people, best[4], strict=True)}


def floors_hold(problem: Problem, people: list[Candidate], seats: tuple[SeatKey | None, ...]) -> bool:
    """Whether every tambon has as many people with each skill as the rule asks for."""
    for skill, least in problem.rule.skill_floor:
        here = Counter(s[0] for p, s in zip(people, seats, strict=True) if s and skill in p.skills)
        if any(here[seat.tambon] < least for seat in problem.seats if seat.places):
            return False
    return True


def best_offices(problem: Problem, plan: Plan) -> tuple[int, int, int, dict[str, str | None]]:
    """Sent, minimum places used, cost and the lottery's choice, by trying everything."""
    people = [person for person in problem.candidates if plan.seats[person.key]]
    offices = {office.key: office for office in problem.offices}
    names = sorted(offices)
    best = None
    for choice in product(*([p.fixed_office] if p.fixed_office else [None, *names] for p in people)):
        taken = Counter(office for office in choice if office)
        if any(count > offices[key].capacity for key, count in taken.items()):
            continue
        met = sum(min(taken[key], office.minimum) for key, office in offices.items())
        own = [
            office_cost(problem, p, plan.seats[p.key], offices[o]) if o else 0
            for p, o in zip(people, choice, strict=True)
        ]
        turn = [(o is None, cost, names.index(o) if o else 0) for o, cost in zip(choice, own, strict=True)]
        value = (-taken.total(), -met, sum(own), turn, choice)
        if best is None or value[:4] < best[:4]:
            best = value
    assert best is not None
    return -best[0], -best[1], best[2], {p.key: o for p, o in zip(people, best[4], strict=True)}


def office_cost(problem: Problem, person: Candidate, seat: SeatKey | None, office: Office) -> int:
    """What an office costs the holder of a seat."""
    assert seat is not None
    origin = person.home if problem.rule.office_from_home else seat[0]
    missing = len(office.needs - person.skills)
    return way(problem, origin, office.place) + problem.rule.office_need_missing * missing


def best_leaders(problem: Problem) -> tuple[int, int]:
    """Leaders in all and least cost among evenly spread choices that keep the leads, by trying everything."""
    people = problem.lecturers
    teams = [
        team for size in range(problem.rule.leaders_per_tambon + 1) for team in combinations(people, size)
    ]
    best = None
    for choice in product(teams, repeat=len(problem.tambons)):
        turns = Counter(lecturer.key for team in choice for lecturer in team)
        if any(turns[lecturer.key] > lecturer.max_tambons for lecturer in people):
            continue
        led = dict(zip(problem.tambons, ({one.key for one in team} for team in choice), strict=True))
        if any(lecturer not in led[tambon] for tambon, lecturer in problem.leads):
            continue
        sizes = [len(team) for team in choice]
        value = (-sum(sizes), max(sizes) - min(sizes) > 1, leader_cost(problem, choice))
        if best is None or value < best:
            best = value
    assert best is not None
    return -best[0], UNEVEN if best[1] else best[2]


def leader_cost(problem: Problem, teams: tuple[tuple[Lecturer, ...], ...]) -> int:
    """Ways of all leaders and a penalty for each dimension that nobody covers, tambon by tambon."""
    total = 0
    for tambon, team in zip(problem.tambons, teams, strict=True):
        total += sum(way(problem, lecturer.base, tambon) for lecturer in team)
        covered = {dimension for lecturer in team for dimension in lecturer.expertise}
        total += problem.rule.uncovered_dimension * (len(problem.dimensions) - len(covered))
    return total


def forced(problem: Problem, key: str, seats: list[SeatKey]) -> Iterator[Problem]:
    """The same problem with one person locked to each of the seats in turn."""
    for seat in seats:
        yield Problem(
            **{
                **vars(problem),
                "candidates": tuple(
                    Candidate(**{**vars(p), "lock": seat}) if p.key == key else p for p in problem.candidates
                ),
            }
        )
