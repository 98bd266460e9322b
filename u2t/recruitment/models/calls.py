"""A call and what it asks for, all of it data."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from u2t.programme.models import PUBLIC_NAMES, Category, Named, Round, RoundTambon
from u2t.recruitment.rules import eligibility, timetable


class DocumentKind(models.TextChoices):
    """Kinds of papers (ชนิดเอกสาร) that a call may ask for."""

    PHOTO = "photo", _("Photograph")
    ID_CARD = "id_card", _("Copy of the ID card")
    HOUSE = "house", _("Copy of the house registration")
    DEGREE = "degree", _("Degree certificate")
    TRANSCRIPT = "transcript", _("Transcript")
    STUDENT = "student", _("Student certificate")
    NAME_CHANGE = "name_change", _("Evidence of a changed name")
    MILITARY = "military", _("Military evidence")
    AREA = "area", _("Certificate of residence in the area")
    OTHER = "other", _("Other")


class Call(Named):
    """One call for applications (ประกาศรับสมัคร) of a round; a further call fills what the first left empty.

    Scores are thousandths of a point out of 100. ``priority`` is the order in which applicants compete for a
    tambon. The lottery seed is published before a selection may run. Days count from the moment of the event.
    """

    round = models.ForeignKey(Round, on_delete=models.PROTECT, related_name="calls")
    number = models.PositiveSmallIntegerField()
    text_th = models.TextField(_("text of the call"), blank=True)
    opens_at = models.DateTimeField(_("applications from"))
    closes_at = models.DateTimeField(_("applications until"))
    grace_minutes = models.PositiveSmallIntegerField(_("grace after closing, minutes"), default=0)
    max_choices = models.PositiveSmallIntegerField(_("tambons to rank at most"), default=3)
    results_on = models.DateField(_("results announced on"), null=True, blank=True)
    interviews_from = models.DateField(_("interviews from"), null=True, blank=True)
    interviews_until = models.DateField(_("interviews until"), null=True, blank=True)
    interviewers_needed = models.PositiveSmallIntegerField(_("interviewers for each applicant"), default=2)
    spread_limit = models.PositiveSmallIntegerField(
        _("difference of points beyond which a third interviewer decides"), default=20
    )
    pass_mark = models.PositiveIntegerField(_("pass mark"), null=True, blank=True)
    priority = models.JSONField(_("order of priority"), default=list)
    names_announced = models.BooleanField(_("names in the announced results"), null=True)
    accept_days = models.PositiveSmallIntegerField(_("days to accept an offer"), default=3)
    reserve_days = models.PositiveSmallIntegerField(_("days for a reserve to accept"), default=2)
    appeal_days = models.PositiveSmallIntegerField(_("days to object to the result"), default=7)
    consent_th = models.TextField(_("purpose told to applicants (PDPA)"), blank=True)
    retention_days = models.PositiveSmallIntegerField(_("days to keep what was not selected"), default=180)
    lottery_seed = models.CharField(_("lottery seed"), max_length=64, blank=True)
    seed_published_at = models.DateTimeField(null=True, blank=True)
    seed_published_by = models.ForeignKey(
        "people.Account", null=True, on_delete=models.PROTECT, related_name="+"
    )
    drafted_at = models.DateTimeField()
    drafted_by = models.ForeignKey("people.Account", null=True, on_delete=models.PROTECT, related_name="+")
    published_at = models.DateTimeField(null=True, blank=True)
    published_by = models.ForeignKey("people.Account", null=True, on_delete=models.PROTECT, related_name="+")
    cancelled_at = models.DateTimeField(null=True, blank=True)
    cancelled_by = models.ForeignKey("people.Account", null=True, on_delete=models.PROTECT, related_name="+")
    cancel_reason = models.TextField(blank=True)
    last_serial = models.PositiveIntegerField(default=0)
    privacy: ClassVar = PUBLIC_NAMES | dict.fromkeys(
        (
            "round", "number", "text_th", "opens_at", "closes_at", "grace_minutes", "max_choices", "results_on",
            "interviews_from", "interviews_until", "interviewers_needed", "spread_limit", "pass_mark", "priority",
            "names_announced", "accept_days", "reserve_days", "appeal_days", "consent_th", "retention_days",
            "lottery_seed", "seed_published_at", "drafted_at", "published_at", "cancelled_at", "cancel_reason",
            "last_serial",
        ),
        "public",
    ) | dict.fromkeys(("seed_published_by", "drafted_by", "published_by", "cancelled_by"), "personal")  # fmt: skip

    class Meta:
        ordering = ("round", "number")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=("round", "number"), name="call_number_once_a_round"),
            models.CheckConstraint(
                name="call_closes_after_it_opens",
                condition=Q(closes_at__gt=F("opens_at")),
                violation_error_message=_("Applications must close after they open."),
            ),
            models.CheckConstraint(
                name="call_ranks_at_least_one_tambon",
                condition=Q(max_choices__gte=1),
                violation_error_message=_("Applicants rank at least one tambon."),
            ),
        ]

    def get_absolute_url(self) -> str:
        return reverse("recruitment:call", args=[self.round.code, self.number])

    @property
    def times(self) -> timetable.Times:
        """The moments that decide whether applications are taken, for ``rules.timetable``."""
        return timetable.Times(
            self.opens_at, self.closes_at, self.grace_minutes, self.published_at, self.cancelled_at
        )


class CallQuota(models.Model):
    """How many of a category a call looks for in a tambon (อัตราที่เปิดรับ)."""

    call = models.ForeignKey(Call, on_delete=models.CASCADE, related_name="quotas")
    tambon = models.ForeignKey(RoundTambon, on_delete=models.PROTECT, related_name="+")
    category = models.ForeignKey(Category, on_delete=models.PROTECT, related_name="+")
    slots = models.PositiveSmallIntegerField()
    privacy: ClassVar = dict.fromkeys(("id", "call", "tambon", "category", "slots"), "public")

    class Meta:
        ordering = ("tambon__tambon_id", "category__position")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=("call", "tambon", "category"), name="call_quota_once")
        ]

    def __str__(self) -> str:
        return f"{self.tambon} · {self.category}: {self.slots}"


class Eligibility(models.Model):
    """One rule of eligibility (คุณสมบัติ): its kind, its values, for one category or all, valid from–until."""

    call = models.ForeignKey(Call, on_delete=models.CASCADE, related_name="eligibility")
    category = models.ForeignKey(Category, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=30, choices=[(kind, kind) for kind in eligibility.KINDS])
    values = models.JSONField(default=dict, blank=True)
    valid_from = models.DateField(null=True, blank=True)
    valid_until = models.DateField(null=True, blank=True)
    position = models.PositiveSmallIntegerField(default=0)
    privacy: ClassVar = dict.fromkeys(
        ("id", "call", "category", "kind", "values", "valid_from", "valid_until", "position"), "public"
    )

    class Meta:
        ordering = ("call", "position", "id")

    def __str__(self) -> str:
        return self.kind

    def as_rule(self) -> eligibility.Rule:
        return eligibility.Rule(
            key=self.pk,
            kind=self.kind,
            values=dict(self.values),
            category=self.category.code if self.category else "",
            valid_from=self.valid_from,
            valid_until=self.valid_until,
        )


class RequiredDocument(models.Model):
    """A paper that the call asks for, of one category or of all; one that is not required may be given."""

    call = models.ForeignKey(Call, on_delete=models.CASCADE, related_name="documents")
    category = models.ForeignKey(Category, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=20, choices=DocumentKind)
    is_required = models.BooleanField(default=True)
    privacy: ClassVar = dict.fromkeys(("id", "call", "category", "kind", "is_required"), "public")

    class Meta:
        ordering = ("call", "id")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=("call", "category", "kind"), name="required_document_once"),
            # For everybody: no database counts two unknown categories as the same by itself.
            models.UniqueConstraint(
                fields=("call", "kind"), condition=Q(category=None), name="required_document_of_all_once"
            ),
        ]

    def __str__(self) -> str:
        return self.get_kind_display()


class Criterion(Named):
    """A criterion of scoring (เกณฑ์การให้คะแนน): points 0..``max_points``, weighed in whole percent."""

    call = models.ForeignKey(Call, on_delete=models.CASCADE, related_name="criteria")
    max_points = models.PositiveSmallIntegerField()
    weight = models.PositiveSmallIntegerField()
    position = models.PositiveSmallIntegerField(default=0)
    privacy: ClassVar = PUBLIC_NAMES | dict.fromkeys(("call", "max_points", "weight", "position"), "public")

    class Meta:
        ordering = ("call", "position", "id")


class Milestone(Named):
    """A line of the timetable (กำหนดการ) that the call's own moments do not say."""

    call = models.ForeignKey(Call, on_delete=models.CASCADE, related_name="milestones")
    begins_on = models.DateField()
    ends_on = models.DateField(null=True, blank=True)
    place_th = models.CharField(max_length=200, blank=True)
    privacy: ClassVar = PUBLIC_NAMES | dict.fromkeys(("call", "begins_on", "ends_on", "place_th"), "public")

    class Meta:
        ordering = ("call", "begins_on", "id")
