"""A simulated nation, cut up for many workers."""

from __future__ import annotations

from typing import ClassVar

from django.db import models


class NationShare(models.Model):
    """Some institutions of a simulated nation (การจำลองทั้งประเทศ), placed by whichever worker takes them.

    ``design`` says what is drawn and by which rule it is placed, ``first`` and ``count`` which institutions of it;
    no real person is in it. ``answer`` is who got which seat, compressed, and ``tally`` its figures and fingerprints.
    It is answered once: a second answer finds no open row.
    """

    nation = models.UUIDField()
    design = models.JSONField()
    first = models.PositiveIntegerField()
    count = models.PositiveIntegerField()
    asked_at = models.DateTimeField()
    answer = models.BinaryField(null=True)
    tally = models.JSONField(null=True)
    answered_at = models.DateTimeField(null=True)
    privacy: ClassVar = dict.fromkeys(
        ("id", "nation", "design", "first", "count", "asked_at", "answer", "tally", "answered_at"), "public"
    )

    class Meta:
        ordering = ("nation", "first")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=("nation", "first"), name="share_once_a_nation"),
            models.CheckConstraint(
                name="share_answered_whole",
                condition=models.Q(answered_at__isnull=True, answer__isnull=True, tally__isnull=True)
                | models.Q(answered_at__isnull=False, answer__isnull=False, tally__isnull=False),
                violation_error_message="An answer comes with its figures and its moment.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.nation} {self.first}+{self.count}"
