"""The four import contracts hold, and each of them notices when somebody breaks it."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
LINT = "from importlinter.cli import lint_imports_command as lint; lint()"


@pytest.fixture
def house(tmp_path: Path) -> Path:
    """A copy of the package's Python and of the contracts, to be broken."""
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    only_python = shutil.ignore_patterns("__pycache__", "*.pyc", "static", "templates", "locale", "*.html")
    shutil.copytree(ROOT / "u2t", tmp_path / "u2t", ignore=only_python)
    return tmp_path


def lint(house: Path, *arguments: str) -> tuple[int, str]:
    """What import-linter says of this copy: its exit status and its words, spaces and line ends folded."""
    command = [sys.executable, "-c", LINT, "--no-cache", *arguments]
    done = subprocess.run(command, cwd=house, capture_output=True, text=True, check=False)
    return done.returncode, " ".join((done.stdout + done.stderr).split())


def add(file: Path, line: str) -> None:
    """Append a function with this line to a module, which may be a new one or have become a package."""
    if file.with_suffix("").is_dir():
        file = file.with_suffix("") / "__init__.py"
    file.parent.mkdir(exist_ok=True)
    with file.open("a", encoding="utf-8") as text:
        text.write(f"\n\ndef _on_purpose():\n    {line}\n")


def test_all_four_contracts_hold(house: Path) -> None:
    status, said = lint(house)
    assert status == 0, said
    assert "Contracts: 4 kept, 0 broken." in said


@pytest.mark.parametrize(
    ("contract", "file", "line", "said_of_it"),
    [
        (
            "journey",
            "people/later.py",
            "from u2t.placement import models",
            "u2t.people is not allowed to import u2t.placement",
        ),
        (
            "journey",
            "audit/more.py",
            "from u2t.people import models",
            "u2t.audit is not allowed to import u2t.people",
        ),
        ("journey", "utils/__init__.py", "pass", "- u2t.utils"),
        ("pure", "thai/clock.py", "from django.utils import timezone", "u2t.thai.clock -> django"),
        (
            "pure",
            "placement/rules.py",
            "from u2t.pages import declare",
            "u2t.placement.rules -> u2t.pages.declare",
        ),
        (
            "inside",
            "people/models.py",
            "from u2t.people import queries",
            "u2t.people.models -> u2t.people.queries",
        ),
        ("inside", "programme/rules.py", "from u2t.programme import models", "-> u2t.programme.models"),
        ("own", "home/borrowed.py", "from u2t.jobs import views", "u2t.home.borrowed -> u2t.jobs.views"),
    ],
)
def test_a_broken_contract_is_named(
    house: Path, contract: str, file: str, line: str, said_of_it: str
) -> None:
    add(house / "u2t" / file, line)
    status, said = lint(house, "--contract", contract)
    assert status == 1
    assert "0 kept, 1 broken." in said
    assert said_of_it in said
