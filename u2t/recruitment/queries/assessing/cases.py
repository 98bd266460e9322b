"""Applications as the office judges them: what the rules find, what officers found against them, the papers."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from django.db.models import prefetch_related_objects

from u2t.recruitment.models import (
    Application,
    Call,
    Choice,
    Document,
    DocumentCheck,
    Eligibility,
    Override,
    RequiredDocument,
)
from u2t.recruitment.models.calls import DocumentKind
from u2t.recruitment.queries import applying
from u2t.recruitment.rules import eligibility
from u2t.recruitment.words import findings as said


@dataclass(frozen=True)
class Judged:
    """A rule's finding and the officer's, if one was made against it."""

    finding: eligibility.Finding
    override: Override | None = None

    @property
    def is_met(self) -> bool | None:
        """What counts: the officer's finding before the computed one."""
        return self.override.is_met if self.override else self.finding.is_met

    @property
    def rule_said(self) -> str:
        """What the rule asks for."""
        return said.rule_said(self.finding.rule)

    @property
    def evidence_said(self) -> str:
        """On what the computed finding rests."""
        return said.evidence_said(self.finding)


@dataclass(frozen=True)
class Paper:
    """A paper that the call asks of this category, or that was given unasked; with its last check."""

    kind: str
    label: str
    is_required: bool
    document: Document | None = None
    check: DocumentCheck | None = None

    @property
    def is_accepted(self) -> bool:
        return self.check is not None and self.check.is_accepted

    @property
    def state(self) -> str:
        """*accepted*, *refused*, *unchecked* or *missing*."""
        if self.document is None:
            return "missing"
        return "unchecked" if self.check is None else "accepted" if self.check.is_accepted else "refused"


@dataclass
class Case:
    """One application with everything that the decision rests on; ``choices`` are DOPA codes by rank."""

    application: Application
    facts: eligibility.Facts
    findings: list[Judged]
    papers: list[Paper] = field(default_factory=list)

    @cached_property
    def unmet(self) -> list[Judged]:
        """Rules that are not met, or of which nobody knows."""
        return [judged for judged in self.findings if judged.is_met is not True]

    @cached_property
    def pending(self) -> list[Paper]:
        """Required papers that are missing, refused or not looked at yet."""
        return [paper for paper in self.papers if paper.is_required and not paper.is_accepted]

    @property
    def is_ready(self) -> bool:
        """Nothing stands against passing."""
        return not self.unmet and not self.pending

    def kept(self) -> list[dict[str, Any]]:
        """The findings as a decision keeps them."""
        return [
            {
                "rule": judged.finding.rule.key,
                "kind": judged.finding.rule.kind,
                "is_met": judged.finding.is_met,
                "overridden": judged.override.is_met if judged.override else None,
            }
            for judged in self.findings
        ]


def case(application: Application) -> Case:
    """The one application."""
    (found,) = cases(application.call, [application])
    given = [paper.document for paper in found.papers if paper.document]
    prefetch_related_objects(given, "file")
    prefetch_related_objects([paper.check for paper in found.papers if paper.check], "checked_by__person")
    return found


def cases(call: Call, applications: Sequence[Application]) -> list[Case]:
    """The cases of applications of one call, in the same order, in a constant number of queries."""
    prefetch_related_objects(applications, "category")
    keys = [application.pk for application in applications]
    rules = [rule.as_rule() for rule in Eligibility.objects.filter(call=call).select_related("category")]
    required = list(RequiredDocument.objects.filter(call=call).order_by("id"))
    choices = _grouped(
        Choice.objects.filter(application__in=keys)
        .order_by("rank")
        .values_list("application_id", "tambon__tambon_id")
    )
    papers = _grouped((paper.application_id, paper) for paper in _papers(keys))
    overrides = _grouped(
        (one.application_id, one)
        for one in Override.objects.filter(application__in=keys)
        .select_related("decided_by__person")
        .order_by("id")
    )
    found = []
    for application in applications:
        given = papers[application.pk]
        facts = applying.facts_from(
            application, call, choices[application.pk], (paper.kind for paper in given)
        )
        against = {one.rule_id: one for one in overrides[application.pk]}
        judged = [Judged(one, against.get(one.rule.key)) for one in eligibility.findings(rules, facts)]
        found.append(Case(application, facts, judged, _asked(application, required, given)))
    return found


def _papers(keys: Sequence[int]) -> list[Document]:
    """Papers that were not taken back, each with its last check as ``last_check``."""
    papers = list(Document.objects.filter(application__in=keys, removed_at=None).order_by("id"))
    last = {
        check.document_id: check
        for check in DocumentCheck.objects.filter(
            document__application__in=keys, document__removed_at=None
        ).order_by("id")
    }
    for paper in papers:
        paper.last_check = last.get(paper.pk)  # type: ignore[attr-defined]
    return papers


def _asked(
    application: Application, required: Sequence[RequiredDocument], given: Sequence[Document]
) -> list[Paper]:
    mine = [one for one in required if one.category_id in (None, application.category_id)]
    must: dict[str, bool] = {}
    for one in mine:
        must[one.kind] = must.get(one.kind, False) or one.is_required
    by_kind = {paper.kind: paper for paper in given}
    return [
        Paper(
            kind,
            str(DocumentKind(kind).label),
            must.get(kind, False),
            by_kind.get(kind),
            getattr(by_kind.get(kind), "last_check", None),
        )
        for kind in [*must, *(kind for kind in by_kind if kind not in must)]
    ]


def _grouped(rows: Iterable[tuple[int, Any]]) -> defaultdict[int, list[Any]]:
    found: defaultdict[int, list[Any]] = defaultdict(list)
    for key, value in rows:
        found[key].append(value)
    return found
