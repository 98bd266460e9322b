"""The board: what its tiles say, who sees it, and that what it promises of a change is what the change does."""

from __future__ import annotations

import json
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils.html import strip_tags

from tests import cast, factories, given
from tests.factories import NOW
from u2t.people.models import Worker
from u2t.placement import actions
from u2t.placement.models import Engagement, Run
from u2t.placement.queries import board, readings, teams, trying
from u2t.placement.queries.readings import Facts
from u2t.placement.rules import Tally

LATER = NOW.replace(hour=15)
BOARD = "/placement/TST-2564/board"


def tile(answer: Any, code: str) -> board.Tile:
    """The tile of a tambon on a board that was answered."""
    return next(
        one
        for province in answer.context["board"].provinces
        for district in province.districts
        for one in district.tiles
        if one.tambon.tambon_id == code
    )


def codes(answer: Any) -> list[str]:
    """The tambons on the board."""
    return [
        one.tambon.tambon_id
        for province in answer.context["board"].provinces
        for district in province.districts
        for one in district.tiles
    ]


def somebody(world: cast.World, category: str = "graduate", tambon: str = cast.CITY) -> Worker:
    """Somebody of a tambon's team."""
    held = teams.engagements().filter(category__code=category, tambon__tambon_id=tambon).first()
    assert held is not None
    return held.worker


@pytest.mark.parametrize(
    ("show", "facts", "step", "figure", "note"),
    [
        ("fill", Facts((Tally(5, 5), Tally(10, 10))), 1, "15/15", "5/5 · 10/10"),
        ("fill", Facts((Tally(5, 5), Tally(8, 10))), 2, "13/15", "5/5 · 8/10"),
        ("fill", Facts((Tally(7, 10),)), 3, "7/10", "ว่าง 3 อัตรา"),
        ("fill", Facts((Tally(0, 10),)), 5, "0/10", "ว่าง 10 อัตรา"),
        ("fill", Facts(), 0, "–", ""),
        ("skills", Facts((Tally(1, 1),), skills=12), 1, "12/12", "ครบ"),
        ("skills", Facts((Tally(1, 1),), skills=12, lacking=("ก", "ข")), 3, "10/12", "ขาดก และอีก 1"),
        ("skills", Facts((Tally(0, 1),), skills=12, lacking=("ก",) * 12), 0, "–", ""),
        ("distance", Facts(km=(0, 5, 80)), 1, "5 กม.", "ไกลสุด 80 กม."),
        ("distance", Facts(km=(41,)), 5, "41 กม.", "ไกลสุด 41 กม."),
        ("distance", Facts(), 0, "–", ""),
        ("wishes", Facts(asked=5, first=4), 1, "80%", "4 จาก 5 คน"),
        ("wishes", Facts(asked=5, first=0), 5, "0%", "0 จาก 5 คน"),
        ("wishes", Facts(), 0, "–", ""),
        ("leaders", Facts(leaders=2, wanted=2, dimensions=6), 1, "2/2", "ครบ"),
        ("leaders", Facts(leaders=1, wanted=2, dimensions=6), 4, "1/2", "ขาด PM"),
        ("leaders", Facts(leaders=0, wanted=2, dimensions=6), 5, "0/2", "ขาด PM"),
    ],
)
def test_a_tile_says_in_figures_and_words_what_its_colour_says(
    show: str, facts: Facts, step: int, figure: str, note: str
) -> None:
    read = readings.reading(show, facts)
    assert (read.step, read.figure, read.note) == (step, figure, note)
    assert read.words == readings.STEPS[show][step]


def test_the_board_shows_what_is_in_force_and_finds_the_tambon_with_a_problem(placed: cast.World) -> None:
    office = cast.client_of(placed.office)
    assert tile(office.get(BOARD), cast.CITY).reading.figure == "5/5"
    who = somebody(placed)
    actions.unplace(worker=who, reason="ขอพัก", by=placed.office, at=NOW)
    answer = office.get(BOARD)
    assert tile(answer, cast.CITY).reading.figure == "4/5"
    assert tile(answer, cast.CITY).reading.note == "1/1 · 2/3 · 1/1"
    assert [(step, count) for step, _, count in answer.context["board"].legend][:2] == [(1, 2), (2, 1)]
    assert codes(office.get(BOARD, {"troubled": "1"})) == [cast.CITY]
    assert [one.pk for one in answer.context["waiting"].workers] == [who.pk]
    assert who.person.full_name in strip_tags(answer.content.decode()), "the tray names who has no slot"


def test_the_board_is_narrowed_by_area_category_and_line_of_work(placed: cast.World) -> None:
    office = cast.client_of(placed.office)
    assert codes(office.get(BOARD, {"area": "62"})) == [cast.CITY, cast.NONG_LUANG_KPP]
    assert codes(office.get(BOARD, {"area": "6308"})) == [cast.NONG_LUANG_TAK]
    assert tile(office.get(BOARD, {"category": "graduate"}), cast.CITY).reading.figure == "3/3"
    assert tile(office.get(BOARD, {"workstream": "data"}), cast.CITY).reading.figure == "1/1"
    nonsense = office.get(BOARD, {"area": "99", "category": "x", "show": "y", "open": "0", "move": "x"})
    assert (len(codes(nonsense)), nonsense.context["lens"].show) == (3, "fill")


def test_an_unknown_distance_is_a_dash_and_never_nought(placed: cast.World) -> None:
    Worker.objects.update(home_tambon=None)
    read = tile(cast.client_of(placed.office).get(BOARD, {"show": "distance"}), cast.CITY).reading
    assert (read.step, read.figure) == (0, "–")


def test_skills_wishes_and_leaders_are_those_of_the_people_there(placed: cast.World) -> None:
    office = cast.client_of(placed.office)
    there = Engagement.objects.current().filter(tambon=placed.tambons[cast.CITY])
    skills = {skill for one in there for skill in one.worker.skills.all()}
    every = placed.round.skills.count()
    assert tile(office.get(BOARD, {"show": "skills"}), cast.CITY).reading.figure == f"{len(skills)}/{every}"
    first = sum(one.why["parts"]["wish_rank"] == 0 for one in there)
    assert tile(office.get(BOARD, {"show": "wishes"}), cast.CITY).reading.note == f"{first} จาก 5 คน"
    assert tile(office.get(BOARD, {"show": "leaders"}), cast.CITY).reading.figure == "2/2"


def test_a_skill_lacks_where_fewer_bring_it_than_the_rule_asks_for(placed: cast.World) -> None:
    skill = somebody(placed).skills.first()
    assert skill is not None
    source = board.source_of(placed.round)
    assert skill.name not in board.facts_of(source, board.Lens())[cast.CITY].lacking
    placed.round.placement_rule = {"skill_floor": [[skill.code, 6]]}
    asked = board.source_of(placed.round)
    assert skill.name in board.facts_of(asked, board.Lens())[cast.CITY].lacking
    some = board.Lens(workstream="team")
    assert board.facts_of(asked, some)[cast.CITY].lacking == board.facts_of(source, some)[cast.CITY].lacking


def test_a_search_marks_where_the_person_is(placed: cast.World) -> None:
    who = somebody(placed)
    answer = cast.client_of(placed.office).get(BOARD, {"q": str(who.number)})
    assert [one.worker for one in answer.context["board"].found] == [who]
    assert tile(answer, cast.CITY).found == 1
    assert tile(answer, cast.NONG_LUANG_TAK).found == 0
    assert "ไม่พบคน" in cast.client_of(placed.office).get(BOARD, {"q": "ไม่มีใคร"}).content.decode()


def test_a_computed_plan_is_looked_at_and_not_changed(full: cast.World, planned: Run) -> None:
    office = cast.client_of(full.office)
    assert tile(office.get(BOARD), cast.CITY).reading.figure == "0/5", "nothing is in force yet"
    answer = office.get(BOARD, {"run": "1", "open": cast.CITY, "move": "2"})
    assert tile(answer, cast.CITY).reading.figure == "5/5"
    page = answer.content.decode()
    assert "ดูอย่างเดียว" in page
    assert "data-try" not in page
    assert answer.context["mover"] is None
    assert f"{BOARD}/tambons/{cast.CITY}?run=1" in page, "drilling down stays in the plan"
    assert office.get(BOARD, {"run": "9"}).status_code == 404


def test_a_tile_opens_onto_its_people_with_way_wish_and_pin(placed: cast.World) -> None:
    who = somebody(placed)
    Engagement.objects.filter(worker=who).update(held_at=NOW, held_reason="ขอไว้")
    office = cast.client_of(placed.office)
    answer = office.get(f"{BOARD}/tambons/{cast.CITY}")
    members = [member for group in answer.context["team"].groups for member in group.members]
    assert len(members) == 5
    assert [member.worker for member in members if member.held] == [who]
    text = strip_tags(answer.content.decode())
    assert "ตรึงไว้" in text
    assert all(member.worker.person.full_name in text for member in members)
    leaders = [one.lecturer.person.full_name for one in teams.leaders_of(placed.tambons[cast.CITY])]
    assert all(name in text for name in leaders)
    assert office.get(BOARD, {"open": cast.CITY}).context["team"].tambon == placed.tambons[cast.CITY]


def test_what_a_tile_promises_is_what_the_change_does(placed: cast.World) -> None:
    actions.unplace(worker=somebody(placed, tambon=cast.NONG_LUANG_KPP), reason="ว่าง", by=None, at=NOW)
    kinds, checked = set(), 0
    for who in (somebody(placed), somebody(placed, "student")):
        trial = trying.Trial(who)
        for tambon in placed.tambons.values():
            said = trial.everywhere()[tambon.tambon_id]
            kinds.add(said.kind)
            offers = trying.offers_of(trial, tambon)
            if said.more is not None:
                assert said.more == offers[0].way.more
            for offer in offers:
                does = trying.consequence_of(who, tambon, offer)
                before, after = does.before, does.after
                more = after.cost + after.office_cost - before.cost - before.office_cost
                assert (offer.way.more, does.objections) == (more, ())
                checked += 1
    assert kinds == {"here", "free", "swap"}
    assert checked > 5


def test_somebody_without_a_slot_is_offered_free_slots_only(placed: cast.World) -> None:
    late = factories.worker(placed.round, "student", wishes=(cast.CITY,))
    assert {one.kind for one in trying.Trial(late).everywhere().values()} == {"full"}
    actions.unplace(worker=somebody(placed, "student"), reason="ลาออก", by=None, at=NOW)
    said = trying.Trial(late).everywhere()
    assert said[cast.CITY].kind == "free"
    assert said[cast.CITY].is_best
    assert not said[cast.CITY].text.startswith(("+", "−")), "there is nothing to compare with"
    assert said[cast.NONG_LUANG_TAK].kind == "full"
    offers = trying.offers_of(trying.Trial(late), placed.tambons[cast.CITY])
    assert [offer.other for offer in offers] == [None]


def test_nobody_who_is_pinned_is_offered_for_a_swap(placed: cast.World) -> None:
    who, other = somebody(placed, "student"), somebody(placed, "student", cast.NONG_LUANG_TAK)
    there = placed.tambons[cast.NONG_LUANG_TAK]
    assert [o.other for o in trying.offers_of(trying.Trial(who), there)] == [other]
    Engagement.objects.filter(worker=other).update(held_at=NOW)
    assert trying.offers_of(trying.Trial(who), there) == []
    page = cast.client_of(placed.office).get(f"{BOARD}/people/{who.number}/to/{cast.NONG_LUANG_TAK}")
    assert "เข้าตำบลนี้ไม่ได้" in page.content.decode()


def test_ways_beyond_the_farthest_of_the_rule_are_named_and_come_last(placed: cast.World) -> None:
    placed.round.placement_rule = {"max_km": 1}
    placed.round.save()
    who = somebody(placed)
    far = {code: trying.Trial(who).best(code) for code in cast.TAMBONS}
    assert {code for code, one in far.items() if one.is_far} == set(cast.TAMBONS) - {cast.CITY}
    assert all("ไกลเกินกติกา" in one.text for code, one in far.items() if code != cast.CITY)


def test_the_script_gets_every_tambon_of_one_person_in_one_request(placed: cast.World) -> None:
    who = somebody(placed)
    told = json.loads(cast.client_of(placed.office).get(f"{BOARD}/people/{who.number}/try").content)
    assert told["name"] == who.person.full_name
    assert set(told["tiles"]) == set(cast.TAMBONS)
    assert told["tiles"][cast.CITY]["kind"] == "here"
    page = cast.client_of(placed.office).get(BOARD, {"move": who.number}).content.decode()
    for one in told["tiles"].values():
        assert one["url"] in page, "without a script the tiles lead to the same pages"
        assert one["text"] in page


def test_a_change_from_the_board_leads_back_to_it_and_can_be_undone(placed: cast.World) -> None:
    office = cast.client_of(placed.office)
    who, other = somebody(placed, "student"), somebody(placed, "student", cast.NONG_LUANG_TAK)
    tried = office.get(f"{BOARD}/people/{who.number}/to/{cast.NONG_LUANG_TAK}")
    assert other.person.full_name in strip_tags(tried.content.decode())
    change = f"/placement/TST-2564/people/{who.number}/change?what=swap&other={other.number}&back=board"
    assert change.replace("&", "&amp;") in tried.content.decode()
    seen = tried.context["reason"].initial["seen"]
    made = office.post(change, {"reason": "ตกลงกันแล้ว", "seen": seen}, follow=True)
    assert made.redirect_chain == [(f"{BOARD}?moved={who.number}&open={cast.NONG_LUANG_TAK}", 302)]
    assert "ย้ายกลับ" in made.content.decode()
    back = f"/placement/TST-2564/people/{who.number}/change?{trying.way_back(who)}"
    seen = office.get(back).context["reason"].initial["seen"]
    office.post(back, {"reason": "ย้ายกลับ", "seen": seen})
    homes = [teams.engagement_of(one) for one in (who, other)]
    assert [one.tambon.tambon_id for one in homes if one] == [cast.CITY, cast.NONG_LUANG_TAK]


def test_the_way_back_is_known_after_every_kind_of_change(placed: cast.World) -> None:
    who = somebody(placed)
    assert trying.way_back(who) == "", "a plan is not undone person by person"
    free = somebody(placed, tambon=cast.NONG_LUANG_KPP)
    actions.unplace(worker=free, reason="พัก", by=None, at=NOW)
    assert trying.way_back(free) == ""
    trial = trying.Trial(who)
    offer = trying.offers_of(trial, placed.tambons[cast.NONG_LUANG_KPP])[0]
    assert offer.other is None
    actions.move(
        worker=who, tambon=placed.tambons[cast.NONG_LUANG_KPP], workstream=offer.workstream,
        office=offer.office, reason="ใกล้บ้าน", by=None, at=LATER,
    )  # fmt: skip
    assert f"tambon={cast.CITY}" in trying.way_back(who)
    actions.move(
        worker=free, tambon=placed.tambons[cast.CITY], workstream=offer.workstream, reason="คืน", by=None,
        at=LATER,
    )  # fmt: skip
    assert trying.way_back(free) == "what=unplace"


def test_only_office_and_executives_see_the_board_and_only_the_office_moves(placed: cast.World) -> None:
    who = somebody(placed)
    looks = (BOARD, f"{BOARD}/tambons/{cast.CITY}")
    tries = (f"{BOARD}/people/{who.number}/try", f"{BOARD}/people/{who.number}/to/{cast.CITY}")
    for role in ("stranger", "am", "agency_officer", "pm", "worker"):
        client = cast.client_of(getattr(placed, role))
        assert [client.get(url).status_code for url in (*looks, *tries)] == [403] * 4, role
    executive = cast.client_of(placed.executive)
    pages = [executive.get(url, {"move": who.number}) for url in looks]
    assert all("data-try" not in page.content.decode() for page in pages)
    assert [executive.get(url).status_code for url in tries] == [403, 403]


def test_who_has_left_is_tried_nowhere(placed: cast.World) -> None:
    who = somebody(placed)
    actions.leave(worker=who, kind="resigned", on=NOW.date(), reason="ได้งานใหม่", by=placed.office, at=NOW)
    office = cast.client_of(placed.office)
    for url in (f"{BOARD}/people/{who.number}/try", f"{BOARD}/people/{who.number}/to/{cast.CITY}"):
        assert "พ้นจากงานแล้ว" in office.get(url).content.decode()
    assert office.get(BOARD, {"move": who.number}).context["mover"] is None


def test_a_round_without_tambons_says_so(placed: cast.World) -> None:
    empty = cast.a_round(placed.institution, code="TST-2565", by=placed.office)
    page = cast.client_of(placed.office).get(f"/placement/{empty.code}/board").content.decode()
    assert "รอบนี้ยังไม่มีตำบล" in page


def test_more_people_cost_the_board_no_more_queries(placed: cast.World) -> None:
    office, who = cast.client_of(placed.office), somebody(placed)
    factories.worker(placed.round, "graduate", wishes=(cast.CITY,))
    addresses = [
        f"{BOARD}?open={cast.CITY}&q={who.person.given_name}", f"{BOARD}?move={who.number}",
        f"{BOARD}/people/{who.number}/try", f"{BOARD}/people/{who.number}/to/{cast.NONG_LUANG_KPP}",
    ]  # fmt: skip

    def counted() -> list[int]:
        counts = []
        for url in addresses:
            with CaptureQueriesContext(connection) as queries:
                office.get(url)
            counts.append(len(queries))
        return counts

    counted()
    before = counted()
    given.workers(placed.round, 40)
    given.lecturers(placed.round, 12)
    assert counted() == before
