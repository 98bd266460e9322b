"""Completion by rule, tests, and certificates that verify themselves."""

from __future__ import annotations

import io
import re
import threading
import zipfile
from datetime import date, timedelta
from typing import Any

import openpyxl
import pypdfium2
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.urls import reverse

from tests import cast, factories, given
from tests.cast import client_of
from tests.factories import NOW
from tests.orientation.attending import attended, sessions
from u2t.jobs import actions as jobs
from u2t.jobs.models import Job
from u2t.objections import Refused
from u2t.orientation.actions import certifying, testing
from u2t.orientation.models import Certificate, Group, Plan, TestResult
from u2t.orientation.queries import completion
from u2t.orientation.rules import completion as rules
from u2t.orientation.rules.testing import Result
from u2t.people.models import Worker
from u2t.seals import queries as seals

TODAY = NOW.date()


def at(world: cast.World, name: str, *args: object) -> str:
    return reverse(f"orientation:{name}", args=[world.round.code, *args])


def standing(world: cast.World, **moved: int) -> dict[int, rules.Completion]:
    return completion.of_round(world.round, NOW + timedelta(**moved))


def issue(world: cast.World, **changed: Any) -> list[Certificate]:
    values = {"round": world.round, "dated_on": TODAY, "by": world.office, "at": NOW, **changed}
    return certifying.issue_certificates(**values).certificates


@pytest.fixture
def completed(world: cast.World) -> cast.World:
    """Four workers: three attended everything, the last one nothing."""
    given.workers(world.round, 4)
    days = sessions(world.round)
    for worker in Worker.objects.filter(round=world.round).order_by("number")[:3]:
        attended(worker, *days)
    return world


# ---- the rule


def test_where_nothing_is_planned_nobody_lacks_anything(world: cast.World) -> None:
    assert standing(world) == {}
    assert completion.of_worker(world.hired, NOW) is None


@pytest.mark.parametrize(("minutes", "state"), [(288, "completed"), (287, "lacking"), (1, "lacking")])
def test_four_fifths_of_the_hours_are_enough_and_a_minute_less_is_not(
    world: cast.World, minutes: int, state: str
) -> None:
    days = sessions(world.round)
    attended(world.hired, *days, minutes=minutes)
    assert standing(world)[world.hired.pk].state == state


def test_before_the_last_session_nobody_is_called_lacking(world: cast.World) -> None:
    sessions(world.round)
    assert standing(world, days=-1)[world.hired.pk].state == "under_way"
    assert standing(world)[world.hired.pk].state == "lacking"


def test_sessions_of_other_groups_cancelled_ones_and_extras_are_not_owed(world: cast.World) -> None:
    mine, theirs, cancelled, extra = sessions(world.round, days=4)
    groups = [Group.objects.create(round=world.round, name=name) for name in "ab"]
    groups[0].workers.add(world.hired)
    mine.groups.add(groups[0])
    theirs.groups.add(groups[1])
    cancelled.cancelled_at = NOW
    cancelled.save()
    extra.is_required = False
    extra.save()
    attended(world.hired, mine)
    one = standing(world)[world.hired.pk]
    assert (one.owed, one.attended, one.state) == (360, 360, "completed")


def test_a_day_with_another_group_counts_but_gives_nobody_more_than_is_owed(world: cast.World) -> None:
    mine, theirs = sessions(world.round, days=2)
    groups = [Group.objects.create(round=world.round, name=name) for name in "ab"]
    groups[0].workers.add(world.hired)
    mine.groups.add(groups[0])
    theirs.groups.add(groups[1])
    attended(world.hired, theirs)
    assert standing(world)[world.hired.pk].state == "completed"
    attended(world.hired, mine)
    assert standing(world)[world.hired.pk].attended == 360


def test_the_best_test_counts_and_without_one_it_is_lacking(completed: cast.World) -> None:
    Plan.objects.create(round=completed.round, test_percent=60, changed_at=NOW)
    pk = completed.hired.pk
    assert [o.code for o in standing(completed)[pk].lacks] == ["orientation.test_not_taken"]
    for points in (11, 13, 12):
        TestResult.objects.create(
            worker=completed.hired, points=points, max_points=20, taken_on=TODAY, noted_at=NOW
        )
    assert standing(completed)[pk].is_complete
    Plan.objects.update(test_percent=66)
    assert [o.code for o in standing(completed)[pk].lacks] == ["orientation.test_not_passed"]


def test_more_people_cost_no_more_queries(completed: cast.World, django_assert_max_num_queries: Any) -> None:
    given.workers(completed.round, 12)
    with django_assert_max_num_queries(9):
        assert len(standing(completed)) == 12


# ---- tests


def test_results_come_from_a_sheet_and_again_without_doubling(completed: cast.World) -> None:
    book = openpyxl.Workbook()
    for row in (["ผลการทดสอบ"], ["ลำดับที่", "ชื่อ-นามสกุล", "คะแนน"], [1, "x", "๑๘"], [2, "y", 9], [3, "z", None]):
        book.active.append(row)
    file = io.BytesIO()
    book.save(file)
    client = client_of(completed.office)
    for _ in range(2):
        sent = SimpleUploadedFile("results.xlsx", file.getvalue())
        client.post(at(completed, "results"), {"taken_on": "2/2/2564", "max_points": "20", "file": sent})
    found = TestResult.objects.order_by("worker__number").values_list(
        "worker__number", "points", "max_points"
    )
    assert list(found) == [(1, 18, 20), (2, 9, 20)]


def test_typed_results_are_refused_together_with_every_reason(completed: cast.World) -> None:
    typed = {"taken_on": "2/2/2564", "max_points": "20", "lines": "1 18\n99 5\n2 21\n2 3"}
    html = client_of(completed.office).post(at(completed, "results"), typed).content.decode()
    said = ("ไม่มีผู้ปฏิบัติงานลำดับที่ 99", "ลำดับที่ 2 ซ้ำ", "มากกว่าคะแนนเต็ม")
    assert [part in html for part in said] == [True] * 3
    assert "99 5" in html
    assert not TestResult.objects.exists()
    lines = client_of(completed.office).post(at(completed, "results"), typed | {"lines": "x\n1 18\n2-3"})
    assert "บรรทัดที่ 1" in lines.content.decode()
    assert "บรรทัดที่ 3" in lines.content.decode()


def test_a_test_of_tomorrow_has_no_results(completed: cast.World) -> None:
    with pytest.raises(Refused, match="test_ahead"):
        testing.note_results(
            round=completed.round, results=[Result("1", 1, 5)], max_points=10,
            taken_on=TODAY + timedelta(days=1), by=completed.office, at=NOW,
        )  # fmt: skip


# ---- certificates


def test_who_completed_gets_a_certificate_and_who_did_not_gets_none(completed: cast.World) -> None:
    made = issue(completed)
    assert [(c.year, c.number, c.worker.number) for c in made] == [(2564, 1, 1), (2564, 2, 2), (2564, 3, 3)]
    with pytest.raises(Refused, match="nobody_completed"):
        issue(completed)
    assert Certificate.objects.count() == 3


def test_numbers_run_on_over_rounds_of_an_institution_and_begin_anew_with_the_year(
    completed: cast.World,
) -> None:
    issue(completed, workers=[completed.hired.pk])
    other = cast.a_round(completed.institution, code="TST-2565", by=completed.office)
    attended(factories.worker(other, "public"), *sessions(other))
    assert [c.number for c in issue(completed, round=other)] == [2]
    rest = issue(completed, dated_on=date(2022, 1, 3), at=NOW.replace(year=2022))
    assert [(c.year, c.number) for c in rest] == [(2565, 1), (2565, 2)]


def test_what_stands_against_issuing_is_said_at_once_and_uses_no_number(completed: cast.World) -> None:
    completed.institution.signer_name_th = ""
    completed.institution.save()
    Plan.objects.create(round=completed.round, certificate_text_th="ผ่าน {hour}", changed_at=NOW)
    completed.round.refresh_from_db()
    with pytest.raises(Refused) as refused:
        issue(completed, dated_on=date(2030, 1, 1))
    assert {o.code.partition(".")[2] for o in refused.value.objections} == {
        "no_signer", "field_unknown", "certificate_ahead",
    }  # fmt: skip
    assert not Certificate.objects.exists()


def test_a_name_that_cannot_be_printed_is_left_out_with_its_reason(completed: cast.World) -> None:
    completed.hired.person.given_name = "สม😀ชาย"
    completed.hired.person.save()
    done = certifying.issue_certificates(round=completed.round, dated_on=TODAY, by=completed.office, at=NOW)
    assert [c.number for c in done.certificates] == [1, 2]
    assert [(w.pk, r[0].code) for w, r in done.left_out] == [
        (completed.hired.pk, "orientation.cannot_be_drawn")
    ]


def test_the_paper_says_who_for_what_and_carries_a_code_that_verifies(completed: cast.World) -> None:
    made = issue(completed)[0]
    answer = client_of(completed.worker).get(at(completed, "certificate", made.pk))
    text = pypdfium2.PdfDocument(answer.content)[0].get_textpage().get_text_range()
    said = " ".join(text.split())
    assert completed.hired.person.full_name in said
    assert "รวม ๑๘ ชั่วโมง" in said
    assert "วันที่ ๓๑ มกราคม – ๒ กุมภาพันธ์ ๒๕๖๔" in said
    assert "เลขที่ ๑/๒๕๖๔" in said
    assert seals.verdict(made.seal).state == "ok"
    again = client_of(completed.worker).get(at(completed, "certificate", made.pk)).content
    assert again == answer.content


def test_a_revoked_certificate_says_so_to_everybody_and_another_one_may_follow(
    completed: cast.World,
) -> None:
    made = issue(completed)[0]
    client = client_of(completed.office)
    assert (
        "revoke" in client.post(at(completed, "revoke_certificate", made.pk), {"reason": ""}).content.decode()
    )
    client.post(at(completed, "revoke_certificate", made.pk), {"reason": "ชื่อผิด"})
    public = Client().get(reverse("seals:verify"), {"s": made.seal}).content.decode()
    assert 'data-state="revoked"' in public
    by_number = {"kind": "certificate", "issuer": "tst", "number": "1/2564"}
    html = Client().get(reverse("seals:verify"), by_number).content.decode()
    assert 'data-state="revoked"' in html
    assert completed.hired.person.surname not in html
    assert client_of(completed.worker).get(at(completed, "certificate", made.pk)).status_code == 403
    assert [c.number for c in issue(completed)] == [4]
    with pytest.raises(Refused, match="already_revoked"):
        certifying.revoke(certificate=made, reason="x", by=completed.office, at=NOW)


def test_a_certificate_whose_row_was_changed_no_longer_fits_its_seal(completed: cast.World) -> None:
    made = issue(completed)[0]
    made.statement["name"] = "นายปลอม แปลง"
    made.save()
    assert seals.verdict(made.seal).state == "differs"


def test_all_certificates_are_printed_by_a_job_as_one_file_and_single_ones(completed: cast.World) -> None:
    issue(completed)
    client = client_of(completed.office)
    client.post(at(completed, "print_certificates"))
    job = Job.objects.get()
    jobs.run(str(job.pk))
    job.refresh_from_db()
    assert (job.failure, job.done) == ([], 3)
    html = client.get(job.next_url).content.decode()
    pdf, archive = (
        b"".join(client.get(address).streaming_content)  # type: ignore[attr-defined]
        for address in re.findall(r'href="([^"]*/certificates\.(?:pdf|zip))"', html)
    )
    assert len(pypdfium2.PdfDocument(pdf)) == 3
    names = zipfile.ZipFile(io.BytesIO(archive)).namelist()
    assert [name[:9] for name in names] == ["2564-0001", "2564-0002", "2564-0003"]


def test_certificates_are_the_offices_and_each_worker_has_the_own_one(completed: cast.World) -> None:
    first, second, _third = issue(completed)
    other = cast.world(code="OTH-2564")
    assert client_of(completed.worker).get(at(completed, "certificate", second.pk)).status_code == 403
    for account in (other.office, completed.pm, completed.worker, completed.stranger):
        client = client_of(account)
        assert client.get(at(completed, "certificates")).status_code == 403
        assert client.get(at(completed, "completion")).status_code == 403
        assert client.post(at(completed, "revoke_certificate", first.pk), {"reason": "x"}).status_code == 403
        assert client.post(at(completed, "issue_certificates"), {"dated_on": "3/2/2564"}).status_code == 403
    own = client_of(completed.worker).get(at(completed, "my_pass")).content.decode()
    assert at(completed, "certificate", first.pk) in own


def test_the_office_words_its_certificates(completed: cast.World) -> None:
    client = client_of(completed.office)
    typed = {"certificate_title_th": "ประกาศนียบัตร", "certificate_text_th": "ผ่านการอบรม {hours} ชั่วโมง"}
    wrong = client.post(at(completed, "certificate_wording"), typed | {"certificate_text_th": "{citizen_id}"})
    assert "citizen_id" in wrong.content.decode()
    client.post(at(completed, "certificate_wording"), typed)
    assert issue(completed)[0].statement["text"] == "ผ่านการอบรม 18 ชั่วโมง"


def test_the_list_tells_who_lacks_what_and_goes_out_as_a_workbook(completed: cast.World) -> None:
    client = client_of(completed.executive)
    html = client.get(at(completed, "completion"), {"state": "lacking"}).content.decode()
    fourth = Worker.objects.get(round=completed.round, number=4)
    assert fourth.get_absolute_url() in html
    assert f'{completed.hired.get_absolute_url()}"' not in html
    assert "0 จาก 14.4 ชั่วโมง" in html
    data = client.get(at(completed, "completion_file")).content
    rows = list(openpyxl.load_workbook(io.BytesIO(data)).active.iter_rows(min_row=2, values_only=True))
    assert [(row[0], row[4], row[5]) for row in rows][::3] == [(1, "18", "14.4"), (4, "0", "14.4")]


def test_a_sheet_to_sign_has_everybody_expected(completed: cast.World) -> None:
    session = completed.round.sessions.first()
    answer = client_of(completed.office).get(at(completed, "sheet", session.pk), {"by": "tambon"})
    document = pypdfium2.PdfDocument(answer.content)
    text = "".join(page.get_textpage().get_text_range() for page in document)
    names = [w.person.surname for w in Worker.objects.filter(round=completed.round)]
    assert all(name in text for name in names)
    assert "ลายมือชื่อ" in text
    assert client_of(completed.worker).get(at(completed, "sheet", session.pk)).status_code == 403


@pytest.mark.django_db(transaction=True)
def test_two_who_issue_at_once_give_each_number_and_each_person_once() -> None:
    world = cast.world()
    given.workers(world.round, 6)
    days = sessions(world.round)
    for worker in Worker.objects.filter(round=world.round):
        attended(worker, *days)
    start, made = threading.Barrier(3), []

    def press() -> None:
        start.wait()
        try:
            made.extend(issue(world))
        except Refused:
            made.append(None)
        finally:
            connection.close()

    threads = [threading.Thread(target=press) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    assert sorted(Certificate.objects.values_list("number", flat=True)) == [1, 2, 3, 4, 5, 6]
    assert made.count(None) == 2
