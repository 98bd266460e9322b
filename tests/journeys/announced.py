"""What the announcement of the first user states; every figure must come out of the spreadsheets."""

from __future__ import annotations

from typing import Any

CODE = "KPRU-2564"
ANNOUNCED: dict[str, Any] = {
    "tambons": 60,
    "tambons_by_province": {"62": 36, "63": 24},
    "workers": 1200,
    "workers_by_category": {"public": 300, "graduate": 600, "student": 300},
    "team_workers": 1080,
    "data_managers": 120,
    "project_managers": 120,
    "data_agencies": 48,
    "months": 11,
    "orientation": {"from": "2021-01-31", "until": "2021-02-02"},
}
MORE_THAN = {"host_agencies": 100}
HOST_KINDS = 8
PER_TAMBON = {"public": 5, "graduate": 10, "student": 5}


def assert_announced(figures: dict[str, Any]) -> None:
    """Every figure of the announcement, and nothing lost on the way."""
    assert {key: figures[key] for key in ANNOUNCED} == ANNOUNCED
    for key, least in MORE_THAN.items():
        assert figures[key] > least
