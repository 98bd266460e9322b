"""Tables of handover."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from u2t.agencies.models import Participation
from u2t.programme.models import Institution, Round, RoundTambon


class Handover(models.Model):
    """The bringing of a team to an agency (การส่งมอบผู้ปฏิบัติงาน): a tambon's team, or an agency's data managers.

    ``tambon`` is set for a team and empty for data managers. The date is unknown until somebody sets it.
    """

    round = models.ForeignKey(Round, on_delete=models.CASCADE, related_name="handovers")
    receiver = models.ForeignKey(Participation, on_delete=models.PROTECT, related_name="handovers")
    tambon = models.ForeignKey(RoundTambon, null=True, on_delete=models.PROTECT, related_name="handovers")
    handed_on = models.DateField(_("handover date"), null=True, blank=True)
    planned_at = models.DateTimeField()
    planned_by = models.ForeignKey("people.Account", null=True, on_delete=models.PROTECT, related_name="+")
    done_at = models.DateTimeField(null=True)
    done_by = models.ForeignKey("people.Account", null=True, on_delete=models.PROTECT, related_name="+")
    privacy: ClassVar = {
        "id": "public", "round": "public", "receiver": "public", "tambon": "public", "handed_on": "public",
        "planned_at": "public", "planned_by": "personal", "done_at": "public", "done_by": "personal",
    }  # fmt: skip

    class Meta:
        # Teams by tambon, then data managers: databases disagree about where nothing stands in an order.
        ordering = ("round", F("tambon__tambon__code").asc(nulls_last=True), "receiver", "id")
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=("tambon",), condition=Q(tambon__isnull=False), name="one_team_handover_a_tambon"
            ),
            models.UniqueConstraint(
                fields=("receiver",), condition=Q(tambon__isnull=True), name="one_data_handover_an_agency"
            ),
            models.CheckConstraint(
                name="handover_done_has_a_date",
                condition=Q(done_at=None) | Q(handed_on__isnull=False),
                violation_error_message=_("A handover that is done has a date."),
            ),
        ]

    def __str__(self) -> str:
        return str(self.tambon) if self.tambon_id else str(self.receiver.agency)

    def get_absolute_url(self) -> str:
        return reverse("handover:handover", args=[self.round.code, self.pk])

    @property
    def kind(self) -> str:
        """``team`` or ``data``, as :class:`LetterText` names them."""
        return "team" if self.tambon_id else "data"


class Register(models.Model):
    """The register of letter numbers (ทะเบียนหนังสือส่ง) of an institution in one Buddhist year."""

    institution = models.ForeignKey(Institution, on_delete=models.PROTECT, related_name="registers")
    be_year = models.PositiveSmallIntegerField()
    last_number = models.PositiveIntegerField(default=0)
    privacy: ClassVar = dict.fromkeys(("id", "institution", "be_year", "last_number"), "public")

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=("institution", "be_year"), name="one_register_a_year")
        ]

    def __str__(self) -> str:
        return f"{self.institution} {self.be_year}"


class Letter(models.Model):
    """An official letter (หนังสือส่งตัว) as it was issued: number, date and every word; versions stay.

    ``reference`` is the whole number as the letter carries it (``อว 0616/123``). ``content`` holds what the letter
    says, so that printing it again gives the same letter whatever has changed.
    """

    handover = models.ForeignKey(Handover, on_delete=models.PROTECT, related_name="letters")
    register = models.ForeignKey(Register, on_delete=models.PROTECT, related_name="letters")
    number = models.PositiveIntegerField()
    reference = models.CharField(_("letter number"), max_length=80)
    dated_on = models.DateField(_("letter date"))
    content = models.JSONField()
    issued_at = models.DateTimeField()
    issued_by = models.ForeignKey("people.Account", null=True, on_delete=models.PROTECT, related_name="+")
    cancelled_at = models.DateTimeField(null=True)
    cancelled_by = models.ForeignKey("people.Account", null=True, on_delete=models.PROTECT, related_name="+")
    cancel_reason = models.TextField(blank=True)
    privacy: ClassVar = {
        "id": "public", "handover": "public", "register": "public", "number": "public", "reference": "public",
        "dated_on": "public",
        "content": "personal", "issued_at": "public", "issued_by": "personal", "cancelled_at": "public",
        "cancelled_by": "personal", "cancel_reason": "personal",
    }  # fmt: skip

    class Meta:
        ordering = ("register", "number")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=("register", "number"), name="letter_number_once"),
            models.UniqueConstraint(
                fields=("handover",), condition=Q(cancelled_at=None), name="one_active_letter_a_handover"
            ),
        ]

    def __str__(self) -> str:
        return self.reference

    def get_absolute_url(self) -> str:
        return reverse("handover:letter", args=[self.handover.round.code, self.pk])


class LetterText(models.Model):
    """The wording of a round's letters of one kind, where the office has written its own (ข้อความในหนังสือ).

    ``paragraphs`` holds one paragraph a line, with ``{field}`` places that are filled for each letter.
    """

    class Kind(models.TextChoices):
        TEAM = "team", _("Tambon team")
        DATA = "data", _("Data managers")

    round = models.ForeignKey(Round, on_delete=models.CASCADE, related_name="letter_texts")
    kind = models.CharField(max_length=10, choices=Kind)
    subject = models.CharField(_("subject"), max_length=300)
    paragraphs = models.TextField(_("paragraphs"))
    closing = models.CharField(_("closing"), max_length=100)
    changed_at = models.DateTimeField()
    changed_by = models.ForeignKey("people.Account", null=True, on_delete=models.PROTECT, related_name="+")
    privacy: ClassVar = dict.fromkeys(
        ("id", "round", "kind", "subject", "paragraphs", "closing", "changed_at"), "public"
    ) | {"changed_by": "personal"}

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=("round", "kind"), name="one_letter_text_a_kind")
        ]

    def __str__(self) -> str:
        return self.subject


class Bundle(models.Model):
    """All letters of a round in one go: one PDF and one ZIP of single ones, made by a job."""

    round = models.ForeignKey(Round, on_delete=models.CASCADE, related_name="bundles")
    asked_at = models.DateTimeField()
    asked_by = models.ForeignKey("people.Account", null=True, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField(null=True)
    pdf = models.FileField(upload_to="bundles", blank=True)
    zip = models.FileField(upload_to="bundles", blank=True)
    letters = models.PositiveIntegerField(default=0)
    skipped = models.JSONField(default=list)
    privacy: ClassVar = {
        "id": "public", "round": "public", "asked_at": "public", "asked_by": "personal", "made_at": "public",
        "pdf": "personal", "zip": "personal", "letters": "public", "skipped": "public",
    }  # fmt: skip

    class Meta:
        ordering = ("-asked_at",)

    def __str__(self) -> str:
        return f"{self.round} {self.pk}"

    def get_absolute_url(self) -> str:
        return reverse("handover:bundle", args=[self.round.code, self.pk])
