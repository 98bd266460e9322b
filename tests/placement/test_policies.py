"""Rules under a name: made, compared for the real people, brought into force by adopting a plan."""

from __future__ import annotations

from dataclasses import replace
from html import unescape
from typing import Any

import pytest
from django.urls import reverse
from django.utils import timezone
from django.utils.html import strip_tags

from tests import cast, given
from tests.cast import client_of
from tests.factories import NOW
from u2t.audit.models import Event
from u2t.jobs import actions as jobs
from u2t.jobs.models import Job
from u2t.objections import Refused
from u2t.people.models import Worker
from u2t.placement import actions
from u2t.placement.forms.policies import PolicyForm
from u2t.placement.models import Engagement, Policy, Run, Study
from u2t.placement.queries import plans, policies, studies
from u2t.programme.models import Tambon


def make(world: cast.World, name: str = "ใกล้บ้าน", **numbers: Any) -> Policy:
    rule = replace(plans.rule_of_round(world.round), **numbers)
    return actions.make_policy(round=world.round, name=name, rule=rule, by=world.office, at=NOW)


def url(world: cast.World, name: str, *args: Any) -> str:
    return reverse(f"placement:{name}", args=[world.round.code, *args])


def read(world: cast.World, name: str, *args: Any, account: Any = None) -> str:
    answer = client_of(account or world.office).get(url(world, name, *args))
    return " ".join(unescape(strip_tags(answer.content.decode())).split())


def study_of(world: cast.World, *chosen: Policy) -> Study:
    """A comparison, asked for and computed by a worker."""
    study, job = actions.ask_for_study(round=world.round, chosen=chosen, by=world.office, at=NOW)
    assert job is not None
    jobs.run(str(job.pk))
    study.refresh_from_db()
    return study


def typed(world: cast.World, **changed: Any) -> dict[str, Any]:
    """What the form of a new rule would post, with something changed."""
    start = plans.rule_of_round(world.round)
    form = PolicyForm(round=world.round, start=start)
    there = {name: form[name].value() for name in form.fields if form[name].value() is not None}
    return there | {name.replace("__", "-"): value for name, value in changed.items()}


def live_far_away(worker: Worker) -> None:
    """Farther than any limit of these tests."""
    Worker.objects.filter(pk=worker.pk).update(
        home_tambon=Tambon.objects.filter(district__province="64").first()
    )


def refusals(call: Any) -> set[str]:
    with pytest.raises(Refused) as refused:
        call()
    return {one.code for one in refused.value.objections}


def test_an_officer_sees_what_would_differ_before_the_rule_is_kept(full: cast.World) -> None:
    office = client_of(full.office)
    data = typed(full, name="ไม่เกิน ๔๐ กม.", max_km="๔๐", floor__digital="1")
    shown = unescape(
        strip_tags(office.post(url(full, "policy_new"), data | {"preview": "1"}).content.decode())
    )
    assert "ไม่มีใครต้องไปไกลกว่า 40 กม." in shown
    assert not Policy.objects.exists(), "looking keeps nothing"
    answer = office.post(url(full, "policy_new"), data | {"keep": "1"})
    kept = Policy.objects.get()
    assert answer["Location"] == url(full, "policy", kept.number)
    rule = policies.rule_of_policy(kept)
    assert (rule.max_km, rule.skill_floor) == (40, (("digital", 1),))
    assert replace(rule, max_km=None, skill_floor=()) == plans.rule_of_round(full.round)
    assert Event.objects.get(verb="placement.make_policy").note["name"] == "ไม่เกิน ๔๐ กม."


def test_what_is_wrong_is_said_at_its_number_and_what_was_typed_stays(full: cast.World) -> None:
    data = typed(full, name="", max_km="ไกล", distance_bands="50, 20", order="weighted", wish_step="")
    answer = client_of(full.office).post(url(full, "policy_new"), data | {"keep": "1"})
    errors = answer.context["form"].errors
    assert set(errors) == {"name", "max_km", "distance_bands", "wish_step"}
    assert 'value="ไกล"' in answer.content.decode()
    data = typed(full, name="ก", order="weighted", floor__digital="99")
    answer = client_of(full.office).post(url(full, "policy_new"), data | {"keep": "1"})
    assert set(answer.context["form"].errors) == {"score_weight", "floor-digital"}
    assert not Policy.objects.exists()


def test_a_copy_starts_from_the_copied_numbers(full: cast.World) -> None:
    policy = make(full, max_km=33, need_weight=(("digital", 7),))
    answer = client_of(full.office).get(f"{url(full, 'policy_new')}?from={policy.number}")
    form = answer.context["form"]
    assert (form["max_km"].value(), form["need-digital"].value(), form["name"].value()) == (33, 7, None)


def test_two_rules_have_neither_the_same_name_nor_the_same_numbers(full: cast.World) -> None:
    policy = make(full, max_km=40)
    assert refusals(lambda: make(full, max_km=40)) == {"placement.policy_name_taken", "placement.policy_same"}
    actions.put_policy_aside(policy=policy, by=full.office, at=NOW)
    again = make(full, max_km=40)
    assert (policy.number, again.number) == (1, 2)
    assert refusals(lambda: actions.begin_run(round=full.round, policy=policy, by=full.office, at=NOW)) == {
        "placement.policy_put_aside"
    }


def test_a_number_that_no_rule_can_have_is_never_kept(full: cast.World) -> None:
    """Whatever is kept is read again on every page of the rules."""
    impossible: dict[str, Any] = {"max_km": 10**9, "need_missing": -1, "skill_floor": (("digital", 10**7),)}
    assert "placement.rule_unreadable" in refusals(lambda: make(full, **impossible))
    assert not Policy.objects.exists()


def test_an_address_with_an_absurd_number_leads_nowhere(full: cast.World) -> None:
    tambon, absurd = next(iter(full.round.tambons.all())), int("9" * 40)
    leaders = [url(full, name, tambon.tambon_id, absurd) for name in ("leader_why", "hold_leader")]
    table = f"/placement/{full.round.code}/studies/{'9' * 5000}/rules.csv"
    assert {client_of(full.office).get(one).status_code for one in (*leaders, table)} == {404}


def test_only_the_office_makes_rules_and_executives_read_them(full: cast.World) -> None:
    policy = make(full, max_km=40)
    assert "40" in read(full, "policy", policy.number, account=full.executive)
    page = client_of(full.executive).get(url(full, "policies")).content.decode()
    assert url(full, "policy_new") not in page
    assert url(full, "study_ask") not in page
    for account in (full.executive, full.pm, full.worker, cast.world(code="OTH-2564").office):
        client = client_of(account)
        posts = [client.post(url(full, name)) for name in ("policy_new", "study_ask")]
        posts += [client.post(url(full, name, 1)) for name in ("policy_use", "policy_put_aside")]
        assert {answer.status_code for answer in posts} == {403}
    assert client_of(full.worker).get(url(full, "policies")).status_code == 403


def test_a_comparison_shows_every_rule_and_what_each_part_costs(full: cast.World) -> None:
    live_far_away(full.hired)
    study = study_of(full, make(full, "ไม่เกิน 5 กม.", max_km=5))
    compared = studies.compared(study)
    assert study.finished_at is not None
    assert (compared.done, compared.total) == (13, 13), (
        "two rules, five parts of the one, a limit more of the other"
    )
    in_force, near = compared.columns
    assert in_force.is_in_force
    assert not near.is_in_force
    assert in_force.figures is not None
    assert near.figures is not None
    assert in_force.figures.filled == 15
    assert near.figures.filled == 14, "nobody is sent farther than 5 km, so a slot stays empty"
    shown = read(full, "study", study.number)
    assert "ผู้ที่ไม่ได้อัตรา เพิ่มขึ้น 1 คน" in shown, "what the limit costs"
    rows = {row.measure.key: [cell.is_best for cell in row.cells] for row in compared.rows}
    assert rows["unplaced"] == [True, False]
    assert "ดีที่สุด" in read(full, "policies")
    assert not Engagement.objects.exists(), "comparing places nobody"


def test_a_rule_that_nobody_can_keep_is_named_and_the_comparison_goes_on(full: cast.World) -> None:
    impossible = make(full, "ดิจิทัลครบ", skill_floor=(("digital", 5),))
    study = study_of(full, impossible, make(full, "ไม่เกิน 5 กม.", max_km=5))
    compared = studies.compared(study)
    column = next(one for one in compared.columns if one.policy == impossible)
    assert [one.code for one in column.refused] == ["placement.floor_lacks_people"]
    assert all(one.figures for one in compared.columns if one is not column)
    shown = read(full, "study", study.number)
    assert full.round.skills.get(code="digital").name in shown
    assert "ข้อนี้ทำให้จัดคนไม่ได้" in shown, "the floor is what stands in the way"
    assert refusals(
        lambda: actions.compute(
            run=actions.begin_run(round=full.round, policy=impossible, by=full.office, at=NOW),
            by=full.office,
            at=NOW,
        )
    ) == {"placement.floor_lacks_people"}


def test_a_comparison_that_rested_goes_on_without_computing_again(full: cast.World) -> None:
    answer = client_of(full.office).post(
        url(full, "study_ask"), {"chosen": [str(make(full, max_km=5).number)]}
    )
    study, job = Study.objects.get(), Job.objects.get()
    assert answer["Location"] == study.get_absolute_url()
    first = policies.open_runs(study)[0]
    actions.compute_of_study(run=first, yardstick=job.arguments["yardstick"], by=None, at=NOW)
    jobs.pause(job=job, by=full.office, at=NOW)
    jobs.run(str(job.pk))
    assert Run.objects.filter(study=study).exclude(computed_at=None).count() == 1
    assert "พักการเทียบไว้" in read(full, "study", study.number)
    assert "เสร็จแล้ว 1 จาก 13 แผน" in read(full, "study", study.number)
    jobs.resume(job=job, by=full.office, at=NOW)
    jobs.run(str(job.pk))
    study.refresh_from_db()
    assert study.finished_at is not None
    assert not policies.open_runs(study)
    first.refresh_from_db()
    assert first.computed_at == NOW, "what was done stays done"


def test_asking_twice_compares_once_and_nothing_chosen_is_refused(full: cast.World) -> None:
    policy = make(full, max_km=5)
    answer = client_of(full.office).post(url(full, "study_ask"))
    assert "เลือกอย่างน้อยหนึ่งกติกา" in unescape(answer.content.decode())
    asked = [
        actions.ask_for_study(round=full.round, chosen=[policy], by=full.office, at=NOW) for _ in range(2)
    ]
    assert asked[0] == asked[1]
    assert Study.objects.count() == 1
    assert refusals(lambda: actions.finish_study(study=asked[0][0], at=NOW)) == {"placement.study_unfinished"}


def test_figures_of_people_who_have_changed_since_are_marked_as_old(full: cast.World) -> None:
    study = study_of(full, make(full, max_km=5))
    assert "เปลี่ยนไป" not in read(full, "study", study.number)
    full.hired.skills.clear()
    assert "กรุณาเทียบใหม่ก่อนตัดสินใจ" in read(full, "policies")


def test_adopting_the_plan_of_a_rule_makes_it_the_rule_in_force(full: cast.World) -> None:
    older = actions.compute(
        run=actions.begin_run(round=full.round, by=full.office, at=NOW), by=full.office, at=NOW
    )
    policy = make(full, max_km=5)
    answer = client_of(full.office).post(url(full, "policy_use", policy.number))
    job = Job.objects.get()
    assert answer["Location"] == job.get_absolute_url()
    jobs.run(str(job.pk))
    run = Run.objects.get(policy=policy)
    assert run.rule["max_km"] == 5
    assert "จะเป็นกติกาที่ใช้อยู่" in read(full, "adoption", run.number)
    actions.adopt(run=run, by=full.office, at=timezone.now())
    full.round.refresh_from_db()
    assert plans.rule_of_round(full.round).max_km == 5
    assert policies.is_in_force(policy)
    event = Event.objects.get(verb="programme.set_placement_rule")
    assert (event.note["before"], event.note["after"]) == ({}, policy.rule)
    assert policy.name in event.note["reason"]
    assert "placement.changed_rule" in refusals(lambda: actions.adopt(run=older, by=full.office, at=NOW))


def test_a_plan_of_a_comparison_can_be_adopted_but_not_what_only_shows_a_cost(full: cast.World) -> None:
    policy = make(full, max_km=5)
    study = study_of(full, policy)
    whole = Run.objects.get(study=study, policy=policy, variant="")
    part = Run.objects.get(study=study, policy=policy, variant="max_km")
    assert part.plan is None
    assert client_of(full.office).get(url(full, "adoption", part.number)).status_code == 404
    assert f"แผนที่ {whole.number}" not in read(full, "placement")
    actions.adopt(run=whole, by=full.office, at=timezone.now())
    assert f"แผนที่ {whole.number}" in read(full, "placement")
    following = actions.begin_run(round=full.round, by=full.office, at=NOW)
    assert following.number == whole.number + 1, "what only shows a cost takes no number of a plan"


def test_a_plan_by_another_rule_waits_its_turn(full: cast.World) -> None:
    policy = make(full, max_km=5)
    asked = actions.ask_for_plan(round=full.round, policy=policy, by=full.office, at=NOW)
    assert actions.ask_for_plan(round=full.round, policy=policy, by=full.office, at=NOW) == asked
    assert refusals(lambda: actions.ask_for_plan(round=full.round, by=full.office, at=NOW)) == {
        "placement.another_plan_waits"
    }


def test_the_table_goes_out_as_a_file_with_numbers(full: cast.World) -> None:
    live_far_away(full.hired)
    study = study_of(full, make(full, max_km=5))
    answer = client_of(full.office).get(url(full, "study_table", study.number, "csv"))
    header, in_force, near = answer.content.decode("utf-8-sig").splitlines()
    filled = header.split(",").index("อัตราที่บรรจุแล้ว")
    assert in_force.split(",")[filled] == "15"
    assert near.split(",")[filled] == "14"


def test_more_people_cost_the_page_no_more_queries(
    full: cast.World, django_assert_max_num_queries: Any
) -> None:
    given.workers(full.round, 30)
    study_of(full, make(full, max_km=5))
    office = client_of(full.office)
    with django_assert_max_num_queries(55):
        office.get(url(full, "policies"))


def test_points_order_people_only_where_all_have_some(full: cast.World) -> None:
    study = study_of(full, make(full, "คะแนนก่อน", order="merit"))
    shown = read(full, "study", study.number)
    assert "ไม่มีคะแนน" in shown
    assert full.hired.person.full_name in shown
