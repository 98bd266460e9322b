from __future__ import annotations

from pathlib import Path

import pytest

from u2t.letters import fonts


@pytest.fixture(scope="session")
def typeface(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The prepared faces for letters."""
    return fonts.prepare(tmp_path_factory.mktemp("letters"))
