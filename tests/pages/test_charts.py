"""Geometry and words of the charts."""

import re

import pytest
from django.template import engines
from hypothesis import given
from hypothesis import strategies as st

from u2t.pages import charts
from u2t.pages.charts import Bar, District, Province, Series, Tile

counts = st.lists(st.one_of(st.none(), st.integers(0, 10**6)), min_size=1, max_size=8)


def drawn(source: str, **context: object) -> str:
    return engines["django"].from_string(source).render(context)


@given(counts)
def test_bars_stay_inside_the_box_and_keep_their_proportions(values):
    bars = charts.drawn_bars([Bar(str(i), value) for i, value in enumerate(values)])
    top = max((value or 0 for value in values), default=0)
    for one, value in zip(bars, values, strict=True):
        length = float(one.length[:-1])
        assert 0 <= length <= 100
        assert length == pytest.approx(100 * (value or 0) / top if top else 0, abs=0.006)
        assert length + float(one.rest[:-1]) == pytest.approx(100)


@given(counts)
def test_shares_fill_the_whole_end_to_end(values):
    bars = charts.drawn_shares([Bar(str(i), value) for i, value in enumerate(values)])
    total = sum(value or 0 for value in values)
    reached = 0.0
    for one in bars:
        assert float(one.start[:-1]) == pytest.approx(reached, abs=0.02 * len(bars))
        reached = float(one.start[:-1]) + float(one.length[:-1])
    assert reached == pytest.approx(100 if total else 0, abs=0.02)


@given(st.floats(0.001, 10**9))
def test_an_axis_ends_at_or_above_the_highest_value_but_not_far_above(highest):
    top = charts.nice_top(highest)
    assert highest <= top * (1 + 1e-6)
    assert top <= max(4, 1.7 * highest) or highest < 4


def test_an_axis_of_nothing_still_has_steps():
    assert charts.nice_top(0) == 4


def test_an_unknown_value_breaks_the_line_and_a_lone_one_is_no_line():
    (line,) = charts.drawn_lines([Series("x", [0, 10, None, 5, None])], 10)
    assert line.pieces == ["0.00,100.00 25.00,0.00"]
    assert line.dots == [("75.00%", "50.00%")]


def test_thinned_labels_keep_both_ends():
    labels = [str(day) for day in range(1, 31)]
    thin = charts.thinned(labels)
    assert len(thin) == 6
    assert (thin[0], thin[-1]) == ("1", "30")
    assert charts.thinned(["a", "b"]) == ["a", "b"]


def test_every_number_of_a_chart_can_be_read_without_seeing_it():
    page = drawn(
        "{% pillars 'ประเภท' bars %}{% bars 'ชนิด' bars %}{% shares 'ส่วน' bars %}",
        bars=[Bar("นักศึกษา", 300), Bar("น้ำ", None)],
    )
    words = re.sub(r"<[^>]+>", " ", page)
    assert words.count("300") == 3
    assert words.count("น้ำ") == 3
    assert words.count("–") >= 3
    for title in ("ประเภท", "ชนิด", "ส่วน"):
        assert f'<figcaption class="unseen">{title}</figcaption>' in page


def test_a_line_chart_carries_its_numbers_as_a_table():
    page = drawn(
        "{% lines 'รายงาน' labels series %}", labels=["ก.พ.", "มี.ค."], series=[Series("ส่ง", [1080, None])]
    )
    rows = re.findall(r'<tr><th scope="row">(.*?)</th><td class="number">(.*?)</td></tr>', page)
    assert rows == [("ก.พ.", "1,080"), ("มี.ค.", "–")]
    assert "<details" in page


def test_a_bar_leads_to_the_list_behind_it_and_escapes_its_name():
    page = drawn("{% bars 'x' bars %}", bars=[Bar("<b>อบต.</b>", 3, "/agencies?kind=sao")])
    assert '<a href="/agencies?kind=sao">&lt;b&gt;อบต.&lt;/b&gt;</a>' in page


UMPHANG = [
    Tile("อุ้มผาง", "/t/1", "ok", "ส่งมอบแล้ว", 20, 20),
    Tile("หนองหลวง", "/t/2", "warn", "ขาดคน", 17, 20),
]
PROVINCES = [
    Province("จังหวัดตาก", [District("อำเภออุ้มผาง", UMPHANG)]),
    Province(
        "จังหวัดกำแพงเพชร",
        [District("อำเภอลานกระบือ", [Tile("หนองหลวง", "/t/3", "none", "ยังไม่เริ่ม")])],
    ),
]


def test_each_tambon_is_one_link_with_name_fill_and_state_in_words():
    page = drawn("{% tilemap 'x' provinces %}", provinces=PROVINCES)
    tiles = re.findall(r'<a class="tile is-(\w+)" href="([^"]+)">(.*?)</a>', page, re.S)
    assert [(state, url) for state, url, _inside in tiles] == [
        ("ok", "/t/1"),
        ("warn", "/t/2"),
        ("none", "/t/3"),
    ]
    words = [" ".join(re.sub(r"<[^>]+>", " ", inside).split()) for _state, _url, inside in tiles]
    assert words == ["อุ้มผาง 20/20 ส่งมอบแล้ว", "หนองหลวง 17/20 ขาดคน", "หนองหลวง ยังไม่เริ่ม"]


def test_the_legend_of_the_map_counts_each_state_best_first():
    page = drawn("{% tilemap 'x' provinces %}", provinces=PROVINCES)
    legend = page[page.index('class="legend"') : page.index("</ul>")]
    assert re.findall(r"#mark-(\w+).*?<strong>(\d+)</strong>", legend, re.S) == [
        ("ok", "1"),
        ("warn", "1"),
        ("none", "1"),
    ]


def test_a_tile_that_is_too_full_does_not_draw_over_its_edge():
    full = [Province("p", [District("d", [Tile("t", "/", "bad", "เกินอัตรา", 23, 20)])])]
    assert 'width="100.00%"' in drawn("{% tilemap 'x' provinces %}", provinces=full)
