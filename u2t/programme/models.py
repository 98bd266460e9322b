"""Tables of the givens."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from u2t.thai import fold


class Named(models.Model):
    """Something with a Thai and an English name."""

    name_th = models.CharField(_("Thai name"), max_length=200)
    name_en = models.CharField(_("English name"), max_length=200, blank=True)

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return self.name

    @property
    def name(self) -> str:
        """The name in the active language, Thai where there is no English one."""
        if (get_language() or "th").startswith("th"):
            return self.name_th
        return self.name_en or self.name_th


PUBLIC_NAMES = {"id": "public", "name_th": "public", "name_en": "public"}


class Province(Named):
    """จังหวัด, by its two-digit DOPA code."""

    code = models.CharField(max_length=2, primary_key=True)
    privacy: ClassVar = {"code": "public", "name_th": "public", "name_en": "public"}

    class Meta:
        ordering = ("code",)


class District(Named):
    """อำเภอ, by its four-digit DOPA code; a position is known only where somebody entered one."""

    code = models.CharField(max_length=4, primary_key=True)
    province = models.ForeignKey(Province, on_delete=models.PROTECT, related_name="districts")
    latitude = models.DecimalField(max_digits=8, decimal_places=5, null=True, blank=True)
    longitude = models.DecimalField(max_digits=8, decimal_places=5, null=True, blank=True)
    privacy: ClassVar = {
        "code": "public", "name_th": "public", "name_en": "public", "province": "public",
        "latitude": "public", "longitude": "public",
    }  # fmt: skip

    class Meta:
        ordering = ("code",)


class TambonQuerySet(models.QuerySet["Tambon"]):
    def with_places(self) -> TambonQuerySet:
        """With district and province, which are always shown beside a tambon."""
        return self.select_related("district__province")

    def matching(self, text: str) -> TambonQuerySet:
        """Tambons whose code, name, district or province has ``text``, marks and spaces aside."""
        key = fold.fold(text)
        return self.filter(search_key__contains=key) if key else self.none()


class Tambon(Named):
    """ตำบล, by its six-digit DOPA code; the same name may stand in two provinces."""

    code = models.CharField(max_length=6, primary_key=True)
    district = models.ForeignKey(District, on_delete=models.PROTECT, related_name="tambons")
    latitude = models.DecimalField(max_digits=8, decimal_places=5, null=True, blank=True)
    longitude = models.DecimalField(max_digits=8, decimal_places=5, null=True, blank=True)
    search_key = models.CharField(max_length=300, editable=False, db_index=True)
    privacy: ClassVar = {
        "code": "public", "name_th": "public", "name_en": "public", "district": "public",
        "latitude": "public", "longitude": "public", "search_key": "public",
    }  # fmt: skip
    objects = TambonQuerySet.as_manager()

    class Meta:
        ordering = ("code",)

    @property
    def full_name(self) -> str:
        """ตำบล อำเภอ จังหวัด together, since a tambon's name alone does not identify it."""
        district, province = self.district, self.district.province
        if (get_language() or "th").startswith("th"):
            return f"ต.{self.name_th} อ.{district.name_th} จ.{province.name_th}"
        return f"{self.name}, {district.name}, {province.name}"


class Institution(Named):
    """A university (สถาบันอุดมศึกษา) and what its letters say of it."""

    code = models.SlugField(max_length=20, unique=True)
    letter_prefix = models.CharField(_("letter code (ที่ …)"), max_length=40, blank=True)
    address_th = models.TextField(_("address for letters"), blank=True)
    owner_office_th = models.CharField(_("office that owns the letter"), max_length=200, blank=True)
    telephone = models.CharField(_("telephone"), max_length=60, blank=True)
    email = models.EmailField(_("e-mail"), blank=True)
    signer_name_th = models.CharField(_("signer's full name"), max_length=200, blank=True)
    signer_post_th = models.CharField(_("signer's post"), max_length=200, blank=True)
    home_district = models.ForeignKey(
        District,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name=_("home district"),
    )
    emblem = models.FileField(_("emblem for letters"), upload_to="emblems", blank=True)
    privacy: ClassVar = PUBLIC_NAMES | dict.fromkeys(
        (
            "code", "letter_prefix", "address_th", "owner_office_th", "telephone", "email", "signer_name_th",
            "signer_post_th", "home_district", "emblem",
        ),
        "public",
    )  # fmt: skip

    class Meta:
        ordering = ("code",)


class Duty(models.Model):
    """What an account does for an institution: runs the programme office, or looks at it as an executive."""

    class Kind(models.TextChoices):
        OFFICE = "office", _("Programme office")
        EXECUTIVE = "executive", _("Executive")

    account = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="duties")
    institution = models.ForeignKey(Institution, on_delete=models.PROTECT, related_name="duties")
    kind = models.CharField(max_length=20, choices=Kind)
    ended_at = models.DateTimeField(null=True)
    privacy: ClassVar = {
        "id": "public", "account": "personal", "institution": "public", "kind": "public",
        "ended_at": "personal",
    }  # fmt: skip

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=("account", "institution", "kind"), condition=Q(ended_at=None), name="duty_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} · {self.institution}"


class Round(Named):
    """One hire of the programme (รุ่น/รอบโครงการ): all that another round may set otherwise hangs on it.

    ``quotas_settled_at`` is the moment from which people were hired on the strength of the quotas: a later
    stage says so, and from then on the quotas may grow but not shrink.
    """

    code = models.SlugField(_("code"), max_length=40, unique=True)
    institution = models.ForeignKey(Institution, on_delete=models.PROTECT, related_name="rounds")
    starts_on = models.DateField(_("first day of work"))
    months = models.PositiveSmallIntegerField(_("months"))
    handover_on = models.DateField(_("planned handover date"), null=True, blank=True)
    orientation_from = models.DateField(_("orientation from"), null=True, blank=True)
    orientation_until = models.DateField(_("orientation until"), null=True, blank=True)
    leaders_per_tambon = models.PositiveSmallIntegerField(_("lecturers leading a tambon"), default=2)
    placement_rule = models.JSONField(default=dict, blank=True)
    is_announced = models.BooleanField(_("shown to the public"), default=False)
    quotas_settled_at = models.DateTimeField(null=True, blank=True)
    opened_at = models.DateTimeField()
    opened_by = models.ForeignKey("people.Account", null=True, on_delete=models.PROTECT, related_name="+")
    privacy: ClassVar = PUBLIC_NAMES | dict.fromkeys(
        (
            "code", "institution", "starts_on", "months", "handover_on", "orientation_from",
            "orientation_until", "leaders_per_tambon", "placement_rule", "is_announced", "quotas_settled_at",
            "opened_at",
        ),
        "public",
    ) | {"opened_by": "personal"}  # fmt: skip

    class Meta:
        ordering = ("-starts_on", "code")
        constraints: ClassVar = [
            models.CheckConstraint(
                name="round_orientation_in_order",
                condition=Q(orientation_from__isnull=True, orientation_until__isnull=True)
                | Q(orientation_from__lte=F("orientation_until")),
                violation_error_message=_("Orientation must end on or after the day it begins."),
            ),
            models.CheckConstraint(
                name="round_lasts_at_least_a_month",
                condition=Q(months__gte=1),
                violation_error_message=_("A round lasts at least one month."),
            ),
        ]

    def get_absolute_url(self) -> str:
        return reverse("programme:round", args=[self.code])


class Category(Named):
    """ประเภทการจ้าง: decides eligibility and pay. The rate is integer satang a month."""

    round = models.ForeignKey(Round, on_delete=models.CASCADE, related_name="categories")
    code = models.SlugField(max_length=20)
    monthly_rate_satang = models.PositiveBigIntegerField(_("monthly rate"))
    position = models.PositiveSmallIntegerField(default=0)
    privacy: ClassVar = PUBLIC_NAMES | dict.fromkeys(
        ("round", "code", "monthly_rate_satang", "position"), "public"
    )

    class Meta:
        ordering = ("round", "position")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=("round", "code"), name="category_once_a_round")
        ]


class Workstream(Named):
    """กลุ่มงาน: the tambon team, or the data managers who sit in an office (``to_office``)."""

    round = models.ForeignKey(Round, on_delete=models.CASCADE, related_name="workstreams")
    code = models.SlugField(max_length=20)
    to_office = models.BooleanField(_("works at a data agency"), default=False)
    position = models.PositiveSmallIntegerField(default=0)
    privacy: ClassVar = PUBLIC_NAMES | dict.fromkeys(("round", "code", "to_office", "position"), "public")

    class Meta:
        ordering = ("round", "position")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=("round", "code"), name="workstream_once_a_round")
        ]


class Quota(models.Model):
    """How many slots (อัตรา) each tambon has of a category in a workstream."""

    category = models.ForeignKey(Category, on_delete=models.CASCADE, related_name="quotas")
    workstream = models.ForeignKey(Workstream, on_delete=models.CASCADE, related_name="quotas")
    per_tambon = models.PositiveSmallIntegerField(_("slots a tambon"))
    privacy: ClassVar = dict.fromkeys(("id", "category", "workstream", "per_tambon"), "public")

    class Meta:
        ordering = ("category__position", "workstream__position")
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=("category", "workstream"), name="quota_once_a_category_and_workstream"
            )
        ]

    def __str__(self) -> str:
        return f"{self.category} · {self.workstream}: {self.per_tambon}"


class Topic(Named):
    """Something a round looks for in people: a dimension of development or a skill."""

    code = models.SlugField(max_length=30)
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        abstract = True


class Dimension(Topic):
    """มิติการพัฒนา: what lecturers have expertise in and what a tambon's two lecturers should cover together."""

    round = models.ForeignKey(Round, on_delete=models.CASCADE, related_name="dimensions")
    privacy: ClassVar = PUBLIC_NAMES | dict.fromkeys(("round", "code", "position"), "public")

    class Meta:
        ordering = ("round", "position")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=("round", "code"), name="dimension_once_a_round")
        ]


class Skill(Topic):
    """ทักษะ of workers; ``for_office`` marks what a data manager needs."""

    round = models.ForeignKey(Round, on_delete=models.CASCADE, related_name="skills")
    for_office = models.BooleanField(_("needed by data managers"), default=False)
    privacy: ClassVar = PUBLIC_NAMES | dict.fromkeys(("round", "code", "position", "for_office"), "public")

    class Meta:
        ordering = ("round", "position")
        constraints: ClassVar = [models.UniqueConstraint(fields=("round", "code"), name="skill_once_a_round")]


class RoundTambonQuerySet(models.QuerySet["RoundTambon"]):
    def with_places(self) -> RoundTambonQuerySet:
        return self.select_related("tambon__district__province", "round")


class RoundTambon(models.Model):
    """A tambon that takes part in a round (ตำบลเป้าหมาย)."""

    round = models.ForeignKey(Round, on_delete=models.CASCADE, related_name="tambons")
    tambon = models.ForeignKey(Tambon, on_delete=models.PROTECT, related_name="rounds")
    privacy: ClassVar = dict.fromkeys(("id", "round", "tambon"), "public")
    objects = RoundTambonQuerySet.as_manager()

    class Meta:
        ordering = ("tambon__code",)
        constraints: ClassVar = [
            models.UniqueConstraint(fields=("round", "tambon"), name="tambon_once_a_round")
        ]

    def __str__(self) -> str:
        return self.tambon.full_name

    def get_absolute_url(self) -> str:
        return reverse("home:tambon", args=[self.round.code, self.tambon_id])
