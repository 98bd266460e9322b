"""What the journeys in a browser take as given."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from tests import cast
from tests.cast import places_are_there
from tests.journeys.announced import CODE
from tests.journeys.steps import run
from u2t.home import actions as home
from u2t.jobs import worker


@pytest.fixture(scope="session")
def rosters(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the four rosters of a university of the first user's size, as workbooks."""
    folder = tmp_path_factory.mktemp("rosters")
    home.write_rosters(folder)
    return folder


@pytest.fixture
def begin_work(settings: Any, monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[[], None]]:
    """``begin_work()`` starts the thread that works on jobs; before it, every job waits and can be looked at."""
    settings.EMBEDDED_WORKER = True
    stop = threading.Event()
    monkeypatch.setattr(worker, "_stop", stop)
    worker.load_works()
    threads: list[threading.Thread | None] = []

    def begin() -> None:
        if not threads:
            threads.append(worker.start_embedded())

    yield begin
    stop.set()
    for thread in threads:
        assert thread is not None
        thread.join()


@pytest.fixture
def small_world(transactional_db: None) -> cast.World:
    """The world of ``tests/cast.py`` where the browser's connection sees it too."""
    return cast.world()


@pytest.fixture
def round_code(db: None) -> str:
    places_are_there()
    run(
        "open_round", "--code", CODE, "--institution", "KPRU", "--institution-name", "มหาวิทยาลัยราชภัฏกำแพงเพชร",
        "--name", "รอบโครงการ 2564", "--starts-on", "2021-02-01", "--months", "11",
        "--orientation", "2021-01-31", "2021-02-02", "--handover-on", "2021-02-03",
        "--letter-prefix", "อว ๐๖๐๐", "--letter-address", "ถนนทดสอบ", "--letter-office", "สำนักงานโครงการ",
        "--letter-telephone", "๐ ๐๐๐๐ ๐๐๐๐", "--signer", "รองศาสตราจารย์ ดร.สมมติ ทดสอบ", "--signer-post", "อธิการบดี",
    )  # fmt: skip
    return CODE
