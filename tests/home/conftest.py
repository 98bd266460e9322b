"""A small world whose people are placed and whose handovers are planned."""

from __future__ import annotations

import pytest

from tests import given, remembered
from tests.cast import World
from tests.factories import NOW
from u2t.handover.actions import planning
from u2t.placement.actions import plans
from u2t.programme.actions import rounds


@pytest.fixture
def placed(world: World) -> World:
    """Everybody placed by an adopted plan, handovers planned, the round announced."""

    def make() -> None:
        given.workers(world.round)
        given.lecturers(world.round, 6)
        run = plans.begin_run(round=world.round, by=world.office, at=NOW)
        run = plans.compute(run=run, by=world.office, at=NOW)
        plans.adopt(run=run, by=world.office, at=run.computed_at)
        planning.plan_handovers(round=world.round, by=world.office, at=NOW)
        rounds.announce_round(round=world.round, by=world.office, at=NOW)

    remembered.once("announced", make, world.round.pk)
    world.round.refresh_from_db()
    return world
