"""Whether a plan keeps every hard rule and is as good as it claims: an independent reading of both.

Shares no code with the solver. An empty answer means: every rule holds, every stated total is right, and the
certificate proves each total the best there is (for the leaders: up to the gap that the certificate states).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping

from u2t.matching.bounds import (
    Market,
    Tariff,
    Terms,
    dearest,
    least_inconvenience,
    least_leader_cost,
    least_office_cost,
    market,
    most_filled,
    most_leaders,
)
from u2t.matching.plan import CostParts, Plan, PriceProof
from u2t.matching.problem import Candidate, Problem, SeatKey, digest
from u2t.objections import Objection


def violations(problem: Problem, plan: Plan) -> list[Objection]:
    """Everything that is wrong with the plan; nothing may be stored while this is not empty."""
    found = list(_complete(problem, plan))
    if found:
        return found
    tariff = Tariff(problem)
    for check in (_seats, _offices, _leaders):
        found += check(problem, plan)
    found += _parts(problem, plan, tariff)
    found += _limits(problem, plan, tariff)
    if not found:
        found += _people_proofs(problem, plan, tariff)
        found += _office_proof(problem, plan, tariff)
        found += _leader_proof(problem, plan, tariff)
    return found


def _complete(problem: Problem, plan: Plan) -> Iterator[Objection]:
    if plan.digest != digest(problem):
        yield Objection("matching.other_problem", {"plan": plan.digest})
    people = {person.key for person in problem.candidates}
    seats = {seat.key for seat in problem.seats}
    offices = {office.key for office in problem.offices}
    lecturers = {lecturer.key for lecturer in problem.lecturers}
    for key in sorted(people ^ set(plan.seats)):
        yield Objection("matching.person_missing_or_unknown", {"person": key})
    for key, seat in plan.seats.items():
        if seat is not None and seat not in seats:
            yield Objection("matching.unknown_seat", {"person": key, "seat": "/".join(seat)})
    for key, office in plan.offices.items():
        if office is not None and office not in offices:
            yield Objection("matching.unknown_office", {"person": key, "office": office})
    if set(plan.leaders) != set(problem.tambons):
        yield Objection("matching.tambon_missing_or_unknown", {})
    for tambon, names in plan.leaders.items():
        for name in sorted(set(names) - lecturers):
            yield Objection("matching.unknown_lecturer", {"tambon": tambon, "lecturer": name})


def _seats(problem: Problem, plan: Plan) -> Iterator[Objection]:
    places = {seat.key: seat.places for seat in problem.seats}
    for person in problem.candidates:
        seat = plan.seats[person.key]
        about: dict[str, object] = {"person": person.key, "seat": "/".join(seat) if seat else None}
        if seat is not None and seat[1] != person.category:
            yield Objection("matching.other_category", {**about, "category": person.category})
        if seat is not None and person.fixed_tambon not in (None, seat[0]):
            yield Objection("matching.fixed_elsewhere", {**about, "tambon": person.fixed_tambon})
        if person.lock is not None and seat != person.lock:
            yield Objection("matching.lock_broken", {**about, "lock": "/".join(person.lock)})
    for seat, count in sorted(Counter(seat for seat in plan.seats.values() if seat).items()):
        if count > places[seat]:
            room: dict[str, object] = {"seat": "/".join(seat), "places": places[seat], "people": count}
            yield Objection("matching.quota_exceeded", room)


def _postings(problem: Problem, plan: Plan) -> dict[str, tuple[Candidate, SeatKey]]:
    streams = {stream.code for stream in problem.workstreams if stream.to_office}
    return {
        person.key: (person, seat)
        for person in problem.candidates
        if (seat := plan.seats[person.key]) is not None and seat[2] in streams
    }


def _room(problem: Problem, plan: Plan) -> dict[str, tuple[int, int]]:
    """Least and most people of each office beside those who are fixed to it."""
    people = _postings(problem, plan)
    fixed = Counter(person.fixed_office for person, _ in people.values() if person.fixed_office)
    room = {
        office.key: (max(0, office.minimum - fixed[office.key]), office.capacity - fixed[office.key])
        for office in problem.offices
    }
    if len(people) - fixed.total() < sum(least for least, _ in room.values()):
        return {office: (0, least) for office, (least, _) in room.items()}
    return room


def _offices(problem: Problem, plan: Plan) -> Iterator[Objection]:
    people = _postings(problem, plan)
    for key in sorted(set(people) ^ set(plan.offices)):
        yield Objection("matching.office_for_wrong_people", {"person": key})
    free = Counter(
        office for key, office in plan.offices.items() if key in people and not people[key][0].fixed_office
    )
    for key, (person, _) in people.items():
        if person.fixed_office and plan.offices.get(key) != person.fixed_office:
            about = {"person": key, "office": person.fixed_office}
            yield Objection("matching.fixed_office_broken", about)
    for office, (least, most) in _room(problem, plan).items():
        if not least <= free[office] <= most:
            count: dict[str, object] = {"office": office, "people": free[office], "least": least}
            yield Objection("matching.office_count", {**count, "most": most})


def _leaders(problem: Problem, plan: Plan) -> Iterator[Objection]:
    wanted, proof = problem.rule.leaders_per_tambon, plan.certificate.leaders
    filled = proof.filled if proof else 0
    low, more = divmod(filled, len(problem.tambons)) if problem.tambons else (0, 0)
    for tambon, names in sorted(plan.leaders.items()):
        if len(set(names)) < len(names):
            yield Objection("matching.leader_twice", {"tambon": tambon})
        if len(names) > wanted or not low <= len(names) <= low + bool(more):
            yield Objection(
                "matching.leader_count", {"tambon": tambon, "leaders": len(names), "wanted": wanted}
            )
    for tambon, key in problem.leads:
        if key not in plan.leaders.get(tambon, ()):
            yield Objection("matching.lead_broken", {"tambon": tambon, "lecturer": key})
    turns = Counter(name for names in plan.leaders.values() for name in names)
    if turns.total() != filled:
        yield Objection(
            "matching.wrong_total", {"name": "leaders_filled", "stated": filled, "is": turns.total()}
        )
    for lecturer in problem.lecturers:
        if turns[lecturer.key] > lecturer.max_tambons:
            about = {"lecturer": lecturer.key, "tambons": turns[lecturer.key], "most": lecturer.max_tambons}
            yield Objection("matching.lecturer_overloaded", about)


def _same(parts: CostParts, tariff: Tariff, home: str | None, place: str, total: int) -> bool:
    km, assumed = tariff.distance(home, place)
    near = ("tambon", "district", "province", "elsewhere", "unknown")[tariff.nearness(home, place)]
    return (parts.km, parts.km_assumed, parts.tier, parts.total) == (km, assumed, near, total)


def _parts(problem: Problem, plan: Plan, tariff: Tariff) -> Iterator[Objection]:
    """The stated cost of every person is the cost by the rule."""
    offices = {office.key: office for office in problem.offices}
    from_home = problem.rule.office_from_home
    for person in problem.candidates:
        seat, parts = plan.seats[person.key], plan.parts.get(person.key)
        if (seat is None) != (parts is None):
            yield Objection("matching.wrong_cost", {"person": person.key})
        elif seat and parts:
            rank = person.wishes.index(seat[0]) if seat[0] in person.wishes else None
            total = tariff.seat(person, seat)
            if parts.wish_rank != rank or not _same(parts, tariff, person.home, seat[0], total):
                yield Objection("matching.wrong_cost", {"person": person.key})
    for key, (person, seat) in _postings(problem, plan).items():
        office, parts = plan.offices.get(key), plan.office_parts.get(key)
        if (office is None) != (parts is None):
            yield Objection("matching.wrong_cost", {"person": key})
        elif office and parts:
            origin = person.home if from_home else seat[0]
            total = tariff.office(person, seat, offices[office])
            if not _same(parts, tariff, origin, offices[office].place, total):
                yield Objection("matching.wrong_cost", {"person": key})


def _limits(problem: Problem, plan: Plan, tariff: Tariff) -> Iterator[Objection]:
    """Nobody is sent too far, and every tambon has the people with each skill that the rule asks for."""
    for person in problem.candidates:
        seat = plan.seats[person.key]
        if seat and not person.lock and not person.fixed_tambon and not tariff.allows(person, seat[0]):
            km = tariff.distance(person.home, seat[0])[0]
            about = {"person": person.key, "tambon": seat[0], "km": km, "most": problem.rule.max_km}
            yield Objection("matching.too_far", about)
    tambons = sorted({seat.tambon for seat in problem.seats if seat.places})
    for skill, least in problem.rule.skill_floor:
        here = Counter(
            seat[0] for p in problem.candidates if skill in p.skills and (seat := plan.seats[p.key])
        )
        for tambon in tambons:
            if here[tambon] < least:
                about = {"tambon": tambon, "skill": skill, "people": here[tambon], "least": least}
                yield Objection("matching.floor_broken", about)


def _people_proofs(problem: Problem, plan: Plan, tariff: Tariff) -> Iterator[Objection]:
    names = {seat.category for seat in problem.seats} | {person.category for person in problem.candidates}
    proofs = {proof.name: proof for proof in plan.certificate.people}
    if set(proofs) != names or len(proofs) != len(plan.certificate.people):
        yield Objection("matching.proof_missing", {"name": "people"})
        return
    markets = {name: market(problem, name) for name in sorted(names)}
    terms = _terms(problem, plan, tariff, markets)
    if terms is None:
        yield Objection("matching.proof_broken", {"name": "people"})
        return
    over, broken = 0, False
    for name, here in markets.items():
        proof = proofs[name]
        placed = [(p, seat) for p in here.people if (seat := plan.seats[p.key])]
        counted = sum(tariff.seat(p, seat) - terms.unit * tariff.worth(p) for p, seat in placed)
        given = {(key[0], key[1], key[2]): price for key, price in proof.prices if len(key) == 3}
        wrong = list(_stated(proof, *_actual(problem, plan, tariff, name)))
        if set(given) != set(here.places) or any(price < 0 for price in given.values()):
            wrong.append(Objection("matching.proof_broken", {"name": name}))
        elif len(placed) < most_filled(tariff, here, proof.cover):
            wrong.append(Objection("matching.fill_not_proved", {"name": name, "filled": len(placed)}))
        else:
            bound = least_inconvenience(tariff, here, given, proof.reserve, len(placed), terms)
            over += terms.scale * counted - bound
            if not terms.skill_prices and not plan.certificate.gap and terms.scale * counted != bound:
                wrong.append(Objection("matching.optimum_not_proved", {"name": name, "total": counted}))
        yield from wrong
        broken = broken or bool(wrong)
    over -= sum(price * _needed(problem, *key) for key, price in terms.skill_prices.items())
    if not broken and over // terms.scale != plan.certificate.gap:
        yield Objection("matching.optimum_not_proved", {"name": "people", "gap": over // terms.scale})


def _terms(problem: Problem, plan: Plan, tariff: Tariff, markets: Mapping[str, Market]) -> Terms | None:
    """How the certificate counts, or ``None`` if it must not count so."""
    proof, rule = plan.certificate, problem.rule
    prices = {(tambon, skill): price for tambon, skill, price in proof.skill_prices}
    tambons = {seat.tambon for seat in problem.seats if seat.places}
    floors = {(tambon, skill) for tambon in tambons for skill, _ in rule.skill_floor}
    honest = set(prices) <= floors and len(prices) == len(proof.skill_prices) and proof.scale > 0
    if not honest or any(price < 0 for price in prices.values()) or proof.gap < 0:
        return None
    people = sum(plan.seats[person.key] is not None for here in markets.values() for person in here.people)
    above = people * max((dearest(tariff, here) for here in markets.values()), default=0)
    units = {"inconvenience": proof.unit == 0, "weighted": proof.unit == 1, "merit": proof.unit > above}
    if not units.get(rule.order, False) or (proof.gap and not rule.skill_floor):
        return None
    return Terms(proof.unit, proof.scale, prices)


def _needed(problem: Problem, tambon: str, skill: str) -> int:
    """How many people with the skill a tambon needs beside those who are locked to it."""
    locked = sum(p.lock is not None and p.lock[0] == tambon and skill in p.skills for p in problem.candidates)
    return max(0, dict(problem.rule.skill_floor)[skill] - locked)


def _actual(problem: Problem, plan: Plan, tariff: Tariff, name: str) -> tuple[int, int, int]:
    """How many of a category are placed, at which inconvenience and with which scores; locked people included."""
    placed = [(p, seat) for p in problem.candidates if p.category == name and (seat := plan.seats[p.key])]
    scores = sum(p.score or 0 for p, _ in placed) if problem.rule.order != "inconvenience" else 0
    return len(placed), sum(tariff.seat(p, seat) for p, seat in placed), scores


def _stated(proof: PriceProof, filled: int, total: int, scores: int = 0) -> Iterator[Objection]:
    stated = {"filled": proof.filled, "total": proof.total, "score_total": proof.score_total}
    for what, actual in {"filled": filled, "total": total, "score_total": scores}.items():
        if stated[what] != actual:
            name = f"{proof.name} {what}"
            yield Objection("matching.wrong_total", {"name": name, "stated": stated[what], "is": actual})


def _office_proof(problem: Problem, plan: Plan, tariff: Tariff) -> Iterator[Objection]:
    people, proof = _postings(problem, plan), plan.certificate.offices
    if proof is None:
        if people and problem.offices:
            yield Objection("matching.proof_missing", {"name": "offices"})
        return
    room = _room(problem, plan)
    table = {
        key: {office.key: tariff.office(person, seat, office) for office in problem.offices}
        for key, (person, seat) in people.items()
    }
    held = {key: office for key in people if (office := plan.offices[key]) is not None}
    yield from _stated(proof, len(held), sum(table[key][office] for key, office in held.items()))
    free = [key for key, (person, _) in people.items() if not person.fixed_office]
    filled = sum(key in held for key in free)
    prices = {key[0]: price for key, price in proof.prices}
    total = sum(table[key][held[key]] for key in free if key in held)
    if set(prices) != set(room):
        yield Objection("matching.proof_broken", {"name": "offices"})
    elif filled < min(len(free), sum(most for _, most in room.values())):
        yield Objection("matching.fill_not_proved", {"name": "offices", "filled": filled})
    elif least_office_cost([table[key] for key in free], room, prices, proof.reserve, filled) != total:
        yield Objection("matching.optimum_not_proved", {"name": "offices", "total": total})


def _leader_proof(problem: Problem, plan: Plan, tariff: Tariff) -> Iterator[Objection]:
    proof = plan.certificate.leaders
    if proof is None:
        if problem.tambons and problem.lecturers:
            yield Objection("matching.proof_missing", {"name": "leaders"})
        return
    people = {lecturer.key: lecturer for lecturer in problem.lecturers}
    total = 0
    for tambon, names in plan.leaders.items():
        covered = frozenset[str]().union(*(people[name].expertise for name in names))
        total += sum(tariff.way(people[name].base, tambon) for name in names)
        total += problem.rule.uncovered_dimension * len(set(problem.dimensions) - covered)
    if total != proof.total:
        about = {"name": "leader_cost", "stated": proof.total, "is": total}
        yield Objection("matching.wrong_total", about)
    if proof.scale <= 0 or not 0 <= proof.cut <= len(problem.tambons):
        yield Objection("matching.proof_broken", {"name": "leaders"})
    elif proof.filled < most_leaders(problem, proof.cut):
        yield Objection("matching.fill_not_proved", {"name": "leaders", "filled": proof.filled})
    else:
        bound = least_leader_cost(problem, tariff, proof)
        if bound is None:
            yield Objection("matching.proof_broken", {"name": "leaders"})
        elif min(total, bound) != proof.bound:
            yield Objection("matching.optimum_not_proved", {"name": "leaders", "bound": proof.bound})
