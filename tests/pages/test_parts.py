"""The tags that pages are built from."""

import re

import pytest
from django import forms
from django.template import engines
from django.test import RequestFactory
from django.utils import translation

from u2t.pages.paging import page_of


@pytest.fixture(autouse=True)
def _in_thai():
    with translation.override("th"):
        yield


def drawn(source: str, **context: object) -> str:
    return engines["django"].from_string(source).render(context)


def words(page: str) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", page).split())


class Form(forms.Form):
    name = forms.CharField(label="ชื่อ", help_text="ตามทะเบียนบ้าน")
    note = forms.CharField(label="หมายเหตุ", required=False)
    kind = forms.ChoiceField(label="ประเภท", choices=[("a", "ก"), ("b", "ข")], widget=forms.RadioSelect)
    is_sure = forms.BooleanField(label="ยืนยัน")
    secret = forms.CharField(widget=forms.HiddenInput, required=False, initial="s")

    def clean(self):
        raise forms.ValidationError("ขัดกัน")


def test_a_state_is_told_by_shape_and_words_and_not_only_by_colour():
    page = drawn("{% badge 'warn' text %}", text="ขาด<คน>")
    assert "#mark-warn" in page
    assert words(page) == "ขาด&lt;คน&gt;"


def test_an_invented_state_is_refused():
    with pytest.raises(ValueError, match="one of"):
        drawn("{% badge 'green' 'x' %}")


def test_a_figure_with_an_address_is_a_link_and_without_is_not():
    linked = drawn("{% figure 'ตำบล' 1200 url='/t' note='36 + 24' unit='แห่ง' %}")
    assert re.match(r'<a class="figure-card" href="/t">.*</a>$', linked.strip(), re.S)
    assert words(linked) == "ตำบล 1,200 แห่ง 36 + 24"
    assert "<a" not in drawn("{% figure 'ตำบล' 3 %}")


def test_an_unknown_figure_is_a_dash_and_zero_is_zero():
    assert words(drawn("{% figure 'ตำบล' nothing %}", nothing=None)) == "ตำบล –"
    assert words(drawn("{% figure 'ตำบล' 0 %}")) == "ตำบล 0"


def test_an_empty_place_says_what_to_do_next():
    page = drawn("{% empty 'ยังไม่มีแผน' 'คำนวณได้เลย' url='/place' action='คำนวณ' %}")
    assert '<a class="button button-main" href="/place">คำนวณ</a>' in page


def test_a_field_is_tied_to_its_label_help_and_error():
    page = drawn("{% field form.name %}", form=Form({"name": ""}))
    assert '<label for="id_name">' in page
    box = re.search(r"<input[^>]*>", page)[0]
    assert 'aria-describedby="id_name_helptext id_name_error"' in box
    assert 'aria-invalid="true"' in box
    assert re.search(r'id="id_name_helptext">ตามทะเบียนบ้าน<', page)
    assert "กรุณากรอกข้อนี้" in page[page.index('id="id_name_error"') :]


def test_what_was_typed_stays_when_it_was_wrong():
    assert 'value="เกินไป"' in drawn("{% fields form %}", form=Form({"note": "เกินไป"}))


def test_a_group_of_choices_has_a_legend_and_nothing_is_chosen_beforehand():
    page = drawn("{% field form.kind %}", form=Form())
    assert re.search(r"<fieldset.*<legend>ประเภท.*</fieldset>", page, re.S)
    assert "checked" not in page


def test_only_what_may_stay_empty_is_marked_as_such():
    assert "ไม่บังคับ" in drawn("{% field form.note %}", form=Form())
    assert "ไม่บังคับ" not in drawn("{% field form.name %}", form=Form())


def test_all_fields_of_a_form_are_drawn_hidden_ones_too():
    page = drawn("{% fields form %}", form=Form())
    assert set(re.findall(r'name="(\w+)"', page)) == {"name", "note", "kind", "is_sure", "secret"}


def test_the_error_summary_leads_to_each_field_and_holds_what_belongs_to_none():
    page = drawn("{% errors form %}", form=Form({}))
    assert re.findall(r'href="#(\w+)"', page) == ["id_name", "id_kind_0", "id_is_sure"]
    assert "<li>ขัดกัน</li>" in page
    assert "มี 4 รายการที่ต้องแก้ไข" in page
    assert 'role="alert"' in page


def test_a_form_not_yet_sent_has_no_summary():
    assert drawn("{% errors form %}", form=Form()).strip() == ""


def test_the_trail_links_all_but_the_page_itself():
    page = drawn("{% crumbs 'ตำบล' '/t' 'แม่สอด' %}")
    assert '<a href="/t">ตำบล</a>' in page
    assert '<li aria-current="page">แม่สอด</li>' in page


def test_a_changed_filter_starts_at_the_first_page_and_keeps_the_other_filters():
    request = RequestFactory().get("/?q=ก&page=4&state=ok")
    changed = drawn("{% querystring_with state='bad' %}", request=request)
    assert changed == "?q=%E0%B8%81&amp;state=bad"
    cleared = drawn("{% querystring_with state=None %}", request=request)
    assert cleared == "?q=%E0%B8%81"


def test_the_pager_says_where_one_is():
    page = page_of(RequestFactory().get("/?page=2&q=x"), list(range(1200)))
    drawn_pager = drawn("{% pager page %}", page=page)
    assert "26–50 จาก 1,200 รายการ" in drawn_pager
    assert '<span class="here" aria-current="page">2</span>' in drawn_pager
    assert 'href="?q=x&amp;page=3" rel="next"' in drawn_pager


def test_one_page_needs_no_numbers():
    page = page_of(RequestFactory().get("/"), [1, 2])
    assert "<ul" not in drawn("{% pager page %}", page=page)


def test_a_bar_of_unknown_length_does_not_claim_a_length():
    assert "value=" not in drawn("{% progress 3 None 'งาน' %}")
    assert 'value="3" max="8"' in drawn("{% progress 3 8 'งาน' %}")


def test_only_a_running_job_is_asked_again():
    assert "hx-trigger" in drawn("{% polling '/jobs/1' True %}")
    assert drawn("{% polling '/jobs/1' False %}") == ""
