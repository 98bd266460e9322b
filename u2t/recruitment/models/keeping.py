"""What stops the clock after which an applicant's data are erased."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from u2t.recruitment.models.applications import Application
from u2t.recruitment.models.calls import Call


class Hold(models.Model):
    """Data that must not be erased yet (การระงับการลบข้อมูล), for a dispute: one application's, or a whole call's."""

    call = models.ForeignKey(Call, on_delete=models.CASCADE, related_name="holds")
    application = models.ForeignKey(Application, null=True, on_delete=models.CASCADE, related_name="holds")
    reason = models.TextField()
    begun_at = models.DateTimeField()
    begun_by = models.ForeignKey("people.Account", null=True, on_delete=models.PROTECT, related_name="+")
    ended_at = models.DateTimeField(null=True)
    ended_by = models.ForeignKey("people.Account", null=True, on_delete=models.PROTECT, related_name="+")
    privacy: ClassVar = {"id": "public", "call": "public"} | dict.fromkeys(
        ("application", "reason", "begun_at", "begun_by", "ended_at", "ended_by"), "personal"
    )

    class Meta:
        ordering = ("call", "-begun_at", "-id")
        constraints: ClassVar = [
            models.CheckConstraint(name="hold_has_a_reason", condition=~Q(reason="")),
            models.CheckConstraint(
                name="hold_ends_after_it_began", condition=Q(ended_at=None) | Q(ended_at__gte=F("begun_at"))
            ),
        ]
