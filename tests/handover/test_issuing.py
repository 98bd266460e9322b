from __future__ import annotations

import struct
import threading
import zlib
from datetime import date

import pypdfium2
import pytest
from django.core.files.base import ContentFile
from django.db import connection, connections

from tests import cast
from tests.factories import NOW
from tests.handover.conftest import put_everybody_into_slots
from u2t.audit import queries as audit
from u2t.handover import printing
from u2t.handover.actions import issuing, planning, writing
from u2t.handover.models import Handover, Letter, Register
from u2t.handover.queries import letters, standing
from u2t.handover.texts import USUAL, Text
from u2t.objections import Refused
from u2t.people import identity
from u2t.people.models import Person
from u2t.placement.models import Engagement

DATED = date(2021, 1, 29)


def png() -> bytes:
    """The smallest picture: one black point."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    head = struct.pack(">IIBBBBB", 1, 1, 8, 0, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", head)
        + chunk(b"IDAT", zlib.compress(b"\0\0"))
        + chunk(b"IEND", b"")
    )


def planned(world: cast.World) -> list[Handover]:
    planning.plan_handovers(round=world.round, by=world.office, at=NOW)
    return list(standing.handovers(world.round))


def issue_all(world: cast.World) -> list[Letter]:
    outcomes = issuing.issue_letters(handovers=planned(world), dated_on=DATED, by=world.office, at=NOW)
    return [outcome.letter for outcome in outcomes if outcome.letter]


def text_of(pdf: bytes) -> str:
    """The text layer of all pages without white space."""
    document = pypdfium2.PdfDocument(pdf)
    text = "".join(page.get_textpage().get_text_range() for page in document)
    return "".join(text.split())


def refusal(action, **arguments) -> set[str]:  # type: ignore[no-untyped-def]
    with pytest.raises(Refused) as refused:
        action(**arguments)
    return {objection.code for objection in refused.value.objections}


def test_teams_stand_before_data_managers_on_every_database(placed: cast.World) -> None:
    planning.plan_handovers(round=placed.round, by=placed.office, at=NOW)
    assert [handover.kind for handover in Handover.objects.all()] == ["team", "team", "team", "data"]


def test_numbers_follow_one_another_in_the_order_asked_for(placed: cast.World) -> None:
    made = issue_all(placed)
    assert [letter.number for letter in made] == [1, 2, 3, 4]
    assert [letter.reference for letter in made] == [f"อว 0600/{n}" for n in (1, 2, 3, 4)]
    assert Register.objects.get().last_number == 4


def test_every_buddhist_year_counts_from_one(placed: cast.World) -> None:
    first, second, *_ = planned(placed)
    issuing.issue_letter(handover=first, dated_on=date(2020, 12, 31), by=placed.office, at=NOW)
    letter = issuing.issue_letter(handover=second, dated_on=date(2021, 1, 1), by=placed.office, at=NOW)
    assert (letter.register.be_year, letter.number) == (2564, 1)


def test_a_letter_without_a_handover_date_is_refused_and_uses_no_number(placed: cast.World) -> None:
    first, second, *_ = planned(placed)
    planning.set_date(handovers=[first], handed_on=None, by=placed.office, at=NOW)
    assert refusal(issuing.issue_letter, handover=first, dated_on=DATED, by=placed.office, at=NOW) == {
        "handover.no_date"
    }
    letter = issuing.issue_letter(handover=second, dated_on=DATED, by=placed.office, at=NOW)
    assert letter.number == 1


def test_of_many_those_that_can_be_issued_are_and_the_others_say_why(placed: cast.World) -> None:
    first, *others = planned(placed)
    Engagement.objects.filter(tambon=first.tambon).delete()
    outcomes = issuing.issue_letters(handovers=[first, *others], dated_on=DATED, by=placed.office, at=NOW)
    assert [outcome.is_done for outcome in outcomes] == [False, True, True, True]
    assert [objection.code for objection in outcomes[0].objections] == ["handover.no_workers"]
    assert [outcome.letter.number for outcome in outcomes[1:]] == [1, 2, 3]


def test_a_second_letter_is_refused_until_the_first_is_cancelled(placed: cast.World) -> None:
    first = planned(placed)[0]
    letter = issuing.issue_letter(handover=first, dated_on=DATED, by=placed.office, at=NOW)
    again = {"handover": first, "dated_on": DATED, "by": placed.office, "at": NOW}
    assert refusal(issuing.issue_letter, **again) == {"handover.has_letter"}
    issuing.cancel_letter(letter=letter, reason="พิมพ์ชื่อผิด", by=placed.office, at=NOW)
    assert issuing.issue_letter(**again).number == 2
    kept = Letter.objects.get(number=1)
    assert (kept.cancelled_at, kept.cancelled_by, kept.cancel_reason) == (NOW, placed.office, "พิมพ์ชื่อผิด")


def test_cancelling_needs_a_reason_and_happens_once(placed: cast.World) -> None:
    letter = issue_all(placed)[0]
    assert refusal(issuing.cancel_letter, letter=letter, reason=" ", by=placed.office, at=NOW) == {
        "handover.no_reason"
    }
    issuing.cancel_letter(letter=letter, reason="ซ้ำ", by=placed.office, at=NOW)
    assert refusal(issuing.cancel_letter, letter=letter, reason="ซ้ำ", by=placed.office, at=NOW) == {
        "handover.already_cancelled"
    }


def test_the_date_and_the_receiver_stay_while_a_letter_says_them(placed: cast.World) -> None:
    letter = issue_all(placed)[0]
    (outcome,) = planning.set_date(
        handovers=[letter.handover], handed_on=date(2021, 2, 9), by=placed.office, at=NOW
    )
    assert [objection.code for objection in outcome.objections] == ["handover.letter_says_so"]
    other = placed.hosts[cast.NONG_LUANG_TAK]
    change = {"handover": letter.handover, "receiver": other, "by": placed.office, "at": NOW}
    assert refusal(planning.change_receiver, **change) == {"handover.letter_says_so"}


def test_a_letter_prints_every_name_exactly_and_no_id(placed: cast.World) -> None:
    for letter in issue_all(placed):
        said = text_of(printing.single(letter))
        people = letters.people_of(letter.handover)
        assert people
        for engagement in people:
            assert "".join(engagement.worker.person.full_name.split()) in said
        row = standing.standings([letter.handover])[0]
        assert all("".join(name.split()) in said for name in row.managers)
        assert "".join(letter.handover.receiver.agency.name_th.split()) in said
        for person in Person.objects.exclude(citizen_id_sealed=None):
            number = identity.unseal(person.citizen_id_sealed)
            thai = number.translate(str.maketrans("0123456789", "๐๑๒๓๔๕๖๗๘๙"))
            assert number not in said
            assert thai not in said


def test_a_letter_carries_number_date_and_day_of_handover_in_thai_digits(placed: cast.World) -> None:
    said = text_of(printing.single(issue_all(placed)[1]))
    assert "อว๐๖๐๐/๒" in said
    assert "๒๙มกราคม๒๕๖๔" in said
    assert "๓กุมภาพันธ์๒๕๖๔" in said
    assert not set("0123456789") & set(said)


def test_a_letter_printed_again_is_the_same_whatever_has_changed(placed: cast.World) -> None:
    placed.institution.emblem.save("emblem.png", ContentFile(png()))
    letter = issue_all(placed)[0]
    before = printing.single(letter)
    Person.objects.update(given_name="คนอื่น")
    placed.round.name_th = "ชื่ออื่น"
    placed.round.save()
    placed.institution.signer_name_th = "ผู้อื่น"
    placed.institution.emblem.delete()
    placed.institution.save()
    Engagement.objects.filter(tambon=letter.handover.tambon).delete()
    assert printing.single(Letter.objects.get(pk=letter.pk)) == before


def test_a_letter_whose_people_changed_is_shown_as_changed(placed: cast.World) -> None:
    letter = issue_all(placed)[0]
    assert not standing.of_tambon(letter.handover.tambon).is_changed
    Engagement.objects.filter(tambon=letter.handover.tambon, workstream__to_office=False).first().delete()
    assert standing.of_tambon(letter.handover.tambon).is_changed


def test_a_name_that_the_typeface_cannot_write_is_refused_before_a_number_is_used(placed: cast.World) -> None:
    first = planned(placed)[0]
    person = letters.people_of(first)[0].worker.person
    person.surname = "ใจดี😀"
    person.save()
    arguments = {"handover": first, "dated_on": DATED, "by": placed.office, "at": NOW}
    assert refusal(issuing.issue_letter, **arguments) == {"handover.letters_no_glyph"}
    assert not Register.objects.filter(last_number__gt=0).exists()


def test_an_own_wording_is_used_for_letters_issued_afterwards(placed: cast.World) -> None:
    first, second, *_ = planned(placed)
    old = issuing.issue_letter(handover=first, dated_on=DATED, by=placed.office, at=NOW)
    text = Text("ขอส่งคนไป{tambon}", ("ขอส่ง {count} คน ให้ {receiver}", "จึงเรียนมาเพื่อโปรดทราบ"))
    writing.change_text(round=placed.round, kind="team", text=text, by=placed.office, at=NOW)
    new = issuing.issue_letter(handover=second, dated_on=DATED, by=placed.office, at=NOW)
    assert new.content["subject"] == f"ขอส่งคนไปตำบล{second.tambon.tambon.name_th}"
    assert old.content["subject"].startswith("ขอส่งตัว")
    writing.change_text(round=placed.round, kind="team", text=USUAL["team"], by=placed.office, at=NOW)
    assert letters.texts_of(placed.round) == USUAL


def test_a_wording_with_a_field_that_does_not_exist_is_refused(placed: cast.World) -> None:
    text = Text("ถึง {citizen_id}", ("{count.__class__}", "ปีกกา } เปิด"))
    change = {"round": placed.round, "kind": "team", "text": text, "by": placed.office, "at": NOW}
    assert refusal(writing.change_text, **change) == {
        "handover.letters_unknown_field",
        "handover.letters_unbalanced_brace",
    }


def test_who_did_what_to_a_handover_is_remembered(placed: cast.World) -> None:
    letter = issue_all(placed)[0]
    issuing.cancel_letter(letter=letter, reason="ผิด", by=placed.office, at=NOW)
    verbs = [event.verb for event in audit.history_of(letter.handover)]
    assert verbs == ["handover.letter_cancelled", "handover.letter_issued", "handover.planned"]
    assert all(event.by == placed.office for event in audit.history_of(letter.handover))


def test_planning_again_makes_only_what_is_new(placed: cast.World) -> None:
    assert len(planned(placed)) == 4
    again = planning.plan_handovers(round=placed.round, by=placed.office, at=NOW)
    assert again.made == ()
    Handover.objects.filter(tambon=placed.tambons[cast.CITY]).delete()
    again = planning.plan_handovers(round=placed.round, by=placed.office, at=NOW)
    assert [handover.tambon for handover in again.made] == [placed.tambons[cast.CITY]]


def test_a_tambon_without_a_main_host_is_named_and_the_others_are_planned(placed: cast.World) -> None:
    placed.tambons[cast.CITY].coverage.all().delete()
    result = planning.plan_handovers(round=placed.round, by=placed.office, at=NOW)
    assert [objection.code for objection in result.objections] == ["handover.no_host"]
    assert "ต.ในเมือง" in str(result.objections[0].about["tambon"])
    assert len(result.made) == 3


def test_a_handover_counts_as_done_only_from_its_day_on(placed: cast.World) -> None:
    first = planned(placed)[0]
    planning.set_date(handovers=[first], handed_on=date(2021, 2, 4), by=placed.office, at=NOW)
    (outcome,) = planning.mark_done(handovers=[first], by=placed.office, at=NOW)
    assert [objection.code for objection in outcome.objections] == ["handover.not_yet"]
    planning.set_date(handovers=[first], handed_on=date(2021, 2, 3), by=placed.office, at=NOW)
    (outcome,) = planning.mark_done(handovers=[first], by=placed.office, at=NOW)
    assert outcome.is_done
    assert standing.handover_numbers(placed.round).done == 1
    planning.undo_done(handover=first, by=placed.office, at=NOW)
    assert standing.handover_numbers(placed.round).done == 0


@pytest.mark.django_db(transaction=True)
def test_letters_issued_at_the_same_time_get_numbers_without_gap_or_double() -> None:
    world = cast.world()
    put_everybody_into_slots(world)
    waiting = planned(world)
    start = threading.Barrier(len(waiting))
    failures: list[BaseException] = []

    def issue(handover: Handover) -> None:
        try:
            start.wait(30)
            issuing.issue_letter(handover=handover, dated_on=DATED, by=None, at=NOW)
        except BaseException as error:
            failures.append(error)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=issue, args=(handover,)) for handover in waiting]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    connection.ensure_connection()
    assert failures == []
    assert sorted(Letter.objects.values_list("number", flat=True)) == [1, 2, 3, 4]
    assert Register.objects.get().last_number == 4


@pytest.mark.django_db(transaction=True)
def test_two_clicks_on_the_same_handover_make_one_letter() -> None:
    world = cast.world()
    put_everybody_into_slots(world)
    first = planned(world)[0]
    start = threading.Barrier(2)
    refused: list[str] = []

    def issue() -> None:
        try:
            start.wait(30)
            issuing.issue_letter(handover=first, dated_on=DATED, by=None, at=NOW)
        except Refused as error:
            refused.extend(objection.code for objection in error.objections)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=issue) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert refused == ["handover.has_letter"]
    assert Register.objects.get().last_number == Letter.objects.count() == 1
