"""Put the parts of a call: slots, rules of eligibility, papers, criteria, timetable. Each replaces what stood."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

from django.db import transaction

from u2t.audit import actions as audit
from u2t.objections import Objection, refuse_if
from u2t.pages.declare import allow
from u2t.recruitment import permissions
from u2t.recruitment.models import (
    Call,
    CallQuota,
    Criterion,
    DocumentKind,
    Eligibility,
    Milestone,
    Override,
    RequiredDocument,
)
from u2t.recruitment.queries import calls as queries
from u2t.recruitment.rules import amending, composing, timetable


def held(call: Call) -> Call:
    """The call, locked against every other change and every submission until the transaction ends."""
    return Call.objects.select_for_update(of=("self",)).select_related("round").get(pk=call.pk)


def record(verb: str, call: Call, by: Any, at: datetime, note: Mapping[str, object] | None = None) -> None:
    """Append what happened to the call to the chain of events."""
    audit.record(
        verb=f"recruitment.{verb}", subject=call, by=by, at=at, round_code=call.round.code, note=note
    )


def ended(call: Call) -> list[Objection]:
    """A cancelled call, or one whose selection was adopted, is not changed any more."""
    if call.cancelled_at:
        return [Objection("recruitment.call_is_cancelled")]
    if call.selections.filter(adopted_at__isnull=False).exists():
        return [Objection("recruitment.call_is_decided")]
    return []


def set_quotas(*, call: Call, slots: composing.Slots, by: Any, at: datetime) -> None:
    """Look for ``slots`` people, keyed by (tambon code, category code); a missing key looks for nobody."""
    tambons, categories = _tambons(call), _categories(call)

    def put(call: Call) -> dict[str, object]:
        call.quotas.all().delete()
        CallQuota.objects.bulk_create(
            CallQuota(call=call, tambon_id=tambons[tambon], category_id=categories[code], slots=number)
            for (tambon, code), number in slots.items()
        )
        return {"slots": sum(slots.values())}

    _put(
        call, by, at, "set_quotas", put,
        composing.slot_objections(slots, tambons, categories),
        lambda call: amending.slot_objections(queries.slots_of(call), slots),
    )  # fmt: skip


def set_rules(*, call: Call, rules: Sequence[composing.RuleRow], by: Any, at: datetime) -> None:
    """Ask for these rules of eligibility, in this order."""
    categories = _categories(call)

    def put(call: Call) -> dict[str, object]:
        _replace_rules(call, rules, categories)
        return {"rules": len(rules)}

    _put(
        call, by, at, "set_rules", put,
        composing.rule_objections(rules, categories),
        lambda call: amending.rule_objections(queries.rules_of(call), rules),
    )  # fmt: skip


def _replace_rules(call: Call, rules: Sequence[composing.RuleRow], categories: Mapping[str, int]) -> None:
    """Keep the rows of rules that stay, for findings and exceptions point at them."""
    stored = {
        (row.kind, row.category_id, row.valid_from, row.valid_until): row for row in call.eligibility.all()
    }
    for position, rule in enumerate(rules):
        category = categories[rule.category] if rule.category else None
        row = stored.pop((rule.kind, category, rule.valid_from, rule.valid_until), None)
        row = row or Eligibility(
            call=call,
            kind=rule.kind,
            category_id=category,
            valid_from=rule.valid_from,
            valid_until=rule.valid_until,
        )
        row.values, row.position = dict(rule.values), position
        row.save()
    gone = [row.pk for row in stored.values()]
    refuse_if(
        [Objection("recruitment.call_rule_was_excepted")]
        if Override.objects.filter(rule__in=gone).exists()
        else []
    )
    Eligibility.objects.filter(pk__in=gone).delete()


def set_documents(*, call: Call, documents: Sequence[composing.DocumentRow], by: Any, at: datetime) -> None:
    """Ask for these papers."""
    categories = _categories(call)

    def put(call: Call) -> dict[str, object]:
        call.documents.all().delete()
        RequiredDocument.objects.bulk_create(
            RequiredDocument(
                call=call,
                kind=row.kind,
                is_required=row.is_required,
                category_id=categories.get(row.category),
            )
            for row in documents
        )
        return {"documents": len(documents)}

    _put(
        call, by, at, "set_documents", put,
        composing.document_objections(documents, DocumentKind.values, categories),
        lambda call: amending.document_objections(queries.documents_of(call), documents),
    )  # fmt: skip


def set_criteria(*, call: Call, criteria: Sequence[composing.CriterionRow], by: Any, at: datetime) -> None:
    """Score by these criteria, whose weights are a hundred together."""

    def put(call: Call) -> dict[str, object]:
        stored = list(call.criteria.all())
        for position, given in enumerate(criteria):
            row = stored[position] if position < len(stored) else Criterion(call=call)
            row.name_th, row.name_en = given.name_th.strip(), given.name_en.strip()
            row.max_points, row.weight, row.position = given.max_points, given.weight, position
            row.save()
        Criterion.objects.filter(pk__in=[row.pk for row in stored[len(criteria) :]]).delete()
        return {"criteria": [[row.name_th, row.max_points, row.weight] for row in criteria]}

    _put(
        call, by, at, "set_criteria", put,
        composing.criterion_objections(criteria),
        lambda call: amending.criterion_objections(queries.criteria_of(call), criteria),
    )  # fmt: skip


def set_milestones(
    *, call: Call, milestones: Sequence[composing.MilestoneRow], by: Any, at: datetime
) -> None:
    """Say these further lines of the timetable."""

    def put(call: Call) -> dict[str, object]:
        call.milestones.all().delete()
        Milestone.objects.bulk_create(Milestone(call=call, **row._asdict()) for row in milestones)
        return {"milestones": [[row.name_th, str(row.begins_on)] for row in milestones]}

    _put(call, by, at, "set_milestones", put, composing.milestone_objections(milestones), lambda call: [])


def _put(
    call: Call,
    by: Any,
    at: datetime,
    verb: str,
    put: Callable[[Call], dict[str, object]],
    found: Iterable[Objection],
    harm: Callable[[Call], list[Objection]],
) -> None:
    """Ask what stands against it, where applicants rely on the call also what harms them; then write."""
    allow(by is None or permissions.may_compose(by, call.round))
    with transaction.atomic():
        now = held(call)
        relied = harm(now) if timetable.has_begun(now.times, at) else []
        refuse_if([*found, *ended(now), *relied])
        record(verb, now, by, at, put(now))


def _tambons(call: Call) -> dict[str, int]:
    return dict(call.round.tambons.values_list("tambon_id", "pk"))


def _categories(call: Call) -> dict[str, int]:
    return dict(call.round.categories.values_list("code", "pk"))
