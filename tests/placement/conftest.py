"""What tests of placement take as given."""

from __future__ import annotations

import pytest

from tests import cast, given, remembered
from tests.factories import NOW
from u2t.placement import actions
from u2t.placement.models import Run


@pytest.fixture
def full(world: cast.World) -> cast.World:
    """The small world with as many people as slots and six lecturers; nothing is placed."""

    def make() -> None:
        given.workers(world.round)
        given.lecturers(world.round, 6)

    remembered.once("full", make, world.round.pk)
    return world


@pytest.fixture
def planned(full: cast.World) -> Run:
    """A computed plan that nobody has adopted."""

    def make() -> Run:
        run = actions.begin_run(round=full.round, by=full.office, at=NOW)
        return actions.compute(run=run, by=full.office, at=NOW)

    return remembered.once("planned", make, full.round.pk)


@pytest.fixture
def placed(full: cast.World, planned: Run) -> cast.World:
    """The small world with its plan adopted."""
    remembered.once("placed", lambda: actions.adopt(run=planned, by=full.office, at=NOW), planned.pk)
    planned.refresh_from_db()
    return full
