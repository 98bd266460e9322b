"""Two plans beside each other, person by person: who differs, from where to where, and whether that is better.

Both are measured by the rule in force, whatever rule each was computed by. A side is a computed plan or, without a
number, what is in force now.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from django.utils.translation import gettext as _

from u2t import matching
from u2t.agencies.models import Participation
from u2t.matching.costs import Costs
from u2t.people.models import Lecturer, Worker
from u2t.placement import rules
from u2t.placement.models import Run
from u2t.placement.queries import plans
from u2t.placement.queries.changes import Names, names_of
from u2t.placement.queries.export import TYPES
from u2t.placement.queries.problem import problem_for
from u2t.placement.rules import Place
from u2t.placement.words import policies as words
from u2t.programme.models import Round, RoundTambon
from u2t.sheets import write
from u2t.thai import digits, fold

KINDS = ("moved", "work", "office", "begins", "loses")
WAYS = ("better", "worse", "same")


@dataclass(frozen=True)
class Change:
    """One person who differs, by keys; costs are ``None`` where that side gives no slot."""

    person: str
    before: Place | None
    after: Place | None
    cost_before: matching.CostParts | None
    cost_after: matching.CostParts | None
    office_before: matching.CostParts | None
    office_after: matching.CostParts | None

    @property
    def kind(self) -> str:
        """One of :data:`KINDS`: another tambon, only other work, only another office, a first slot, or none any more."""
        if self.before is None:
            return "begins"
        if self.after is None:
            return "loses"
        if self.before.tambon != self.after.tambon:
            return "moved"
        return "work" if self.before.workstream != self.after.workstream else "office"

    @property
    def more(self) -> int | None:
        """How much more inconvenient for the person; ``None`` where one side is no slot."""
        if self.cost_before is None or self.cost_after is None:
            return None
        sides = ((self.cost_after, self.office_after), (self.cost_before, self.office_before))
        after, before = (seat.total + (office.total if office else 0) for seat, office in sides)
        return after - before

    @property
    def way(self) -> str:
        """One of :data:`WAYS` for the person: a slot is better than none."""
        if self.more is None:
            return "better" if self.before is None else "worse"
        return "same" if not self.more else "better" if self.more < 0 else "worse"


@dataclass(frozen=True)
class Filters:
    """What the list is narrowed to; empty texts narrow nothing. ``tambon`` counts on either side."""

    text: str = ""
    tambon: str = ""
    category: str = ""
    kind: str = ""
    way: str = ""

    @property
    def any(self) -> bool:
        return any((self.text, self.tambon, self.category, self.kind, self.way))


@dataclass(frozen=True)
class Shown:
    """One side of a row in names; ``rank`` counts wishes from 1, ``km`` is ``None`` where it is not known."""

    tambon: str
    workstream: str
    office: str
    rank: int | None
    km: int | None
    total: int


@dataclass(frozen=True)
class Row:
    """One person who differs, with names."""

    worker: Worker
    change: Change
    before: Shown | None
    after: Shown | None


@dataclass(frozen=True)
class LeaderRow:
    """A tambon whose leaders differ: who stops and who begins."""

    tambon: RoundTambon
    stop: tuple[Lecturer, ...]
    begin: tuple[Lecturer, ...]


@dataclass(frozen=True)
class Total:
    """One figure of both sides in words; ``best`` is ``left``, ``right`` or empty where they are equal."""

    name: str
    left: str
    right: str
    best: str


class Beside:
    """Two plans of a round; ``None`` stands for what is in force now."""

    def __init__(self, round: Round, left: Run | None, right: Run | None) -> None:
        self.round, self.problem = round, problem_for(round)
        self.costs = Costs(self.problem)
        self.people = {person.key: person for person in self.problem.candidates}
        self._offices = {office.key: office for office in self.problem.offices}
        self.left, self.right = self._plan(left), self._plan(right)
        self.changes = tuple(self._changes())

    def _plan(self, run: Run | None) -> matching.Plan:
        """The plan with the people who are still in the round."""
        plan = matching.Plan.from_json(run.plan) if run else plans.plan_now(self.round, self.problem)
        seats = {key: plan.seats.get(key) for key in self.people}
        offices = {key: office for key, office in plan.offices.items() if seats.get(key)}
        leaders = {tambon: plan.leaders.get(tambon, ()) for tambon in self.problem.tambons}
        known = {lecturer.key for lecturer in self.problem.lecturers}
        here = {tambon: tuple(key for key in team if key in known) for tambon, team in leaders.items()}
        return replace(plan, seats=seats, offices=offices, leaders=here)

    def _changes(self) -> Iterable[Change]:
        left, right = plans.places_of(self.left), plans.places_of(self.right)
        for key in self.people:
            if left[key] != right[key]:
                before, after = left[key], right[key]
                yield Change(key, before, after, *self._costs(key, before, after))

    def _costs(self, key: str, *places: Place | None) -> list[matching.CostParts | None]:
        person = self.people[key]
        seats = [self.costs.seat(person, place.slot) if place else None for place in places]
        offices = [
            self.costs.office(person, place.slot, self._offices[place.office])
            if place and place.office in self._offices
            else None
            for place in places
        ]
        return [*seats, *offices]

    def counts(self) -> dict[str, int]:
        """How many people differ by each of :data:`KINDS` and of :data:`WAYS`, and how many ``stay``."""
        kinds = {kind: sum(one.kind == kind for one in self.changes) for kind in KINDS}
        ways = {way: sum(one.way == way for one in self.changes) for way in WAYS}
        placed = sum(bool(seat) for seat in self.left.seats.values())
        return kinds | ways | {"stay": placed - len(self.changes) + kinds["begins"]}

    def totals(self) -> list[Total]:
        """The figures by which rules are compared, of both sides, by the rule in force."""
        figures = [
            rules.figures_of(self.problem, plan, self.problem.rule) for plan in (self.left, self.right)
        ]
        found = []
        for measure in rules.MEASURES:
            values = [measure.value(one) for one in figures]
            if any(value is not None for value in values):
                best = rules.best_of(measure, figures)
                name = words.measure_name(measure, figures[0])
                left, right = (words.value_said(measure, value) for value in values)
                found.append(Total(name, left, right, "left" if 0 in best else "right" if 1 in best else ""))
        return found

    def leaders(self) -> list[LeaderRow]:
        """The tambons whose leaders differ: two queries."""
        differ = {
            tambon: (set(team) - set(self.right.leaders[tambon]), set(self.right.leaders[tambon]) - set(team))
            for tambon, team in self.left.leaders.items()
            if set(team) != set(self.right.leaders[tambon])
        }
        keys = {int(key) for sides in differ.values() for side in sides for key in side}
        lecturers = Lecturer.objects.filter(pk__in=keys).select_related("person", "round").in_bulk()
        tambons = RoundTambon.objects.filter(round=self.round, tambon_id__in=differ).with_places()
        return [
            LeaderRow(
                tambon,
                *(
                    tuple(lecturers[int(key)] for key in sorted(side, key=int))
                    for side in differ[tambon.tambon_id]
                ),
            )
            for tambon in tambons.select_related("round")
        ]

    def fitting(self, filters: Filters) -> list[Change]:
        """The changes that fit, those who lose most first: one query at most."""
        named = self._named(filters.text) if filters.text else None
        found = [
            one
            for one in self.changes
            if (named is None or one.person in named)
            and (not filters.category or self.people[one.person].category == filters.category)
            and (not filters.kind or one.kind == filters.kind)
            and (not filters.way or one.way == filters.way)
            and (not filters.tambon or filters.tambon in _tambons(one))
        ]
        return sorted(found, key=lambda one: (-_loss(one), self.people[one.person].lottery))

    def _named(self, text: str) -> set[str]:
        number, key = digits.to_arabic(text).strip(), fold.fold(text)
        workers = Worker.objects.filter(round=self.round)
        named = workers.filter(person__search_key__contains=key) if key else workers.none()
        if number.isdecimal() and len(number) < 9:
            named = workers.filter(number=int(number)) | named
        return set(map(str, named.order_by().values_list("pk", flat=True)))

    def loader(self) -> Callable[[Sequence[Change]], list[Row]]:
        """What turns changes into rows with names: six queries."""

        def load(changes: Sequence[Change]) -> list[Row]:
            keys = [int(one.person) for one in changes]
            workers = (
                Worker.objects.filter(pk__in=keys).select_related("person", "category", "round").in_bulk()
            )
            names = _all_names(self.round)
            return [
                Row(
                    workers[int(one.person)],
                    one,
                    _shown(one.before, one.cost_before, one.office_before, names),
                    _shown(one.after, one.cost_after, one.office_after, names),
                )
                for one in changes
                if int(one.person) in workers
            ]

        return load

    def workbook(self, filters: Filters) -> tuple[bytes, str]:
        """Those who fit as a workbook, and its content type."""
        header = [
            _("Number"), _("Given name"), _("Surname"), _("Category"), _("Tambon before"), _("Work before"),
            _("Office before"), _("Wish before"), _("Kilometres before"), _("Inconvenience before"), _("Tambon after"),
            _("Work after"), _("Office after"), _("Wish after"), _("Kilometres after"),
            _("Inconvenience after"), _("Difference"),
        ]  # fmt: skip
        rows = (
            [
                row.worker.number, row.worker.person.given_name, row.worker.person.surname,
                row.worker.category.name, *_cells(row.before), *_cells(row.after), row.change.more,
            ]
            for row in self.loader()(self.fitting(filters))
        )  # fmt: skip
        return write.xlsx_bytes(header, rows, sheet=_("Comparison")), TYPES["xlsx"]


def _tambons(one: Change) -> set[str]:
    return {place.tambon for place in (one.before, one.after) if place}


def _loss(one: Change) -> int:
    """For the order: who loses the slot comes first, who gets one last."""
    if one.more is None:
        return 1_000_000 if one.after is None else -1_000_000
    return one.more


def _all_names(round: Round) -> Names:
    """Names of the round, offices that take no data managers any more among them."""
    names = names_of(round)
    offices = Participation.objects.filter(round=round).order_by()
    return replace(
        names, offices={str(pk): name for pk, name in offices.values_list("pk", "agency__name_th")}
    )


def _shown(
    place: Place | None,
    parts: matching.CostParts | None,
    office: matching.CostParts | None,
    names: Names,
) -> Shown | None:
    if place is None or parts is None:
        return None
    tambon = names.tambons.get(place.tambon)
    return Shown(
        tambon=tambon.tambon.full_name if tambon else place.tambon,
        workstream=names.workstreams.get(place.workstream, place.workstream),
        office=names.offices.get(place.office or "", ""),
        rank=None if parts.wish_rank is None else parts.wish_rank + 1,
        km=None if parts.km_assumed else parts.km,
        total=parts.total + (office.total if office else 0),
    )


def _cells(side: Shown | None) -> list[object]:
    if side is None:
        return [None] * 6
    return [side.tambon, side.workstream, side.office, side.rank, side.km, side.total]


def runs_to_compare(round: Round) -> Mapping[int, Run]:
    """The computed plans of the round by number, newest first, without what is large in them."""
    found = Run.objects.filter(round=round, variant="").exclude(computed_at=None).exclude(plan=None)
    return {run.number: run for run in found.defer("plan", "summary").select_related("policy")}
