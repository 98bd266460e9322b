"""The stored files and what was found in them."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from u2t.programme.models import Round


class Roster(models.Model):
    """One uploaded file and its report; accepted at most once."""

    class Kind(models.TextChoices):
        TAMBONS = "tambons", _("Tambons")
        LECTURERS = "lecturers", _("Lecturers")
        AGENCIES = "agencies", _("Agencies")
        WORKERS = "workers", _("Workers")

    round = models.ForeignKey(Round, on_delete=models.CASCADE, related_name="rosters")
    kind = models.CharField(max_length=20, choices=Kind)
    file = models.FileField(upload_to="rosters")
    file_name = models.CharField(max_length=200)
    sha256 = models.CharField(max_length=64)
    report = models.JSONField(null=True)
    uploaded_at = models.DateTimeField()
    uploaded_by = models.ForeignKey("people.Account", null=True, on_delete=models.PROTECT, related_name="+")
    accepted_at = models.DateTimeField(null=True)
    accepted_by = models.ForeignKey("people.Account", null=True, on_delete=models.PROTECT, related_name="+")
    discarded_at = models.DateTimeField(null=True)
    discarded_by = models.ForeignKey("people.Account", null=True, on_delete=models.PROTECT, related_name="+")
    privacy: ClassVar = {
        "id": "public", "round": "public", "kind": "public", "file": "personal", "file_name": "personal",
        "sha256": "public", "report": "personal", "uploaded_at": "public", "uploaded_by": "personal",
        "accepted_at": "public", "accepted_by": "personal", "discarded_at": "public", "discarded_by": "personal",
    }  # fmt: skip

    class Meta:
        ordering = ("-uploaded_at", "-id")
        constraints: ClassVar = [
            models.CheckConstraint(
                name="roster_ends_one_way",
                condition=Q(accepted_at=None) | Q(discarded_at=None),
                violation_error_message=_("A roster is either accepted or discarded."),
            )
        ]

    def get_absolute_url(self) -> str:
        return reverse("rosters:roster", args=[self.round.code, self.pk])
