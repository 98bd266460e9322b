from __future__ import annotations

from typing import Any, ClassVar, NoReturn

from django.db import models


class AppendOnly(Exception):
    """An event of the past can't be changed or taken away."""


class EventQuerySet(models.QuerySet["Event"]):
    def update(self, **kwargs: Any) -> NoReturn:
        raise AppendOnly("events are never changed")

    def delete(self) -> NoReturn:
        raise AppendOnly("events are never deleted")


class Event(models.Model):
    """One thing that happened (บันทึกเหตุการณ์).

    ``verb`` is ``part.verb``; ``subject`` names what it happened to as ``part.Model:pk``; ``note`` holds plain
    values that explain it (a reason, counts, before and after), never an ID number.
    """

    at = models.DateTimeField()
    by = models.ForeignKey("people.Account", null=True, on_delete=models.PROTECT, related_name="+")
    verb = models.CharField(max_length=60)
    subject = models.CharField(max_length=80, db_index=True)
    round_code = models.CharField(max_length=40, blank=True, db_index=True)
    note = models.JSONField(default=dict)
    previous_digest = models.CharField(max_length=64)
    digest = models.CharField(max_length=64, unique=True)

    privacy: ClassVar = {
        "id": "public",
        "at": "personal",
        "by": "personal",
        "verb": "public",
        "subject": "personal",
        "round_code": "public",
        "note": "personal",
        "previous_digest": "public",
        "digest": "public",
    }

    objects = EventQuerySet.as_manager()

    class Meta:
        ordering = ("id",)

    def save(self, *args: Any, **kwargs: Any) -> None:
        if self.pk is not None:
            raise AppendOnly("events are never changed")
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> NoReturn:
        raise AppendOnly("events are never deleted")
