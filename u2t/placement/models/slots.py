"""Who holds which slot and who leads which tambon, from–to."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from u2t.agencies.models import Participation
from u2t.people.models import Lecturer, Worker
from u2t.placement.models.plans import Refill, Run
from u2t.programme.models import Category, RoundTambon, Workstream

HELD = dict.fromkeys(("held_by", "held_reason"), "personal") | {"held_at": "public"}


class Held(models.Model):
    """Whether a human has pinned this (ตรึงไว้): a plan computed anew keeps it as it is until it is released."""

    held_at = models.DateTimeField(null=True)
    held_by = models.ForeignKey("people.Account", null=True, on_delete=models.PROTECT, related_name="+")
    held_reason = models.TextField(blank=True)

    class Meta:
        abstract = True

    @property
    def is_held(self) -> bool:
        return self.held_at is not None


class EngagementQuerySet(models.QuerySet["Engagement"]):
    def current(self) -> EngagementQuerySet:
        """Engagements that have not ended."""
        return self.filter(ended_at=None)


class Engagement(Held):
    """A worker in a slot (การจ้างในอัตรา) from–to; a move ends one engagement and begins another.

    ``office`` is set where the workstream works at a data agency. ``reason`` is the office's for a placement
    by hand and empty where a plan decided; ``why`` holds the explanation that the worker reads.
    """

    worker = models.ForeignKey(Worker, on_delete=models.PROTECT, related_name="engagements")
    tambon = models.ForeignKey(RoundTambon, on_delete=models.PROTECT, related_name="engagements")
    category = models.ForeignKey(Category, on_delete=models.PROTECT, related_name="engagements")
    workstream = models.ForeignKey(Workstream, on_delete=models.PROTECT, related_name="engagements")
    office = models.ForeignKey(
        Participation, null=True, on_delete=models.PROTECT, related_name="data_managers"
    )
    run = models.ForeignKey(Run, null=True, on_delete=models.PROTECT, related_name="engagements")
    refill = models.ForeignKey(Refill, null=True, on_delete=models.PROTECT, related_name="engagements")
    why = models.JSONField(default=dict)
    reason = models.TextField(blank=True)
    begun_at = models.DateTimeField()
    begun_by = models.ForeignKey("people.Account", null=True, on_delete=models.PROTECT, related_name="+")
    ended_at = models.DateTimeField(null=True)
    ended_by = models.ForeignKey("people.Account", null=True, on_delete=models.PROTECT, related_name="+")
    end_reason = models.TextField(blank=True)
    privacy: ClassVar = {
        "id": "public", "worker": "personal", "tambon": "public", "category": "public",
        "workstream": "public", "office": "public", "run": "public", "refill": "public", "why": "personal",
        "reason": "personal", "begun_at": "public", "begun_by": "personal", "ended_at": "public",
        "ended_by": "personal", "end_reason": "personal", **HELD,
    }  # fmt: skip
    objects = EngagementQuerySet.as_manager()

    class Meta:
        ordering = ("tambon", "workstream__position", "category__position", "worker__number")
        indexes: ClassVar = [models.Index(fields=("tambon", "ended_at"), name="engagement_by_tambon")]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=("worker",), condition=Q(ended_at=None), name="one_slot_a_person"),
            models.CheckConstraint(
                name="engagement_ends_after_it_begins",
                condition=Q(ended_at=None) | Q(ended_at__gte=F("begun_at")),
                violation_error_message=_("An engagement ends after it begins."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.worker} → {self.tambon}"


class LeadershipQuerySet(models.QuerySet["Leadership"]):
    def current(self) -> LeadershipQuerySet:
        return self.filter(ended_at=None)


class Leadership(Held):
    """A lecturer who leads a tambon as project manager (ผู้จัดการโครงการ, PM) from–to."""

    lecturer = models.ForeignKey(Lecturer, on_delete=models.PROTECT, related_name="leaderships")
    tambon = models.ForeignKey(RoundTambon, on_delete=models.PROTECT, related_name="leaderships")
    run = models.ForeignKey(Run, null=True, on_delete=models.PROTECT, related_name="leaderships")
    why = models.JSONField(default=dict)
    reason = models.TextField(blank=True)
    begun_at = models.DateTimeField()
    begun_by = models.ForeignKey("people.Account", null=True, on_delete=models.PROTECT, related_name="+")
    ended_at = models.DateTimeField(null=True)
    ended_by = models.ForeignKey("people.Account", null=True, on_delete=models.PROTECT, related_name="+")
    privacy: ClassVar = {
        "id": "public", "lecturer": "public", "tambon": "public", "run": "public", "why": "public",
        "reason": "personal", "begun_at": "public", "begun_by": "personal", "ended_at": "public",
        "ended_by": "personal", **HELD,
    }  # fmt: skip
    objects = LeadershipQuerySet.as_manager()

    class Meta:
        ordering = ("tambon", "id")
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=("lecturer", "tambon"), condition=Q(ended_at=None), name="leads_a_tambon_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.lecturer} → {self.tambon}"
