"""Passes, badges, and what a scanned code opens."""

from __future__ import annotations

from pathlib import Path

import pypdfium2
import pytest
from django.conf import settings
from django.urls import reverse

from tests import cast, factories, given
from tests.cast import client_of
from tests.factories import NOW
from u2t.audit.models import Event
from u2t.jobs import actions as jobs
from u2t.jobs.models import Job
from u2t.letters import badges, fonts
from u2t.objections import Refused
from u2t.orientation.actions import passes as actions
from u2t.orientation.models import Pass
from u2t.people.models import Worker


def at(world: cast.World, name: str, *args: object) -> str:
    return reverse(f"orientation:{name}", args=[world.round.code, *args])


def test_everybody_gets_one_pass_however_often_they_are_issued(world: cast.World) -> None:
    given.workers(world.round, 5)
    gone = factories.worker(world.round, "public")
    Worker.objects.filter(pk=gone.pk).update(left_on=NOW.date())
    assert len(actions.issue_passes(round=world.round, by=world.office, at=NOW)) == 5
    client_of(world.office).post(at(world, "issue_passes"))
    tokens = list(Pass.objects.values_list("token", flat=True))
    assert len(set(tokens)) == len(tokens) == 5
    assert all(len(token) == 22 for token in tokens)


def test_a_renewed_pass_leaves_one_code_that_opens(world: cast.World) -> None:
    actions.issue_passes(round=world.round, by=None, at=NOW)
    old = Pass.objects.get(worker=world.hired).token
    client_of(world.office).post(at(world, "renew_pass"), {"worker": world.hired.pk})
    new = Pass.objects.get(worker=world.hired, revoked_at=None).token
    desk = client_of(world.office)
    shown = [desk.get(reverse("orientation:pass", args=[token])).content.decode() for token in (old, new)]
    assert [world.hired.person.surname in html for html in shown] == [False, True]
    actions.revoke(worker=world.hired, by=world.office, at=NOW)
    with pytest.raises(Refused, match="no_pass"):
        actions.revoke(worker=world.hired, by=world.office, at=NOW)


def test_a_code_tells_a_stranger_nothing_and_the_desk_whom_to_check_in(world: cast.World) -> None:
    actions.issue_passes(round=world.round, by=None, at=NOW)
    token = Pass.objects.get(worker=world.hired).token
    address = reverse("orientation:pass", args=[token])
    for account in (None, world.stranger, world.am):
        html = client_of(account).get(address).content.decode()
        assert "แสดงรหัสนี้ที่จุดลงทะเบียน" in html
        assert world.hired.person.surname not in html
    by_hand = f"{at(world, 'by_hand')}?q={token}"
    for account in (world.office, world.pm):
        assert by_hand in client_of(account).get(address).content.decode()
    assert at(world, "my_pass") in client_of(world.worker).get(address).content.decode()


def test_a_worker_sees_the_own_code_and_nobody_else_does(world: cast.World) -> None:
    assert "คุณยังไม่มีบัตร" in client_of(world.worker).get(at(world, "my_pass")).content.decode()
    actions.issue_passes(round=world.round, by=None, at=NOW)
    assert (
        '<svg xmlns="http://www.w3.org/2000/svg"'
        in client_of(world.worker).get(at(world, "my_pass")).content.decode()
    )
    for account in (world.office, world.stranger, world.pm):
        assert client_of(account).get(at(world, "my_pass")).status_code == 403


def test_badges_of_a_tambon_are_printed_with_names_and_the_printing_is_noted(world: cast.World) -> None:
    given.workers(world.round, 9)
    actions.issue_passes(round=world.round, by=None, at=NOW)
    answer = client_of(world.office).get(at(world, "badges"), {"tambon": cast.CITY})
    text = pypdfium2.PdfDocument(answer.content)[0].get_textpage().get_text_range()
    here = Worker.objects.filter(round=world.round, home_tambon_id=cast.CITY)
    there = Worker.objects.filter(round=world.round).exclude(home_tambon_id=cast.CITY)
    assert all(f"ลำดับที่ {worker.number}\r" in text for worker in here)
    assert not any(f"ลำดับที่ {worker.number}\r" in text for worker in there)
    assert Event.objects.filter(verb="orientation.badges_printed").count() == 1
    assert client_of(world.executive).get(at(world, "badges")).status_code == 403


def test_all_badges_are_a_job_with_eight_on_a_sheet(world: cast.World) -> None:
    given.workers(world.round, 9)
    client = client_of(world.office)
    assert "ยังไม่มีบัตร" in client.post(at(world, "all_badges")).content.decode()
    actions.issue_passes(round=world.round, by=None, at=NOW)
    client.post(at(world, "all_badges"))
    job = Job.objects.get()
    jobs.run(str(job.pk))
    job.refresh_from_db()
    assert job.failure == []
    file = b"".join(client.get(job.next_url).streaming_content)  # type: ignore[attr-defined]
    assert len(pypdfium2.PdfDocument(file)) == 2


@pytest.mark.parametrize("name", ["ศิริวรรณาภรณ์" * 15, "ก ข " * 50, "Mr. Very Long Name " * 10, "น้ำปู่ป้า"])
def test_no_name_is_cut_on_a_badge(name: str) -> None:
    badge = badges.Badge(name[:200], "ต.ในเมือง", "บัณฑิตจบใหม่", "ลำดับที่ 1", "https://u.example/p/x")
    pdf = badges.render(
        [badge], folder=fonts.prepare(Path(settings.FONTS_DIR)), head="หัว", foot="ท้าย", on=NOW.date()
    )
    text = pypdfium2.PdfDocument(pdf)[0].get_textpage().get_text_range()
    assert "".join(name[:200].split()) in "".join(text.split())


def test_the_list_of_passes_is_the_offices(world: cast.World) -> None:
    other = cast.world(code="OTH-2564")
    for account in (other.office, world.pm, world.worker, world.stranger):
        assert client_of(account).get(at(world, "passes")).status_code == 403
        assert client_of(account).post(at(world, "issue_passes")).status_code == 403
    assert not Pass.objects.filter(worker__round=world.round).exists()
    html = client_of(world.executive).get(at(world, "passes")).content.decode()
    assert at(world, "issue_passes") not in html
