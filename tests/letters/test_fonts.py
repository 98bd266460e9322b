"""The typeface, made ready."""

from __future__ import annotations

from pathlib import Path

from fontTools.ttLib import TTFont

from u2t.letters import fonts


def test_preparing_again_changes_nothing_and_a_damaged_file_is_made_anew(tmp_path: Path) -> None:
    fonts.prepare(tmp_path)
    bold = tmp_path / "U2TSarabun-Bold.ttf"
    before, touched = bold.read_bytes(), bold.stat().st_mtime_ns
    fonts.prepare(tmp_path)
    assert bold.stat().st_mtime_ns == touched
    bold.write_bytes(before[:1000])
    fonts.prepare(tmp_path)
    assert bold.read_bytes() == before


def test_the_altered_face_has_its_own_name_the_licence_and_no_raised_marks(typeface: Path) -> None:
    assert "SIL OPEN FONT LICENSE" in (typeface / "OFL.txt").read_text("utf-8")
    with TTFont(typeface / "U2TSarabun-Regular.ttf") as font:
        assert font["name"].getDebugName(1) == fonts.FAMILY
        assert font["head"].unitsPerEm == fonts.UNITS_PER_EM
        assert {anchor.YCoordinate for anchor in fonts._anchors(font)} == {0}


def test_web_faces_are_small_and_draw_thai_latin_and_digits(tmp_path: Path) -> None:
    files = sorted(fonts.prepare_web(tmp_path).glob("*.woff2"))
    assert len(files) == 3
    for file in files:
        assert file.stat().st_size < 24_000
        with TTFont(file) as font:
            assert {*map(ord, "กฮำ๐๙ัิ็่์ฯๆ฿AZaz09“”–…")} <= set(font.getBestCmap())
            assert {"GSUB", "GPOS"} <= set(font.keys())
