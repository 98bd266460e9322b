"""What is typed about agencies."""

from __future__ import annotations

from typing import Any

from django import forms
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from u2t.agencies.actions.register import ROOM_AT_MOST, TEXT_FIELDS
from u2t.agencies.models import Agency, Kind, Participation
from u2t.pages.fields import CountField
from u2t.programme.models import District, Province, Round, Tambon
from u2t.thai import digits, places


class AgencyForm(forms.Form):
    """An agency in the register; district and tambon are typed by name or code, as people know them."""

    name_th = forms.CharField(label=_("Name of the agency"), max_length=250)
    kind = forms.ModelChoiceField(label=_("Kind"), queryset=Kind.objects.all())
    province = forms.ModelChoiceField(label=_("Province"), queryset=Province.objects.all())
    district = forms.CharField(
        label=_("District"), max_length=100, required=False, help_text=_("Name or four-digit code.")
    )
    tambon = forms.CharField(
        label=_("Tambon"), max_length=100, required=False, help_text=_("Name or six-digit code.")
    )
    letter_to_th = forms.CharField(
        label=_("Letters are addressed to"),
        max_length=250,
        required=False,
        help_text=_("The post that stands after “เรียน”."),
    )
    address_th = forms.CharField(
        label=_("Address"), required=False, max_length=1000, widget=forms.Textarea(attrs={"rows": 3})
    )
    telephone = forms.CharField(label=_("Telephone"), max_length=60, required=False)
    email = forms.EmailField(label=_("E-mail"), required=False, max_length=254)

    @classmethod
    def of(cls, agency: Agency) -> AgencyForm:
        """The form as an agency is stored."""
        stored = {name: getattr(agency, name) for name in ("name_th", "kind", "province", *TEXT_FIELDS)}
        stored["district"] = agency.district.name_th if agency.district else ""
        stored["tambon"] = agency.tambon.name_th if agency.tambon else ""
        return cls(initial=stored)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        district = self._found("district", District.objects.filter(province=cleaned.get("province")))
        if district is None and cleaned.get("tambon"):
            self.add_error("district", _("Enter the district in which the tambon lies."))
        tambon = self._found("tambon", Tambon.objects.filter(district=district)) if district else None
        cleaned["place"] = (district.pk if district else "", tambon.pk if tambon else "")
        return cleaned

    def _found(self, name: str, among: Any) -> Any:
        """The one place that was typed, by code or by name; อำเภอเมือง is the capital's."""
        typed = digits.to_arabic(self.cleaned_data.get(name) or "").strip()
        if not typed:
            return None
        bare = places.bare(typed)
        named = Q(name_th=bare) | (Q(name_th__startswith="เมือง") if bare == "เมือง" else Q(pk=typed))
        found = among.filter(named).first()
        if found is None:
            self.add_error(name, _("“%(typed)s” was not found there.") % {"typed": typed})
        return found

    def given(self) -> dict[str, Any]:
        """What the actions take."""
        district, tambon = self.cleaned_data["place"]
        return {
            "name_th": self.cleaned_data["name_th"],
            "kind": self.cleaned_data["kind"],
            "province": self.cleaned_data["province"].pk,
            "district": district,
            "tambon": tambon,
            **{name: self.cleaned_data[name] for name in TEXT_FIELDS},
        }


class PartForm(forms.Form):
    """An agency in one round."""

    is_host = forms.BooleanField(label=_("Hosts tambon workers"), required=False)
    is_data_agency = forms.BooleanField(label=_("Takes data managers"), required=False)
    data_capacity = CountField(
        label=_("Room for data managers"),
        required=False,
        most=ROOM_AT_MOST,
        help_text=_("Leave it empty where it is not known."),
    )
    covers = forms.MultipleChoiceField(
        label=_("Tambons that it serves"), required=False, widget=forms.CheckboxSelectMultiple
    )
    receives = forms.MultipleChoiceField(
        label=_("Tambons whose team it receives"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("The team of a tambon is handed over to one agency: whoever is marked last receives it."),
    )

    def __init__(self, *args: Any, round: Round, part: Participation | None, **kwargs: Any) -> None:
        stored: dict[str, Any] = {}
        if part is not None:
            rows = list(part.coverage.select_related("tambon"))
            stored = {
                "is_host": part.is_host,
                "is_data_agency": part.is_data_agency,
                "data_capacity": part.data_capacity,
                "covers": [row.tambon.tambon_id for row in rows],
                "receives": [row.tambon.tambon_id for row in rows if row.is_main],
            }
        super().__init__(*args, initial=stored, **kwargs)
        choices = [(t.tambon_id, t.tambon.full_name) for t in round.tambons.with_places()]
        for name in ("covers", "receives"):
            self.fields[name].choices = choices  # type: ignore[attr-defined]


class ContactForm(forms.Form):
    """A person who acts for an agency."""

    title = forms.CharField(label=_("Title"), max_length=40, required=False)
    given_name = forms.CharField(label=_("Given name"), max_length=120)
    surname = forms.CharField(label=_("Surname"), max_length=120)
    post_th = forms.CharField(label=_("Post"), max_length=200, required=False)
    is_area_manager = forms.BooleanField(
        label=_("Area manager (AM)"),
        required=False,
        help_text=_("Manages the tambon's team together with its project managers."),
    )
    telephone = forms.CharField(label=_("Telephone"), max_length=40, required=False)
    email = forms.EmailField(label=_("E-mail"), required=False, max_length=254)
