"""Open a round, change it, show it to the public."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from typing import Any

from django.db import transaction

from u2t.audit import actions as audit
from u2t.objections import Objection, refuse_if
from u2t.pages.declare import allow
from u2t.programme import permissions, rules, usual
from u2t.programme.models import Category, Dimension, Institution, Quota, Round, Skill, Workstream
from u2t.programme.rules import CategoryRow, TopicRow, WorkstreamRow

_CHANGEABLE = ("name_th", "name_en", "starts_on", "months", "handover_on", "leaders_per_tambon")


def open_round(
    *,
    institution: Institution,
    code: str,
    name_th: str,
    name_en: str = "",
    starts_on: date,
    months: int,
    orientation_from: date | None = None,
    orientation_until: date | None = None,
    handover_on: date | None = None,
    leaders_per_tambon: int = usual.LEADERS_PER_TAMBON,
    categories: Sequence[CategoryRow | tuple[str, str, str, int]],
    workstreams: Sequence[WorkstreamRow | tuple[str, str, str, bool]],
    quotas: rules.Quotas,
    dimensions: Sequence[TopicRow] = usual.DIMENSIONS,
    skills: Sequence[TopicRow] = usual.SKILLS,
    by: Any,
    at: datetime,
) -> Round:
    """Open a round of ``institution`` with its categories, workstreams and quotas per tambon.

    ``quotas`` is keyed by ``(category code, workstream code)``; rates are satang a month. ``by`` may be
    ``None`` for a command of the one who runs the system.
    """
    allow(by is None or permissions.runs_office(by, institution))
    category_rows = [CategoryRow(*row) for row in categories]
    workstream_rows = [WorkstreamRow(*row) for row in workstreams]
    when = rules.Calendar(starts_on, months, orientation_from, orientation_until)
    with transaction.atomic():
        found = rules.naming_objections(code, name_th, leaders_per_tambon)
        if Round.objects.filter(code__iexact=code).exists():
            found.append(Objection("programme.code_taken", {"code": code}, "code"))
        refuse_if(
            found
            + rules.calendar_objections(when)
            + rules.matrix_objections(category_rows, workstream_rows, quotas)
            + rules.topic_objections(dimensions, "dimensions")
            + rules.topic_objections(skills, "skills")
        )
        round = Round.objects.create(
            institution=institution,
            code=code,
            name_th=name_th.strip(),
            name_en=name_en.strip(),
            starts_on=starts_on,
            months=months,
            orientation_from=orientation_from,
            orientation_until=orientation_until,
            handover_on=handover_on,
            leaders_per_tambon=leaders_per_tambon,
            opened_at=at,
            opened_by=by,
        )
        _store_matrix(round, category_rows, workstream_rows, quotas)
        _store_topics(Dimension, round, dimensions)
        _store_topics(Skill, round, skills)
        _record("open_round", round, by, at, {"slots_a_tambon": rules.slots_a_tambon(quotas)})
    return round


def _store_matrix(
    round: Round, categories: list[CategoryRow], workstreams: list[WorkstreamRow], quotas: rules.Quotas
) -> None:
    stored_categories = [
        Category.objects.create(
            round=round,
            code=row.code,
            name_th=row.name_th,
            name_en=row.name_en,
            monthly_rate_satang=row.monthly_rate_satang,
            position=position,
        )
        for position, row in enumerate(categories)
    ]
    stored_workstreams = [
        Workstream.objects.create(
            round=round,
            code=row.code,
            name_th=row.name_th,
            name_en=row.name_en,
            to_office=row.to_office,
            position=position,
        )
        for position, row in enumerate(workstreams)
    ]
    Quota.objects.bulk_create(
        Quota(
            category=category,
            workstream=workstream,
            per_tambon=quotas.get((category.code, workstream.code), 0),
        )
        for category in stored_categories
        for workstream in stored_workstreams
    )


def _store_topics(model: type[Dimension] | type[Skill], round: Round, rows: Iterable[TopicRow]) -> None:
    topics = []
    for position, row in enumerate(rows):
        topic = model(round=round, code=row.code, name_th=row.name_th, name_en=row.name_en, position=position)
        if isinstance(topic, Skill):
            topic.for_office = row.for_office
        topics.append(topic)
    model._default_manager.bulk_create(topics)


def change_round(
    *,
    round: Round,
    name_th: str,
    name_en: str,
    starts_on: date,
    months: int,
    handover_on: date | None,
    leaders_per_tambon: int,
    rates: Mapping[str, int],
    quotas: rules.Quotas,
    by: Any,
    at: datetime,
) -> None:
    """Change a round's name, calendar, rates (satang by category code) and quotas.

    Once people have been hired on the strength of the quotas (:func:`settle_quotas`) these may grow but not
    shrink: nobody loses a slot by a change of settings. Categories and workstreams stay as they were opened.
    """
    allow(by is None or permissions.may_run_round(by, round))
    with transaction.atomic():
        round = Round.objects.select_for_update().get(pk=round.pk)
        rows = {(q.category.code, q.workstream.code): q for q in _quotas_of(round)}
        now = {cell: quota.per_tambon for cell, quota in rows.items()}
        lowered = rules.lowering_objections(now, quotas) if round.quotas_settled_at else []
        refuse_if(
            rules.naming_objections(round.code, name_th, leaders_per_tambon)
            + rules.calendar_objections(rules.Calendar(starts_on, months))
            + rules.quota_objections(quotas, rows)
            + _rate_objections(round, rates)
            + lowered
        )
        before = {"months": round.months, "starts_on": str(round.starts_on)}
        round.name_th, round.name_en = name_th.strip(), name_en.strip()
        round.starts_on, round.months = starts_on, months
        round.handover_on, round.leaders_per_tambon = handover_on, leaders_per_tambon
        round.save(update_fields=_CHANGEABLE)
        _store_numbers(round, rows, quotas, rates)
        note = {
            "before": before,
            "quotas_before": _as_note(now),
            "quotas": _as_note(quotas),
            "rates": dict(rates),
        }
        _record("change_round", round, by, at, note | {"rates": dict(rates)})


def _store_numbers(
    round: Round, rows: Mapping[rules.Cell, Quota], quotas: rules.Quotas, rates: Mapping[str, int]
) -> None:
    for cell, quota in rows.items():
        quota.per_tambon = quotas.get(cell, 0)
    Quota.objects.bulk_update(rows.values(), ["per_tambon"])
    for category in round.categories.all():
        category.monthly_rate_satang = rates.get(category.code, category.monthly_rate_satang)
        category.save(update_fields=["monthly_rate_satang"])


def _quotas_of(round: Round) -> Iterable[Quota]:
    return Quota.objects.filter(category__round=round).select_related("category", "workstream")


def _rate_objections(round: Round, rates: Mapping[str, int]) -> list[Objection]:
    names = {category.code: category.name_th for category in round.categories.all()}
    found = [Objection("programme.category_unknown", {"code": code}) for code in rates if code not in names]
    found += [
        Objection("programme.rate_negative", {"category": names[code]})
        for code, rate in rates.items()
        if rate < 0 and code in names
    ]
    return found


def _as_note(quotas: rules.Quotas) -> dict[str, int]:
    return {f"{category}/{workstream}": number for (category, workstream), number in quotas.items()}


def set_placement_rule(*, round: Round, rule: Mapping[str, Any], reason: str, by: Any, at: datetime) -> None:
    """Make ``rule`` the one by which people of the round are placed; placement has judged it before.

    The same rule again changes nothing. The old and the new rule stay in the history with the reason.
    """
    allow(by is None or permissions.may_run_round(by, round))
    with transaction.atomic():
        refuse_if([] if reason.strip() else [Objection("programme.rule_reason_missing", field="reason")])
        now = Round.objects.select_for_update().get(pk=round.pk)
        if now.placement_rule == rule:
            return
        note = {"before": now.placement_rule, "after": dict(rule), "reason": reason.strip()}
        now.placement_rule = round.placement_rule = dict(rule)
        now.save(update_fields=["placement_rule"])
        _record("set_placement_rule", now, by, at, note)


def settle_quotas(*, round: Round, by: Any, at: datetime) -> None:
    """Note that people are being hired on the strength of the quotas; saying it again changes nothing."""
    allow(by is None or permissions.may_run_round(by, round))
    with transaction.atomic():
        if Round.objects.filter(pk=round.pk, quotas_settled_at=None).update(quotas_settled_at=at):
            round.quotas_settled_at = at
            _record("settle_quotas", round, by, at)


def set_orientation(*, round: Round, first: date | None, last: date | None, by: Any, at: datetime) -> None:
    """Enter the days of orientation, or take them out with two times ``None``."""
    allow(by is None or permissions.may_run_round(by, round))
    with transaction.atomic():
        round = Round.objects.select_for_update().get(pk=round.pk)
        refuse_if(rules.calendar_objections(rules.Calendar(round.starts_on, round.months, first, last)))
        round.orientation_from, round.orientation_until = first, last
        round.save(update_fields=["orientation_from", "orientation_until"])
        _record("set_orientation", round, by, at, {"first": str(first or ""), "last": str(last or "")})


def announce_round(*, round: Round, by: Any, at: datetime) -> None:
    """Show the round's figures, never persons, to the public."""
    _set_announced(round, True, by, at)


def withdraw_round(*, round: Round, by: Any, at: datetime) -> None:
    """Take the round's figures away from the public."""
    _set_announced(round, False, by, at)


def _set_announced(round: Round, wanted: bool, by: Any, at: datetime) -> None:
    allow(by is None or permissions.may_run_round(by, round))
    with transaction.atomic():
        now = Round.objects.select_for_update().get(pk=round.pk)
        found = []
        if now.is_announced == wanted:
            found.append(Objection("programme.already_announced" if wanted else "programme.not_announced"))
        if wanted and not now.tambons.exists():
            found.append(Objection("programme.no_tambons"))
        refuse_if(found)
        now.is_announced = wanted
        now.save(update_fields=["is_announced"])
        round.is_announced = wanted
        _record("announce_round" if wanted else "withdraw_round", now, by, at)


def _record(verb: str, round: Round, by: Any, at: datetime, note: Mapping[str, object] | None = None) -> None:
    audit.record(verb=f"programme.{verb}", subject=round, by=by, at=at, round_code=round.code, note=note)
