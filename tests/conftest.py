"""Fixtures that every part's tests share."""

from __future__ import annotations

import pytest

from tests import cast


@pytest.fixture
def world(db: None) -> cast.World:
    """The small world of ``tests/cast.py``: one round, three tambons, everybody with an account."""
    return cast.world()
