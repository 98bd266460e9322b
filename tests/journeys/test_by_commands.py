"""From spreadsheets to handed-over teams without a browser."""

from __future__ import annotations

import json
import zipfile
from collections import Counter
from pathlib import Path

import pypdfium2
import pytest
from django.core.management import CommandError

from tests.journeys.announced import CODE, HOST_KINDS, PER_TAMBON, assert_announced
from tests.journeys.steps import run
from u2t.agencies.models import Kind
from u2t.handover.models import Letter
from u2t.home import actions as home
from u2t.people.models import Worker
from u2t.placement.models import Engagement, Leadership


def test_spreadsheets_become_handed_over_teams(round_code: str, rosters: Path, tmp_path: Path) -> None:
    for kind in home.KINDS:
        file = str(rosters / f"{kind}.xlsx")
        run("import_roster", kind, file, "--round", round_code, "--dry-run")
        assert kind != "workers" or not Worker.objects.exists(), "a dry run stores nothing"
        run("import_roster", kind, file, "--round", round_code)
    run("place", "--round", round_code)
    run("letters", "--round", round_code, "--out", str(tmp_path))

    figures = json.loads(run("briefing", "--round", round_code, "--json"))
    assert_announced(figures)
    assert Kind.objects.filter(agencies__participations__is_host=True).distinct().count() == HOST_KINDS

    filled = Counter(Engagement.objects.current().values_list("tambon_id", "category__code"))
    assert set(filled.values()) == {5, 10}
    assert all(n == PER_TAMBON[category] for (_tambon, category), n in filled.items())
    leaders = Counter(Leadership.objects.current().values_list("tambon_id", flat=True))
    assert set(leaders.values()) == {2}
    offices = Counter(
        Engagement.objects.current().filter(workstream__to_office=True).values_list("office_id", flat=True)
    )
    assert None not in offices
    assert len(offices) == 48

    assert Letter.objects.filter(cancelled_at=None).count() == 60 + 48
    numbers = sorted(Letter.objects.values_list("number", flat=True))
    assert numbers == list(range(1, 109))
    text = "".join(
        page.get_textpage().get_text_bounded() for page in pypdfium2.PdfDocument(tmp_path / "letters.pdf")
    )
    tight = "".join(text.split())
    for given_name, surname in Engagement.objects.current().values_list(
        "worker__person__given_name", "worker__person__surname"
    ):
        assert f"{given_name}{surname}" in tight
    with zipfile.ZipFile(tmp_path / "letters.zip") as archive:
        assert len(archive.namelist()) == 108


def test_a_faulty_roster_stores_nothing_and_says_where(round_code: str, tmp_path: Path) -> None:
    file = tmp_path / "ตำบล.csv"
    file.write_text(
        "รหัสตำบล,ตำบล,อำเภอ,จังหวัด\n620101,ในเมือง,เมืองกำแพงเพชร,กำแพงเพชร\n999999,ไม่มี,ไม่มี,ไม่มี\n",
        encoding="utf-8",
    )
    with pytest.raises(CommandError, match="3"):
        run("import_roster", "tambons", str(file), "--round", round_code)
    assert json.loads(run("briefing", "--round", round_code, "--json"))["tambons"] == 0


@pytest.mark.parametrize(
    "command",
    [
        ("import_roster", "workers", "nowhere.xlsx", "--round", CODE),
        ("place", "--round", CODE),
        ("letters", "--round", CODE, "--out", "nowhere"),
        ("place", "--round", "NOPE"),
        ("letters", "--round", "NOPE", "--out", "nowhere"),
    ],
)
def test_what_can_not_be_done_is_refused_in_words(
    round_code: str, command: tuple[str, ...], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    with pytest.raises(CommandError) as refused:
        run(*command)
    assert len(str(refused.value)) > 10
