"""Tables of people."""

from __future__ import annotations

import re
from typing import Any, ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from u2t.people import identity
from u2t.programme.models import Category, Dimension, District, Round, RoundTambon, Skill, Tambon
from u2t.thai import fold, ids


class PersonQuerySet(models.QuerySet["Person"]):
    def matching(self, text: str) -> PersonQuerySet:
        """Persons whose name has ``text``, marks and spaces aside."""
        key = fold.fold(text)
        return self.filter(search_key__contains=key) if key else self.none()


class Identified:
    """Who has a name by which they are searched, and an ID number that is kept sealed.

    Each kind of row says for itself how the number's digest is constrained.
    """

    citizen_id_sealed: Any
    citizen_id_digest: Any
    citizen_id_tail: Any
    given_name: Any
    surname: Any
    search_key: Any

    @property
    def citizen_id_masked(self) -> str:
        """The last three digits only, or an empty text where the number is unknown."""
        return ids.written("x" * 10 + self.citizen_id_tail) if self.citizen_id_tail else ""

    def set_citizen_id(self, number: str | None) -> None:
        """Keep the number sealed; ``None`` means unknown."""
        self.citizen_id_sealed = identity.seal(number) if number else None
        self.citizen_id_digest = identity.digest(number) if number else None
        self.citizen_id_tail = number[-3:] if number else ""

    def keep_search_key(self) -> None:
        """Fold the name for search; whoever sets a name calls this before saving."""
        self.search_key = fold.fold(f"{self.given_name} {self.surname}")[:300]


class Person(Identified, models.Model):
    """A human being (บุคคล), once, whatever they do in whichever round."""

    title = models.CharField(_("title"), max_length=40, blank=True)
    given_name = models.CharField(_("given name"), max_length=120)
    surname = models.CharField(_("surname"), max_length=120)
    citizen_id_sealed = models.BinaryField(null=True)
    citizen_id_digest = models.CharField(max_length=64, null=True, unique=True)
    citizen_id_tail = models.CharField(max_length=3, blank=True)
    birth_on = models.DateField(_("date of birth"), null=True, blank=True)
    telephone = models.CharField(_("telephone"), max_length=40, blank=True)
    email = models.EmailField(_("e-mail"), blank=True)
    search_key = models.CharField(max_length=300, editable=False, db_index=True)
    privacy: ClassVar = {
        "id": "public",
        "title": "personal",
        "given_name": "personal",
        "surname": "personal",
        "citizen_id_sealed": "sensitive",
        "citizen_id_digest": "sensitive",
        "citizen_id_tail": "sensitive",
        "birth_on": "personal",
        "telephone": "personal",
        "email": "personal",
        "search_key": "personal",
    }
    objects = PersonQuerySet.as_manager()

    class Meta:
        ordering = ("given_name", "surname", "id")

    def __str__(self) -> str:
        return self.full_name

    @property
    def full_name(self) -> str:
        """Title, given name and surname as a Thai letter writes them: a Thai title glued to the name."""
        glue = " " if re.search("[A-Za-z]", self.title) else ""
        return f"{self.title}{glue}{self.given_name} {self.surname}"


class AccountManager(BaseUserManager["Account"]):
    def get_by_natural_key(self, username: str | None) -> Account:
        return self.get(username=username)


class Account(AbstractBaseUser):
    """A log-in (บัญชีผู้ใช้). What it may do follows from the person's duties, never from a flag here."""

    username = models.CharField(_("user name"), max_length=60, unique=True)
    person = models.OneToOneField(Person, null=True, on_delete=models.PROTECT, related_name="account")
    is_active = models.BooleanField(default=True)
    must_change_password = models.BooleanField(default=False)
    opened_at = models.DateTimeField(null=True)
    email = models.EmailField(_("e-mail"), blank=True)
    privacy: ClassVar = {
        "id": "public",
        "email": "personal",
        "password": "sensitive",
        "last_login": "personal",
        "username": "personal",
        "person": "personal",
        "is_active": "personal",
        "must_change_password": "personal",
        "opened_at": "personal",
    }
    objects = AccountManager()
    USERNAME_FIELD = "username"
    REQUIRED_FIELDS: ClassVar = []

    def __str__(self) -> str:
        return str(self.person) if self.person_id else self.username

    def has_perms(self, perm_list: object, obj: object = None) -> bool:
        """Django's own permissions are not used; every part asks its ``permissions`` module."""
        return False


class FailedLogin(models.Model):
    """A log-in that failed, kept to let a name rest after too many."""

    username = models.CharField(max_length=60, db_index=True)
    at = models.DateTimeField(db_index=True)
    privacy: ClassVar = {"id": "public", "username": "personal", "at": "personal"}

    def __str__(self) -> str:
        return self.username


class Registration(models.Model):
    """Somebody asked for an account from this network address, kept as a digest for as long as it is counted."""

    address_digest = models.CharField(max_length=64, db_index=True)
    at = models.DateTimeField(db_index=True)
    privacy: ClassVar = {"id": "public", "address_digest": "personal", "at": "personal"}


class WorkerQuerySet(models.QuerySet["Worker"]):
    def current(self) -> WorkerQuerySet:
        """Workers whose hire has not ended."""
        return self.filter(left_on=None)


class Worker(models.Model):
    """A person hired in a round (ผู้ปฏิบัติงาน) in one category; the number ("ลำดับที่") is unique in the round.

    ``fixed_tambon`` is set where selection has already decided the tambon; wishes are used where it has not.
    ``left_on`` is the first day on which the person no longer works; until somebody notes it, they do.
    """

    class Left(models.TextChoices):
        RESIGNED = "resigned", _("Resigned")
        NO_SHOW = "no_show", _("Did not report in")
        DISMISSED = "dismissed", _("Contract ended by the university")
        DIED = "died", _("Died")

    # The unique constraints below begin with the round: an index of its own would only slow imports down.
    round = models.ForeignKey(Round, on_delete=models.PROTECT, related_name="workers", db_index=False)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="hires")
    number = models.PositiveIntegerField(_("number in the round"))
    category = models.ForeignKey(Category, on_delete=models.PROTECT, related_name="workers")
    home_tambon = models.ForeignKey(Tambon, null=True, on_delete=models.PROTECT, related_name="+")
    fixed_tambon = models.ForeignKey(RoundTambon, null=True, on_delete=models.PROTECT, related_name="+")
    education = models.CharField(_("education"), max_length=200, blank=True)
    skills = models.ManyToManyField(Skill, related_name="workers")
    left_on = models.DateField(_("left on"), null=True)
    left_kind = models.CharField(max_length=12, choices=Left, blank=True, db_default="")
    left_reason = models.TextField(blank=True, db_default="")
    left_at = models.DateTimeField(null=True)
    left_by = models.ForeignKey(Account, null=True, on_delete=models.PROTECT, related_name="+")
    privacy: ClassVar = {
        "id": "public", "round": "public", "person": "personal", "number": "personal", "category": "personal",
        "home_tambon": "personal", "fixed_tambon": "personal", "education": "personal", "skills": "personal",
        "left_on": "personal", "left_kind": "personal", "left_reason": "personal", "left_at": "personal",
        "left_by": "personal",
    }  # fmt: skip
    objects = WorkerQuerySet.as_manager()

    class Meta:
        ordering = ("round", "number")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=("round", "person"), name="worker_once_a_round"),
            models.UniqueConstraint(fields=("round", "number"), name="worker_number_once_a_round"),
        ]

    def __str__(self) -> str:
        return self.person.full_name

    def get_absolute_url(self) -> str:
        return reverse("home:worker", args=[self.round.code, self.number])


class Wish(models.Model):
    """A tambon that a worker asked for, by rank from 1 (ลำดับความประสงค์)."""

    worker = models.ForeignKey(Worker, on_delete=models.CASCADE, related_name="wishes", db_index=False)
    rank = models.PositiveSmallIntegerField()
    tambon = models.ForeignKey(RoundTambon, on_delete=models.PROTECT, related_name="+")
    privacy: ClassVar = {"id": "public", "worker": "personal", "rank": "personal", "tambon": "personal"}

    class Meta:
        ordering = ("worker", "rank")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=("worker", "rank"), name="wish_rank_once"),
            models.UniqueConstraint(fields=("worker", "tambon"), name="wish_tambon_once"),
        ]

    def __str__(self) -> str:
        return f"{self.rank}. {self.tambon}"


class Lecturer(models.Model):
    """A lecturer (อาจารย์) who may lead tambons of a round as project manager (PM)."""

    round = models.ForeignKey(Round, on_delete=models.PROTECT, related_name="lecturers", db_index=False)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="lectureships")
    faculty = models.CharField(_("faculty"), max_length=200, blank=True)
    base_district = models.ForeignKey(District, null=True, on_delete=models.PROTECT, related_name="+")
    max_tambons = models.PositiveSmallIntegerField(_("tambons at most"), default=1)
    expertise = models.ManyToManyField(Dimension, related_name="lecturers")
    privacy: ClassVar = {
        "id": "public", "round": "public", "person": "personal", "faculty": "public",
        "base_district": "personal", "max_tambons": "public", "expertise": "public",
    }  # fmt: skip

    class Meta:
        ordering = ("round", "id")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=("round", "person"), name="lecturer_once_a_round")
        ]

    def __str__(self) -> str:
        return self.person.full_name

    def get_absolute_url(self) -> str:
        return reverse("home:lecturer", args=[self.round.code, self.pk])
