"""The office composes a call; the public reads it; what applicants rely on does not change to their harm."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from tests.cast import CITY, TAMBONS, World
from tests.factories import NOW
from u2t.audit.models import Event
from u2t.objections import Refused
from u2t.recruitment.actions import calls as actions
from u2t.recruitment.models import Call, CallQuota
from u2t.recruitment.queries import calls as queries
from u2t.recruitment.rules.composing import CriterionRow, DocumentRow, MilestoneRow, RuleRow

WEEK = timedelta(days=7)


def drafted(world: World, **values: object) -> Call:
    given = {"opens_at": NOW + timedelta(days=1), "closes_at": NOW + WEEK, **values}
    world.round.is_announced = True
    world.round.save()
    return actions.draft_call(round=world.round, by=world.office, at=NOW, **given)


def published(world: World, **values: object) -> Call:
    call = drafted(world, names_announced=False, **values)
    return actions.publish_call(call=call, by=world.office, at=NOW)


def codes(refused: pytest.ExceptionInfo[Refused]) -> set[str]:
    return {objection.code.removeprefix("recruitment.call_") for objection in refused.value.objections}


def test_a_draft_begins_with_the_slots_of_the_round_and_the_usual_conditions(world: World) -> None:
    call = drafted(world)
    assert call.number == 1
    assert queries.slots_of(call) == {
        (tambon, category): slots
        for tambon in TAMBONS
        for category, slots in {"public": 1, "graduate": 3, "student": 1}.items()
    }
    assert RuleRow("degree_within", {"years": 3}, "graduate") in queries.rules_of(call)
    assert DocumentRow("degree", "graduate") in queries.documents_of(call)
    assert sum(row.weight for row in queries.criteria_of(call)) == 100
    assert call.names_announced is None
    assert Event.objects.filter(verb="recruitment.draft_call", round_code=world.round.code).exists()


def test_a_draft_is_published_only_when_nothing_is_missing(world: World) -> None:
    call = drafted(world, consent_th="")
    actions.set_criteria(call=call, criteria=[], by=world.office, at=NOW)
    actions.set_rules(call=call, rules=[], by=world.office, at=NOW)
    actions.set_quotas(call=call, slots={(CITY, "public"): 0}, by=world.office, at=NOW)
    world.round.is_announced = False
    world.round.save()
    with pytest.raises(Refused) as refused:
        actions.publish_call(call=call, by=world.office, at=NOW + 2 * WEEK)
    assert codes(refused) == {
        "closes_in_the_past", "no_slots", "no_criteria", "no_rules", "no_consent_text", "names_undecided",
        "round_not_announced",
    }  # fmt: skip
    call.refresh_from_db()
    assert call.published_at is None


def test_until_it_opens_everything_may_change_and_from_then_on_nothing_to_the_applicants_harm(
    world: World,
) -> None:
    call = published(world)
    actions.change_call(call=call, closes_at=NOW + WEEK - timedelta(hours=1), max_choices=2, by=None, at=NOW)

    later = NOW + timedelta(days=2)
    harm = {
        "opens_at": NOW + timedelta(days=3),
        "closes_at": NOW + timedelta(days=4),
        "max_choices": 1,
        "accept_days": 1,
        "priority": ["residence", "score", "lottery"],
        "names_announced": True,
        "consent_th": "anything",
        "pass_mark": 60_000,
        "retention_days": 999,
    }
    with pytest.raises(Refused) as refused:
        actions.change_call(call=call, by=world.office, at=later, **harm)
    assert codes(refused) == {"opened_already", "closes_earlier", "shortened", "is_fixed", "kept_longer"}
    assert {objection.field for objection in refused.value.objections} == set(harm)

    changed = actions.change_call(
        call=call, closes_at=NOW + 2 * WEEK, max_choices=3, text_th="ขยายเวลา", by=world.office, at=later
    )
    assert changed.closes_at == NOW + 2 * WEEK
    told = Event.objects.filter(verb="recruitment.change_call").latest("id").note["changed"]
    assert set(told) == {"closes_at", "max_choices", "text_th"}


def test_parts_of_an_open_call_may_be_eased_but_not_tightened(world: World) -> None:
    call, later = published(world), NOW + timedelta(days=2)
    slots, rules = queries.slots_of(call), queries.rules_of(call)
    documents, criteria = queries.documents_of(call), queries.criteria_of(call)
    for act in (
        lambda: actions.set_quotas(call=call, slots=slots | {(CITY, "public"): 0}, by=None, at=later),
        lambda: actions.set_rules(call=call, rules=[*rules, RuleRow("max_age", {"years": 35})], by=None, at=later),
        lambda: actions.set_documents(call=call, documents=[*documents, DocumentRow("area", "public")], by=None, at=later),
        lambda: actions.set_criteria(call=call, criteria=[CriterionRow("ก", "", 100, 100)], by=None, at=later),
    ):  # fmt: skip
        with pytest.raises(Refused):
            act()
    actions.set_quotas(call=call, slots=slots | {(CITY, "public"): 2}, by=None, at=later)
    kept = {row.kind: row.pk for row in call.eligibility.all()}
    actions.set_rules(call=call, rules=rules[1:], by=None, at=later)
    actions.set_documents(call=call, documents=documents[1:], by=None, at=later)
    renamed = [row._replace(name_th=row.name_th + " (แก้ไข)") for row in criteria]
    actions.set_criteria(call=call, criteria=renamed, by=None, at=later)
    assert CallQuota.objects.get(call=call, tambon__tambon_id=CITY, category__code="public").slots == 2
    assert {row.kind: row.pk for row in call.eligibility.all()}.items() < kept.items()


FAULTS: tuple[tuple[Any, dict[str, Any], set[str]], ...] = (
    (
        actions.set_quotas,
        {"slots": {("999999", "monk"): -1}},
        {"tambon_not_in_round", "category_unknown", "slots_out_of_range"},
    ),
    (actions.set_rules, {"rules": [RuleRow("tall")]}, {"rule_unknown"}),
    (
        actions.set_rules,
        {"rules": [RuleRow("min_age", {}, "monk", date(2021, 2, 1), date(2021, 1, 1))]},
        {"category_unknown", "rule_value_wrong", "rule_dates_backwards"},
    ),
    (
        actions.set_rules,
        {"rules": [RuleRow("student_year", {"from": 4, "until": 3})]},
        {"rule_value_wrong"},
    ),
    (actions.set_rules, {"rules": [RuleRow("own_student"), RuleRow("own_student")]}, {"rule_twice"}),
    (actions.set_rules, {"rules": [RuleRow("lives_in", {"area": "moon"})]}, {"rule_value_wrong"}),
    (
        actions.set_documents,
        {"documents": [DocumentRow("x", "monk"), DocumentRow("photo"), DocumentRow("photo")]},
        {"document_unknown", "category_unknown", "document_twice"},
    ),
    (
        actions.set_criteria,
        {"criteria": [CriterionRow(" ", "", 0, 40), CriterionRow("ก", "", 10, 0)]},
        {"criterion_unnamed", "criterion_points", "criterion_weight", "weights_not_100"},
    ),
    (
        actions.set_milestones,
        {"milestones": [MilestoneRow("", "", date(2021, 2, 2), date(2021, 2, 1))]},
        {"milestone_unnamed", "milestone_backwards"},
    ),
)


def test_a_part_with_faults_is_refused_with_every_reason(world: World) -> None:
    call = drafted(world)
    for act, given, expected in FAULTS:
        with pytest.raises(Refused) as refused:
            act(call=call, by=world.office, at=NOW, **given)
        assert codes(refused) == expected


def test_single_values_out_of_range_are_told_all_at_once(world: World) -> None:
    call = drafted(world)
    with pytest.raises(Refused) as refused:
        actions.change_call(
            call=call, by=world.office, at=NOW,
            name_th=" ", closes_at=NOW, max_choices=0, pass_mark=100_001, interviews_from=date(2021, 3, 2),
            results_on=date(2021, 1, 1), priority=["lottery", "score"],
        )  # fmt: skip
    assert codes(refused) == {
        "name_missing", "closes_before_it_opens", "number_out_of_range", "pass_mark_out_of_range",
        "interviews_half", "results_before_closing", "priority_malformed",
    }  # fmt: skip


def test_the_lottery_seed_is_typed_or_drawn_and_stays_once_it_is_published(world: World) -> None:
    call = drafted(world, names_announced=False)
    drawn = actions.publish_seed(call=call, by=world.office, at=NOW).lottery_seed
    assert len(drawn) == 16
    call = actions.publish_seed(call=call, seed=" สลาก 16 ก.พ. 2564: 424603 ", by=world.office, at=NOW)
    assert call.lottery_seed == "สลาก 16 ก.พ. 2564: 424603"
    actions.publish_call(call=call, by=world.office, at=NOW)
    with pytest.raises(Refused) as refused:
        actions.publish_seed(call=call, seed="1" * 65, by=world.office, at=NOW)
    assert codes(refused) == {"seed_is_fixed", "seed_too_long"}


def test_a_cancelled_call_says_why_and_changes_no_more(world: World) -> None:
    call = published(world)
    with pytest.raises(Refused) as refused:
        actions.cancel_call(call=call, reason=" ", by=world.office, at=NOW)
    assert codes(refused) == {"cancel_without_reason"}
    actions.cancel_call(call=call, reason="งบประมาณเปลี่ยน", by=world.office, at=NOW)
    with pytest.raises(Refused) as refused:
        actions.change_call(call=call, name_th="ใหม่", by=world.office, at=NOW)
    assert codes(refused) == {"is_cancelled"}


def test_numbers_go_on_without_gaps_for_one_application_and_for_many(world: World) -> None:
    call = published(world)
    assert [actions.give_numbers(call, count) for count in (1, 6_000, 1)] == [1, 2, 6_002]


def test_the_database_keeps_no_paper_asked_for_twice_of_everybody(world: World) -> None:
    call = drafted(world)
    with pytest.raises(IntegrityError), transaction.atomic():
        call.documents.create(kind="photo", category=None, is_required=False)
