"""The people of the last hour, from bounded threads: applicants who press the last button, interviewers who score.

Standard library only. Everybody is logged in already and has the page open; what counts begins with the click. A
person whom the server turns away or does not answer tries again, three times in all, as people do.
"""

from __future__ import annotations

import http.client
import random
import re
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlencode

TOKEN = "a" * 32
"""What the server compares is only whether cookie and form agree."""

PATIENCE = 120
TRIES = 3


@dataclass
class Heard:
    """What came back: receipts and points that were acknowledged, seconds of every kind of request, mishaps."""

    receipts: dict[int, str] = field(default_factory=dict)
    marks: dict[int, dict[int, int]] = field(default_factory=dict)
    locked: set[int] = field(default_factory=set)
    seconds: dict[str, list[float]] = field(default_factory=dict)
    mishaps: list[str] = field(default_factory=list)
    lost: list[int] = field(default_factory=list)
    began: float = 0.0
    ended: float = 0.0
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def took(self, kind: str, seconds: float) -> None:
        with self._lock:
            self.seconds.setdefault(kind, []).append(seconds)

    def mishap(self, text: str) -> None:
        with self._lock:
            self.mishaps.append(text)


class Visitor:
    """One person's browser, as far as it matters here."""

    def __init__(self, port: int, session: str, heard: Heard) -> None:
        self.port, self.heard = port, heard
        self.headers = {
            "Host": f"127.0.0.1:{port}",
            "Cookie": f"sessionid={session}; csrftoken={TOKEN}",
            "X-CSRFToken": TOKEN,
            "Accept-Language": "th",
        }

    def ask(self, kind: str, path: str, form: Mapping[str, object] | None = None, **headers: str) -> Any:
        """Status, address to go on to, and text; again after a mishap, ``None`` after the last one."""
        for attempt in range(TRIES):
            if attempt:
                time.sleep(attempt)
            start = time.monotonic()
            try:
                status, onward, text = self._once(path, form, headers)
            except (OSError, http.client.HTTPException) as error:
                self.heard.mishap(f"{kind}: {type(error).__name__}")
                continue
            self.heard.took(kind, time.monotonic() - start)
            if status < 500:
                return status, onward, text
            self.heard.mishap(f"{kind}: {status}")
        return None

    def _once(self, path: str, form: Mapping[str, object] | None, more: dict[str, str]) -> Any:
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=PATIENCE)
        try:
            headers = {**self.headers, **more}
            if form is None:
                connection.request("GET", path, headers=headers)
            else:
                headers["Content-Type"] = "application/x-www-form-urlencoded"
                connection.request("POST", path, urlencode(form), headers)
            answer = connection.getresponse()
            return answer.status, answer.headers.get("Location", ""), answer.read().decode()
        finally:
            connection.close()


def play(plan: dict[str, Any], port: int, seconds: float, threads: int) -> Heard:
    """All submit and all score within so many seconds, as far as the server keeps up; returns when all are done."""
    heard = Heard(began=time.monotonic())
    drafts = plan["drafts"]
    moments = sorted(random.Random(1).uniform(0, seconds) for _ in drafts)
    jobs: Iterator[tuple[float, dict[str, Any]]] = iter(zip(moments, drafts, strict=True))
    turn = threading.Lock()

    def submit_in_turn() -> None:
        while True:
            with turn:
                job = next(jobs, None)
            if job is None:
                return
            wanted = heard.began + job[0]
            time.sleep(max(0.0, wanted - time.monotonic()))
            _submit(plan, job[1], port, heard, wanted)

    with ThreadPoolExecutor(threads + len(plan["interviewers"])) as pool:
        tasks: list[Callable[[], None]] = [submit_in_turn] * threads
        tasks += [
            lambda one=one: _score(plan, one, port, heard, seconds)  # type: ignore[misc]
            for one in plan["interviewers"]
        ]
        for done in [pool.submit(task) for task in tasks]:
            done.result()
    heard.ended = time.monotonic()
    return heard


def _submit(plan: dict[str, Any], draft: dict[str, Any], port: int, heard: Heard, wanted: float) -> None:
    visitor = Visitor(port, draft["session"], heard)
    own = f"/recruitment/{plan['code']}/{plan['closing']}/applications/{draft['pk']}"
    answer = visitor.ask("submit", f"{own}/submit", {})
    if answer is None or answer[0] != 302:
        heard.lost.append(draft["pk"])
        heard.mishap(f"not submitted: {answer[0] if answer else 'no answer'}")
        return
    heard.took("from the click to the acknowledgement", time.monotonic() - wanted)
    receipt = visitor.ask("receipt", answer[1])
    found = re.search(rf"{plan['code']}-{plan['closing']}-\d+-\d\d", receipt[2] if receipt else "")
    heard.receipts[draft["pk"]] = found.group() if found else ""


def _score(plan: dict[str, Any], one: dict[str, Any], port: int, heard: Heard, seconds: float) -> None:
    """Points one criterion after the other, each saved at once, then the lock; sheet after sheet."""
    visitor = Visitor(port, one["session"], heard)
    pause = seconds / (len(one["sheets"]) * (len(plan["criteria"]) + 1))
    begun, steps = time.monotonic(), 0
    for sheet in one["sheets"]:
        path = f"/recruitment/{plan['code']}/{plan['scored']}/interviews/{sheet}"
        points: dict[int, int] = {}
        for criterion in plan["criteria"]:
            points[criterion] = 60 + (7 * sheet + 13 * criterion) % 15
            form = {f"points_{key}": value for key, value in points.items()}
            answer = visitor.ask("score", path, form, **{"X-Autosave": "1"})
            if answer is not None and answer[0] == 200:
                heard.marks[sheet] = dict(points)
            else:
                heard.mishap(f"not saved: {answer[0] if answer else 'no answer'}")
            steps += 1
            time.sleep(max(0.0, begun + steps * pause - time.monotonic()))
        answer = visitor.ask("lock", f"{path}/lock", {})
        if answer is not None and answer[0] == 302:
            heard.locked.add(sheet)
        else:
            heard.mishap(f"not locked: {answer[0] if answer else 'no answer'}")
        steps += 1
        time.sleep(max(0.0, begun + steps * pause - time.monotonic()))
