"""Passes, the devices at the doors, and what these saw."""

from __future__ import annotations

import uuid
from typing import ClassVar

from django.db import models
from django.db.models import Q

from u2t.orientation.models.sessions import Session
from u2t.people.models import Worker
from u2t.programme.models import Round


class Pass(models.Model):
    """A worker's QR code (รหัสประจำตัว): ``token`` is 22 random letters, worth nothing without a check-in desk."""

    worker = models.ForeignKey(Worker, on_delete=models.CASCADE, related_name="passes")
    token = models.CharField(max_length=32, unique=True)
    issued_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True)
    privacy: ClassVar = {
        "id": "public", "worker": "personal", "token": "sensitive", "issued_at": "personal", "revoked_at": "personal",
    }  # fmt: skip

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=("worker",), condition=Q(revoked_at=None), name="one_pass_a_worker"
            )
        ]

    def __str__(self) -> str:
        return f"{self.worker}"


class Device(models.Model):
    """A phone or tablet that checks people in; the key is made on the device."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    round = models.ForeignKey(Round, on_delete=models.CASCADE, related_name="devices")
    label = models.CharField(max_length=100, blank=True)
    enrolled_at = models.DateTimeField()
    enrolled_by = models.ForeignKey("people.Account", null=True, on_delete=models.PROTECT, related_name="+")
    seen_at = models.DateTimeField(null=True)
    waiting = models.PositiveIntegerField(null=True)
    closed_at = models.DateTimeField(null=True)
    privacy: ClassVar = dict.fromkeys(
        ("id", "round", "label", "enrolled_at", "enrolled_by", "seen_at", "waiting", "closed_at"), "personal"
    )

    class Meta:
        ordering = ("enrolled_at",)

    def __str__(self) -> str:
        return self.label or str(self.id)[:8]


class Scan(models.Model):
    """What a device saw: this worker, this session, in or out. The key is made on the device: sent twice, stored once.

    ``device_at`` is the device's own clock, ``scanned_at`` the same moment put right by how far that clock was off
    when it was sent; ``is_doubted`` says that this moment had to be bounded or runs against the device's own order.
    ``pass_token`` keeps what was read where no worker could be found for it.
    """

    class Direction(models.TextChoices):
        IN = "in", "in"
        OUT = "out", "out"

    class How(models.TextChoices):
        CAMERA = "camera", "camera"
        SEARCH = "search", "search"
        TYPED = "typed", "typed"

    id = models.UUIDField(primary_key=True)
    session = models.ForeignKey(Session, on_delete=models.PROTECT, related_name="scans")
    worker = models.ForeignKey(Worker, null=True, on_delete=models.PROTECT, related_name="scans")
    pass_token = models.CharField(max_length=64, blank=True)
    direction = models.CharField(max_length=3, choices=Direction)
    how = models.CharField(max_length=10, choices=How)
    device = models.ForeignKey(Device, null=True, on_delete=models.PROTECT, related_name="scans")
    device_at = models.DateTimeField()
    scanned_at = models.DateTimeField()
    is_doubted = models.BooleanField(default=False)
    received_at = models.DateTimeField()
    received_by = models.ForeignKey("people.Account", null=True, on_delete=models.PROTECT, related_name="+")
    voided_at = models.DateTimeField(null=True)
    voided_by = models.ForeignKey("people.Account", null=True, on_delete=models.PROTECT, related_name="+")
    void_reason = models.TextField(blank=True)
    privacy: ClassVar = {"id": "public", "session": "public", "pass_token": "sensitive"} | dict.fromkeys(
        ("worker", "direction", "how", "device", "device_at", "scanned_at", "is_doubted", "received_at", "received_by",
         "voided_at", "voided_by", "void_reason"), "personal",
    )  # fmt: skip

    class Meta:
        ordering = ("session", "scanned_at", "id")
        indexes: ClassVar = [models.Index(fields=("worker", "session"), name="scan_by_worker")]

    def __str__(self) -> str:
        return f"{self.worker} {self.direction}"
