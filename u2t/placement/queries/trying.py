"""What putting one person into each tambon would take, before anybody decides: worked out in one go for all of them.

Differences are those of the round's rule, in kilometres or their equivalent, of everybody whom the change moves:
negative is better. For somebody without a slot there is nothing to compare with, so the inconvenience itself is told.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, replace
from urllib.parse import urlencode

from django.utils.translation import gettext as _

from u2t import matching
from u2t.agencies.models import Participation
from u2t.matching.costs import Costs
from u2t.pages import written
from u2t.people.models import Worker
from u2t.placement.models import Engagement
from u2t.placement.queries import changes, plans
from u2t.placement.queries.problem import problem_for
from u2t.programme.models import Quota, RoundTambon, Workstream

BEST = 3
"""How many tambons are marked as the best for everybody who would move."""
PARTNERS = 5
"""How many partners for a swap are offered, the cheapest first."""


@dataclass(frozen=True)
class Way:
    """One way into a tambon: a free slot (``other`` is ``None``) or a swap; keys as in the engine."""

    tambon: str
    workstream: str
    office: str | None
    other: str | None
    more: int
    changes_work: bool
    is_far: bool

    @property
    def order(self) -> tuple[bool, bool, int, str, str]:
        """Those within the rule's farthest way first, that keep the line of work, that are best for all who move."""
        return self.is_far, self.changes_work, self.more, self.workstream, self.other or ""


@dataclass(frozen=True)
class Try:
    """What a tile says while somebody is being moved.

    ``kind``: ``here`` (already there), ``free``, ``swap`` (full, but somebody could come in exchange), ``full``
    or ``none`` (no slots of the category). ``more`` is ``None`` where nothing can be compared.
    """

    kind: str
    more: int | None
    is_first: bool = False
    is_far: bool = False
    is_best: bool = False

    @property
    def text(self) -> str:
        if self.more is None:
            return str({"here": _("is here"), "full": _("full")}.get(self.kind, _("no such slots")))
        amount = written.number(self.more) if self.is_first else signed(self.more)
        said = _("swap %(more)s") if self.kind == "swap" else _("free %(more)s")
        star, far = "★ " if self.is_best else "", " " + _("too far") if self.is_far else ""
        return star + said % {"more": amount} + far


def signed(more: int) -> str:
    """``+12``, ``−8`` or ``±0``."""
    return ("+" if more > 0 else "−" if more < 0 else "±") + written.number(abs(more))


class Trial:
    """A person, and everything that a change of their place is reckoned with: about twenty queries, fewer where
    the problem and the plan in force are known already.

    ``person`` is ``None`` for somebody who has left, and every answer empty.
    """

    def __init__(
        self, worker: Worker, problem: matching.Problem | None = None, plan: matching.Plan | None = None
    ) -> None:
        self.worker = worker
        self.problem = problem or problem_for(worker.round)
        self.plan = plan or plans.plan_now(worker.round, self.problem)
        self.people = {person.key: person for person in self.problem.candidates}
        self.person = self.people.get(str(worker.pk))
        self.standing = changes.standing_of(worker.round)
        self._costs = Costs(self.problem)
        self._offices = {office.key: office for office in self.problem.offices}
        quotas = Quota.objects.filter(category=worker.category, per_tambon__gt=0)
        self.streams = list(
            quotas.order_by("workstream__position").values_list("workstream__code", flat=True)
        )
        held = Engagement.objects.current().filter(worker__round=worker.round).exclude(held_at=None)
        self._held = set(map(str, held.values_list("worker_id", flat=True)))
        self._there: dict[str, list[str]] = defaultdict(list)
        for key, seat in self.plan.seats.items():
            if seat and seat[1] == worker.category.code and key != str(worker.pk) and key not in self._held:
                self._there[seat[0]].append(key)

    @property
    def seat(self) -> matching.SeatKey | None:
        """Where the person is now."""
        return self.plan.seats.get(str(self.worker.pk))

    @property
    def is_held(self) -> bool:
        return str(self.worker.pk) in self._held

    def ways(self, tambon: str) -> list[Way]:
        """Every way into the tambon: free slots first, then swaps, each from the best on."""
        if self.person is None:
            return []
        return [*sorted(self._moves(tambon), key=_order), *sorted(self._swaps(tambon), key=_order)]

    def everywhere(self) -> dict[str, Try]:
        """What the tile of every tambon says, the best of all of them marked."""
        tries = {code: self.best(code) for code in self.problem.tambons}
        able = [(one.more, code) for code, one in tries.items() if one.more is not None and not one.is_far]
        for _more, code in sorted(able)[:BEST]:
            tries[code] = replace(tries[code], is_best=True)
        return tries

    def best(self, tambon: str) -> Try:
        """What the tile of the tambon says."""
        if self.seat and self.seat[0] == tambon:
            return Try("here", None)
        found = self.ways(tambon)
        if found:
            best = found[0]
            return Try("swap" if best.other else "free", best.more, self.seat is None, best.is_far)
        slots = (self.standing.seats.get((tambon, self.worker.category.code, one), 0) for one in self.streams)
        return Try("full" if any(slots) else "none", None)

    def _moves(self, tambon: str) -> Iterable[Way]:
        """Free slots of the person's category."""
        mine = str(self.worker.pk)
        for stream in self.streams:
            seat = (tambon, self.worker.category.code, stream)
            free = self.standing.seats.get(seat, 0) - self.standing.filled.get(seat, 0)
            if free <= 0 or seat == self.seat:
                continue
            office = self._nearest_office(seat) if stream in self.standing.to_office else None
            if office is None and stream in self.standing.to_office:
                continue
            more = self._cost(mine, seat, office) - self._now(mine)
            changes_work = bool(self.seat and self.seat[2] != stream)
            yield Way(tambon, stream, office, None, more, changes_work, self._is_far(mine, tambon))

    def _swaps(self, tambon: str) -> Iterable[Way]:
        """People who could come in exchange; nobody is offered to be left without a slot, nor anybody pinned."""
        mine, here = str(self.worker.pk), self.seat
        if here is None or here[0] == tambon:
            return
        my_office = self.plan.offices.get(mine)
        for other in self._there[tambon]:
            seat = self.plan.seats[other]
            if seat is None:
                continue
            office = self.plan.offices.get(other)
            then = self._cost(mine, seat, office) + self._cost(other, here, my_office)
            more = then - self._now(mine) - self._now(other)
            is_far = self._is_far(mine, tambon) or self._is_far(other, here[0])
            yield Way(tambon, seat[2], office, other, more, here[2] != seat[2], is_far)

    def _now(self, key: str) -> int:
        seat = self.plan.seats.get(key)
        return self._cost(key, seat, self.plan.offices.get(key)) if seat else 0

    def _cost(self, key: str, seat: matching.SeatKey, office: str | None) -> int:
        person, known = self.people[key], self._offices.get(office or "")
        way = self._costs.office(person, seat, known).total if known else 0
        return self._costs.seat(person, seat).total + way

    def _is_far(self, key: str, tambon: str) -> bool:
        most = self.problem.rule.max_km
        return most is not None and self._costs.way(self.people[key].home, tambon)[0] > most

    def _nearest_office(self, seat: matching.SeatKey) -> str | None:
        """The office with room that costs the person least; ``None`` where all are full."""
        person = self.people[str(self.worker.pk)]
        ranked = sorted(
            (self._costs.office(person, seat, office).total, office.key)
            for office in self.problem.offices
            if self._has_room(office.key)
        )
        return ranked[0][1] if ranked else None

    def _has_room(self, office: str) -> bool:
        room = self.standing.rooms.get(office)
        return room is None or self.standing.sitting.get(office, 0) < room


def _order(way: Way) -> tuple[bool, bool, int, str, str]:
    return way.order


@dataclass(frozen=True)
class Offer:
    """A way with its names, and the query of the change page that shows its consequence."""

    way: Way
    workstream: Workstream
    office: Participation | None
    other: Worker | None
    is_first: bool

    @property
    def amount(self) -> str:
        return written.number(self.way.more) if self.is_first else signed(self.way.more)

    @property
    def query(self) -> str:
        if self.other:
            return urlencode({"what": "swap", "other": self.other.number})
        asked = {"what": "move", "tambon": self.way.tambon, "workstream": self.workstream.code}
        return urlencode(asked | ({"office": self.office.pk} if self.office else {}))


def offers_of(trial: Trial, tambon: RoundTambon) -> list[Offer]:
    """The ways into the tambon with names: all free slots and the cheapest swaps; three queries."""
    ways = trial.ways(tambon.tambon_id)
    free = [way for way in ways if way.other is None]
    ways = [*free, *[way for way in ways if way.other is not None][:PARTNERS]]
    streams = {stream.code: stream for stream in trial.worker.round.workstreams.all()}
    offices = Participation.objects.select_related("agency").in_bulk(
        [int(w.office) for w in ways if w.office]
    )
    others = Worker.objects.select_related("person", "category", "round", "fixed_tambon").in_bulk(
        [int(way.other) for way in ways if way.other]
    )
    return [
        Offer(
            way,
            streams[way.workstream],
            offices.get(int(way.office)) if way.office else None,
            others.get(int(way.other)) if way.other else None,
            trial.seat is None,
        )
        for way in ways
    ]


def consequence_of(worker: Worker, tambon: RoundTambon, offer: Offer) -> changes.Consequence:
    """What taking the offer would do and what stands against it."""
    if offer.other:
        ends = changes.swapped(worker, offer.other)
        return changes.consequence_of(worker.round, [worker, offer.other], ends)
    place = changes.place_for(worker, tambon, offer.workstream, offer.office)
    return changes.consequence_of(worker.round, [worker], {worker.pk: place})


def way_back(worker: Worker) -> str:
    """The query of the change page that would undo the last change by hand of this person; empty where there is none.

    Whether it is still possible, the change page says.
    """
    last = list(
        Engagement.objects.filter(worker=worker)
        .select_related("tambon", "workstream")
        .order_by("-begun_at", "-pk")[:2]
    )
    now = next((one for one in last if one.ended_at is None), None)
    if now is None or not now.reason:
        return ""
    before = next((one for one in last if one.ended_at == now.begun_at), None)
    if before is None:
        return urlencode({"what": "unplace"})
    partner = (
        Engagement.objects.current()
        .filter(begun_at=now.begun_at, tambon=before.tambon, category=before.category)
        .filter(workstream=before.workstream)
        .exclude(reason="")
        .exclude(worker=worker)
        .select_related("worker")
        .first()
    )
    if partner is not None:
        return urlencode({"what": "swap", "other": partner.worker.number})
    asked = {
        "what": "move",
        "tambon": before.tambon.tambon_id,
        "workstream": before.workstream.code,
    }
    return urlencode(asked | ({"office": before.office_id} if before.office_id else {}))
