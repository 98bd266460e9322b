"""What a test takes as given, in sentences; every stage adds its own below.

def test_...(world):
    given.workers(world.round)
    given.lecturers(world.round, 6)
"""

from __future__ import annotations

from itertools import cycle

from tests import factories
from u2t.people.models import Lecturer, Worker
from u2t.placement import actions as placement
from u2t.placement.models import Run
from u2t.programme.models import Quota, Round


def workers(round: Round, count: int | None = None) -> list[Worker]:
    """Workers until the round has ``count`` of them, or exactly as many as slots, category by category.

    Each wishes for two tambons. Those who are there already count.
    """
    slots = {
        category: sum(q.per_tambon for q in Quota.objects.filter(category=category)) * round.tambons.count()
        for category in round.categories.all()
    }
    lacking = [
        category.code
        for category, number in slots.items()
        for _ in range(number - Worker.objects.filter(round=round, category=category).count())
    ]
    if count is not None:
        wanted = max(count - Worker.objects.filter(round=round).count(), 0)
        more = cycle(sorted(lacking) or [category.code for category in slots])
        lacking = [next(more) for _ in range(wanted)]
    codes = sorted(target.tambon_id for target in round.tambons.all())
    return [
        factories.worker(
            round, code, wishes=(codes[i % len(codes)], codes[(i + 1) % len(codes)])[: len(codes)]
        )
        for i, code in enumerate(lacking)
    ]


def lecturers(round: Round, count: int) -> list[Lecturer]:
    """Lecturers until the round has ``count`` of them."""
    there = Lecturer.objects.filter(round=round).count()
    return [factories.lecturer(round, number) for number in range(there + 1, count + 1)]


def placed(round: Round) -> Run:
    """As many people as slots, two lecturers a tambon, and their plan computed and adopted."""
    workers(round)
    lecturers(round, round.tambons.count() * round.leaders_per_tambon)
    run = placement.begin_run(round=round, by=None, at=factories.NOW)
    placement.compute(run=run, by=None, at=factories.NOW)
    return placement.adopt(run=run, by=None, at=factories.NOW)
