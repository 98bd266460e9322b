"""Where everybody stands in orientation; also what later stages ask before they send somebody out."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from u2t.orientation.models import Certificate, Scan, TestResult
from u2t.orientation.queries import attendance, passes
from u2t.orientation.rules import attendance as sighted
from u2t.orientation.rules import completion as rules
from u2t.orientation.rules.completion import Completion
from u2t.pages import words
from u2t.people.models import Worker
from u2t.programme.models import Category, Round
from u2t.sheets import write


def of_round(round: Round, now: datetime) -> dict[int, Completion]:
    """Where everybody who works in the round stands, by key of the worker; nine queries.

    Nobody is in it where the round has planned neither required sessions nor a test: unknown is not lacking.
    """
    workers = Worker.objects.current().filter(round=round).order_by().values_list("pk", flat=True)
    return _completions(round, list(workers), now, Scan.objects.filter(session__round=round))


def of_workers(round: Round, workers: Collection[int], now: datetime) -> dict[int, Completion]:
    """The same for some workers of the round, for lists that show a page of them."""
    scans = Scan.objects.filter(session__round=round, worker__in=workers)
    return _completions(round, workers, now, scans) if workers else {}


def of_worker(worker: Worker, now: datetime) -> Completion | None:
    """Where one worker stands; ``None`` where nothing is asked."""
    return of_workers(worker.round, [worker.pk], now).get(worker.pk)


def _completions(
    round: Round, workers: Collection[int], now: datetime, scans: QuerySet[Scan]
) -> dict[int, Completion]:
    required = {s.pk: s for s in round.sessions.filter(is_required=True).prefetch_related("groups")}
    plan = attendance.plan_of(round)
    certified = set(
        Certificate.objects.filter(worker__round=round, revoked_at=None).values_list("worker_id", flat=True)
    )
    if not required and plan.test_percent is None and not certified:
        return {}
    sittings = attendance.sittings_of(round, required.values())
    groups = attendance.group_of(round)
    seen = attendance.sightings(scans.filter(session__in=list(required)))
    minutes: dict[int, dict[int, int]] = defaultdict(dict)
    for (worker, session), one in sighted.derive(seen, sittings, groups).items():
        minutes[worker][session] = one.minutes
    results: dict[int, list[tuple[int, int]]] = defaultdict(list)
    tests = TestResult.objects.filter(worker__in=workers) if len(workers) < 200 else TestResult.objects
    rows = tests.filter(worker__round=round).order_by()
    for worker, points, most in rows.values_list("worker_id", "points", "max_points"):
        results[worker].append((points, most))
    demand = rules.Demand(plan.percent_of_hours, plan.test_percent)
    found = {
        worker: rules.completion(
            list(sittings.values()),
            groups.get(worker),
            minutes.get(worker, {}),
            demand,
            results.get(worker, ()),
            now=now,
            has_certificate=worker in certified,
        )
        for worker in workers
    }
    return {worker: one for worker, one in found.items() if one is not None}


@dataclass(frozen=True)
class Line:
    """One worker on the list of completion; ``completion`` is ``None`` where nothing is asked."""

    worker: Worker
    completion: Completion | None
    certificate: Certificate | None


def lines(workers: Collection[Worker], standing: Mapping[int, Completion]) -> list[Line]:
    """The workers of one page with where they stand and their certificate in force."""
    keys = [worker.pk for worker in workers]
    rows = Certificate.objects.filter(worker__in=keys, revoked_at=None)
    certificates = {row.worker_id: row for row in rows}
    return [Line(w, standing.get(w.pk), certificates.get(w.pk)) for w in workers]


def counts(standing: Mapping[int, Completion]) -> dict[str, int]:
    """How many stand where, every state named."""
    found = dict.fromkeys(rules.STATES, 0)
    for one in standing.values():
        found[one.state] += 1
    return found


def workers(
    round: Round,
    standing: Mapping[int, Completion],
    *,
    text: str = "",
    tambon: str = "",
    state: str = "",
    category: str = "",
) -> QuerySet[Worker]:
    """People of the round by number, narrowed to a state among others."""
    found = passes.workers(round, text=text, tambon=tambon)
    if category:
        found = found.filter(category__code=category)
    if state:
        found = found.filter(pk__in=[key for key, one in standing.items() if one.state == state])
    return found


def categories_of(round: Round) -> list[Category]:
    return list(Category.objects.filter(round=round).order_by("position"))


def workbook(round: Round, standing: Mapping[int, Completion]) -> bytes:
    """Everybody with hours, test and what is lacking, as XLSX."""
    heads = [
        _("No."), _("Name"), _("Category"), _("Tambon"), _("Hours attended"), _("Hours required"),
        _("Test (percent)"), _("Certificate"), _("Lacks"),
    ]  # fmt: skip
    found = list(passes.workers(round))
    rows = [_row(line) for line in lines(found, standing)]
    return write.xlsx_bytes(heads, rows, sheet=_("Completion"), widths=[8, 30, 18, 40, 12, 12, 12, 14, 60])


def _row(line: Line) -> list[object]:
    one, place = line.completion, attendance.place_of(line.worker)
    known: list[object] = ["", "", "", ""]
    if one is not None:
        lacks = "; ".join(words.say(o) for o in one.lacks)
        known = [rules.hours(one.attended), rules.hours(one.needed), _percent(one.best_percent), lacks]
    return [
        line.worker.number,
        line.worker.person.full_name,
        line.worker.category.name,
        place.full_name if place else "",
        *known[:3],
        str(line.certificate or ""),
        known[3],
    ]


def _percent(value: int | None) -> object:
    return "" if value is None else value
