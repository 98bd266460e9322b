"""Tables of agencies."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from u2t.people.models import Person
from u2t.programme.models import (
    PUBLIC_NAMES,
    District,
    Institution,
    Named,
    Province,
    Round,
    RoundTambon,
    Tambon,
)
from u2t.thai import fold


class Kind(Named):
    """A kind of agency (ประเภทหน่วยงาน): an institution's list, filled with the programme's usual kinds."""

    code = models.SlugField(max_length=40, unique=True)
    is_local_authority = models.BooleanField(_("local administrative organization"), default=False)
    position = models.PositiveSmallIntegerField(default=0)
    privacy: ClassVar = PUBLIC_NAMES | dict.fromkeys(("code", "is_local_authority", "position"), "public")

    class Meta:
        ordering = ("position",)


class AgencyQuerySet(models.QuerySet["Agency"]):
    def with_places(self) -> AgencyQuerySet:
        return self.select_related("kind", "province", "district", "tambon")

    def matching(self, text: str) -> AgencyQuerySet:
        key = fold.fold(text)
        return self.filter(search_key__contains=key) if key else self.none()


class Agency(models.Model):
    """One organization (หน่วยงาน) in an institution's register."""

    institution = models.ForeignKey(Institution, on_delete=models.PROTECT, related_name="agencies")
    name_th = models.CharField(_("name"), max_length=250)
    kind = models.ForeignKey(Kind, on_delete=models.PROTECT, related_name="agencies")
    province = models.ForeignKey(Province, on_delete=models.PROTECT, related_name="+")
    district = models.ForeignKey(District, null=True, on_delete=models.PROTECT, related_name="+")
    tambon = models.ForeignKey(Tambon, null=True, on_delete=models.PROTECT, related_name="+")
    letter_to_th = models.CharField(_("letters are addressed to"), max_length=250, blank=True)
    address_th = models.TextField(_("address"), blank=True)
    telephone = models.CharField(_("telephone"), max_length=60, blank=True)
    email = models.EmailField(_("e-mail"), blank=True)
    search_key = models.CharField(max_length=400, editable=False, db_index=True)
    privacy: ClassVar = dict.fromkeys(
        (
            "id", "institution", "name_th", "kind", "province", "district", "tambon", "letter_to_th",
            "address_th", "telephone", "email", "search_key",
        ),
        "public",
    )  # fmt: skip
    objects = AgencyQuerySet.as_manager()

    class Meta:
        ordering = ("province", "kind__position", "name_th", "id")
        verbose_name_plural = "agencies"
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=("institution", "province", "name_th"), name="agency_name_once_a_province"
            )
        ]

    def __str__(self) -> str:
        return self.name_th

    def get_absolute_url(self) -> str:
        return reverse("home:agency", args=[self.pk])


class Participation(models.Model):
    """An agency in a round: host of tambon workers, data agency with room for data managers, or both."""

    round = models.ForeignKey(Round, on_delete=models.CASCADE, related_name="participations")
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="participations")
    is_host = models.BooleanField(_("hosts tambon workers"), default=False)
    is_data_agency = models.BooleanField(_("takes data managers"), default=False)
    data_capacity = models.PositiveSmallIntegerField(_("room for data managers"), null=True)
    privacy: ClassVar = dict.fromkeys(
        ("id", "round", "agency", "is_host", "is_data_agency", "data_capacity"), "public"
    )

    class Meta:
        ordering = ("agency__province", "agency__kind__position", "agency__name_th", "id")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=("round", "agency"), name="agency_once_a_round"),
            models.CheckConstraint(
                name="participation_does_something",
                condition=Q(is_host=True) | Q(is_data_agency=True),
                violation_error_message=_("An agency takes part as host, as data agency, or as both."),
            ),
        ]

    def __str__(self) -> str:
        return str(self.agency)


class Coverage(models.Model):
    """A tambon of the round that a host agency serves; ``is_main`` marks who receives the team."""

    participation = models.ForeignKey(Participation, on_delete=models.CASCADE, related_name="coverage")
    tambon = models.ForeignKey(RoundTambon, on_delete=models.CASCADE, related_name="coverage")
    is_main = models.BooleanField(_("receives the team"), default=False)
    privacy: ClassVar = dict.fromkeys(("id", "participation", "tambon", "is_main"), "public")

    class Meta:
        ordering = ("tambon", "-is_main", "id")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=("participation", "tambon"), name="coverage_once"),
            models.UniqueConstraint(
                fields=("tambon",), condition=Q(is_main=True), name="one_main_host_a_tambon"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.participation} · {self.tambon}"


class Contact(models.Model):
    """A person at an agency; an executive who co-manages as Area Manager (ผู้จัดการพื้นที่, AM) is marked."""

    agency = models.ForeignKey(Agency, on_delete=models.CASCADE, related_name="contacts")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="agency_posts")
    post_th = models.CharField(_("post"), max_length=200, blank=True)
    is_area_manager = models.BooleanField(_("area manager (AM)"), default=False)
    ended_at = models.DateTimeField(null=True)
    privacy: ClassVar = {
        "id": "public", "agency": "public", "person": "personal", "post_th": "public",
        "is_area_manager": "public", "ended_at": "personal",
    }  # fmt: skip

    class Meta:
        ordering = ("agency", "-is_area_manager", "id")
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=("agency", "person"), condition=Q(ended_at=None), name="contact_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person} · {self.agency}"
