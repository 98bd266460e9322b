"""What selection found, what applicants were offered, and what they answered."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from u2t.people.models import Worker
from u2t.programme.models import Category, RoundTambon
from u2t.recruitment.models.applications import Application
from u2t.recruitment.models.calls import Call


class Selection(models.Model):
    """One run of the selection (การคัดเลือก): its frozen input, its result, and who adopted and announced it.

    ``ballot`` is the frozen input without names or ID numbers; ``ballot_digest`` its SHA-256; ``result`` is what
    ``u2t.admission.select`` gave and its independent checker accepted.
    """

    call = models.ForeignKey(Call, on_delete=models.PROTECT, related_name="selections")
    number = models.PositiveSmallIntegerField()
    ballot = models.JSONField()
    ballot_digest = models.CharField(max_length=64)
    result = models.JSONField(null=True)
    result_digest = models.CharField(max_length=64, blank=True)
    asked_at = models.DateTimeField()
    asked_by = models.ForeignKey("people.Account", null=True, on_delete=models.PROTECT, related_name="+")
    computed_at = models.DateTimeField(null=True)
    adopted_at = models.DateTimeField(null=True)
    adopted_by = models.ForeignKey("people.Account", null=True, on_delete=models.PROTECT, related_name="+")
    announced_at = models.DateTimeField(null=True)
    announced_by = models.ForeignKey("people.Account", null=True, on_delete=models.PROTECT, related_name="+")
    privacy: ClassVar = dict.fromkeys(
        ("id", "call", "number", "ballot_digest", "result_digest", "asked_at", "computed_at", "adopted_at",
         "announced_at"), "public",
    ) | dict.fromkeys(("ballot", "result", "asked_by", "adopted_by", "announced_by"), "personal")  # fmt: skip

    class Meta:
        ordering = ("call", "-number")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=("call", "number"), name="selection_number_once_a_call"),
            models.UniqueConstraint(
                fields=("call",), condition=Q(adopted_at__isnull=False), name="one_adopted_selection_a_call"
            ),
            models.CheckConstraint(
                name="selection_announced_after_adopted",
                condition=Q(announced_at=None) | Q(adopted_at__lte=F("announced_at")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.call} #{self.number}"


class Outcome(models.Model):
    """What an adopted selection means for one application (ผลการคัดเลือก), with the reason that is told.

    ``reserve_places`` maps tambon codes to the place in that tambon's reserve list, from 1.
    """

    class Kind(models.TextChoices):
        SELECTED = "selected", _("Selected")
        RESERVE = "reserve", _("Reserve")
        NOT_SELECTED = "not_selected", _("Not selected")

    selection = models.ForeignKey(Selection, on_delete=models.CASCADE, related_name="outcomes")
    application = models.ForeignKey(Application, on_delete=models.CASCADE, related_name="outcomes")
    kind = models.CharField(max_length=15, choices=Kind)
    tambon = models.ForeignKey(RoundTambon, null=True, on_delete=models.PROTECT, related_name="+")
    place = models.PositiveIntegerField(null=True)
    reserve_places = models.JSONField(default=dict)
    why = models.JSONField(default=dict)
    privacy: ClassVar = dict.fromkeys(
        ("id", "selection", "application", "kind", "tambon", "place", "reserve_places", "why"), "personal"
    )

    class Meta:
        ordering = ("selection", "tambon__tambon_id", "place", "id")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=("selection", "application"), name="outcome_once_an_application")
        ]


class Offer(models.Model):
    """A slot offered to an applicant (การเรียกตัว) and all that became of it; a later offer never changes this row.

    Ends in ``worker`` (hired), or in one of: declined, lapsed (no answer in time), no-show, taken back.
    """

    application = models.ForeignKey(Application, on_delete=models.PROTECT, related_name="offers")
    tambon = models.ForeignKey(RoundTambon, on_delete=models.PROTECT, related_name="+")
    category = models.ForeignKey(Category, on_delete=models.PROTECT, related_name="+")
    is_reserve = models.BooleanField()
    replaces = models.ForeignKey("self", null=True, on_delete=models.PROTECT, related_name="replaced_by")
    made_at = models.DateTimeField()
    made_by = models.ForeignKey("people.Account", null=True, on_delete=models.PROTECT, related_name="+")
    answer_until = models.DateTimeField()
    accepted_at = models.DateTimeField(null=True)
    declined_at = models.DateTimeField(null=True)
    decline_reason = models.TextField(blank=True)
    lapsed_at = models.DateTimeField(null=True)
    no_show_at = models.DateTimeField(null=True)
    no_show_by = models.ForeignKey("people.Account", null=True, on_delete=models.PROTECT, related_name="+")
    taken_back_at = models.DateTimeField(null=True)
    taken_back_by = models.ForeignKey("people.Account", null=True, on_delete=models.PROTECT, related_name="+")
    taken_back_reason = models.TextField(blank=True)
    reported_at = models.DateTimeField(null=True)
    reported_by = models.ForeignKey("people.Account", null=True, on_delete=models.PROTECT, related_name="+")
    worker = models.OneToOneField(Worker, null=True, on_delete=models.PROTECT, related_name="offer")
    privacy: ClassVar = {"id": "public"} | dict.fromkeys(
        (
            "application", "tambon", "category", "is_reserve", "replaces", "made_at", "made_by", "answer_until",
            "accepted_at", "declined_at", "decline_reason", "lapsed_at", "no_show_at", "no_show_by",
            "taken_back_at", "taken_back_by", "taken_back_reason", "reported_at", "reported_by", "worker",
        ),
        "personal",
    )  # fmt: skip

    class Meta:
        ordering = ("application", "id")
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=("application",),
                condition=Q(declined_at=None, lapsed_at=None, no_show_at=None, taken_back_at=None),
                name="one_open_offer_an_application",
            ),
            models.CheckConstraint(
                name="offer_reported_in_after_accepted",
                condition=Q(reported_at=None) | Q(accepted_at__lte=F("reported_at")),
            ),
        ]

    @property
    def is_open(self) -> bool:
        """Nobody has ended it: it holds a slot."""
        return not (self.declined_at or self.lapsed_at or self.no_show_at or self.taken_back_at)


class Appeal(models.Model):
    """An applicant's objection to the result (คำคัดค้าน) and its answer."""

    application = models.ForeignKey(Application, on_delete=models.CASCADE, related_name="appeals")
    text = models.TextField()
    filed_at = models.DateTimeField()
    answer = models.TextField(blank=True)
    is_upheld = models.BooleanField(null=True)
    answered_at = models.DateTimeField(null=True)
    answered_by = models.ForeignKey("people.Account", null=True, on_delete=models.PROTECT, related_name="+")
    privacy: ClassVar = dict.fromkeys(
        ("id", "application", "text", "filed_at", "answer", "is_upheld", "answered_at", "answered_by"),
        "personal",
    )

    class Meta:
        ordering = ("application", "id")
