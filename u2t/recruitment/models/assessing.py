"""What the office and the interviewers decide about an application. Nothing here is changed: the last row counts."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q

from u2t.recruitment.models.applications import Application, Document
from u2t.recruitment.models.calls import Call, Criterion, Eligibility


class DocumentCheck(models.Model):
    """Whether a paper is what it should be (ตรวจเอกสาร); a refusal says why."""

    document = models.ForeignKey(Document, on_delete=models.CASCADE, related_name="checks")
    is_accepted = models.BooleanField()
    reason = models.TextField(blank=True)
    checked_at = models.DateTimeField()
    checked_by = models.ForeignKey("people.Account", null=True, on_delete=models.PROTECT, related_name="+")
    privacy: ClassVar = dict.fromkeys(
        ("id", "document", "is_accepted", "reason", "checked_at", "checked_by"), "personal"
    )

    class Meta:
        ordering = ("document", "id")


class Override(models.Model):
    """An officer's finding against the computed one of a rule, with the reason (ยกเว้นคุณสมบัติ)."""

    application = models.ForeignKey(Application, on_delete=models.CASCADE, related_name="overrides")
    rule = models.ForeignKey(Eligibility, on_delete=models.PROTECT, related_name="+")
    is_met = models.BooleanField()
    reason = models.TextField()
    decided_at = models.DateTimeField()
    decided_by = models.ForeignKey("people.Account", null=True, on_delete=models.PROTECT, related_name="+")
    privacy: ClassVar = dict.fromkeys(
        ("id", "application", "rule", "is_met", "reason", "decided_at", "decided_by"), "personal"
    )

    class Meta:
        ordering = ("application", "id")
        constraints: ClassVar = [
            models.CheckConstraint(name="override_has_a_reason", condition=~Q(reason="")),
        ]


class Screening(models.Model):
    """The office's decision who has the right to an interview (ผลการตรวจคุณสมบัติ), with what did not hold."""

    application = models.ForeignKey(Application, on_delete=models.CASCADE, related_name="screenings")
    is_passed = models.BooleanField()
    findings = models.JSONField(default=list)
    note = models.TextField(blank=True)
    decided_at = models.DateTimeField()
    decided_by = models.ForeignKey("people.Account", null=True, on_delete=models.PROTECT, related_name="+")
    privacy: ClassVar = dict.fromkeys(
        ("id", "application", "is_passed", "findings", "note", "decided_at", "decided_by"), "personal"
    )

    class Meta:
        ordering = ("application", "id")


class SamePerson(models.Model):
    """Two applications that may be one person's (สมัครซ้ำ), and what the office decided about it.

    ``first`` is the earlier one. Across institutions only the own application is shown to an office.
    """

    first = models.ForeignKey(Application, on_delete=models.CASCADE, related_name="+")
    second = models.ForeignKey(Application, on_delete=models.CASCADE, related_name="+")
    is_same = models.BooleanField()
    reason = models.TextField(blank=True)
    decided_at = models.DateTimeField()
    decided_by = models.ForeignKey("people.Account", null=True, on_delete=models.PROTECT, related_name="+")
    privacy: ClassVar = dict.fromkeys(
        ("id", "first", "second", "is_same", "reason", "decided_at", "decided_by"), "personal"
    )

    class Meta:
        ordering = ("id",)


class Interviewer(models.Model):
    """An account that interviews for a call (กรรมการสัมภาษณ์)."""

    call = models.ForeignKey(Call, on_delete=models.CASCADE, related_name="interviewers")
    account = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    appointed_at = models.DateTimeField()
    appointed_by = models.ForeignKey("people.Account", null=True, on_delete=models.PROTECT, related_name="+")
    ended_at = models.DateTimeField(null=True)
    privacy: ClassVar = {"id": "public", "call": "public"} | dict.fromkeys(
        ("account", "appointed_at", "appointed_by", "ended_at"), "personal"
    )

    class Meta:
        ordering = ("call", "id")
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=("call", "account"), condition=Q(ended_at=None), name="interviewer_once_a_call"
            )
        ]


class Interview(models.Model):
    """One interviewer's interview of one applicant; blind to the others' until locked (การสัมภาษณ์).

    ``is_third`` where the first ones differ by more than the call allows; then the mean of the two nearest counts.
    A declined one (conflict of interest, or taken away by the office) stays, so that it is not given again.
    """

    application = models.ForeignKey(Application, on_delete=models.CASCADE, related_name="interviews")
    interviewer = models.ForeignKey(Interviewer, on_delete=models.PROTECT, related_name="interviews")
    is_third = models.BooleanField(default=False)
    assigned_at = models.DateTimeField()
    assigned_by = models.ForeignKey("people.Account", null=True, on_delete=models.PROTECT, related_name="+")
    is_absent = models.BooleanField(null=True)
    note = models.TextField(blank=True)
    locked_at = models.DateTimeField(null=True)
    declined_at = models.DateTimeField(null=True)
    declined_by = models.ForeignKey("people.Account", null=True, on_delete=models.PROTECT, related_name="+")
    decline_reason = models.TextField(blank=True, db_default="")
    privacy: ClassVar = {"id": "public"} | dict.fromkeys(
        (
            "application", "interviewer", "is_third", "assigned_at", "assigned_by", "is_absent", "note",
            "locked_at", "declined_at", "declined_by", "decline_reason",
        ),
        "personal",
    )  # fmt: skip

    class Meta:
        ordering = ("application", "id")
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=("application", "interviewer"), name="interview_once_an_interviewer"
            ),
            models.CheckConstraint(
                name="interview_locked_or_declined", condition=Q(locked_at=None) | Q(declined_at=None)
            ),
        ]


class Mark(models.Model):
    """Points that an interviewer gave for a criterion (คะแนน)."""

    interview = models.ForeignKey(Interview, on_delete=models.CASCADE, related_name="marks")
    criterion = models.ForeignKey(Criterion, on_delete=models.PROTECT, related_name="+")
    points = models.PositiveSmallIntegerField()
    privacy: ClassVar = dict.fromkeys(("id", "interview", "criterion", "points"), "personal")

    class Meta:
        ordering = ("interview", "criterion__position")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=("interview", "criterion"), name="mark_once_a_criterion")
        ]
