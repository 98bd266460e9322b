"""Whatever stands in an address, a page answers: nothing typed there breaks it on either database.

The test client raises what a view raises, so asking is the assertion.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any
from uuid import UUID

import pytest
from django.conf import settings
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from tests import recruiting
from tests.cast import CITY, World, client_of
from u2t.handover.models import Handover

HOSTILE = ("9" * 30, '"><script>')
# What no page may take for a number, nor hand on to a database that knows no such character.
STRANGE = () if settings.DATABASES["default"]["ENGINE"].endswith("sqlite3") else ("\x00ก", "፩")
PARAMETERS = (
    "q", "page", "size", "round", "next", "category", "workstream", "province", "placed", "state", "dimension",
    "leading", "role", "kind", "wish", "tambon", "show", "district", "year", "what", "other", "office", "group",
    "leaves", "comes", "handover", "scope", "a", "b", "area", "back", "from", "left", "move", "moved", "moves", "open",
    "run", "troubled", "way",
)  # fmt: skip


def names(resolver: Any = None, space: str = "") -> Iterator[tuple[str, dict[str, Any]]]:
    """Every named address with the kinds of its arguments."""
    for pattern in (resolver or get_resolver()).url_patterns:
        if isinstance(pattern, URLResolver):
            yield from names(pattern, pattern.namespace or space)
        elif isinstance(pattern, URLPattern) and pattern.name:
            yield f"{space}:{pattern.name}", dict(pattern.pattern.converters)


@pytest.fixture
def given_arguments(placed: World) -> dict[str, Any]:
    handover = Handover.objects.filter(round=placed.round).first()
    assert handover is not None
    call = recruiting.call(placed.round)
    recruiting.application(call, 1, choices=(CITY,), score=80_000, passed=True, id=handover.pk)
    return {
        "call": call.number, "step": "person",
        "round_code": placed.round.code, "institution_code": placed.institution.code, "number": 1,
        "pk": handover.pk, "tambon_code": CITY, "kind": "team", "verb": "date", "form": "csv",
    }  # fmt: skip


def _something(kind: Any) -> Any:
    """An argument of which nothing is known but its kind; where there is no such thing the page says so."""
    return {"IntConverter": 1, "UUIDConverter": UUID(int=1)}.get(type(kind).__name__, "x")


def addresses(given: dict[str, Any]) -> Iterator[str]:
    for name, converters in names():
        if "job_id" in converters or name == "pages:gallery":
            continue
        wanted = {key: given.get(key, _something(kind)) for key, kind in converters.items()}
        if "template" in name or name in ("placement:table", "placement:study_table"):
            continue
        yield reverse(name, kwargs=wanted)


def test_no_page_breaks_whatever_is_typed_into_its_address(
    placed: World, given_arguments: dict[str, Any]
) -> None:
    office, visitor = client_of(placed.office), Client()
    asked = 0
    for address in addresses(given_arguments):
        for value in (*HOSTILE, *STRANGE):
            answer = office.get(address, dict.fromkeys(PARAMETERS, value))
            asked += 1
            assert answer.streaming or b'"><script>' not in answer.content, address
            if answer.status_code in (403, 404, 405):
                break  # whoever is refused is refused whatever stands behind the question mark
        visitor.get(address, dict.fromkeys(PARAMETERS, "\x00"))
    assert asked > 100


def test_a_log_in_leads_on_to_addresses_only_never_to_the_name_of_a_view(world: World) -> None:
    client, log_in = client_of(world.office), reverse("people:log_in")
    for odd in ("²", "home:front", "//evil.example/", "https://evil.example/", "javascript:alert(1)"):
        assert client.get(log_in, {"next": odd})["Location"] == reverse("home:mine")
    assert client.get(log_in, {"next": "/search?q=1"})["Location"] == "/search?q=1"


def test_a_posted_code_that_is_none_is_refused_in_words(world: World) -> None:
    for verb in ("add_tambon", "remove_tambon"):
        answer = client_of(world.office).post(
            reverse(f"programme:{verb}", args=[world.round.code]), {"code": "63\x00019x"}
        )
        assert "63019x" in answer.content.decode()
    assert world.round.tambons.count() == 3


def test_a_bulk_action_may_name_as_many_handovers_as_a_country_has(world: World) -> None:
    url = reverse("handover:bulk", args=[world.round.code, "done"])
    answer = client_of(world.office).post(url, {"handover": [str(10**9 + n) for n in range(7_000)]})
    assert "ยังไม่ได้เลือกรายการ" in answer.content.decode()


def test_an_emblem_whose_file_was_lost_is_not_found(world: World) -> None:
    world.institution.__class__.objects.filter(pk=world.institution.pk).update(emblem="emblems/lost.png")
    assert Client().get(reverse("programme:emblem", args=[world.institution.code])).status_code == 404
