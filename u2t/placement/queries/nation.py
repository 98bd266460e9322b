"""How far a simulated nation is."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from u2t.jobs.models import Job
from u2t.matching.nation import Tally, add_up
from u2t.placement.models import NationShare


@dataclass(frozen=True)
class State:
    """Shares in all and answered, and the jobs that were given up."""

    shares: int
    answered: int
    failed: tuple[str, ...]


@dataclass(frozen=True)
class Work:
    """What came out, and how it was shared: CPU seconds of the placing, and how many shares each worker did."""

    tally: Tally
    cpu_seconds: float
    workers: dict[str, int]
    attempts: int


def state(nation: UUID) -> State:
    """How far it is now."""
    shares = NationShare.objects.filter(nation=nation)
    failed = Job.objects.filter(subject__in=_names(nation)).exclude(failed_at=None)
    return State(
        shares=shares.count(),
        answered=shares.exclude(answered_at=None).count(),
        failed=tuple(str(job.pk) for job in failed),
    )


def work(nation: UUID) -> Work:
    """The whole, once every share is answered."""
    tallies = list(
        NationShare.objects.filter(nation=nation).order_by("first").values_list("tally", flat=True)
    )
    workers: dict[str, int] = {}
    for tally in tallies:
        workers[tally["worker"]] = workers.get(tally["worker"], 0) + 1
    attempts = Job.objects.filter(subject__in=_names(nation)).values_list("attempts", flat=True)
    return Work(
        tally=add_up(Tally.from_json(tally["figures"]) for tally in tallies),
        cpu_seconds=sum(tally["cpu_seconds"] for tally in tallies),
        workers=workers,
        attempts=sum(attempts),
    )


def _names(nation: UUID) -> list[str]:
    return [
        f"placement.NationShare:{pk}"
        for pk in NationShare.objects.filter(nation=nation).values_list("pk", flat=True)
    ]
