"""The parts of a machine that tests stand on: a browser, and a PostgreSQL server of their own.

Standard library only, because ``./run`` asks this module what to install.
"""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import quote

BROWSERS = (
    "chromium",
    "chromium-browser",
    "google-chrome",
    "google-chrome-stable",
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
)
DOWNLOADED_BROWSERS = (
    ".cache/ms-playwright/chromium-*/chrome-linux*/chrome",
    "Library/Caches/ms-playwright/chromium-*/chrome-mac*/*.app/Contents/MacOS/*",
)
POSTGRES_HOMES = (
    "/usr/lib/postgresql/*/bin",
    "/usr/pgsql-*/bin",
    "/opt/homebrew/opt/postgresql@*/bin",
    "/usr/local/opt/postgresql@*/bin",
    "/Applications/Postgres.app/Contents/Versions/latest/bin",
)


def chromium() -> str | None:
    """The path of a browser that starts, or None. ``U2T_CHROMIUM`` names one outright."""
    named = [os.environ["U2T_CHROMIUM"]] if os.environ.get("U2T_CHROMIUM") else []
    downloaded = [str(path) for pattern in DOWNLOADED_BROWSERS for path in sorted(Path.home().glob(pattern))]
    for candidate in (*named, *BROWSERS, *downloaded):
        path = shutil.which(candidate)
        # Ubuntu's chromium-browser may be a stub that only says that a snap is wanted.
        if path and _works(path):
            return path
    return None


def _works(path: str) -> bool:
    try:
        return (
            subprocess.run([path, "--version"], capture_output=True, timeout=60, check=False).returncode == 0
        )
    except (OSError, subprocess.TimeoutExpired):
        return False


def _driver_starts(python: Path) -> bool:
    """Whether the program with which Playwright drives a browser starts; a bare Debian lacks a library of it."""
    return (
        subprocess.run([python, "-m", "playwright", "--version"], capture_output=True, check=False).returncode
        == 0
    )


def postgres() -> Path | None:
    """The folder of PostgreSQL's programs, the newest version where there are several, or None."""
    homes = [path for pattern in POSTGRES_HOMES for path in Path("/").glob(pattern[1:])]
    homes.sort(
        key=lambda path: [
            int(digits) for digits in "".join(c if c.isdigit() else " " for c in str(path)).split()
        ]
    )
    on_path = shutil.which("initdb")
    candidates = [*reversed(homes), *([Path(on_path).resolve().parent] if on_path else [])]
    return next(
        (home for home in candidates if (home / "initdb").exists() and (home / "postgres").exists()), None
    )


def provide(system_install: Callable[..., bool], python: Path) -> list[str]:
    """Install what is missing where this user may; returns a sentence for each part that stays missing."""
    missing = []
    if not _driver_starts(python):
        system_install({"apt-get": ["libatomic1"]})
        if not _driver_starts(python):
            missing.append(
                "Playwright, which drives the browser tests, does not start. On Debian and Ubuntu it needs:\n"
                "  sudo apt-get install libatomic1"
            )
    if not chromium():
        system_install({"apt-get": ["chromium"], "brew": ["chromium"]}, cask=True)
    if not chromium():
        # Where the system has no browser package that runs (Ubuntu without snaps), Playwright's own does.
        print("Downloading a browser with Playwright …", file=sys.stderr, flush=True)
        dependencies = ["--with-deps"] if os.geteuid() == 0 else []
        subprocess.run([python, "-m", "playwright", "install", *dependencies, "chromium"], check=False)
    if not chromium():
        missing.append(
            "The browser tests need Chromium or Chrome, and none was found. Install one:\n"
            "  Debian, Ubuntu: sudo apt-get install chromium\n"
            "  macOS:          brew install --cask chromium\n"
            "or name one: U2T_CHROMIUM=/path/to/chrome ./run test"
        )
    if not postgres() and not os.environ.get("DATABASE_URL"):
        system_install({"apt-get": ["postgresql"], "brew": ["postgresql@17"]})
        if not postgres():
            missing.append(
                "The tests need PostgreSQL's server programs, and none were found. Install them:\n"
                "  Debian, Ubuntu: sudo apt-get install postgresql\n"
                "  macOS:          brew install postgresql@17\n"
                "or name a server: DATABASE_URL=postgresql://user:password@host/database ./run test"
            )
    return missing


@contextmanager
def own_postgres(programs: Path) -> Iterator[str]:
    """A PostgreSQL server in a temporary folder, reachable only through a socket there; gives its DATABASE_URL.

    PostgreSQL refuses to run as root, so root lends the server to the system user ``postgres`` or ``nobody``.
    """
    # Below /tmp outright: a socket's path may have 103 characters, and macOS' own temporary folder is long.
    folder = Path(tempfile.mkdtemp(prefix="u2t-pg-", dir="/tmp"))
    user = _server_user()
    if user:
        shutil.chown(folder, user)

    def program(name: str, *arguments: str) -> None:
        done = subprocess.run(
            [str(programs / name), *arguments],
            user=user,
            cwd=folder,
            capture_output=True,
            text=True,
            check=False,
        )
        if done.returncode:
            log = folder / "log"
            sys.exit(f"PostgreSQL's {name} failed:\n{done.stderr}{log.read_text() if log.exists() else ''}")

    data = str(folder / "data")
    # Nothing here outlives the tests, so nothing needs to survive a power cut. What autovacuum would see between two
    # tests are empty tables, and with such statistics a query over a full-size round took minutes.
    settings = (
        f"-k {folder} -c listen_addresses='' -c autovacuum=off"
        " -c fsync=off -c synchronous_commit=off -c full_page_writes=off"
    )
    previous = signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    try:
        program(
            "initdb", "-D", data, "-U", "u2t", "--auth=trust", "--encoding=UTF8", "--no-locale", "--no-sync"
        )
        # The log must be a file: a server that inherits the pipe would keep this process waiting for its end.
        program("pg_ctl", "-D", data, "-l", str(folder / "log"), "-w", "-o", settings, "start")
        try:
            program("createdb", "-h", str(folder), "-U", "u2t", "u2t")
            yield f"postgresql://u2t@{quote(str(folder), safe='')}/u2t"
        finally:
            program("pg_ctl", "-D", data, "-m", "immediate", "stop")
    finally:
        signal.signal(signal.SIGTERM, previous)
        shutil.rmtree(folder, ignore_errors=True)


def _server_user() -> str | None:
    if os.geteuid() != 0:
        return None
    import pwd

    names = {entry.pw_name for entry in pwd.getpwall()}
    return "postgres" if "postgres" in names else "nobody"
