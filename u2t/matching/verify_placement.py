#!/usr/bin/env python3
"""Check the certificate of a placement:  python verify_placement.py certificate.json

This file needs Python 3.8 or later and nothing else, and shares no code with what computed the placement. It proves
who got which seat; verify_posts.py, put beside it, proves offices and lecturers too. Read them before you run them,
or write your own from docs/algorithms/placement.md. Every number is whole: metres, kilometres or their equivalent,
people. A line of the certificate is one institution; each is proved by itself.

How a proof by prices works. Put a price on every seat and give the price back once for every place. Then the best
that each single person could do, prices included, added up over all people, is a sum that no placement undercuts,
whatever the prices are. The placement costs exactly that sum, so nothing can be cheaper.
"""

import hashlib
import importlib.util
import json
import sys
from collections import Counter, defaultdict
from math import isqrt
from pathlib import Path

NEVER = 10**30  # dearer than everything


class Wrong(Exception):
    """The certificate does not prove what it says."""


BROKEN = Wrong, ArithmeticError, AttributeError, LookupError, OSError, RecursionError, TypeError, ValueError


def need(holds, what):
    if not holds:
        raise Wrong(what)


def number(value, least=0):
    need(type(value) is int and value >= least, f"{value!r} is not a whole number from {least} on")
    return value


def canonical(value):
    return json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False)


def fingerprint(value):
    return hashlib.sha256(canonical(value).encode()).hexdigest()


def read(line):
    """One line: written in the only way it may be, and fitting its two fingerprints."""
    given = json.loads(line)
    need(canonical(given) == line.rstrip("\n"), "the line is not written in the one way it may be")
    rest = {part: given[part] for part in ("format", "about", "inputs", "answer", "proof")}
    need(len(given) == 7 and given["format"] == "u2t-placement-1", "another format")
    need(fingerprint(given["inputs"]) == given["digest"], "the inputs do not fit their fingerprint")
    need(fingerprint(rest) == given["whole"], "the certificate does not fit its fingerprint")
    return given


class Costs:
    """What the published rule says that a seat costs a person."""

    def __init__(self, inputs):
        self.rule, self.places, self.streams = inputs["rule"], inputs["places"], inputs["workstreams"]
        self.weight, self.known, rule = dict(self.rule["need_weight"]), {}, self.rule
        for metre in (metre for place in self.places.values() for metre in place):
            number(metre, -NEVER)
        for name in ("wish_step", "wish_unlisted", "need_missing", "office_need_missing"):
            number(rule[name])
        need(len(rule["tier_penalty"]) == len(rule["assumed_km"]) == 5, "not five residence tiers")
        for value in (*rule["tier_penalty"], *rule["assumed_km"], *self.weight.values()):
            number(value)
        self.max_km = NEVER if rule["max_km"] is None else number(rule["max_km"])

    def way(self, home, place):
        """Kilometres, rounded to the nearest or assumed; and the same with the penalty of the residence tier."""
        if (home, place) not in self.known:
            tier = 4 if not home else 2 if home[:2] == place[:2] else 3  # unknown, same province, elsewhere
            if home and len(home) >= 4 and home[:4] == place[:4]:
                tier = 0 if home == place and len(home) == 6 else 1  # same tambon, same district
            km = self.rule["assumed_km"][tier]
            if home in self.places and place in self.places:
                (east, north), (e, n) = self.places[home], self.places[place]
                km = (isqrt((east - e) ** 2 + (north - n) ** 2) + 500) // 1000
            self.known[home, place] = km, km + self.rule["tier_penalty"][tier]
        return self.known[home, place]

    def wish(self, person, tambon):
        """Nothing without any wish; by rank for a listed tambon, never more than for one that is not listed."""
        wishes, unlisted = person.get("wishes"), self.rule["wish_unlisted"]
        if wishes and tambon in wishes:
            return min(unlisted, self.rule["wish_step"] * wishes.index(tambon))
        return unlisted if wishes else 0

    def lacks(self, skills, stream):
        usual, asked = self.rule["need_missing"], self.streams[stream]["needs"]
        return sum(self.weight.get(skill, usual) for skill in asked if skill not in skills)

    def seat(self, person, tambon, stream):
        way = self.way(person.get("home"), tambon)[1]
        return way + self.wish(person, tambon) + self.lacks(person.get("skills", ()), stream)

    def allowed(self, person, tambon):
        """A tambon decided before and no other; else none that is too far."""
        if person.get("fixed") is not None:
            return tambon == person["fixed"]
        return self.way(person.get("home"), tambon)[0] <= self.max_km


def free_market(inputs, seated, costs):
    """Places and people by category without those whom a human placed; every hard rule of the seats holds."""
    places, people, rows = {}, defaultdict(list), {row["label"]: row for row in inputs["people"]}
    for tambon, category, stream, count in inputs["seats"]:
        need((tambon, category, stream) not in places, "a seat group is there twice")
        places[tambon, category, stream] = number(count)
    need(len(rows) == len(inputs["people"]), "a row is there twice")
    need(set(seated) <= set(rows), "a seat for somebody who is in no row")
    for label, person in rows.items():
        number(person.get("worth", 0))
        before = person.get("fixed", "anywhere")
        need(before and isinstance(before, str), f"{label}: the tambon decided before is none")
        if "lock" in person:
            need(seated.get(label) == person["lock"], f"{label} is not where a human decided")
            places[person["lock"][0], person["category"], person["lock"][1]] -= 1
        else:
            people[person["category"]].append(person)
    taken = Counter()
    for person in (person for free in people.values() for person in free if person["label"] in seated):
        tambon, stream = seated[person["label"]]
        need(costs.allowed(person, tambon), f"{person['label']} may not be sent to {tambon}")
        taken[tambon, person["category"], stream] += 1
    need(set(taken) <= set(places), "a seat that is not there")
    need(all(0 <= taken[key] <= count for key, count in places.items()), "more people than places")
    return places, people


def floors(inputs, seated, skill_prices):
    """Every tambon has enough people with each skill of the floor; gives what the skill prices are worth."""
    there, by_hand = Counter(), Counter()
    for person in (person for person in inputs["people"] if person["label"] in seated):
        for skill in set(person.get("skills", ())):
            there[seated[person["label"]][0], skill] += 1
            by_hand[seated[person["label"]][0], skill] += "lock" in person
    tambons = {tambon for tambon, _, _, count in inputs["seats"] if count}
    wanted = {(tambon, skill): number(k) for tambon in tambons for skill, k in inputs["rule"]["skill_floor"]}
    need(
        all(there[key] >= floor for key, floor in wanted.items()), "a tambon has too few people with a skill"
    )
    need(set(skill_prices) <= set(wanted), "a price for a skill that no floor asks for")
    return sum(number(price) * max(0, wanted[key] - by_hand[key]) for key, price in skill_prices.items())


class Market:
    """The people and places of one category, with a price on every seat."""

    def __init__(self, people, places, given, costs, proof, skill_prices):
        self.people, self.places, self.costs, self.skill_prices = people, places, costs, skill_prices
        self.unit, self.scale, self.unlisted = proof["unit"], proof["scale"], costs.rule["wish_unlisted"]
        self.price = {(tambon, stream): number(price) for tambon, stream, price in given["prices"]}
        need(
            len(self.price) == len(given["prices"]) and set(self.price) == set(places), "not one price a seat"
        )
        self.streams, self.at, self.anywhere = defaultdict(list), {}, {}
        for tambon, stream in (seat for seat, count in places.items() if count):
            self.streams[tambon].append(stream)

    def inside(self, skills):
        """By tambon, what the best line of work costs somebody with these skills, prices included."""
        if skills not in self.at:
            self.at[skills] = {}
            for tambon, streams in self.streams.items():
                work = (self.scale * self.costs.lacks(skills, s) + self.price[tambon, s] for s in streams)
                self.at[skills][tambon] = min(work) - sum(
                    self.skill_prices.get((tambon, k), 0) for k in skills
                )
        return self.at[skills]

    def least(self, person):
        """The best that this person alone could do, prices included."""
        home, skills, wishes = person.get("home"), tuple(person.get("skills", ())), person.get("wishes", ())
        inside, kind = self.inside(skills), (home, skills, bool(wishes), person.get("fixed"))
        if kind not in self.anywhere:
            flat = self.unlisted if wishes else 0
            ways = ((self.costs.way(home, t)[1] + flat, t) for t in inside if self.costs.allowed(person, t))
            self.anywhere[kind] = min((self.scale * cost + inside[t] for cost, t in ways), default=NEVER)
        best = self.anywhere[kind]
        for t in (t for t in wishes if t in inside and self.costs.allowed(person, t)):
            way = self.costs.way(home, t)[1] + self.costs.wish(person, t)
            best = min(best, self.scale * way + inside[t])
        return best - self.scale * self.unit * person.get("worth", 0)

    def bound(self, filled, reserve):
        """No way to fill so many seats costs less; the reserve is the price of having none."""
        unplaced = len(self.people) - filled
        need(not unplaced or reserve is not None, "somebody has no seat, and no reserve is stated")
        reserve = NEVER if reserve is None else number(reserve, -NEVER)
        given_back = sum(self.price[seat] * count for seat, count in self.places.items()) + reserve * unplaced
        return sum(min(self.least(person), reserve) for person in self.people) - given_back

    def most(self, cover):
        """No plan fills more seats: the places of covered tambons, and whoever may go outside them."""
        outside, known = [tambon for tambon in self.streams if tambon not in cover], {}
        for person in self.people:
            kind = person.get("home"), person.get("fixed")
            if kind not in known:
                known[kind] = any(self.costs.allowed(person, tambon) for tambon in outside)
        can = sum(known[person.get("home"), person.get("fixed")] for person in self.people)
        return can + sum(count for seat, count in self.places.items() if seat[0] in cover)


def seats(inputs, answer, proof, costs):
    """As many seats as possible filled, then the best by the order of the rule; gives what was proved."""
    seated, scale, unit = answer["seats"], number(proof["scale"], 1), number(proof["unit"])
    places, people = free_market(inputs, seated, costs)
    skill_prices = {(tambon, skill): price for tambon, skill, price in proof["skill_prices"]}
    need(len(skill_prices) == len(proof["skill_prices"]), "a skill price is there twice")
    bound, value, lines = floors(inputs, seated, skill_prices), 0, []
    for given in proof["people"]:
        name = given["category"]
        mine = {(tambon, stream): n for (tambon, category, stream), n in places.items() if category == name}
        market = Market(people[name], mine, given, costs, proof, skill_prices)
        placed = [person for person in people[name] if person["label"] in seated]
        cost = sum(costs.seat(person, *seated[person["label"]]) for person in placed)
        worth = sum(person.get("worth", 0) for person in placed)
        stated = given["filled"], given["inconvenience"], given["worth"]
        found = len(placed), cost, worth
        need(stated == found, f"{name}: stated {stated}, but it is {found}")
        need(len(placed) == market.most(given["cover"]), f"{name}: more seats might be filled")
        bound, value = bound + market.bound(len(placed), given["reserve"]), value + cost - unit * worth
        lines.append((name, len(placed), cost, worth))
    every = {category for _, category, _ in places} | set(people)
    need(sorted(line[0] for line in lines) == sorted(every), "not one proof a category")
    fits = {
        "inconvenience": unit == 0,
        "weighted": unit == 1,
        "merit": unit > dearest(people, places, lines, costs),
    }
    need(fits[inputs["rule"]["order"]], "the unit of worth does not fit the order")
    least = -(-bound // scale)  # costs are whole numbers
    need(value - least == number(proof["gap"]), f"the seats cost {value}, proved are {least}")
    return lines


def dearest(people, places, lines, costs):
    """No two plans that fill as many seats differ by more inconvenience, so no worth is ever outweighed by it."""
    homes = {person.get("home") for free in people.values() for person in free}
    tambons = {tambon for (tambon, _, _), count in places.items() if count}
    ways = max((costs.way(home, tambon)[1] for home in homes for tambon in tambons), default=0)
    lacks = max((costs.lacks((), stream) for _, _, stream in places), default=0)
    return sum(line[1] for line in lines) * (ways + lacks + costs.rule["wish_unlisted"])


def plain(text):
    """Without anything that a terminal obeys: no line may be hidden, moved or made to look like another."""
    return "".join(letter if letter.isprintable() else "\N{REPLACEMENT CHARACTER}" for letter in text)


def counted(inputs):
    """What the proof takes as given: how many people and places there are, and how many a human decided about."""
    people = inputs["people"]
    places = sum(count for _, _, _, count in inputs["seats"])
    by_hand = sum("lock" in person for person in people)
    before = sum(person.get("fixed") is not None for person in people if "lock" not in person)
    return (
        f"  คนในไฟล์ / people: {len(people):,} · อัตรา / places: {places:,} · "
        f"เจ้าหน้าที่จัดลงเอง / placed by hand: {by_hand:,} · กำหนดตำบลไว้ก่อน / tambon decided before: {before:,}"
    )


def posts(inputs, answer, proof, costs):
    """Offices and lecturers, by the file beside this one: what was proved of each, and how far from the best."""
    if not any([*map(inputs.get, ("offices", "lecturers", "tambons")), answer["offices"], answer["leaders"]]):
        return []
    beside = Path(__file__).resolve().with_name("verify_posts.py")
    need(beside.exists(), "offices and lecturers are proved by verify_posts.py; put it beside this file")
    spec = importlib.util.spec_from_file_location("verify_posts", beside)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module.proved(inputs, answer, proof, costs.way)


def verify(line):
    """What one line proves, for people to read; raises Wrong, or what a broken file makes Python raise."""
    given = read(line)
    about, parts = given["about"], (given["inputs"], given["answer"], given["proof"], Costs(given["inputs"]))
    said = [f"{about['institution']} · {about['round']} · แผนที่ / plan {about['plan']}"]
    said.append(counted(given["inputs"]))
    for name, filled, cost, worth in seats(*parts):
        scores = f" · คะแนนที่นับ / worth {worth:,}" if parts[2]["unit"] else ""
        said.append(f"  {name}: ได้อัตรา / seated {filled:,}{scores} · ความไม่สะดวก / inconvenience {cost:,}")
    said.append(f"  ผู้ปฏิบัติงานทั้งหมด / all people: {best(parts[2]['gap'])}")
    for name, filled, cost, gap in posts(*parts):
        said.append(f"  {name}: {filled:,} · ความไม่สะดวก / inconvenience {cost:,} · {best(gap)}")
    return said


def best(gap):
    return f"ห่างจากดีที่สุดไม่เกิน / at most {gap:,} from the best" if gap else "ดีที่สุด / nothing is better"


def main(arguments):
    if len(arguments) != 1:
        print(__doc__)
        return 2
    sys.stdout.reconfigure(encoding="utf-8", errors="replace")
    whole, proved = hashlib.sha256(), 0
    try:
        with Path(arguments[0]).open("rb") as lines:
            for line in lines:
                print("\n".join(map(plain, verify(line.decode()))))
                whole.update(line)
                proved += 1
        need(proved, "the file is empty")
    except BROKEN as wrong:
        reason = wrong if type(wrong).__name__ == "Wrong" else f"{type(wrong).__name__} {wrong}"
        print(f"พิสูจน์ไม่ได้ / NOT PROVED: {plain(str(reason))}")
        return 1
    print(f"สถาบัน / institutions: {proved:,}\nSHA-256 {whole.hexdigest()}\nพิสูจน์แล้ว / PROVED")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
