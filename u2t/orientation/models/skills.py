"""Tests, certificates, and the skills that run through the programme."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from u2t.people.models import Worker
from u2t.programme.models import PUBLIC_NAMES, Institution, Named, Round
from u2t.vault.models import File


class TestResult(models.Model):
    """Points of a worker in the orientation's test (ผลการทดสอบ); the best one counts."""

    worker = models.ForeignKey(Worker, on_delete=models.CASCADE, related_name="test_results")
    points = models.PositiveSmallIntegerField()
    max_points = models.PositiveSmallIntegerField()
    taken_on = models.DateField()
    noted_at = models.DateTimeField()
    noted_by = models.ForeignKey("people.Account", null=True, on_delete=models.PROTECT, related_name="+")
    privacy: ClassVar = dict.fromkeys(
        ("id", "worker", "points", "max_points", "taken_on", "noted_at", "noted_by"), "personal"
    )
    __test__ = False

    class Meta:
        ordering = ("worker", "id")
        constraints: ClassVar = [
            models.CheckConstraint(
                name="test_points_within_the_most",
                condition=Q(points__lte=F("max_points"), max_points__gte=1),
            )
        ]

    def __str__(self) -> str:
        return f"{self.points}/{self.max_points}"


class Area(Named):
    """A skill that everybody develops (ทักษะ 4 ด้าน): digital, English, financial, social – as the round sets them."""

    round = models.ForeignKey(Round, on_delete=models.CASCADE, related_name="skill_areas")
    code = models.SlugField(max_length=20)
    position = models.PositiveSmallIntegerField(default=0)
    privacy: ClassVar = PUBLIC_NAMES | dict.fromkeys(("round", "code", "position"), "public")

    class Meta:
        ordering = ("round", "position")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=("round", "code"), name="skill_area_once_a_round")
        ]


class Course(Named):
    """A course in one area (หลักสูตร)."""

    area = models.ForeignKey(Area, on_delete=models.CASCADE, related_name="courses")
    provider_th = models.CharField(_("provider"), max_length=200, blank=True)
    address = models.URLField(_("address"), blank=True)
    hours = models.PositiveSmallIntegerField(_("hours"), null=True, blank=True)
    added_at = models.DateTimeField()
    added_by = models.ForeignKey("people.Account", null=True, on_delete=models.PROTECT, related_name="+")
    closed_at = models.DateTimeField(null=True)
    privacy: ClassVar = (
        PUBLIC_NAMES
        | dict.fromkeys(("area", "provider_th", "address", "hours", "added_at", "closed_at"), "public")
        | {"added_by": "personal"}
    )

    class Meta:
        ordering = ("area__position", "id")


class Enrolment(models.Model):
    """A worker in a course (การลงทะเบียน), the evidence handed in, and what the office found of it."""

    course = models.ForeignKey(Course, on_delete=models.PROTECT, related_name="enrolments")
    worker = models.ForeignKey(Worker, on_delete=models.CASCADE, related_name="enrolments")
    enrolled_at = models.DateTimeField()
    left_at = models.DateTimeField(null=True)
    evidence = models.ForeignKey(File, null=True, on_delete=models.PROTECT, related_name="+")
    evidence_number = models.CharField(_("number on the evidence"), max_length=100, blank=True)
    finished_on = models.DateField(_("finished on"), null=True, blank=True)
    hours = models.PositiveSmallIntegerField(_("hours"), null=True, blank=True)
    handed_in_at = models.DateTimeField(null=True)
    accepted_at = models.DateTimeField(null=True)
    accepted_by = models.ForeignKey("people.Account", null=True, on_delete=models.PROTECT, related_name="+")
    returned_at = models.DateTimeField(null=True)
    returned_by = models.ForeignKey("people.Account", null=True, on_delete=models.PROTECT, related_name="+")
    return_reason = models.TextField(blank=True)
    privacy: ClassVar = {"id": "public", "course": "public", "evidence": "sensitive"} | dict.fromkeys(
        ("worker", "enrolled_at", "left_at", "evidence_number", "finished_on", "hours", "handed_in_at",
         "accepted_at", "accepted_by", "returned_at", "returned_by", "return_reason"), "personal",
    )  # fmt: skip

    class Meta:
        ordering = ("course", "id")
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=("course", "worker"), condition=Q(left_at=None), name="enrolled_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.worker} · {self.course}"


class Certificate(models.Model):
    """A certificate (วุฒิบัตร): its number in the institution's Buddhist year, what it says, and its seal."""

    institution = models.ForeignKey(Institution, on_delete=models.PROTECT, related_name="certificates")
    worker = models.ForeignKey(Worker, on_delete=models.PROTECT, related_name="certificates")
    year = models.PositiveSmallIntegerField()
    number = models.PositiveIntegerField()
    statement = models.JSONField()
    seal = models.TextField()
    issued_on = models.DateField()
    issued_at = models.DateTimeField()
    issued_by = models.ForeignKey("people.Account", null=True, on_delete=models.PROTECT, related_name="+")
    revoked_at = models.DateTimeField(null=True)
    revoked_by = models.ForeignKey("people.Account", null=True, on_delete=models.PROTECT, related_name="+")
    revoke_reason = models.TextField(blank=True)
    privacy: ClassVar = dict.fromkeys(
        ("id", "institution", "year", "number", "issued_on", "issued_at", "revoked_at"), "public"
    ) | dict.fromkeys(("worker", "statement", "seal", "issued_by", "revoked_by", "revoke_reason"), "personal")

    class Meta:
        ordering = ("institution", "-year", "-number")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=("institution", "year", "number"), name="certificate_number_once"),
            models.UniqueConstraint(
                fields=("worker",), condition=Q(revoked_at=None), name="one_certificate_a_worker"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.number}/{self.year}"
