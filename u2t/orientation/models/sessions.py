"""When and where orientation takes place, and for whom."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from u2t.people.models import Worker
from u2t.programme.models import PUBLIC_NAMES, Named, Round
from u2t.vault.models import File


class Plan(models.Model):
    """What a round asks of everybody in orientation: the share of hours, and the test if there is one."""

    round = models.OneToOneField(Round, on_delete=models.CASCADE, related_name="orientation")
    percent_of_hours = models.PositiveSmallIntegerField(
        _("share of the hours to attend, percent"), default=80
    )
    test_percent = models.PositiveSmallIntegerField(_("test passed from, percent"), null=True, blank=True)
    late_after_minutes = models.PositiveSmallIntegerField(_("late after, minutes"), default=15)
    doors_before_minutes = models.PositiveSmallIntegerField(
        _("check-in opens before the session, minutes"), default=60
    )
    certificate_title_th = models.CharField(_("title of the certificate"), max_length=200, blank=True)
    certificate_text_th = models.TextField(_("text of the certificate"), blank=True)
    changed_at = models.DateTimeField()
    changed_by = models.ForeignKey("people.Account", null=True, on_delete=models.PROTECT, related_name="+")
    privacy: ClassVar = dict.fromkeys(
        ("id", "round", "percent_of_hours", "test_percent", "late_after_minutes", "doors_before_minutes",
         "certificate_title_th", "certificate_text_th", "changed_at"), "public",
    ) | {"changed_by": "personal"}  # fmt: skip

    def __str__(self) -> str:
        return f"{self.round}"


class Group(models.Model):
    """A group of workers (กลุ่มอบรม) that attends sessions together; a worker is in at most one."""

    round = models.ForeignKey(Round, on_delete=models.CASCADE, related_name="orientation_groups")
    name = models.CharField(_("name"), max_length=100)
    workers = models.ManyToManyField(Worker, related_name="orientation_groups")
    privacy: ClassVar = {"id": "public", "round": "public", "name": "public", "workers": "personal"}

    class Meta:
        ordering = ("round", "id")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=("round", "name"), name="orientation_group_name_once")
        ]

    def __str__(self) -> str:
        return self.name


class Session(Named):
    """A session (ช่วงอบรม); without ``groups`` it is for everybody of the round."""

    round = models.ForeignKey(Round, on_delete=models.CASCADE, related_name="sessions")
    place_th = models.CharField(_("place"), max_length=200)
    begins_at = models.DateTimeField(_("begins"))
    ends_at = models.DateTimeField(_("ends"))
    capacity = models.PositiveIntegerField(_("room for"), null=True, blank=True)
    groups = models.ManyToManyField(Group, related_name="sessions", blank=True)
    is_required = models.BooleanField(_("counts for completion"), default=True)
    cancelled_at = models.DateTimeField(null=True)
    cancelled_by = models.ForeignKey("people.Account", null=True, on_delete=models.PROTECT, related_name="+")
    privacy: ClassVar = (
        PUBLIC_NAMES
        | dict.fromkeys(
            (
                "round",
                "place_th",
                "begins_at",
                "ends_at",
                "capacity",
                "groups",
                "is_required",
                "cancelled_at",
            ),
            "public",
        )
        | {"cancelled_by": "personal"}
    )

    class Meta:
        ordering = ("round", "begins_at", "id")
        constraints: ClassVar = [
            models.CheckConstraint(
                name="session_ends_after_it_begins",
                condition=Q(ends_at__gt=F("begins_at")),
                violation_error_message=_("A session ends after it begins."),
            )
        ]


class Material(models.Model):
    """A paper or an address that belongs to a session (เอกสารประกอบ)."""

    session = models.ForeignKey(Session, on_delete=models.CASCADE, related_name="materials")
    name = models.CharField(_("name"), max_length=200)
    address = models.URLField(_("address"), blank=True)
    file = models.ForeignKey(File, null=True, on_delete=models.PROTECT, related_name="+")
    added_at = models.DateTimeField()
    added_by = models.ForeignKey("people.Account", null=True, on_delete=models.PROTECT, related_name="+")
    removed_at = models.DateTimeField(null=True)
    privacy: ClassVar = dict.fromkeys(
        ("id", "session", "name", "address", "file", "added_at", "removed_at"), "public"
    ) | {"added_by": "personal"}

    class Meta:
        ordering = ("session", "id")

    def __str__(self) -> str:
        return self.name
