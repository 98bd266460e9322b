"""What a plan cannot do, named with what would help: places that nobody can fill, people whom nobody can take."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from django.urls import reverse

from u2t import matching
from u2t.objections import Objection
from u2t.people.models import Worker
from u2t.placement.models import Run
from u2t.placement.queries import stated
from u2t.placement.queries.problem import problem_for
from u2t.placement.queries.runs import adopted_run
from u2t.placement.queries.shown import Unfilled, unfilled
from u2t.programme.models import Category, Round, RoundTambon

MOST_NAMES = 50
"""People are named up to so many; the others are counted."""


@dataclass(frozen=True)
class Remedy:
    """Something that would help, worded in ``placement.words`` under ``objection``, and where it is done."""

    objection: Objection
    url: str


@dataclass(frozen=True)
class Short:
    """Slots of a category in these tambons that stay empty whatever is decided."""

    category: Category
    tambons: tuple[RoundTambon, ...]
    places: int
    people: int
    short: int
    remedies: tuple[Remedy, ...]


@dataclass(frozen=True)
class Surplus:
    """People of a category for whom these tambons have too few slots; ``named`` are the first of ``people``."""

    category: Category
    tambons: tuple[RoundTambon, ...]
    is_everywhere: bool
    places: int
    people: int
    over: int
    named: tuple[Worker, ...]
    remedies: tuple[Remedy, ...]


@dataclass(frozen=True)
class Stranded:
    """Somebody whom no tambon can take; ``km`` is the way to the nearest with slots, ``None`` where none has any."""

    worker: Worker
    km: int | None


@dataclass(frozen=True)
class Scarcity:
    """Everything at once. ``empty`` are the slots that the plan in force left empty, when it was adopted."""

    max_km: int | None
    contradictions: tuple[Objection, ...]
    shortages: tuple[Short, ...]
    surpluses: tuple[Surplus, ...]
    stranded: tuple[Stranded, ...]
    unknown_homes: tuple[Worker, ...]
    outside_homes: tuple[Worker, ...]
    run: Run | None
    empty: tuple[Unfilled, ...]
    empty_slots: int

    @property
    def any(self) -> bool:
        return any((self.contradictions, self.shortages, self.surpluses, self.stranded, self.empty))


def scarcity_of(round: Round) -> Scarcity:
    """About twenty-five queries, however many people."""
    problem = problem_for(round)
    names = _Names(round, problem)
    run = adopted_run(round)
    empty = unfilled(round, run.summary) if run and run.summary else []
    surplus = matching.surpluses(problem)
    provinces = {tambon[:2] for tambon in problem.tambons}
    return Scarcity(
        max_km=problem.rule.max_km,
        contradictions=stated.objections(round, matching.objections(problem)) if problem.candidates else (),
        shortages=tuple(_short(one, bool(surplus), names) for one in matching.shortages(problem)),
        surpluses=tuple(_surplus(one, names) for one in surplus),
        stranded=tuple(
            Stranded(worker, one.km)
            for one in matching.stranded(problem)
            if (worker := names.worker(one.person)) is not None
        ),
        unknown_homes=names.people_with(lambda home: home is None),
        outside_homes=names.people_with(lambda home: home is not None and home[:2] not in provinces),
        run=run,
        empty=tuple(empty),
        empty_slots=sum(one.missing for one in empty),
    )


class _Names:
    """Rows by the engine's keys."""

    def __init__(self, round: Round, problem: matching.Problem) -> None:
        self.round, self.problem = round, problem
        self.tambons = {t.tambon_id: t for t in RoundTambon.objects.filter(round=round).with_places()}
        self.categories = {category.code: category for category in Category.objects.filter(round=round)}
        workers = Worker.objects.current().filter(round=round).select_related("person", "category", "round")
        self._workers = {str(worker.pk): worker for worker in workers.order_by("number")}
        self.held = Counter(person.category for person in problem.candidates if person.lock)

    def worker(self, key: str) -> Worker | None:
        return self._workers.get(key)

    def workers(self, keys: Iterable[str]) -> tuple[Worker, ...]:
        found = [self._workers[key] for key in keys if key in self._workers]
        return tuple(sorted(found, key=lambda worker: worker.number))

    def people_with(self, is_so: Callable[[str | None], bool]) -> tuple[Worker, ...]:
        """Those whose home is so, by number."""
        return self.workers(person.key for person in self.problem.candidates if is_so(person.home))

    def places(self, codes: Iterable[str]) -> tuple[RoundTambon, ...]:
        return tuple(self.tambons[code] for code in codes)


def _short(one: matching.Shortage, has_surplus: bool, names: _Names) -> Short:
    code = names.round.code
    found = [
        Remedy(
            Objection("placement.remedy_call", {"count": one.short_anyway or one.short}),
            reverse("home:vacancies", args=[code]),
        )
    ]
    if one.needed_km is not None:
        about = {"km": one.needed_km, "people": one.in_reach, "most": names.problem.rule.max_km}
        found.insert(
            0,
            Remedy(Objection("placement.remedy_farther", about), reverse("placement:policies", args=[code])),
        )
    if has_surplus:
        found.append(Remedy(Objection("placement.remedy_quota"), reverse("programme:round", args=[code])))
    held = names.held[one.category]
    # Where people are too few everywhere, pinned ones are not in the way.
    if held and len(one.tambons) < len(names.problem.tambons):
        address = f"{reverse('placement:holds', args=[code])}?category={one.category}"
        found.append(Remedy(Objection("placement.remedy_release", {"count": held}), address))
    return Short(
        names.categories[one.category],
        names.places(one.tambons),
        one.places,
        one.people,
        one.short,
        tuple(found),
    )


def _surplus(one: matching.Surplus, names: _Names) -> Surplus:
    code = names.round.code
    is_everywhere = len(one.tambons) == len(names.problem.tambons)
    found = [Remedy(Objection("placement.remedy_more_slots"), reverse("programme:round", args=[code]))]
    if names.problem.rule.max_km is not None and not is_everywhere:
        found.append(Remedy(Objection("placement.remedy_limit"), reverse("placement:policies", args=[code])))
    people = names.workers(one.people)
    return Surplus(
        names.categories[one.category],
        names.places(one.tambons),
        is_everywhere,
        one.places,
        len(people),
        one.over,
        people[:MOST_NAMES],
        tuple(found),
    )
