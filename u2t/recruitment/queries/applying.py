"""An application as rules, pages and the digest see it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Prefetch, QuerySet
from django.utils import timezone

from u2t.objections import Objection
from u2t.people.models import Account
from u2t.programme.models import RoundTambon, Tambon
from u2t.recruitment.models import Application, Call, CallQuota, Choice
from u2t.recruitment.queries import papers
from u2t.recruitment.rules import applying as rules
from u2t.recruitment.rules import eligibility, timetable
from u2t.thai import fold

PLAIN = tuple(
    field
    for fields in rules.FIELDS.values()
    for field in fields
    if field not in ("citizen_id", "skills", "experiences", "choices")
)
"""Fields of the form that are one column each."""


def applications() -> QuerySet[Application]:
    """Applications with all that a page or a rule asks of them, in a constant number of queries."""
    ranked = Choice.objects.select_related("tambon__tambon__district__province").order_by("rank")
    return Application.objects.select_related(
        "call__round__institution",
        "account",
        "category",
        "present_tambon__district__province",
        "registered_tambon__district__province",
    ).prefetch_related(Prefetch("choices", ranked), "experiences", "skills")


def application_of(account: Account, call: Call) -> Application | None:
    """The account's application in the call that has not been withdrawn."""
    return applications().filter(call=call, account=account, withdrawn_at=None).first()


def own(account: Account) -> QuerySet[Application]:
    """Applications of the account over all calls, the newest first."""
    return applications().filter(account=account).order_by("-begun_at", "-pk")


def times_of(call: Call) -> timetable.Times:
    """The moments of the call, as the timetable's rules ask for them."""
    return timetable.Times(
        opens_at=call.opens_at,
        closes_at=call.closes_at,
        grace_minutes=call.grace_minutes,
        published_at=call.published_at,
        cancelled_at=call.cancelled_at,
    )


def may_begin(call: Call, at: datetime) -> bool:
    """Whether somebody may begin an application at this moment."""
    return timetable.is_open(times_of(call), at)


def is_open(application: Application, at: datetime) -> bool:
    """Whether the application may still be changed and submitted: until closing, in the grace if begun before."""
    return timetable.may_submit(times_of(application.call), application.begun_at, at)


def ranked_codes(application: Application) -> list[str]:
    """DOPA codes of the ranked tambons, the first choice first."""
    return [choice.tambon.tambon_id for choice in application.choices.all()]


def facts_of(application: Application) -> eligibility.Facts:
    """What the application says, as the rules of eligibility read it; the day is the one of closing."""
    kinds = (paper.kind for paper in application.papers.all() if paper.removed_at is None)
    return facts_from(application, application.call, ranked_codes(application), kinds)


def facts_from(
    application: Application, call: Call, choices: Iterable[str], papers: Iterable[str]
) -> eligibility.Facts:
    """The same from what was loaded for many at once: DOPA codes by rank and kinds of papers."""
    return eligibility.Facts(
        day=timezone.localdate(call.closes_at),
        category=application.category.code if application.category else "",
        birth_on=application.birth_on,
        level=application.level,
        graduated_on=application.graduated_on,
        student_year=application.student_year,
        is_own_student=application.is_own_student,
        is_employed=application.is_employed,
        has_state_hire=application.has_state_hire,
        home=application.registered_tambon_id or "",
        choices=tuple(choices),
        papers=frozenset(papers),
    )


def findings_of(application: Application) -> list[eligibility.Finding]:
    """What each rule of the call finds in this application; the office's overrides are not applied."""
    rows = application.call.eligibility.select_related("category")
    return eligibility.findings([row.as_rule() for row in rows], facts_of(application))


def written_of(application: Application) -> set[str]:
    """Names of the form's fields that hold something."""
    written = {name for name in PLAIN if getattr(application, name) not in (None, "")}
    if application.citizen_id_digest:
        written.add("citizen_id")
    several = (
        ("skills", application.skills),
        ("experiences", application.experiences),
        ("choices", application.choices),
    )
    return written | {name for name, rows in several if rows.all()}


def missing_in(application: Application) -> list[Objection]:
    """What must still be written, papers included, each with the field or step to which it belongs."""
    found = rules.missing(written_of(application), findings_of(application))
    found += _without_quota(application)
    lacking = papers.missing(application) if application.category_id else []
    return found + [Objection(one.code, one.about, one.field or "papers") for one in lacking]


def objections_to_submit(application: Application, at: datetime) -> list[Objection]:
    """Everything that stands against submitting at this moment; unmet rules do not, the office judges them."""
    found = []
    if application.withdrawn_at is not None:
        found.append(Objection("recruitment.already_withdrawn"))
    if not is_open(application, at):
        found.append(Objection("recruitment.call_not_open"))
    if application.consented_at is None:
        found.append(Objection("recruitment.consent_missing"))
    if has_applied_already(application):
        found.append(Objection("recruitment.number_already_applied", {}, "citizen_id"))
    return found + missing_in(application)


def has_applied_already(application: Application) -> bool:
    """Another submitted application of this call carries the same ID number."""
    if not application.citizen_id_digest:
        return False
    same = Application.objects.filter(
        call_id=application.call_id,
        citizen_id_digest=application.citizen_id_digest,
        submitted_at__isnull=False,
        withdrawn_at=None,
    )
    return same.exclude(pk=application.pk).exists()


def _without_quota(application: Application) -> list[Objection]:
    if application.category_id is None:
        return []
    offered = set(
        CallQuota.objects.filter(
            call=application.call_id, category=application.category_id, slots__gt=0
        ).values_list("tambon_id", flat=True)
    )
    return [
        Objection("recruitment.choice_without_quota", {"tambon": choice.tambon.tambon.full_name}, "choices")
        for choice in application.choices.all()
        if choice.tambon_id not in offered
    ]


def content_of(application: Application) -> dict[str, object]:
    """What was written, as plain values for the digest; the ID number as its keyed digest only."""
    content: dict[str, object] = {name: _plain(application, name) for name in PLAIN}
    return content | {
        "call": f"{application.call.round.code}/{application.call.number}",
        "citizen_id": application.citizen_id_digest,
        "skills": sorted(skill.code for skill in application.skills.all()),
        "choices": ranked_codes(application),
        "experiences": sorted(
            [row.kind, row.what, row.where, _iso(row.begins_on), _iso(row.ends_on), row.hours or 0]
            for row in application.experiences.all()
        ),
        "papers": sorted(
            [paper.kind, paper.file.sha256]
            for paper in application.papers.select_related("file")
            if paper.removed_at is None
        ),
        "consent": application.consent_digest,
    }


def _iso(day: object) -> str:
    return day.isoformat() if hasattr(day, "isoformat") else ""


def _plain(application: Application, name: str) -> object:
    if name == "category":
        return application.category.code if application.category else None
    if name.endswith("_tambon"):
        return getattr(application, f"{name}_id")
    value = getattr(application, name)
    return value.isoformat() if hasattr(value, "isoformat") else value


def seen_of(application: Application, step: str) -> str:
    """A digest of what a step holds, by which a window knows whether another one has changed it since."""
    content = content_of(application)
    return rules.digest({name: content[name] for name in rules.FIELDS[step]})


def tambons_like(text: str, limit: int = 12) -> list[Tambon]:
    """Tambons in whose code, name, district or province every typed word is found, names that begin so first."""
    words = [word for word in map(fold.fold, text.split()) if word]
    if not words:
        return []
    found = Tambon.objects.with_places()
    for word in words:
        found = found.filter(search_key__contains=word)
    near = sorted(
        found[:200], key=lambda t: (not fold.fold(t.name_th).startswith(words[0]), len(t.name_th), t.code)
    )
    return near[:limit]


@dataclass(frozen=True)
class Offered:
    """A tambon of the call as an applicant sees it: slots of the category (of all where none is chosen yet) and
    how near the registered home lies (0 tambon, 1 district, 2 province, 3 elsewhere; None where it is unknown)."""

    tambon: RoundTambon
    slots: int
    nearness: int | None
    rank: int | None = None

    @property
    def code(self) -> str:
        return self.tambon.tambon_id

    @property
    def search_key(self) -> str:
        return self.tambon.tambon.search_key


def offered(application: Application, category_id: int | None = None) -> list[Offered]:
    """The call's tambons with slots for the category, nearest to the registered home first."""
    quotas = CallQuota.objects.filter(call=application.call_id, slots__gt=0)
    if category_id or application.category_id:
        quotas = quotas.filter(category=category_id or application.category_id)
    slots: dict[int, int] = {}
    for tambon, number in quotas.values_list("tambon", "slots"):
        slots[tambon] = slots.get(tambon, 0) + number
    ranks = {choice.tambon_id: choice.rank for choice in application.choices.all()}
    home = application.registered_tambon_id
    rows = [
        Offered(
            tambon,
            slots.get(tambon.pk, 0),
            eligibility.residence(home, tambon.tambon_id) if home else None,
            ranks.get(tambon.pk),
        )
        for tambon in RoundTambon.objects.with_places().filter(pk__in={*slots, *ranks})
    ]
    return sorted(rows, key=lambda row: (row.nearness is None, row.nearness, row.code))


def unsubmitted_at_closing(at: datetime) -> list[Application]:
    """Applications that were submitted once, opened again, and not submitted a second time before closing."""
    found = applications().filter(
        receipt__isnull=False,
        submitted_at=None,
        withdrawn_at=None,
        erased_at=None,
        call__closes_at__lte=at,
        call__cancelled_at=None,
    )
    return [application for application in found if not is_open(application, at)]
