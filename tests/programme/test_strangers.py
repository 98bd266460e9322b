"""Who has no duty sees and changes nothing; a visitor is asked to log in."""

from __future__ import annotations

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse

from tests.cast import NOW, World, client_of
from u2t.programme.actions import rounds, targets

SHOWN = ("programme:rounds", "programme:open", "programme:round", "programme:change", "programme:orientation")
CHANGED = ("programme:announce", "programme:withdraw", "programme:add_tambon", "programme:remove_tambon")


def address(name: str, world: World) -> str:
    if name in ("programme:rounds", "programme:open"):
        return reverse(name)
    if name in ("programme:institution", "programme:set_emblem", "programme:remove_emblem"):
        return reverse(name, args=[world.institution.code])
    return reverse(name, args=[world.round.code])


@pytest.mark.parametrize("name", [*SHOWN, "programme:tambons", "programme:institution"])
def test_a_stranger_is_refused_and_a_visitor_asked_to_log_in(world: World, name: str) -> None:
    url = address(name, world)
    assert client_of(world.office).get(url).status_code == 200
    for account in (world.stranger, world.worker):
        assert client_of(account).get(url).status_code == 403
    assert client_of(None).get(url).headers["Location"].startswith(reverse("people:log_in"))


@pytest.mark.parametrize(
    "name",
    [
        *CHANGED,
        "programme:change",
        "programme:orientation",
        "programme:set_emblem",
        "programme:remove_emblem",
    ],
)
def test_a_stranger_and_an_executive_change_nothing(world: World, name: str) -> None:
    url = address(name, world)
    for account in (world.stranger, world.executive):
        assert client_of(account).post(url, {"code": "630102"}).status_code == 403
    world.round.refresh_from_db()
    assert not world.round.is_announced
    assert world.round.tambons.count() == 3


def test_the_office_of_another_institution_is_a_stranger(world: World) -> None:
    from tests import cast

    other = cast.world(code="OTH-2564")
    assert client_of(other.office).get(world.round.get_absolute_url()).status_code == 403
    with pytest.raises(PermissionDenied):
        rounds.announce_round(round=world.round, by=other.office, at=NOW)
    with pytest.raises(PermissionDenied):
        targets.add_tambon(round=world.round, code="630102", by=other.office, at=NOW)
