"""Public halves of the signing keys; the private half lies in the data folder and never in the database."""

from __future__ import annotations

from typing import ClassVar

from django.db import models


class Key(models.Model):
    """A key that seals are signed with from–until; retired keys go on verifying."""

    code = models.CharField(max_length=8, unique=True)
    public_key = models.CharField(max_length=64)
    is_demo = models.BooleanField(default=True)
    made_at = models.DateTimeField()
    retired_at = models.DateTimeField(null=True)
    privacy: ClassVar = dict.fromkeys(
        ("id", "code", "public_key", "is_demo", "made_at", "retired_at"), "public"
    )

    class Meta:
        ordering = ("made_at",)

    def __str__(self) -> str:
        return self.code
