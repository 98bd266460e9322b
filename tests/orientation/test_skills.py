"""The four skills: areas, courses, evidence, and the matrix."""

from __future__ import annotations

import io
from datetime import date, timedelta
from typing import Any

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from PIL import Image

from tests import cast, factories, given
from tests.cast import client_of
from tests.factories import NOW
from u2t.audit.models import Event
from u2t.objections import Refused
from u2t.orientation.actions import skills as actions
from u2t.orientation.models import Area, Course, Enrolment
from u2t.orientation.queries import skills as queries
from u2t.people.models import Worker


def at(world: cast.World, name: str, *args: object) -> str:
    return reverse(f"orientation:{name}", args=[world.round.code, *args])


def photograph() -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (60, 40), "green").save(out, "JPEG")
    return out.getvalue()


@pytest.fixture
def offered(world: cast.World) -> cast.World:
    """The usual areas with one course in each of the first two."""
    for area in actions.use_usual_areas(round=world.round, by=world.office, at=NOW)[:2]:
        actions.add_course(
            round=world.round, area=area, name_th=f"หลักสูตร {area.code}", hours=6, by=world.office, at=NOW
        )
    return world


def enrolled(world: cast.World, worker: Worker | None = None, *, code: str = "digital") -> Enrolment:
    course = Course.objects.get(area__round=world.round, area__code=code)
    return actions.enrol(worker=worker or world.hired, course=course, by=None, at=NOW)


def handed_in(world: cast.World, worker: Worker | None = None, **changed: Any) -> Enrolment:
    values = {"finished_on": date(2021, 2, 1), "hours": 6, "evidence_number": "A-1", "by": None, "at": NOW}
    return actions.hand_in(enrolment=enrolled(world, worker), **{**values, **changed})


def test_the_usual_areas_are_the_programmes_four_and_taken_once(world: cast.World) -> None:
    client = client_of(world.office)
    for _ in range(2):
        client.post(at(world, "areas"), {"do": "usual"})
    assert [area.code for area in Area.objects.filter(round=world.round)] == [
        "digital", "english", "financial", "social",
    ]  # fmt: skip
    first = Area.objects.filter(round=world.round).first()
    client.post(at(world, "areas"), {f"name_th_{first.pk}": "ดิจิทัล", "name_th_new": "การประกอบการ"})
    assert client.post(at(world, "areas"), {f"name_th_{first.pk}": ""}).status_code == 409
    names = list(Area.objects.filter(round=world.round).values_list("name_th", flat=True))
    assert (names[0], names[4]) == ("ดิจิทัล", "การประกอบการ")


def test_a_worker_joins_hands_in_is_returned_hands_in_again_and_is_accepted(offered: cast.World) -> None:
    worker, office = client_of(offered.worker), client_of(offered.office)
    course = Course.objects.get(area__code="digital")
    worker.post(at(offered, "enrol"), {"course": course.pk})
    one = Enrolment.objects.get()
    typed = {"finished_on": "1/2/2564", "hours": "6", "evidence_number": ""}
    assert "หลักฐาน" in worker.post(at(offered, "hand_in", one.pk), typed).content.decode()
    photo = SimpleUploadedFile("photo.jpg", photograph(), "image/jpeg")
    worker.post(at(offered, "hand_in", one.pk), {**typed, "file": photo})
    assert offered.hired.person.surname in office.get(at(offered, "evidence")).content.decode()
    office.post(at(offered, "decide_evidence", one.pk), {"reason": "ภาพไม่ชัด"})
    assert "ภาพไม่ชัด" in worker.get(at(offered, "my_skills")).content.decode()
    worker.post(at(offered, "hand_in", one.pk), {**typed, "hours": "5"})
    office.post(at(offered, "decide_evidence", one.pk), {"do": "accept"})
    one.refresh_from_db()
    assert (one.accepted_by, one.hours, queries.state_of(one)) == (offered.office, 5, "accepted")
    assert queries.own(offered.hired)[0].hours == 5
    with pytest.raises(Refused, match="already_accepted"):
        actions.leave(enrolment=one, by=offered.worker, at=NOW)


def test_evidence_is_read_by_the_office_with_a_note_and_by_nobody_else(offered: cast.World) -> None:
    one = handed_in(offered, file=("x.jpg", photograph()))
    address = at(offered, "evidence_file", one.pk)
    other = cast.world(code="OTH-2564")
    colleague = cast.account_of(factories.worker(offered.round, "public").person, "w")
    for account in (other.office, offered.executive, offered.pm, colleague, offered.stranger):
        assert client_of(account).get(address).status_code == 403
    assert client_of(offered.worker).get(address).content.startswith(b"\xff\xd8")
    assert not Event.objects.filter(verb="orientation.evidence_read").exists()
    answer = client_of(offered.office).get(address)
    assert (answer["Content-Type"], answer["Cache-Control"]) == ("image/jpeg", "no-store")
    assert Event.objects.get(verb="orientation.evidence_read").by == offered.office


def test_what_is_no_picture_is_refused_and_what_was_typed_stays(offered: cast.World) -> None:
    one = enrolled(offered)
    file = SimpleUploadedFile("photo.jpg", b"MZ\x90\x00 this program", "image/jpeg")
    typed = {"finished_on": "1/2/2564", "hours": "6", "evidence_number": "A-77", "file": file}
    html = client_of(offered.worker).post(at(offered, "hand_in", one.pk), typed).content.decode()
    assert "A-77" in html
    one.refresh_from_db()
    assert one.handed_in_at is None


def test_another_file_takes_the_place_of_the_former_one(offered: cast.World) -> None:
    one = handed_in(offered, file=("x.jpg", photograph()))
    former = one.evidence
    handed_in(offered, file=("y.jpg", photograph()))
    former.refresh_from_db()
    assert former.erased_at is not None
    assert Enrolment.objects.get().evidence != former


def test_joining_twice_is_joining_once_and_a_closed_course_takes_nobody(offered: cast.World) -> None:
    assert enrolled(offered) == enrolled(offered)
    course = Course.objects.get(area__code="english")
    client_of(offered.office).post(at(offered, "close_course", course.pk))
    assert client_of(offered.worker).post(at(offered, "enrol"), {"course": course.pk}).status_code == 409
    assert Enrolment.objects.count() == 1


def test_the_office_decides_only_what_waits(offered: cast.World) -> None:
    one = enrolled(offered)
    with pytest.raises(Refused, match="nothing_handed_in"):
        actions.accept(enrolment=one, by=offered.office, at=NOW)
    with pytest.raises(Refused, match="finished_ahead"):
        handed_in(offered, finished_on=NOW.date() + timedelta(days=1))


def test_the_matrix_counts_accepted_hours_by_area_and_finds_who_is_without(offered: cast.World) -> None:
    given.workers(offered.round, 3)
    second = Worker.objects.get(round=offered.round, number=2)
    actions.accept(enrolment=handed_in(offered), by=offered.office, at=NOW)
    handed_in(offered, second)
    areas = queries.areas(offered.round)
    rows = queries.rows(list(Worker.objects.filter(round=offered.round)), areas)
    cells = [(row.cells[0].hours, row.cells[0].accepted, row.cells[0].under_way) for row in rows]
    assert cells == [(6, 1, 0), (0, 0, 1), (0, 0, 0)]
    client = client_of(offered.executive)
    html = client.get(at(offered, "skills"), {"without": "digital"}).content.decode()
    assert f'{offered.hired.get_absolute_url()}"' not in html
    assert f'{second.get_absolute_url()}"' in html
    data = client.get(at(offered, "skills_file")).content
    first = next(openpyxl.load_workbook(io.BytesIO(data)).active.iter_rows(min_row=2, values_only=True))
    assert first[4:6] == (6, 1)


def test_more_people_cost_the_matrix_no_more_queries(
    offered: cast.World, django_assert_num_queries: Any
) -> None:
    given.workers(offered.round, 9)
    areas = queries.areas(offered.round)
    people = list(Worker.objects.filter(round=offered.round))
    with django_assert_num_queries(1):
        queries.rows(people, areas)


def test_courses_and_evidence_are_the_offices(offered: cast.World) -> None:
    one = handed_in(offered)
    other = cast.world(code="OTH-2564")
    for account in (other.office, offered.pm, offered.worker, offered.stranger):
        client = client_of(account)
        addresses = [at(offered, name) for name in ("skills", "areas", "courses", "new_course", "evidence")]
        addresses.append(at(offered, "enrolment", one.pk))
        assert {client.get(address).status_code for address in addresses} == {403}
        assert client.post(at(offered, "decide_evidence", one.pk), {"do": "accept"}).status_code == 403
    assert client_of(offered.office).get(at(offered, "my_skills")).status_code == 403
    one.refresh_from_db()
    assert one.accepted_at is None
