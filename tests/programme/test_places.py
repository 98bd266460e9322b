"""Places come from the department's tables; a round takes tambons one by one."""

from __future__ import annotations

import struct
import zlib
from decimal import Decimal

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from tests import factories
from tests.cast import (
    CITY,
    NONG_LUANG_KPP,
    NONG_LUANG_TAK,
    NOW,
    World,
    account_of,
    client_of,
    places_are_there,
)
from u2t.objections import Refused
from u2t.pages import words
from u2t.programme.actions import institutions, places, targets
from u2t.programme.models import District, Duty, Province, RoundTambon, Tambon


def test_loading_places_twice_adds_nothing_and_keeps_entered_positions(db: None) -> None:
    first = places.load_places(at=NOW, provinces={"62"})
    Tambon.objects.filter(code=CITY).update(latitude=Decimal("16.47"), name_th="ผิด")
    assert places.load_places(at=NOW, provinces={"62"}) == first
    stored = Tambon.objects.get(code=CITY)
    assert (stored.name_th, stored.latitude) == ("ในเมือง", Decimal("16.47"))
    assert (Province.objects.count(), District.objects.count(), Tambon.objects.count()) == first


@pytest.mark.parametrize(
    ("typed", "codes"),
    [
        ("หนองหลวง", {"620703", "630102", "630802"}),
        ("ต.หนองหลวง อ.ลานกระบือ", {"620703"}),
        ("ตำบล หนองหลวง อำเภออุ้มผาง จังหวัดตาก", {"630802"}),
        ("๖๒๐๗๐๓", {"620703"}),
        ("nong luang", {"620703", "630102", "630802"}),
        ("หนอง หลวง ลานกระบือ", {"620703"}),
    ],
)
def test_a_tambon_is_found_however_it_is_written(db: None, typed: str, codes: set[str]) -> None:
    places_are_there()
    assert set(Tambon.objects.matching(typed).values_list("code", flat=True)) == codes


def test_the_office_finds_and_adds_a_tambon_and_takes_it_out_again(world: World) -> None:
    client, url = client_of(world.office), reverse("programme:tambons", args=[world.round.code])
    page = client.get(url, {"q": "หนองหลวง"})
    assert [tambon.code for tambon in page.context["found"]] == ["630102"]

    client.post(reverse("programme:add_tambon", args=[world.round.code]), {"code": "630102", "q": "หนองหลวง"})
    assert RoundTambon.objects.filter(round=world.round, tambon_id="630102").exists()
    client.post(reverse("programme:remove_tambon", args=[world.round.code]), {"code": "630102"})
    assert not RoundTambon.objects.filter(round=world.round, tambon_id="630102").exists()


def test_a_tambon_that_somebody_wished_for_stays(world: World) -> None:
    answer = client_of(world.office).post(
        reverse("programme:remove_tambon", args=[world.round.code]),
        {"code": CITY},
        headers={"accept-language": "en"},
    )
    assert "can&#x27;t leave the round" in answer.content.decode()
    assert RoundTambon.objects.filter(round=world.round, tambon_id=CITY).exists()
    targets.remove_tambon(round=world.round, code=NONG_LUANG_TAK, by=world.office, at=NOW)


@pytest.mark.parametrize(
    ("action", "code", "reason"),
    [
        (targets.add_tambon, "999999", "programme.tambon_unknown"),
        (targets.add_tambon, NONG_LUANG_KPP, "programme.tambon_already_in_round"),
        (targets.remove_tambon, "630102", "programme.tambon_not_in_round"),
    ],
)
def test_adding_and_removing_say_what_stands_in_the_way(
    world: World, action: object, code: str, reason: str
) -> None:
    with pytest.raises(Refused) as refused:
        action(round=world.round, code=code, by=world.office, at=NOW)  # type: ignore[operator]
    assert [o.code for o in refused.value.objections] == [reason]
    assert code in words.say(refused.value.objections[0]) or "หนองหลวง" in words.say(
        refused.value.objections[0]
    )


def png(width: int = 2, height: int = 2, *, packed: bytes | None = None) -> bytes:
    """A small grey picture, or one with other packed pixels."""

    def chunk(name: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))

    header = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    rows = zlib.compress(b"".join(b"\0" + b"\x80" * width for _ in range(height)))
    return (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", header)
        + chunk(b"IDAT", rows if packed is None else packed)
        + chunk(b"IEND", b"")
    )


def test_the_office_keeps_letter_data_and_an_emblem(world: World, settings: object, tmp_path: object) -> None:
    settings.MEDIA_ROOT = tmp_path  # type: ignore[attr-defined]
    client, code = client_of(world.office), world.institution.code
    url = reverse("programme:institution", args=[code])
    form = client.get(url).context["form"]
    filled = {bound.html_name: str(bound.value() or "") for bound in form} | {
        "signer_name_th": "ดร.ใหม่ ทดสอบ"
    }
    client.post(url, filled)
    world.institution.refresh_from_db()
    assert (world.institution.signer_name_th, world.institution.home_district_id) == ("ดร.ใหม่ ทดสอบ", "6201")
    assert "9999" in client.post(url, filled | {"home_district": "9999"}).content.decode()

    keep = reverse("programme:set_emblem", args=[code])
    client.post(keep, {"emblem": SimpleUploadedFile("emblem.png", png())})
    picture = client.get(reverse("programme:emblem", args=[code]))
    assert b"".join(picture.streaming_content) == png()  # type: ignore[attr-defined]
    client.post(keep, {})
    world.institution.refresh_from_db()
    assert world.institution.emblem
    client.post(reverse("programme:remove_emblem", args=[code]))
    world.institution.refresh_from_db()
    assert not world.institution.emblem


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"<svg></svg>", "emblem_not_picture"),
        (png()[:-3], "emblem_broken"),
        (png().replace(b"IDAT", b"IDAX"), "emblem_broken"),
        (b"\xff\xd8\xff\xe0rest", "emblem_broken"),
        (png(packed=b"no pixels"), "emblem_broken"),
        (png(packed=zlib.compress(bytes(2_000_000))[:-4]), "emblem_broken"),
        (png(4000, 1), "emblem_too_many_pixels"),
        (b"\x89PNG\r\n\x1a\n" + b"\0" * 1_000_001, "emblem_too_large"),
    ],
)
def test_what_letters_could_not_print_is_not_kept_as_emblem(
    world: World, content: bytes, reason: str
) -> None:
    with pytest.raises(Refused) as refused:
        institutions.set_emblem(institution=world.institution, content=content, by=world.office, at=NOW)
    assert [o.code for o in refused.value.objections] == [f"programme.{reason}"]
    world.institution.refresh_from_db()
    assert not world.institution.emblem


def test_the_last_person_of_the_office_keeps_the_duty(world: World) -> None:
    only = Duty.objects.get(account=world.office)
    with pytest.raises(Refused):
        institutions.end_duty(duty=only, by=world.office, at=NOW)
    other = account_of(factories.person(77), "s")
    given = institutions.give_duty(
        account=other, institution=world.institution, kind="office", by=world.office, at=NOW
    )
    with pytest.raises(Refused):
        institutions.give_duty(
            account=other, institution=world.institution, kind="office", by=world.office, at=NOW
        )
    institutions.end_duty(duty=only, by=world.office, at=NOW)
    with pytest.raises(Refused):
        institutions.end_duty(duty=given, by=other, at=NOW)
    with pytest.raises(Refused):
        institutions.end_duty(duty=only, by=other, at=NOW)


def test_nonsense_in_a_posted_code_is_answered_with_a_sentence(world: World) -> None:
    answer = client_of(world.office).post(
        reverse("programme:add_tambon", args=[world.round.code]),
        {"code": "62\x0001\u00b2"},
        headers={"accept-language": "en"},
    )
    assert "There is no tambon with the code" in answer.content.decode()
