"""What a step writes into an application. Only :mod:`u2t.recruitment.actions.applying` calls this, in its transaction."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

import geothai
from django.utils import timezone

from u2t.objections import Objection
from u2t.programme.models import Skill, Tambon
from u2t.recruitment.models import Application, CallQuota, Choice, Experience
from u2t.recruitment.queries.applying import PLAIN, applications
from u2t.recruitment.rules import applying as rules
from u2t.vault import actions as vault

_PREFILLED = tuple(
    name for name in PLAIN if name not in ("category", "student_year", "is_employed", "has_state_hire")
)


def objections(row: Application, step: str, values: Mapping[str, Any]) -> list[Objection]:
    """What stands against writing these values into the step."""
    found: list[Objection] = []
    fields = rules.FIELDS[step]
    if "birth_on" in fields and isinstance(born := values.get("birth_on"), date):
        found += rules.against_birthday(born, timezone.localtime(row.call.closes_at).date())
    category = values.get("category") if "category" in fields else ""
    if category and not row.call.round.categories.filter(code=category).exists():
        found.append(Objection("recruitment.unknown_category", {}, "category"))
    if "choices" in fields and "choices" in values:
        found += rules.against_ranking(values["choices"], _offered(row), row.call.max_choices)
    if "skills" in fields and "skills" in values:
        known = set(row.call.round.skills.values_list("code", flat=True))
        if not known.issuperset(values["skills"]):
            found.append(Objection("recruitment.unknown_skill", {}, "skills"))
    return found


def write(row: Application, step: str, values: Mapping[str, Any]) -> None:
    """Set the step's columns on ``row``, which the caller saves, and replace the rows that hang on it."""
    for name in rules.FIELDS[step]:
        if name not in values:
            continue
        value = values[name]
        if name == "citizen_id":
            if value:
                row.set_citizen_id(value)
        elif name == "category":
            row.category = row.call.round.categories.get(code=value) if value else None
        elif name == "choices":
            _rank(row, value)
        elif name == "experiences":
            _set_experiences(row, value)
        elif name == "skills":
            row.skills.set(row.call.round.skills.filter(code__in=value))
        else:
            setattr(row, name, value)
    if step == "person":
        row.keep_search_key()
    if step == "addresses":
        _find_postcodes(row)


def _offered(row: Application) -> set[str]:
    slots = CallQuota.objects.filter(call=row.call_id, slots__gt=0)
    return set(slots.values_list("tambon__tambon_id", flat=True))


def _rank(row: Application, codes: Sequence[str]) -> None:
    tambons = {t.tambon_id: t for t in row.call.round.tambons.filter(tambon__in=codes)}
    row.choices.all().delete()
    Choice.objects.bulk_create(
        Choice(application=row, rank=rank, tambon=tambons[code]) for rank, code in enumerate(codes, start=1)
    )


def _set_experiences(row: Application, rows: Sequence[Mapping[str, Any]]) -> None:
    row.experiences.all().delete()
    Experience.objects.bulk_create(Experience(application=row, **values) for values in rows)


def _find_postcodes(row: Application) -> None:
    """A tambon with a single postcode needs nobody to type it."""
    for which in ("present", "registered"):
        tambon: Tambon | None = getattr(row, f"{which}_tambon")
        if tambon is None or getattr(row, f"{which}_postcode"):
            continue
        codes = geothai.subdistrict(tambon.code).postal_codes
        if len(codes) == 1:
            setattr(row, f"{which}_postcode", codes[0])


def fill_from_before(row: Application) -> None:
    """Nothing is typed twice: the account's last application, otherwise its person and its log-in.

    What changes from call to call (category, year of study, employment) is asked anew.
    """
    account = row.account
    if account is None:
        return
    earlier = applications().filter(account=account, consented_at__isnull=False, erased_at=None)
    last = earlier.exclude(pk=row.pk).exclude(given_name="").order_by("-saved_at", "-pk").first()
    if last is not None:
        _copy(row, last)
    elif account.person is not None:
        person = account.person
        for name in ("title", "given_name", "surname", "birth_on", "telephone", "email"):
            setattr(row, name, getattr(person, name))
        row.citizen_id_sealed = person.citizen_id_sealed
        row.citizen_id_digest = person.citizen_id_digest
        row.citizen_id_tail = person.citizen_id_tail
    row.email = row.email or account.email
    if not row.telephone and account.username.isdigit():
        row.telephone = account.username
    row.keep_search_key()


def _copy(row: Application, last: Application) -> None:
    for name in (*_PREFILLED, "citizen_id_sealed", "citizen_id_digest", "citizen_id_tail"):
        setattr(row, name, getattr(last, name))
    row.skills.set(
        Skill.objects.filter(round=row.call.round, code__in=[skill.code for skill in last.skills.all()])
    )
    kept = ("kind", "what", "where", "begins_on", "ends_on", "hours")
    _set_experiences(row, [{name: getattr(one, name) for name in kept} for one in last.experiences.all()])


def empty(row: Application, *, at: datetime) -> None:
    """Forget what a draft holds; its papers are erased from the vault."""
    for name in PLAIN:
        field = Application._meta.get_field(name)
        setattr(row, name, None if field.null else "")
    row.set_citizen_id(None)
    row.keep_search_key()
    row.skills.clear()
    row.choices.all().delete()
    row.experiences.all().delete()
    for paper in row.papers.select_related("file"):
        vault.erase(file=paper.file, at=at)
    row.uploads.all().delete()
    row.erased_at = at
