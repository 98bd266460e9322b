"""The outbox."""

from __future__ import annotations

from typing import ClassVar

from django.db import models


class Mail(models.Model):
    """A message to one address; ``about`` names what it tells of, so that the same is not told twice."""

    to = models.EmailField()
    subject = models.CharField(max_length=200)
    text = models.TextField()
    about = models.CharField(max_length=120, blank=True, db_index=True)
    asked_at = models.DateTimeField()
    attempts = models.PositiveSmallIntegerField(default=0)
    tried_at = models.DateTimeField(null=True)
    sent_at = models.DateTimeField(null=True)
    given_up_at = models.DateTimeField(null=True)
    error = models.CharField(max_length=300, blank=True)
    privacy: ClassVar = dict.fromkeys(
        (
            "id",
            "to",
            "subject",
            "text",
            "about",
            "asked_at",
            "attempts",
            "tried_at",
            "sent_at",
            "given_up_at",
            "error",
        ),
        "personal",
    )

    class Meta:
        ordering = ("id",)
        constraints: ClassVar = [
            models.UniqueConstraint(fields=("about", "to"), condition=~models.Q(about=""), name="told_once"),
        ]

    def __str__(self) -> str:
        return f"{self.to}: {self.subject}"
