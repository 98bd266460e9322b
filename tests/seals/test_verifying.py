"""Anybody verifies a paper: by its code, by its number, and in a browser without a network."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date, timedelta
from typing import Any

import pytest
from django.core.management import call_command
from django.test import Client
from django.urls import reverse

from tests import browser as browsing
from tests.factories import NOW
from u2t.audit.models import Event
from u2t.objections import Refused
from u2t.seals import actions, kinds, queries, rules
from u2t.seals.models import Key

SAID: dict[str, Any] = {
    "kind": "test-paper",
    "issuer": "tst",
    "number": "7/2564",
    "dated_on": date(2021, 2, 3),
    "name": "นายสมชาย ใจดี",
    "content": {"text": "ผ่านการปฐมนิเทศ"},
}


@pytest.fixture
def register() -> Iterator[dict[str, kinds.Standing]]:
    """A register of papers that a test fills by number."""
    papers: dict[str, kinds.Standing] = {}
    kinds.let_look_up("test-paper", "กระดาษทดสอบ", lambda issuer, number: papers.get(number))
    yield papers
    kinds._kinds.pop("test-paper")


@pytest.fixture
def data_folder(tmp_path: Any, settings: Any) -> Any:
    """A key of the test's own, which it may replace."""
    settings.DATA_DIR = tmp_path
    (tmp_path / "seal.key").write_text("ab" * 32)
    return tmp_path


def listed(seal_of: dict[str, Any] = SAID, **changed: Any) -> kinds.Standing:
    values = {
        "dated_on": seal_of["dated_on"],
        "name": seal_of["name"],
        "digest": rules.digest_of(seal_of["content"]),
    }
    return kinds.Standing(**{**values, **changed})


def shown(seal: str) -> str:
    return Client().get(reverse("seals:verify"), {"s": seal}).content.decode()


@pytest.mark.django_db
def test_a_genuine_paper_in_force_is_said_to_be_so_with_its_name(register: dict[str, kinds.Standing]) -> None:
    register["7/2564"] = listed()
    html = shown(actions.seal(**SAID, at=NOW))
    assert 'data-state="ok"' in html
    assert "สมชาย" in html
    assert "กระดาษทดสอบ" in html


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("changed", "state"),
    [
        ({"revoked_at": NOW + timedelta(days=1)}, "revoked"),
        ({"digest": b"another paper..."}, "differs"),
        (None, "unlisted"),
    ],
)
def test_the_register_has_the_last_word(
    register: dict[str, kinds.Standing], changed: dict[str, Any] | None, state: str
) -> None:
    if changed is not None:
        register["7/2564"] = listed(**changed)
    assert f'data-state="{state}"' in shown(actions.seal(**SAID, at=NOW))


@pytest.mark.django_db
def test_a_demo_key_is_said_on_every_verification(
    register: dict[str, kinds.Standing], data_folder: Any
) -> None:
    register["7/2564"] = listed()
    assert "ไม่มีผู้รับผิดชอบเอกสารนี้" in shown(actions.seal(**SAID, at=NOW))
    actions.rotate(at=NOW)
    assert "ไม่มีผู้รับผิดชอบเอกสารนี้" not in shown(actions.seal(**SAID, at=NOW))


@pytest.mark.django_db
def test_a_new_key_leaves_old_papers_good_and_publishes_both(
    register: dict[str, kinds.Standing], data_folder: Any
) -> None:
    register["7/2564"] = listed()
    before = actions.seal(**SAID, at=NOW)
    call_command("rotate_seal_key")
    after = actions.seal(**SAID, at=NOW)
    assert [queries.verdict(seal).state for seal in (before, after)] == ["ok", "ok"]
    published = Client().get(reverse("seals:keys")).json()["keys"]
    assert [(key["is_demo"], key["retired_on"] is None) for key in published] == [
        (True, False),
        (False, True),
    ]
    assert Event.objects.filter(verb="seals.key_published").count() == 2


@pytest.mark.django_db
def test_a_key_that_the_environment_gives_is_not_replaced_in_the_folder(
    settings: Any, data_folder: Any
) -> None:
    settings.SEAL_KEY_IS_GIVEN, settings.SEAL_KEY = True, bytes(range(32))
    assert not Key.objects.get(pk=actions_key()).is_demo
    with pytest.raises(Refused, match="key_is_given"):
        actions.rotate(at=NOW)
    assert (data_folder / "seal.key").read_text() == "ab" * 32


def actions_key() -> int:
    actions.seal(**SAID, at=NOW)
    return Key.objects.get(retired_at=None).pk


@pytest.mark.django_db
def test_by_its_number_a_paper_is_told_without_the_name(register: dict[str, kinds.Standing]) -> None:
    register["7/2564"] = listed()
    kinds.let_name_issuers(lambda: {"tst": "มหาวิทยาลัยทดสอบ"})
    asked = {"kind": "test-paper", "issuer": "tst", "number": "๗/๒๕๖๔"}
    html = Client().get(reverse("seals:verify"), asked).content.decode()
    kinds._issuers.pop()
    assert 'data-state="ok"' in html
    assert "สมชาย" not in html


@pytest.mark.browser
@pytest.mark.django_db(transaction=True)
def test_a_phone_without_network_verifies_and_notices_a_changed_character(
    open_page: Callable[..., Any], register: dict[str, kinds.Standing]
) -> None:
    seal = actions.seal(**SAID, at=NOW)
    phone = open_page("phone")
    phone.goto(reverse("seals:offline"))
    phone.locator("[data-kept]").wait_for()
    phone.context.set_offline(True)
    phone.goto(f"{reverse('seals:verify')}?s={seal}")
    phone.locator('#verdict[data-state="offline"]').wait_for()
    browsing.assert_accessible(phone)
    browsing.assert_fits(phone)
    facts = phone.locator("#facts").inner_text()
    assert [part in facts for part in ("นายสมชาย ใจดี", "7/2564", "3 กุมภาพันธ์ 2564")] == [True] * 3
    middle = len(seal) // 2
    other = "A" if seal[middle] != "A" else "B"
    phone.fill("#s", seal[:middle] + other + seal[middle + 1 :])
    phone.get_by_role("button").click()
    phone.locator('#verdict[data-state="forged"], #verdict[data-state="unreadable"]').wait_for()
    assert phone.locator("#facts").is_hidden()


@pytest.mark.browser
@pytest.mark.django_db(transaction=True)
def test_a_browser_without_ed25519_verifies_by_our_own_arithmetic(
    open_page: Callable[..., Any], live_server: Any
) -> None:
    seals = [actions.seal(**{**SAID, "number": f"{n}/2564"}, at=NOW) for n in range(3)]
    keys = [{"code": key.code, "public_key": key.public_key} for key in queries.published()]
    page = open_page("desktop")
    page.goto(reverse("seals:offline"))
    found = page.evaluate(
        """async ([keys, seals]) => {
            const { read, verifiedByHand } = await import("/static/seals/verify.js");
            const changed = (seal) => seal.slice(0, 60) + (seal[60] === "A" ? "B" : "A") + seal.slice(61);
            const faults = async (seal) => [(await read(seal, keys, verifiedByHand)).fault,
              (await read(changed(seal), keys, verifiedByHand)).fault === (await read(changed(seal), keys)).fault,
              (await read(changed(seal), keys, verifiedByHand)).fault !== ""];
            return Promise.all(seals.map(faults));
        }""",
        [keys, seals],
    )
    assert found == [["", True, True]] * 3
