"""The second half of verify_placement.py: data managers at offices, and lecturers who lead tambons.

Put it beside that file, which reads the certificate and then asks this one. It needs nothing else. ``way`` gives
kilometres, and kilometres with the penalty of the residence tier, between two places.
"""

from collections import Counter

NEVER = 10**30  # dearer than everything


class Wrong(ValueError):
    """The certificate does not prove what it says."""


def need(holds, what):
    if not holds:
        raise Wrong(what)


def number(value, least=0):
    need(type(value) is int and value >= least, f"{value!r} is not a whole number from {least} on")
    return value


def proved(inputs, answer, proof, way):
    """Name, filled, cost and distance from the best, of offices and of lecturers, where there are any."""
    found = []
    if proof["offices"] is not None:
        desks = Offices(inputs, answer, proof["offices"], way)
        found.append(("หน่วยงาน / offices", *desks.proved()))
    else:
        works = any(inputs["workstreams"][stream]["to_office"] for _, stream in answer["seats"].values())
        need(not answer["offices"] and not (works and inputs["offices"]), "offices without a proof")
    if proof["leaders"] is not None:
        found.append(("ผู้จัดการโครงการ / lecturers", *Leaders(inputs, answer, proof["leaders"], way).proved()))
    else:
        nobody = not any(answer["leaders"].values())
        need(nobody and not (inputs["tambons"] and inputs["lecturers"]), "lecturers without a proof")
    return found


class Offices:
    """Data managers to offices, as people to seats, but with a minimum too: then a price may be below zero."""

    def __init__(self, inputs, answer, given, way):
        self.rule, self.given, self.way, self.seated = inputs["rule"], given, way, answer["seats"]
        self.rows = {person["label"]: person for person in inputs["people"]}
        self.known = {office["label"]: office for office in inputs["offices"]}
        need(len(self.known) == len(inputs["offices"]), "an office is there twice")
        streams = inputs["workstreams"]
        works = {label for label, (_, stream) in self.seated.items() if streams[stream]["to_office"]}
        need(set(answer["offices"]) <= works, "an office for somebody who works at none")
        fixed = {label: self.rows[label]["office"] for label in works if "office" in self.rows[label]}
        self.sent = {label: office for label, office in answer["offices"].items() if label not in fixed}
        need(
            all(answer["offices"].get(label) == office for label, office in fixed.items()),
            "an office not kept",
        )
        need(set(fixed.values()) <= set(self.known), "a human chose an office that is not there")
        self.free, there = sorted(works - set(fixed)), Counter(fixed.values())
        self.least = {key: max(0, number(one["least"]) - there[key]) for key, one in self.known.items()}
        self.most = {key: number(number(one["most"]) - there[key]) for key, one in self.known.items()}
        if len(self.free) < sum(self.least.values()):
            self.least, self.most = dict.fromkeys(self.least, 0), self.least

    def cost(self, label, office):
        from_home = self.rule["office_from_home"]
        start = self.rows[label].get("home") if from_home else self.seated[label][0]
        lacks = set(self.known[office]["needs"]) - set(self.rows[label].get("skills", ()))
        return self.way(start, self.known[office]["place"])[1] + self.rule["office_need_missing"] * len(lacks)

    def bound(self):
        """No way to send so many costs less."""
        price, reserve = dict(self.given["prices"]), self.given["reserve"]
        need(
            len(price) == len(self.given["prices"]) and set(price) == set(self.known),
            "not one price an office",
        )
        unplaced = len(self.free) - len(self.sent)
        need(not unplaced or reserve is not None, "somebody has no office, and no reserve is stated")
        reserve = NEVER if reserve is None else number(reserve, -NEVER)
        given_back = sum(max(price[key] * self.least[key], price[key] * self.most[key]) for key in price)
        least = -given_back - reserve * unplaced
        for label in self.free:
            options = [self.cost(label, key) + number(price[key], -NEVER) for key in price if self.most[key]]
            least += min([reserve, *options])
        return least

    def proved(self):
        now = Counter(self.sent.values())
        need(set(now) <= set(self.known), "an office that is not there")
        room = all(self.least[key] <= now[key] <= self.most[key] for key in self.known)
        need(room, "an office has too many or too few people")
        most = min(len(self.free), sum(self.most.values()))
        need(len(self.sent) == most, "more people might be sent to offices")
        cost = sum(self.cost(label, office) for label, office in self.sent.items())
        stated = self.given["filled"], self.given["cost"]
        need(stated == (len(self.sent), cost), f"offices: stated {stated}, it is {len(self.sent), cost}")
        need(cost == self.bound(), "somebody might be sent to a better office")
        return len(self.sent), cost, 0


def cheapest_team(offers, size, lacking, dear, best=NEVER):
    """The cheapest way to take ``size`` of the offers (price, expertise), cheapest first; a lack costs ``dear``."""
    if not size:
        return min(best, dear * len(lacking))
    for first in range(len(offers) - size + 1):
        price, expertise = offers[first]
        if sum(offer[0] for offer in offers[first : first + size]) >= best:
            break
        rest = cheapest_team(offers[first + 1 :], size - 1, lacking - expertise, dear, best - price)
        best = min(best, price + rest)
    return best


class Leaders:
    """Lecturers to tambons, as evenly as they suffice."""

    def __init__(self, inputs, answer, given, way):
        self.given, self.way, self.answer, self.rule = given, way, answer["leaders"], inputs["rule"]
        self.tambons, self.dimensions = inputs["tambons"], frozenset(inputs["dimensions"])
        self.who = {lecturer["label"]: lecturer for lecturer in inputs["lecturers"]}
        self.leads = {
            place: {who for where, who in inputs["leads"] if where == place} for place in self.tambons
        }
        self.scale = number(given["scale"], 1)
        need(len(self.who) == len(inputs["lecturers"]), "a lecturer is there twice")
        need(len(set(self.tambons)) == len(self.tambons), "a tambon is there twice")

    def value(self):
        """What the leaders cost; every hard rule holds, and no way has more leaders."""
        wanted, turns, cost = number(self.rule["leaders_per_tambon"]), Counter(), 0
        low, more = divmod(number(self.given["filled"]), max(1, len(self.tambons)))
        need(set(self.answer) <= set(self.tambons), "leaders of a tambon that is not there")
        for tambon in self.tambons:
            team = self.answer.get(tambon, [])
            need(len(set(team)) == len(team) and set(team) <= set(self.who), f"{tambon}: the team is not one")
            fair = low <= len(team) <= min(wanted, low + bool(more))
            need(fair, f"{tambon} has too many or too few leaders")
            need(self.leads[tambon] <= set(team), f"{tambon}: a lecturer whom a human chose does not lead it")
            turns.update(team)
            covered = {skill for label in team for skill in self.who[label]["expertise"]}
            cost += sum(self.way(self.who[label].get("base"), tambon)[1] for label in team)
            cost += number(self.rule["uncovered_dimension"]) * len(self.dimensions - covered)
        need(
            all(turns[who] <= number(one["most"]) for who, one in self.who.items()),
            "a lecturer leads too many",
        )
        cut = number(self.given["cut"])
        can = (len(self.tambons) - cut) * wanted + sum(min(each["most"], cut) for each in self.who.values())
        most = cut <= len(self.tambons) and sum(turns.values()) == self.given["filled"] == can
        need(most, "more leaders might be had")
        return cost

    def bound(self, tree, path=()):
        """No choice of leaders costs less: the least of both halves of a divided proof. At the end of each way every
        lecturer's time has a price, and each tambon takes the team that is cheapest for it alone."""
        if "fewer" in tree:
            who, where, most = frozenset(tree["lecturers"]), frozenset(tree["tambons"]), number(tree["most"])
            halves = self.bound(tree["fewer"], (*path, (who, where, most, 1)))
            return min(halves, self.bound(tree["more"], (*path, (who, where, most + 1, -1))))
        time, turns = dict(tree["prices"]), [number(turn) for turn in tree["turns"]]
        need(set(time) <= set(self.who) and len(turns) == len(path), "prices for something else")
        low, more = divmod(self.given["filled"], len(self.tambons))
        size_price = number(tree["size_price"], -NEVER)
        least = size_price * self.given["filled"]
        least -= sum(number(time.get(a, 0)) * min(self.who[a]["most"], len(self.tambons)) for a in self.who)
        least -= sum(turn * most * sign for turn, (_, _, most, sign) in zip(turns, path))
        dear, known = self.scale * self.rule["uncovered_dimension"], {}
        for tambon in self.tambons:
            offers, stand, lacking, standing = [], 0, self.dimensions, self.leads[tambon]
            for label, each in self.who.items():
                price = self.scale * self.way(each.get("base"), tambon)[1] + time.get(label, 0)
                for turn, (who, where, _, sign) in zip(turns, path):
                    price += turn * sign * (label in who and tambon in where)
                if label in standing:
                    stand, lacking = stand + price, lacking - set(each["expertise"])
                elif each["most"]:
                    offers.append((price, frozenset(each["expertise"])))
            offers = tuple(sorted(offers, key=lambda offer: (offer[0], sorted(offer[1]))))
            sizes = [size for size in {low, low + bool(more)} if size >= len(standing)]
            case = offers, lacking, len(standing)
            if case not in known:
                teams = [(s, cheapest_team(offers, s - len(standing), lacking, dear)) for s in sizes]
                known[case] = min((cost - size_price * s for s, cost in teams), default=NEVER)
            least += stand + known[case]
        return -(-least // self.scale)

    def proved(self):
        cost = self.value()
        gap = cost - min(cost, self.bound(self.given["tree"]))
        stated = self.given["cost"], self.given["gap"]
        need(stated == (cost, gap), f"lecturers: stated cost and gap {stated}, it is {cost, gap}")
        return self.given["filled"], cost, gap
