"""The small world with everybody in a slot: what handover begins from."""

from __future__ import annotations

import pytest

from tests import cast, given, remembered
from tests.factories import NOW
from u2t.people.models import Worker
from u2t.placement.models import Engagement, Leadership
from u2t.programme.models import Quota


@pytest.fixture
def placed(world: cast.World) -> cast.World:
    """Fifteen workers in fifteen slots, a lecturer for each tambon, the first data agency with the data managers."""
    remembered.once("in slots", lambda: put_everybody_into_slots(world), world.round.pk)
    return world


@pytest.fixture(autouse=True)
def _files_of_its_own(tmp_path, settings) -> None:  # type: ignore[no-untyped-def]
    settings.MEDIA_ROOT = tmp_path / "files"


def put_everybody_into_slots(world: cast.World) -> None:
    """Placement's outcome as rows: these tests begin where placement ends."""
    given.workers(world.round)
    lecturers = [world.lecturer, *given.lecturers(world.round, 3)]
    waiting = {
        category.pk: list(Worker.objects.filter(round=world.round, category=category).order_by("number"))
        for category in world.round.categories.all()
    }
    for tambon, lecturer in zip(world.tambons.values(), lecturers, strict=True):
        Leadership.objects.create(lecturer=lecturer, tambon=tambon, begun_at=NOW)
        for quota in Quota.objects.filter(category__round=world.round).select_related("workstream"):
            for _ in range(quota.per_tambon):
                Engagement.objects.create(
                    worker=waiting[quota.category_id].pop(0),
                    tambon=tambon,
                    category_id=quota.category_id,
                    workstream=quota.workstream,
                    office=world.data_agencies[0] if quota.workstream.to_office else None,
                    begun_at=NOW,
                )
