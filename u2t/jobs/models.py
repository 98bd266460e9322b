from __future__ import annotations

import uuid
from datetime import timedelta
from typing import ClassVar

from django.db import models
from django.urls import reverse

HEARTBEAT_LOST_AFTER = timedelta(seconds=30)
HEARTBEAT_EVERY = 7.0  # seconds; three may fail before a living worker counts as dead
ATTEMPTS_ALLOWED = 3


class Job(models.Model):
    """One piece of long work (งานเบื้องหลัง) from the asking to its end."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    kind = models.CharField(max_length=60)
    subject = models.CharField(max_length=80, db_index=True)
    arguments = models.JSONField(default=dict)
    asked_at = models.DateTimeField()
    asked_by = models.ForeignKey("people.Account", null=True, on_delete=models.PROTECT, related_name="+")
    claimed_at = models.DateTimeField(null=True)
    heartbeat_at = models.DateTimeField(null=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    step = models.CharField(max_length=120, blank=True)
    done = models.PositiveIntegerField(default=0)
    total = models.PositiveIntegerField(default=0)
    finished_at = models.DateTimeField(null=True)
    failed_at = models.DateTimeField(null=True)
    pause_asked_at = models.DateTimeField(null=True)
    paused_at = models.DateTimeField(null=True)
    failure = models.JSONField(default=list)
    next_url = models.CharField(max_length=200)

    privacy: ClassVar = dict.fromkeys(
        (
            "id",
            "kind",
            "subject",
            "asked_at",
            "claimed_at",
            "heartbeat_at",
            "attempts",
            "step",
            "done",
            "total",
            "finished_at",
            "failed_at",
            "pause_asked_at",
            "paused_at",
            "next_url",
        ),
        "public",
    ) | {"arguments": "personal", "asked_by": "personal", "failure": "personal"}

    class Meta:
        ordering = ("-asked_at",)
        constraints: ClassVar = [
            models.CheckConstraint(
                name="job_ends_one_way",
                condition=models.Q(finished_at__isnull=True) | models.Q(failed_at__isnull=True),
                violation_error_message="A job has either finished or failed, not both.",
            )
        ]

    def get_absolute_url(self) -> str:
        return reverse("jobs:job", args=[self.pk])

    @property
    def has_ended(self) -> bool:
        return self.finished_at is not None or self.failed_at is not None

    @property
    def is_paused(self) -> bool:
        return self.paused_at is not None and not self.has_ended

    @property
    def is_asked_to_pause(self) -> bool:
        """Somebody asked it to rest, and a worker has not yet come to the next stop."""
        return self.pause_asked_at is not None and self.paused_at is None and not self.has_ended

    @property
    def percent(self) -> int | None:
        """Whole percent done, or ``None`` while the total is unknown."""
        return min(100, self.done * 100 // self.total) if self.total else None


class Tick(models.Model):
    """When a regular job was last begun, whichever process did it."""

    kind = models.CharField(max_length=60, unique=True)
    ran_at = models.DateTimeField(null=True)
    privacy: ClassVar = {"id": "public", "kind": "public", "ran_at": "public"}

    def __str__(self) -> str:
        return self.kind
