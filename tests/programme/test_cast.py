from tests import given
from tests.cast import World
from u2t.people.models import Lecturer, Worker


def test_the_small_world_has_as_many_workers_as_slots_when_given_them(world: World) -> None:
    given.workers(world.round)
    given.lecturers(world.round, 6)
    assert Worker.objects.filter(round=world.round).count() == 15
    assert Lecturer.objects.filter(round=world.round).count() == 6
