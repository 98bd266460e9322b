"""What everybody, each applicant and the office see of results, and what they do there."""

from __future__ import annotations

import io
from datetime import timedelta
from typing import Any

import openpyxl
import pypdfium2
import pytest
from django.test import Client

from tests import cast, recruiting
from u2t.jobs import actions as jobs
from u2t.programme.models import Round
from u2t.recruitment.actions import appealing, offering, selecting
from u2t.recruitment.models import Appeal, Call, Offer, Selection
from u2t.recruitment.queries import results
from u2t.recruitment.queries.naming import points

pytestmark = pytest.mark.django_db

CLOSED = recruiting.NOW + timedelta(days=11)
SCORES = (82_500, 95_500, 70_250, 88_000, 60_000)


@pytest.fixture(autouse=True)
def closed(time_machine: Any) -> None:
    time_machine.move_to(CLOSED, tick=False)


@pytest.fixture
def call(world: cast.World) -> Call:
    """Five graduates want the city, three slots: the third and the fifth are in reserve."""
    made = recruiting.call(world.round)
    for number, score in enumerate(SCORES, start=1):
        recruiting.application(made, number, choices=(cast.CITY,), score=score, passed=True)
    return made


@pytest.fixture
def announced(call: Call) -> Call:
    selection = selecting.compute(selection=selecting.begin(call=call, by=None, at=CLOSED), at=CLOSED)
    selecting.announce(selection=selecting.adopt(selection=selection, by=None, at=CLOSED), by=None, at=CLOSED)
    return call


def at(call: Call, path: str) -> str:
    return f"/recruitment/{call.round.code}/{call.number}/{path}"


def client(account: Any) -> Client:
    return cast.client_of(account)


def offer(call: Call, number: int) -> Offer:
    return Offer.objects.select_related("application__account").get(
        application__call=call, application__number=number
    )


class TestTheAnnouncement:
    def test_before_it_nobody_sees_a_result(self, call: Call) -> None:
        selecting.compute(selection=selecting.begin(call=call, by=None, at=CLOSED), at=CLOSED)
        page = Client().get(at(call, "results")).content.decode()
        assert "ยังไม่ประกาศผล" in page
        assert results.own_result(call.applications.get(number=1)) is None
        assert Client().get(at(call, "results.pdf")).status_code == 404

    def test_a_visitor_comes_to_it_from_the_front_by_links_alone(self, call: Call) -> None:
        calls, results_page = f"/recruitment/{call.round.code}/", at(call, "results")
        Round.objects.update(is_announced=True)
        assert f'href="{calls}"' in Client().get(f"/rounds/{call.round.code}").content.decode()
        assert results_page not in Client().get(calls).content.decode()
        selection = selecting.compute(selection=selecting.begin(call=call, by=None, at=CLOSED), at=CLOSED)
        selecting.adopt(selection=selection, by=None, at=CLOSED)
        selecting.announce(selection=selection, by=None, at=CLOSED)
        assert f'href="{results_page}"' in Client().get(calls).content.decode()
        assert f'href="{results_page}"' in Client().get(call.get_absolute_url()).content.decode()

    def test_ones_own_list_says_until_when_to_answer_and_what_became_of_it(self, announced: Call) -> None:
        held = offer(announced, 2)
        own = client(held.application.account)
        assert "โปรดตอบภายใน" in own.get("/mine").content.decode()
        offering.accept(offer=held, by=held.application.account, at=CLOSED)
        page = own.get("/mine").content.decode()
        assert "โปรดตอบภายใน" not in page
        assert "รอรายงานตัว" in page
        reserve = client(announced.applications.get(number=3).account)
        assert "ตัวสำรอง" in reserve.get("/mine").content.decode()

    def test_everybody_finds_a_number_and_a_tambon_and_no_name(self, announced: Call) -> None:
        found = Client().get(at(announced, "results"), {"q": announced.applications.get(number=3).receipt})
        assert "ลำดับที่ 1 ในบัญชีตัวสำรอง" in found.content.decode()
        page = Client().get(at(announced, "results"), {"tambon": cast.CITY}).content.decode()
        assert announced.applications.get(number=2).surname not in page
        assert announced.lottery_seed in Client().get(at(announced, "results")).content.decode()
        assert "ไม่มีใบสมัคร “999”" in Client().get(at(announced, "results"), {"q": "999"}).content.decode()

    def test_names_are_announced_only_where_the_call_says_so(self, announced: Call) -> None:
        Call.objects.filter(pk=announced.pk).update(names_announced=True)
        page = Client().get(at(announced, "results"), {"tambon": cast.CITY}).content.decode()
        assert announced.applications.get(number=2).surname in page

    def test_the_files_hold_the_same_as_the_page(self, announced: Call) -> None:
        rows = list(
            openpyxl.load_workbook(
                io.BytesIO(Client().get(at(announced, "results.xlsx")).content)
            ).active.values
        )
        assert [row[5] for row in rows[1:4]] == [2, 4, 1]
        assert {(row[4], row[5]) for row in rows[4:]} == {(1, 3), (2, 5)}
        pdf = pypdfium2.PdfDocument(Client().get(at(announced, "results.pdf")).content)
        text = pdf[0].get_textpage().get_text_range()
        assert "ผลการคัดเลือก" in text.replace("\r\n", "")
        waiting = pypdfium2.PdfDocument(Client().get(at(announced, "results-reserves.pdf")).content)
        assert "(๑) ๓, (๒) ๕" in waiting[0].get_textpage().get_text_range()


class TestOneApplicant:
    def test_the_reason_says_points_rank_line_and_reserve_and_names_nobody(self, announced: Call) -> None:
        found = results.own_result(announced.applications.get(number=3))
        assert found is not None
        said = " ".join(found.told[0].lines)
        for part in ("70.25", "12.25", "82.5", "ลำดับที่ 1"):
            assert part in said
        names = {application.surname for application in announced.applications.all()}
        assert not any(name in said for name in names)

    def test_an_offer_is_accepted_on_the_phone_and_shown(self, announced: Call) -> None:
        one = offer(announced, 1)
        phone = client(one.application.account)
        address = at(announced, f"applications/{one.application.pk}/offers/{one.pk}/accept")
        assert one.tambon.tambon.name_th in phone.get(address).content.decode()
        page = phone.post(address, follow=True).content.decode()
        assert "ท่านได้ตอบรับ" in page
        assert offer(announced, 1).accepted_at == CLOSED

    def test_a_late_answer_is_refused_with_the_reason(self, announced: Call, time_machine: Any) -> None:
        one = offer(announced, 1)
        time_machine.move_to(one.answer_until + timedelta(seconds=1), tick=False)
        address = at(announced, f"applications/{one.application.pk}/offers/{one.pk}/accept")
        answer = client(one.application.account).post(address)
        assert "หมดเวลาตอบ" in answer.content.decode()
        assert offer(announced, 1).accepted_at is None

    def test_another_applicant_and_a_visitor_are_kept_out(self, announced: Call) -> None:
        one, other = offer(announced, 1), offer(announced, 2)
        for path in (f"offers/{one.pk}/accept", f"offers/{one.pk}/decline", "appeal"):
            address = at(announced, f"applications/{one.application.pk}/{path}")
            assert client(other.application.account).post(address).status_code == 403
            assert Client().get(address).status_code == 302
        assert offer(announced, 1).accepted_at is None

    def test_an_objection_is_filed_and_its_answer_read(self, announced: Call, world: cast.World) -> None:
        application = announced.applications.get(number=5)
        phone = client(application.account)
        phone.post(at(announced, f"applications/{application.pk}/appeal"), {"text": "ขอให้ตรวจคะแนนใหม่"})
        appeal = Appeal.objects.get()
        office = client(world.office)
        nothing = office.post(at(announced, f"appeals/{appeal.pk}"), {"text": "ตรวจแล้ว"})
        assert "เลือก" in nothing.content.decode()
        office.post(at(announced, f"appeals/{appeal.pk}"), {"text": "ตรวจแล้ว ถูกต้อง", "is_upheld": "no"})
        assert "ตรวจแล้ว ถูกต้อง" in phone.get(application.get_absolute_url()).content.decode()


class TestTheOffice:
    def test_selects_adopts_and_announces_from_the_pages(self, call: Call, world: cast.World) -> None:
        office = client(world.office)
        office.post(at(call, "selections/select"))
        selecting.compute(selection=Selection.objects.get(), at=CLOSED)
        assert "ตรงกันทุกบิต" in office.get(at(call, "selections/1"), {"again": ""}).content.decode()
        office.post(at(call, "selections/1/adopt"))
        office.post(at(call, "selections/1/announce"))
        assert Selection.objects.get().announced_at == CLOSED
        assert Offer.objects.count() == 3

    def test_is_told_everything_that_is_missing(self, call: Call, world: cast.World) -> None:
        Call.objects.filter(pk=call.pk).update(lottery_seed="")
        recruiting.application(call, 6, choices=(cast.CITY,), passed=True)
        page = client(world.office).get(at(call, "selections")).content.decode()
        assert "รหัสตั้งต้น" in page
        assert "ยังไม่มีคะแนน" in page

    def test_notes_an_answer_by_telephone_and_hires_who_reports_in(
        self, announced: Call, world: cast.World
    ) -> None:
        office, one = client(world.office), offer(announced, 1)
        address = at(announced, f"offers/{one.pk}/accept")
        assert office.post(address, {"note": ""}).status_code == 422
        office.post(address, {"note": "โทรศัพท์ 10.30 น."})
        office.post(at(announced, "offers/report-in"), {"offer": [one.pk]})
        hired = offer(announced, 1).worker
        assert hired is not None
        assert (
            hired.person.surname in office.get(at(announced, "offers"), {"state": "hired"}).content.decode()
        )

    def test_calls_the_next_reserve_and_sees_who_declined(self, announced: Call, world: cast.World) -> None:
        offering.decline(offer=offer(announced, 1), reason="ได้งานอื่น", by=None, at=CLOSED)
        page = client(world.office).get(at(announced, "offers")).content.decode()
        assert "ได้งานอื่น" in page
        assert offer(announced, 3).is_reserve
        client(world.office).post(at(announced, "offers/call-reserves"))
        assert Offer.objects.count() == 4

    def test_offers_a_place_after_an_upheld_objection(self, announced: Call, world: cast.World) -> None:
        application = announced.applications.get(number=5)
        appeal = appealing.file(application=application, text="x", by=application.account, at=CLOSED)
        appealing.answer(appeal=appeal, is_upheld=True, text="จริง", by=world.office, at=CLOSED)
        page = client(world.office).get(at(announced, f"appeals/{appeal.pk}/offer"))
        assert page.status_code == 200
        refused = client(world.office).post(
            at(announced, f"appeals/{appeal.pk}/offer"), {"tambon": "", "reason": "x"}
        )
        assert refused.status_code == 422

    def test_strangers_see_none_of_it(self, announced: Call, world: cast.World) -> None:
        applicant = announced.applications.get(number=1).account
        other = cast.world(code="OTH-2564").office
        one = offer(announced, 1)
        for path in ("selections", "selections/1", "offers", f"offers/{one.pk}/no-show", "appeals"):
            for account in (applicant, other, world.worker, world.stranger):
                assert client(account).get(at(announced, path)).status_code == 403, (path, account)
            assert "log-in" in Client().get(at(announced, path)).headers["Location"]
        for path in ("selections/select", "offers/report-in", "offers/call-reserves"):
            assert client(other).post(at(announced, path)).status_code == 403


def test_more_applicants_need_no_more_queries(
    announced: Call, django_assert_max_num_queries: Any, world: cast.World
) -> None:
    for number in range(10, 30):
        recruiting.application(announced, number, choices=(cast.CITY,), score=1_000, passed=True)
    with django_assert_max_num_queries(14):
        Client().get(at(announced, "results"), {"tambon": cast.CITY})
    office = client(world.office)
    with django_assert_max_num_queries(40):
        office.get(at(announced, "offers"))


@pytest.mark.parametrize(
    ("thousandths", "written"),
    [(82_500, "82.5"), (100_000, "100"), (70_001, "70.001"), (0, "0"), (None, "–")],
)
def test_points_are_written_without_needless_zeros(thousandths: int | None, written: str) -> None:
    assert points(thousandths) == written


def test_the_job_computes_what_was_asked_for(call: Call, world: cast.World) -> None:
    job = selecting.ask(call=call, by=world.office, at=CLOSED)
    assert selecting.ask(call=call, by=world.office, at=CLOSED) == job
    jobs.run(str(job.pk))
    job.refresh_from_db()
    assert (job.failure, Selection.objects.get().computed_at is not None) == ([], True)
