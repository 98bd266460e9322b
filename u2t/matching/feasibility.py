"""What contradicts itself before anything is solved, named so that somebody can act on it."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator

from u2t.matching.costs import Costs
from u2t.matching.problem import ORDERS, Candidate, Problem, SeatKey
from u2t.matching.teams import MOST_TEAMS, leads_fit, number_of_teams
from u2t.objections import Objection

LARGEST_SCORE = 1_000_000
"""Ten thousand points, in hundredths."""


def objections(problem: Problem) -> tuple[Objection, ...]:
    """Everything that contradicts itself; :func:`u2t.matching.solve` refuses a problem with any."""
    checks = (_twice, _numbers, _scores, _locks, _fixed, _offices, _leads, _floors)
    found = [objection for check in checks for objection in check(problem)]
    if not found and problem.tambons and (count := number_of_teams(problem)) > MOST_TEAMS:
        found.append(Objection("matching.too_many_teams", {"teams": count, "limit": MOST_TEAMS}))
    if not found and problem.leads and not leads_fit(problem):
        found.append(Objection("matching.leads_stand_in_the_way", {"leads": len(problem.leads)}))
    return tuple(found)


def _twice(problem: Problem) -> Iterator[Objection]:
    named: dict[str, Iterable[object]] = {
        "person": [person.key for person in problem.candidates],
        "lottery": [person.lottery for person in problem.candidates],
        "seat": ["/".join(seat.key) for seat in problem.seats],
        "office": [office.key for office in problem.offices],
        "lecturer": [lecturer.key for lecturer in problem.lecturers],
        "tambon": problem.tambons,
        "workstream": [stream.code for stream in problem.workstreams],
        "position": [position.code for position in problem.positions],
        "dimension": problem.dimensions,
        "lead": ["/".join(pair) for pair in problem.leads],
        "need_weight": [skill for skill, _ in problem.rule.need_weight],
        "skill_floor": [skill for skill, _ in problem.rule.skill_floor],
    }
    for kind, values in named.items():
        for value, count in Counter(values).items():
            if count > 1:
                yield Objection("matching.given_twice", {"kind": kind, "key": value, "times": count})
    for person in problem.candidates:
        if len(set(person.wishes)) < len(person.wishes):
            yield Objection("matching.wish_given_twice", {"person": person.key})


def _numbers(problem: Problem) -> Iterator[Objection]:
    rule = problem.rule
    single = (rule.wish_step, rule.wish_unlisted, rule.need_missing, rule.office_need_missing)
    weights = (
        *rule.tier_penalty,
        *rule.assumed_km,
        *single,
        rule.uncovered_dimension,
        rule.leaders_per_tambon,
        rule.score_weight,
        rule.max_km or 0,
        *(number for _, number in (*rule.need_weight, *rule.skill_floor)),
    )
    if any(not 0 <= weight <= 1_000_000 for weight in weights):
        yield Objection("matching.rule_out_of_range", {"smallest": min(weights), "largest": max(weights)})
    if rule.order not in ORDERS:
        yield Objection("matching.unknown_order", {"order": rule.order})
    for seat in problem.seats:
        if seat.places < 0:
            yield Objection("matching.negative_number", {"kind": "seat", "key": "/".join(seat.key)})
    for office in problem.offices:
        if not 0 <= office.minimum <= office.capacity:
            about = {"office": office.key, "minimum": office.minimum, "capacity": office.capacity}
            yield Objection("matching.office_minimum_above_capacity", about)
    for lecturer in problem.lecturers:
        if lecturer.max_tambons < 0:
            yield Objection("matching.negative_number", {"kind": "lecturer", "key": lecturer.key})


def _scores(problem: Problem) -> Iterator[Objection]:
    """Scores are whole hundredths from 0 on; where the order looks at them, all who are not locked have one."""
    negative = [person.key for person in problem.candidates if person.score is not None and person.score < 0]
    if negative:
        yield Objection("matching.score_negative", _listed(negative))
    if problem.rule.order not in ("merit", "weighted"):
        return
    missing = [person.key for person in problem.candidates if person.score is None and person.lock is None]
    if missing:
        yield Objection("matching.score_missing", _listed(missing))
    large = [person.key for person in problem.candidates if (person.score or 0) > LARGEST_SCORE]
    if large:
        yield Objection("matching.score_too_large", {**_listed(large), "most": LARGEST_SCORE // 100})


def _listed(keys: list[str]) -> dict[str, object]:
    """How many there are, and the first of them by name."""
    return {"count": len(keys), "people": ", ".join(sorted(keys)[:10])}


def _locks(problem: Problem) -> Iterator[Objection]:
    places = {seat.key: seat.places for seat in problem.seats}
    held: dict[SeatKey, list[str]] = defaultdict(list)
    for person in problem.candidates:
        if person.lock is None:
            continue
        about: dict[str, object] = {"person": person.key, "seat": "/".join(person.lock)}
        if person.lock not in places:
            yield Objection("matching.lock_unknown_seat", about)
        if person.lock[1] != person.category:
            yield Objection("matching.lock_other_category", {**about, "category": person.category})
        if person.fixed_tambon not in (None, person.lock[0]):
            yield Objection("matching.lock_against_fixed", {**about, "tambon": person.fixed_tambon})
        held[person.lock].append(person.key)
    for seat, people in sorted(held.items()):
        if seat in places and len(people) > places[seat]:
            names = ", ".join(sorted(people))
            about = {"seat": "/".join(seat), "places": places[seat], "locked": len(people), "people": names}
            yield Objection("matching.locks_exceed_places", about)


def _fixed(problem: Problem) -> Iterator[Objection]:
    offered = {(seat.tambon, seat.category) for seat in problem.seats}
    for person in problem.candidates:
        fixed = person.fixed_tambon
        if fixed is not None and person.lock is None and (fixed, person.category) not in offered:
            about = {"person": person.key, "tambon": fixed, "category": person.category}
            yield Objection("matching.fixed_without_seat", about)


def _offices(problem: Problem) -> Iterator[Objection]:
    capacity = {office.key: office.capacity for office in problem.offices}
    fixed: dict[str, list[str]] = defaultdict(list)
    for person in problem.candidates:
        if person.fixed_office is not None:
            fixed[person.fixed_office].append(person.key)
    for office, people in sorted(fixed.items()):
        if office not in capacity:
            yield Objection("matching.unknown_office", {"office": office, "people": ", ".join(people)})
        elif len(people) > capacity[office]:
            about = {"office": office, "capacity": capacity[office], "people": ", ".join(people)}
            yield Objection("matching.fixed_exceed_office", about)


def _leads(problem: Problem) -> Iterator[Objection]:
    """Pairs that stand must name what there is and leave room for what the rule asks of everybody."""
    most = {lecturer.key: lecturer.max_tambons for lecturer in problem.lecturers}
    turns = Counter(lecturer for _, lecturer in problem.leads)
    here = Counter(tambon for tambon, _ in problem.leads)
    for tambon, lecturer in problem.leads:
        if tambon not in problem.tambons:
            yield Objection("matching.lead_unknown_tambon", {"tambon": tambon, "lecturer": lecturer})
        if lecturer not in most:
            yield Objection("matching.lead_unknown_lecturer", {"tambon": tambon, "lecturer": lecturer})
    for lecturer, count in sorted(turns.items()):
        if lecturer in most and count > most[lecturer]:
            about = {"lecturer": lecturer, "most": most[lecturer], "tambons": count}
            yield Objection("matching.leads_exceed_lecturer", about)
    for tambon, count in sorted(here.items()):
        if tambon in problem.tambons and count > problem.rule.leaders_per_tambon:
            about = {"tambon": tambon, "most": problem.rule.leaders_per_tambon, "leaders": count}
            yield Objection("matching.leads_exceed_tambon", about)


def _floors(problem: Problem) -> Iterator[Objection]:
    """Floors that cannot hold for a reason that counting shows; the others are found while solving."""
    tambons = sorted({seat.tambon for seat in problem.seats if seat.places > 0})
    for skill, least in problem.rule.skill_floor:
        able = [person for person in problem.candidates if skill in person.skills]
        wanted = least * len(tambons)
        if len(able) < wanted:
            about: dict[str, object] = {"skill": skill, "people": len(able), "wanted": wanted}
            yield Objection("matching.floor_lacks_people", {**about, "least": least, "tambons": len(tambons)})
            continue
        for tambon in tambons:
            best = _most_there(problem, tambon, able)
            if best < least:
                about = {"tambon": tambon, "skill": skill, "least": least, "best": best}
                yield Objection("matching.floor_impossible", about)


def _most_there(problem: Problem, tambon: str, people: list[Candidate]) -> int:
    """How many of the people could be in the tambon at most, if nothing else were wanted anywhere."""
    costs, most = Costs(problem), 0
    locked = Counter(person.lock for person in problem.candidates)
    for category in sorted({seat.category for seat in problem.seats if seat.tambon == tambon}):
        seats = [seat for seat in problem.seats if (seat.tambon, seat.category) == (tambon, category)]
        own = [person for person in people if person.category == category]
        room = sum(seat.places - locked[seat.key] for seat in seats)
        come = sum(person.lock is None and _may_come(person, tambon, costs) for person in own)
        most += sum(person.lock is not None and person.lock[0] == tambon for person in own)
        most += min(max(0, room), come)
    return most


def _may_come(person: Candidate, tambon: str, costs: Costs) -> bool:
    if person.fixed_tambon is not None:
        return person.fixed_tambon == tambon
    return costs.within(person.home, tambon)
