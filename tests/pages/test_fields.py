"""Fields read what Thai people type, and both halves of a form share one address."""

from __future__ import annotations

from datetime import date

import pytest
from django import forms
from django.http import HttpResponse
from django.test import RequestFactory
from hypothesis import given, settings
from hypothesis import strategies as st

from u2t.objections import Objection
from u2t.pages.declare import WriteWhileShowing, changes, either, shows
from u2t.pages.fields import BahtField, CountField, DateField, posted_key, show_objections
from u2t.programme.models import Province
from u2t.thai import digits


@pytest.mark.parametrize("typed", ["1/2/2564", "๑ ก.พ. ๖๔", "1 กุมภาพันธ์ 2564", "2021-02-01", "01/02/2021"])
def test_a_date_is_read_however_it_is_written(typed: str) -> None:
    assert DateField().clean(typed) == date(2021, 2, 1)


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("29/2/2566", "ปฏิทิน"),
        ("1/13/2564", "เดือน"),
        ("yesterday", "วันที่"),
        ("1/1/9999", "ปี"),
    ],
)
def test_what_is_no_date_is_said_in_thai(typed: str, said: str) -> None:
    with pytest.raises(forms.ValidationError) as refused:
        DateField().clean(typed)
    assert said in refused.value.messages[0]


@given(st.dates(date(1900, 1, 1), date(2100, 1, 1)))
@settings(max_examples=60)
def test_a_date_that_is_shown_is_read_back_as_itself(day: date) -> None:
    field = DateField()
    assert field.clean(field.prepare_value(day)) == day


@given(st.integers(0, 10**12))
@settings(max_examples=60)
def test_a_sum_that_is_shown_is_read_back_as_itself(satang: int) -> None:
    field = BahtField()
    assert field.clean(field.prepare_value(satang)) == satang
    assert field.clean(digits.to_thai(field.prepare_value(satang))) == satang


@pytest.mark.parametrize("field", [BahtField, CountField, DateField])
def test_an_empty_field_is_unknown_and_not_zero(field: type[forms.Field]) -> None:
    assert field(required=False).clean(" ") is None
    for nonsense in ("x", "-1", "1.2.3.4", "²"):
        with pytest.raises(forms.ValidationError):
            field().clean(nonsense)


def test_a_count_has_its_bound() -> None:
    assert CountField(most=12).clean("๑๒") == 12
    with pytest.raises(forms.ValidationError):
        CountField(most=12).clean("13")


def test_objections_stand_at_their_field_or_on_top() -> None:
    class Form(forms.Form):
        code = forms.CharField()

    form = Form({"code": "x"})
    form.is_valid()
    show_objections(
        form,
        [
            Objection("programme.code_taken", {"code": "x"}, "code"),
            Objection("programme.no_slots"),
            Objection("programme.name_missing", {}, "a field that is not here"),
        ],
    )
    assert len(form.errors["code"]) == 1
    assert len(form.non_field_errors()) == 2


@shows(public=True)
def shown(request: object) -> HttpResponse:
    return HttpResponse("shown")


@changes(public=True)
def changed(request: object) -> HttpResponse:
    Province.objects.create(code="99", name_th="ทดสอบ")
    return HttpResponse("changed")


@shows(public=True)
def lying(request: object) -> HttpResponse:
    Province.objects.create(code="98", name_th="ทดสอบ")
    return HttpResponse("never")


def test_one_address_shows_on_get_and_changes_on_post_only(db: None) -> None:
    view, ask = either(get=shown, post=changed), RequestFactory()
    assert view(ask.get("/")).content == b"shown"
    assert not Province.objects.filter(code="99").exists()
    assert view(ask.post("/")).content == b"changed"
    assert Province.objects.filter(code="99").exists()
    assert view(ask.delete("/")).status_code == 405
    with pytest.raises(WriteWhileShowing):
        either(get=lying, post=changed)(ask.get("/"))


def test_both_halves_must_be_declared_as_what_they_are() -> None:
    @changes()
    def private(request: object) -> HttpResponse:
        return HttpResponse()

    for get, post in ((changed, shown), (shown, private)):
        with pytest.raises(TypeError):
            either(get=get, post=post)


@pytest.mark.parametrize(
    ("posted", "key"), [("12", 12), ("", 0), ("abc", 0), ("²", 0), ("9" * 40, 0), ("-1", 0)]
)
def test_a_posted_key_is_a_number_or_nobody(posted: str, key: int) -> None:
    assert posted_key(RequestFactory().post("/", {"key": posted}), "key") == key
