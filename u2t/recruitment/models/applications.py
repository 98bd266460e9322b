"""What an applicant types and uploads. All of it is the applicant's claim until the office has screened it."""

from __future__ import annotations

import uuid
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from u2t.people.models import Identified
from u2t.programme.models import Category, RoundTambon, Skill, Tambon
from u2t.recruitment.models.calls import Call, DocumentKind
from u2t.vault.models import File


class Level(models.TextChoices):
    """Education (ระดับการศึกษา), from low to high; ``rules.eligibility.LEVELS`` has the same order."""

    PRIMARY = "primary", _("Primary school")
    LOWER_SECONDARY = "lower_secondary", _("Lower secondary school")
    UPPER_SECONDARY = "upper_secondary", _("Upper secondary school or vocational certificate")
    DIPLOMA = "diploma", _("Diploma (high vocational)")
    BACHELOR = "bachelor", _("Bachelor's degree")
    MASTER = "master", _("Master's degree")
    DOCTORATE = "doctorate", _("Doctorate")


class Application(Identified, models.Model):
    """An application (ใบสมัคร) of an account in a call: a draft that saves itself, frozen when submitted.

    ``number`` and ``receipt`` are given at the first submission and stay when the application is opened again; only
    ``submitted_at`` says that it stands. ``version`` grows with every saved step, so that two open
    tabs do not overwrite each other. ``submitted_digest`` is the SHA-256 of what was submitted. A person (Person)
    is made of it only when the applicant is hired.
    """

    call = models.ForeignKey(Call, on_delete=models.PROTECT, related_name="applications")
    account = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="applications"
    )
    category = models.ForeignKey(Category, null=True, on_delete=models.PROTECT, related_name="+")
    number = models.PositiveIntegerField(null=True)
    receipt = models.CharField(max_length=60, null=True, unique=True)
    version = models.PositiveIntegerField(default=0)

    title = models.CharField(_("title"), max_length=40, blank=True)
    given_name = models.CharField(_("given name"), max_length=120, blank=True)
    surname = models.CharField(_("surname"), max_length=120, blank=True)
    citizen_id_sealed = models.BinaryField(null=True)
    citizen_id_digest = models.CharField(max_length=64, null=True, db_index=True)
    citizen_id_tail = models.CharField(max_length=3, blank=True)
    birth_on = models.DateField(_("date of birth"), null=True, blank=True)
    telephone = models.CharField(_("telephone"), max_length=40, blank=True)
    email = models.EmailField(_("e-mail"), blank=True)
    military = models.CharField(_("military service"), max_length=200, blank=True)

    present_house = models.CharField(_("house number, village, road"), max_length=300, blank=True)
    present_tambon = models.ForeignKey(Tambon, null=True, on_delete=models.PROTECT, related_name="+")
    present_postcode = models.CharField(_("postcode"), max_length=5, blank=True)
    registered_house = models.CharField(_("house number, village, road"), max_length=300, blank=True)
    registered_tambon = models.ForeignKey(Tambon, null=True, on_delete=models.PROTECT, related_name="+")
    registered_postcode = models.CharField(_("postcode"), max_length=5, blank=True)

    level = models.CharField(_("highest education"), max_length=20, choices=Level, blank=True)
    degree = models.CharField(_("degree"), max_length=200, blank=True)
    major = models.CharField(_("field of study"), max_length=200, blank=True)
    institute = models.CharField(_("institute"), max_length=200, blank=True)
    graduated_on = models.DateField(_("date of graduation"), null=True, blank=True)
    grade = models.PositiveSmallIntegerField(_("grade point average"), null=True, blank=True)
    student_year = models.PositiveSmallIntegerField(_("year of study"), null=True, blank=True)
    is_own_student = models.BooleanField(_("student of this university"), null=True)
    is_employed = models.BooleanField(_("employed at present"), null=True)
    has_state_hire = models.BooleanField(_("hired by another state project"), null=True)
    skills = models.ManyToManyField(Skill, related_name="+")
    talents = models.TextField(_("talents"), blank=True)

    search_key = models.CharField(max_length=300, editable=False, blank=True, db_index=True)
    interview_at = models.DateTimeField(null=True)
    interview_place = models.CharField(max_length=200, blank=True)
    score = models.PositiveIntegerField(null=True)
    scored_at = models.DateTimeField(null=True)
    consented_at = models.DateTimeField(null=True)
    consent_digest = models.CharField(max_length=64, blank=True)
    begun_at = models.DateTimeField()
    saved_at = models.DateTimeField(null=True)
    submitted_at = models.DateTimeField(null=True)
    submitted_digest = models.CharField(max_length=64, blank=True)
    seconds_late = models.PositiveIntegerField(default=0)
    brought_in_at = models.DateTimeField(null=True)
    brought_in_by = models.ForeignKey("people.Account", null=True, on_delete=models.PROTECT, related_name="+")
    withdrawn_at = models.DateTimeField(null=True)
    erased_at = models.DateTimeField(null=True)
    privacy: ClassVar = {
        **dict.fromkeys(("id", "call", "number", "version", "begun_at", "saved_at", "submitted_at",
                         "submitted_digest", "seconds_late", "withdrawn_at", "erased_at", "brought_in_at"), "public"),
        **dict.fromkeys(("account", "category", "receipt", "title", "given_name", "surname", "birth_on", "telephone",
                         "email", "present_house", "present_tambon", "present_postcode", "registered_house",
                         "registered_tambon", "registered_postcode", "level", "degree", "major", "institute",
                         "graduated_on", "grade", "student_year", "is_own_student", "is_employed",
                         "has_state_hire", "skills", "talents", "search_key", "interview_at", "interview_place",
                         "score", "scored_at", "consented_at", "consent_digest", "brought_in_by", "military"),
                        "personal"),
        **dict.fromkeys(("citizen_id_sealed", "citizen_id_digest", "citizen_id_tail"), "sensitive"),
    }  # fmt: skip

    class Meta:
        ordering = ("call", "number", "id")
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=("call", "account"),
                condition=Q(withdrawn_at=None, account__isnull=False),
                name="one_application_an_account",
            ),
            models.UniqueConstraint(
                fields=("call", "citizen_id_digest"),
                condition=Q(submitted_at__isnull=False, withdrawn_at=None),
                name="one_application_a_person",
            ),
            models.UniqueConstraint(fields=("call", "number"), name="application_number_once_a_call"),
            models.CheckConstraint(
                name="application_submitted_with_a_number",
                condition=Q(submitted_at=None) | Q(number__isnull=False),
            ),
            models.CheckConstraint(
                name="application_submitted_after_begun",
                condition=Q(submitted_at=None) | Q(submitted_at__gte=F("begun_at")),
            ),
        ]

    def __str__(self) -> str:
        return self.receipt or f"{self.call} …"

    def get_absolute_url(self) -> str:
        return reverse("recruitment:application", args=[self.call.round.code, self.call.number, self.pk])

    @property
    def full_name(self) -> str:
        """Title glued to the given name, and the surname; empty where nothing was typed."""
        return f"{self.title}{self.given_name} {self.surname}".strip()


class Choice(models.Model):
    """A tambon that an applicant ranked, from 1 (ลำดับตำบลที่เลือก)."""

    application = models.ForeignKey(Application, on_delete=models.CASCADE, related_name="choices")
    rank = models.PositiveSmallIntegerField()
    tambon = models.ForeignKey(RoundTambon, on_delete=models.PROTECT, related_name="+")
    privacy: ClassVar = {"id": "public", "application": "personal", "rank": "personal", "tambon": "personal"}

    class Meta:
        ordering = ("application", "rank")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=("application", "rank"), name="choice_rank_once"),
            models.UniqueConstraint(fields=("application", "tambon"), name="choice_tambon_once"),
        ]

    def __str__(self) -> str:
        return f"{self.rank}. {self.tambon}"


class Experience(models.Model):
    """Work or training (ประวัติการทำงาน/การอบรม)."""

    class Kind(models.TextChoices):
        WORK = "work", _("Work")
        TRAINING = "training", _("Training")

    application = models.ForeignKey(Application, on_delete=models.CASCADE, related_name="experiences")
    kind = models.CharField(max_length=10, choices=Kind)
    what = models.CharField(_("post or course"), max_length=200)
    where = models.CharField(_("at"), max_length=200, blank=True)
    begins_on = models.DateField(_("from"), null=True, blank=True)
    ends_on = models.DateField(_("until"), null=True, blank=True)
    hours = models.PositiveSmallIntegerField(_("hours"), null=True, blank=True)
    privacy: ClassVar = {"id": "public", "application": "personal"} | dict.fromkeys(
        ("kind", "what", "where", "begins_on", "ends_on", "hours"), "personal"
    )

    class Meta:
        ordering = ("application", "kind", "id")

    def __str__(self) -> str:
        return self.what


class Document(models.Model):
    """A paper that an applicant uploaded; replacing it removes this row and adds another."""

    application = models.ForeignKey(Application, on_delete=models.CASCADE, related_name="papers")
    kind = models.CharField(max_length=20, choices=DocumentKind)
    file = models.ForeignKey(File, on_delete=models.PROTECT, related_name="+")
    name = models.CharField(max_length=200, blank=True)
    uploaded_at = models.DateTimeField()
    removed_at = models.DateTimeField(null=True)
    privacy: ClassVar = {
        "id": "public", "application": "personal", "kind": "personal", "file": "sensitive", "name": "personal",
        "uploaded_at": "personal", "removed_at": "personal",
    }  # fmt: skip

    class Meta:
        ordering = ("application", "kind", "id")
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=("application", "kind"), condition=Q(removed_at=None), name="one_present_paper_a_kind"
            )
        ]

    def __str__(self) -> str:
        return self.get_kind_display()


class Upload(models.Model):
    """A document on its way in parts: ``received`` bytes of ``size`` lie sealed in the vault's waiting room."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    application = models.ForeignKey(Application, on_delete=models.CASCADE, related_name="uploads")
    kind = models.CharField(max_length=20, choices=DocumentKind)
    name = models.CharField(max_length=200, blank=True)
    size = models.PositiveBigIntegerField()
    received = models.PositiveBigIntegerField(default=0)
    begun_at = models.DateTimeField()
    touched_at = models.DateTimeField()
    privacy: ClassVar = dict.fromkeys(
        ("id", "application", "kind", "name", "size", "received", "begun_at", "touched_at"), "personal"
    )

    def __str__(self) -> str:
        return f"{self.name} {self.received}/{self.size}"
