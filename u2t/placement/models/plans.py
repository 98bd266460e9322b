"""Rules under a name, the plans computed by them, and what was decided and published of both."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from u2t.people.models import Worker
from u2t.programme.models import Round, RoundTambon


class Policy(models.Model):
    """A complete placement rule of a round under a name (กติกาจัดคน), as data.

    It never changes: another number is another policy, so that a plan can always be traced to what it was computed
    by. ``rule`` holds every field of ``matching.Rule``.
    """

    round = models.ForeignKey(Round, on_delete=models.CASCADE, related_name="policies")
    number = models.PositiveIntegerField()
    name = models.CharField(max_length=120)
    note = models.TextField(blank=True)
    rule = models.JSONField(default=dict)
    made_at = models.DateTimeField()
    made_by = models.ForeignKey("people.Account", null=True, on_delete=models.PROTECT, related_name="+")
    put_aside_at = models.DateTimeField(null=True)
    put_aside_by = models.ForeignKey("people.Account", null=True, on_delete=models.PROTECT, related_name="+")
    privacy: ClassVar = dict.fromkeys(
        ("id", "round", "number", "name", "note", "rule", "made_at", "put_aside_at"), "public"
    ) | {"made_by": "personal", "put_aside_by": "personal"}

    class Meta:
        ordering = ("number",)
        constraints: ClassVar = [
            models.UniqueConstraint(fields=("round", "number"), name="policy_number_once_a_round"),
        ]

    def __str__(self) -> str:
        return self.name


class Study(models.Model):
    """Several rules computed for the same people, to be compared before anybody decides (การเทียบกติกา).

    Its runs are made when it is asked for; each is stored as it is done, so that a pause loses none.
    """

    round = models.ForeignKey(Round, on_delete=models.CASCADE, related_name="studies")
    number = models.PositiveIntegerField()
    asked_at = models.DateTimeField()
    asked_by = models.ForeignKey("people.Account", null=True, on_delete=models.PROTECT, related_name="+")
    finished_at = models.DateTimeField(null=True)
    privacy: ClassVar = dict.fromkeys(("id", "round", "number", "asked_at", "finished_at"), "public") | {
        "asked_by": "personal"
    }

    class Meta:
        ordering = ("-number",)
        constraints: ClassVar = [
            models.UniqueConstraint(fields=("round", "number"), name="study_number_once_a_round"),
        ]

    def __str__(self) -> str:
        return f"{self.round.code} study {self.number}"

    def get_absolute_url(self) -> str:
        return reverse("placement:study", args=[self.round.code, self.number])


class Run(models.Model):
    """One computation of a plan (การคำนวณแผนจัดคน): what went in, what came out, and whether it was adopted.

    ``plan`` is what the engine gave, its proof included, with short fingerprints of what went in and, once adopted, why
    each person without a slot has none; ``problem_digest`` is the fingerprint of what it was
    given; ``summary`` holds the numbers that pages show. ``rule`` is the rule it is or was computed by; empty before
    the computation means the round's own. In a study, ``variant`` names what was left out of the policy's rule to see
    what that costs (``""``: nothing).
    """

    round = models.ForeignKey(Round, on_delete=models.CASCADE, related_name="runs")
    number = models.PositiveIntegerField()
    policy = models.ForeignKey(Policy, null=True, on_delete=models.PROTECT, related_name="runs")
    study = models.ForeignKey(Study, null=True, on_delete=models.CASCADE, related_name="runs")
    variant = models.CharField(max_length=80, blank=True)
    rule = models.JSONField(default=dict)
    problem_digest = models.CharField(max_length=64, blank=True)
    plan = models.JSONField(null=True)
    summary = models.JSONField(null=True)
    asked_at = models.DateTimeField()
    asked_by = models.ForeignKey("people.Account", null=True, on_delete=models.PROTECT, related_name="+")
    computed_at = models.DateTimeField(null=True)
    adopted_at = models.DateTimeField(null=True)
    adopted_by = models.ForeignKey("people.Account", null=True, on_delete=models.PROTECT, related_name="+")
    discarded_at = models.DateTimeField(null=True)
    discarded_by = models.ForeignKey("people.Account", null=True, on_delete=models.PROTECT, related_name="+")
    privacy: ClassVar = {
        "id": "public", "round": "public", "number": "public", "policy": "public", "study": "public",
        "variant": "public", "rule": "public", "problem_digest": "public",
        "plan": "personal", "summary": "public", "asked_at": "public", "asked_by": "personal",
        "computed_at": "public", "adopted_at": "public", "adopted_by": "personal",
        "discarded_at": "public", "discarded_by": "personal",
    }  # fmt: skip

    class Meta:
        ordering = ("-number",)
        constraints: ClassVar = [
            models.UniqueConstraint(fields=("round", "number"), name="run_number_once_a_round"),
            models.CheckConstraint(
                name="run_adopted_after_computed",
                condition=Q(adopted_at=None) | Q(computed_at__lte=F("adopted_at")),
                violation_error_message=_("A plan is adopted after it was computed."),
            ),
            models.CheckConstraint(
                name="run_adopted_or_discarded",
                condition=Q(adopted_at=None) | Q(discarded_at=None),
                violation_error_message=_("A plan that was adopted is not discarded."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.round.code} #{self.number}"

    def get_absolute_url(self) -> str:
        return reverse("placement:run", args=[self.round.code, self.number])


class Refill(models.Model):
    """A least-disturbing answer to a change (การเติมอัตราว่าง): somebody left, or a tambon fell out.

    ``cause`` says what happened and ``moves`` what the officer picked, both in the engine's keys; ``proof`` is what
    ``matching.Refill.to_json()`` gave: the frontier of answers, and prices that prove the one that was picked.
    """

    round = models.ForeignKey(Round, on_delete=models.CASCADE, related_name="refills")
    number = models.PositiveIntegerField()
    left = models.ForeignKey(Worker, null=True, on_delete=models.PROTECT, related_name="refills")
    dropped = models.ForeignKey(RoundTambon, null=True, on_delete=models.PROTECT, related_name="refills")
    cause = models.JSONField(default=dict)
    moves = models.JSONField(default=list)
    proof = models.JSONField(default=dict)
    problem_digest = models.CharField(max_length=64)
    reason = models.TextField(blank=True)
    made_at = models.DateTimeField()
    made_by = models.ForeignKey("people.Account", null=True, on_delete=models.PROTECT, related_name="+")
    privacy: ClassVar = dict.fromkeys(
        ("id", "round", "number", "dropped", "problem_digest", "made_at"), "public"
    ) | dict.fromkeys(("left", "cause", "moves", "proof", "reason", "made_by"), "personal")

    class Meta:
        ordering = ("-number",)
        constraints: ClassVar = [
            models.UniqueConstraint(fields=("round", "number"), name="refill_number_once_a_round"),
        ]

    def __str__(self) -> str:
        return f"{self.round.code} refill {self.number}"

    def get_absolute_url(self) -> str:
        return reverse("placement:refill", args=[self.round.code, self.number])


class Publication(models.Model):
    """The certificate of an adopted plan, as the public reads it once the office has published it (ใบรับรองผลการจัดคน).

    ``content`` is made when the plan is adopted, because only then its inputs still stand in the tables; it is the
    published file byte for byte, and ``digest`` its SHA-256. ``salt`` makes the row labels by which a person finds
    their own row and nobody else's; it is never shown. What was withdrawn may be published again, as the same file.
    """

    run = models.OneToOneField(Run, on_delete=models.PROTECT, related_name="publication")
    content = models.TextField()
    digest = models.CharField(max_length=64)
    salt = models.CharField(max_length=64)
    seal = models.TextField(blank=True)
    prepared_at = models.DateTimeField(null=True)
    published_at = models.DateTimeField(null=True)
    published_by = models.ForeignKey("people.Account", null=True, on_delete=models.PROTECT, related_name="+")
    withdrawn_at = models.DateTimeField(null=True)
    withdrawn_by = models.ForeignKey("people.Account", null=True, on_delete=models.PROTECT, related_name="+")
    withdrawn_reason = models.TextField(blank=True)
    privacy: ClassVar = {
        "id": "public", "run": "public", "content": "personal", "digest": "public", "salt": "sensitive",
        "seal": "public", "prepared_at": "public", "published_at": "public", "published_by": "personal",
        "withdrawn_at": "public", "withdrawn_by": "personal", "withdrawn_reason": "public",
    }  # fmt: skip

    class Meta:
        ordering = (F("published_at").desc(nulls_last=True),)

    def __str__(self) -> str:
        return f"{self.run} {self.digest[:8]}"

    @property
    def is_public(self) -> bool:
        """Whether anybody may read it now."""
        return self.published_at is not None and self.withdrawn_at is None
