"""What ./run promises: clear sentences, nothing done twice, whatever was left half-made heals."""

from __future__ import annotations

import ast
import base64
import hashlib
import os
import re
import shutil
import socket
import subprocess
import sys
import tomllib
import zipfile
from collections.abc import Callable
from importlib.machinery import SourceFileLoader
from importlib.util import module_from_spec, spec_from_loader
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).resolve().parents[2]
LOCKS = ("run", "test", "bench", "source")
# Stands where manage.py stands and writes down what it was asked; FAIL holds the step that fails.
NOTING_MANAGE = """
import pathlib, sys
here = pathlib.Path(__file__).parent
with open(here / "asked", "a") as asked:
    print(sys.argv[1], file=asked)
(here / "var").mkdir(exist_ok=True)
(here / "var" / "u2t.sqlite3").touch()
sys.exit((here / "FAIL").exists() and (here / "FAIL").read_text() == sys.argv[1])
"""


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A checkout with an empty lock and a manage.py that only notes what it is asked."""
    shutil.copy(ROOT / "run", tmp_path)
    (tmp_path / "requirements").mkdir()
    (tmp_path / "requirements" / "run.txt").write_text("# nothing\n")
    (tmp_path / "u2t").mkdir()
    (tmp_path / "u2t" / "some.py").write_text("old = 1\n")
    (tmp_path / "manage.py").write_text(NOTING_MANAGE)
    monkeypatch.chdir(tmp_path)
    for name in ("DATABASE_URL", "U2T_DATA_DIR", "U2T_DEMO"):
        monkeypatch.delenv(name, raising=False)
    return tmp_path


@pytest.fixture
def run(folder: Path) -> Any:
    """The script of that checkout as a module."""
    loader = SourceFileLoader("run_of_copy", str(folder / "run"))
    spec = spec_from_loader("run_of_copy", loader)
    assert spec
    module = module_from_spec(spec)
    sys.dont_write_bytecode, before = True, sys.dont_write_bytecode
    loader.exec_module(module)
    sys.dont_write_bytecode = before
    return module


@pytest.fixture
def asked(folder: Path) -> Callable[[], list[str]]:
    """Gives what manage.py was asked since the last call."""

    def since() -> list[str]:
        notes = folder / "asked"
        said = notes.read_text().split() if notes.exists() else []
        notes.write_text("")
        return said

    return since


def started(*arguments: str, folder: Path = ROOT, **environment: str) -> tuple[int, str]:
    command = [sys.executable, str(folder / "run"), *arguments]
    done = subprocess.run(
        command, capture_output=True, text=True, check=False, env={**os.environ, **environment}, timeout=120
    )
    return done.returncode, done.stdout + done.stderr


def wheel(folder: Path) -> tuple[Path, str]:
    """A tiny package that no registry knows, and its hash."""
    path = folder / "u2t_tiny-1-py3-none-any.whl"
    contents = {
        "u2t_tiny.py": b"here = True\n",
        "u2t_tiny-1.dist-info/METADATA": b"Metadata-Version: 2.1\nName: u2t-tiny\nVersion: 1\n",
        "u2t_tiny-1.dist-info/WHEEL": b"Wheel-Version: 1.0\nRoot-Is-Purelib: true\nTag: py3-none-any\n",
    }
    record = "".join(
        f"{name},sha256={base64.urlsafe_b64encode(hashlib.sha256(data).digest()).rstrip(b'=').decode()},{len(data)}\n"
        for name, data in contents.items()
    )
    with zipfile.ZipFile(path, "w") as archive:
        for name, data in contents.items():
            archive.writestr(name, data)
        archive.writestr("u2t_tiny-1.dist-info/RECORD", record + "u2t_tiny-1.dist-info/RECORD,,\n")
    return path, hashlib.sha256(path.read_bytes()).hexdigest()


@pytest.mark.parametrize("file", ["run", "tests/machine.py", "requirements/lock.py"])
def test_what_runs_before_anything_is_installed_needs_only_the_standard_library(file: str) -> None:
    tree = ast.parse((ROOT / file).read_text("utf-8"))
    imported = {alias.name for node in ast.walk(tree) if isinstance(node, ast.Import) for alias in node.names}
    imported |= {node.module or "" for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)}
    assert {name.partition(".")[0] for name in imported} <= sys.stdlib_module_names | {"tests"}


def test_an_old_python_can_read_the_script_far_enough_to_say_what_is_wrong() -> None:
    ast.parse((ROOT / "run").read_text("utf-8"), feature_version=(3, 8))


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (("fly",), "does not know 'fly'"),
        (("--port", "abc"), "'abc' is not a port"),
        (("--port", "٨٠"), "is not a port"),
        (("--port=70000",), "from 1 to 65535"),
        (("--host", "no.such.place.invalid"), "not an address of this machine"),
    ],
)
def test_a_mistake_gets_a_sentence_and_no_traceback(arguments: tuple[str, ...], sentence: str) -> None:
    status, said = started(*arguments)
    assert status == 1
    assert sentence in said
    assert "Traceback" not in said


def test_a_port_in_use_is_told_before_anything_is_installed(folder: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as other:
        port = other.getsockname()[1]
        status, said = started("--port", str(port), folder=folder)
    assert status == 1
    assert f"Port {port} on 127.0.0.1 is in use" in said
    assert f"./run --port {port + 1}" in said
    assert not (folder / ".venv").exists()


def test_a_broken_settings_file_names_its_line(folder: Path) -> None:
    (folder / ".env").write_text("# fine\nU2T_PORT\n")
    status, said = started("setup", folder=folder)
    assert status == 1
    assert ".env, line 2" in said


def test_the_environment_wins_over_the_settings_file(
    run: Any, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (folder / ".env").write_text("# a note\nU2T_HOST='::1'\nU2T_PORT=9000\n\n")
    monkeypatch.setenv("U2T_PORT", "9001")
    monkeypatch.setenv("U2T_HOST", "")
    monkeypatch.delenv("U2T_HOST")
    run.read_settings_file()
    assert (os.environ["U2T_HOST"], os.environ["U2T_PORT"]) == ("::1", "9001")


def test_set_up_does_every_step_once_and_again_only_after_a_change(
    run: Any, folder: Path, asked: Callable[[], list[str]]
) -> None:
    run.set_up()
    assert asked() == ["migrate", "prepare", "demo"]
    run.set_up()
    assert asked() == []
    (folder / "u2t" / "some.py").write_text("new = 2\n")
    run.set_up()
    assert asked() == ["migrate", "prepare", "demo"]
    (folder / "u2t" / "some.mo").write_text("made from a catalogue")
    run.set_up()
    assert asked() == []
    (folder / "var" / "u2t.sqlite3").unlink()
    run.set_up()
    assert asked() == ["migrate", "demo"]


def test_a_step_that_failed_is_tried_again(run: Any, folder: Path, asked: Callable[[], list[str]]) -> None:
    (folder / "FAIL").write_text("prepare")
    with pytest.raises(run.Stop, match=r"\./run manage prepare"):
        run.set_up()
    (folder / "FAIL").unlink()
    asked()
    run.set_up()
    assert asked() == ["migrate", "prepare", "demo"]


def test_a_real_installation_gets_no_demo(
    run: Any, asked: Callable[[], list[str]], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("U2T_DEMO", "0")
    run.set_up()
    assert asked() == ["migrate", "prepare"]


def test_a_database_server_is_looked_after_at_every_start(
    run: Any, asked: Callable[[], list[str]], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DATABASE_URL", "postgresql://somewhere/u2t")
    run.set_up()
    run.set_up()
    assert asked() == ["migrate", "prepare", "demo", "migrate", "demo"]


def test_a_complete_environment_is_left_alone(run: Any, folder: Path) -> None:
    run.environment("run")
    made = (folder / ".venv" / "pyvenv.cfg").stat()
    run.environment("run")
    assert (folder / ".venv" / "pyvenv.cfg").stat() == made


def test_an_environment_whose_installation_was_killed_is_made_anew(run: Any, folder: Path) -> None:
    run.environment("run")
    (folder / ".venv" / "u2t-half-made").touch()
    (folder / ".venv" / "left-over").touch()
    run.environment("run")
    assert not (folder / ".venv" / "left-over").exists()
    assert not (folder / ".venv" / "u2t-half-made").exists()
    assert run.call(run.PYTHON, "-c", "print('alive')").stdout == "alive\n"


def test_an_environment_without_its_interpreter_is_made_anew(run: Any, folder: Path) -> None:
    (folder / ".venv" / "bin").mkdir(parents=True)
    (folder / ".venv" / "bin" / "python").symlink_to("/nowhere/python3")
    run.environment("run")
    assert run.call(run.PYTHON, "-c", "print('alive')").stdout == "alive\n"


def test_a_package_is_installed_only_if_its_hash_is_the_locked_one(run: Any, folder: Path) -> None:
    path, right = wheel(folder)
    lock = folder / "requirements" / "run.txt"
    lock.write_text(f"u2t-tiny @ {path.as_uri()} --hash=sha256:{'0' * 64}\n")
    with pytest.raises(run.Stop, match="could not be installed"):
        run.environment("run")
    assert run.call(run.PYTHON, "-c", "import u2t_tiny").returncode
    lock.write_text(f"u2t-tiny @ {path.as_uri()} --hash=sha256:{right}\n")
    run.environment("run")
    assert run.call(run.PYTHON, "-c", "import u2t_tiny").returncode == 0


def requirements(name: str) -> dict[str, set[str]]:
    """Package → its locked versions."""
    found: dict[str, set[str]] = {}
    for package, version in re.findall(
        r"^([a-z0-9-]+)==(\S+)", (ROOT / f"requirements/{name}.txt").read_text(), flags=re.M
    ):
        found.setdefault(package, set()).add(version)
    return found


@pytest.mark.parametrize("name", LOCKS)
def test_every_locked_package_has_hashes_and_nothing_names_an_index(name: str) -> None:
    text = (ROOT / "requirements" / f"{name}.txt").read_text()
    entries = re.split(r"\n(?=\S)", text.strip())
    assert all(re.match(r"[a-z0-9-]+==", entry) and "--hash=sha256:" in entry for entry in entries)
    assert "://" not in text


def test_the_locks_hold_what_pyproject_asks_for_and_agree_with_each_other() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
    groups = {"run": project["project"]["dependencies"], **project["dependency-groups"]}
    locked = {name: requirements(name) for name in LOCKS}
    for group, wanted in groups.items():
        names = {re.split(r"[\[<>=~!; ]", requirement)[0].lower() for requirement in wanted}
        assert names <= locked[group].keys()
    for name in ("test", "bench"):
        assert locked["run"].items() <= locked[name].items()


def test_continuous_integration_calls_exactly_the_test_command() -> None:
    commands = [
        line
        for line in (ROOT / ".ci" / "run").read_text().splitlines()
        if line and not line.startswith(("#", "set", "cd"))
    ]
    assert commands == ["exec ./run test"]
    assert os.access(ROOT / ".ci" / "run", os.X_OK)
    assert os.access(ROOT / "run", os.X_OK)
