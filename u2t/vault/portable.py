"""PDF from strangers: how many pages, and what in it could act.

The file is taken apart in a process of its own with bounded memory and time, so that a file made to break readers
breaks that process and nothing else. This module is that process too: run as a program it reads a PDF from standard
input and writes its findings as JSON.
"""

from __future__ import annotations

import io
import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from threading import BoundedSemaphore
from typing import Any, NamedTuple

SECONDS = 20
MEMORY = 640 << 20
# However many come in at once, only so many are taken apart at the same time.
_at_once = BoundedSemaphore(2)
# A scanned transcript has a few thousand objects; a book with every glyph an object stays below.
MOST_OBJECTS = 200_000
_ACTIONS = frozenset(
    ["/JavaScript", "/Launch", "/SubmitForm", "/ImportData", "/Rendition", "/Movie", "/Sound", "/GoToE", "/RichMediaExecute"]
)  # fmt: skip
_DEEPEST = 40


class Findings(NamedTuple):
    """``faults`` are among: broken, locked, script, action, embedded, xfa, complex."""

    pages: int
    faults: tuple[str, ...]


def look_at(data: bytes) -> Findings:
    """Look into a PDF in a process of its own; one that breaks or exhausts the process is called broken."""
    command = [sys.executable, "-I", str(Path(__file__).resolve())]
    try:
        with _at_once:
            done = subprocess.run(command, input=data, capture_output=True, timeout=SECONDS, check=True)  # noqa: S603
        found = json.loads(done.stdout)
    except (subprocess.SubprocessError, json.JSONDecodeError):
        return Findings(0, ("broken",))
    return Findings(found["pages"], tuple(found["faults"]))


def findings(data: bytes) -> Findings:
    """The same in this process."""
    import pikepdf

    try:
        with pikepdf.open(io.BytesIO(data), attempt_recovery=True) as pdf:
            if len(pdf.objects) > MOST_OBJECTS:
                return Findings(0, ("complex",))
            faults = {fault for thing in pdf.objects for fault in _faults(thing, 0)}
            return Findings(len(pdf.pages), tuple(sorted(faults)))
    except pikepdf.PasswordError:
        return Findings(0, ("locked",))
    except (pikepdf.PdfError, ValueError, RuntimeError, MemoryError, RecursionError):
        return Findings(0, ("broken",))


def _faults(thing: Any, depth: int) -> Iterator[str]:
    """What could act in an object and in what stands directly inside it; references are objects of their own."""
    import pikepdf

    if depth > _DEEPEST:
        yield "complex"
    elif isinstance(thing, pikepdf.Array):
        for one in thing:
            yield from _inside(one, depth)
    elif isinstance(thing, pikepdf.Dictionary | pikepdf.Stream):
        keys = set(thing.keys())
        if keys & {"/JS", "/JavaScript"}:
            yield "script"
        if keys & {"/EF", "/EmbeddedFiles", "/Collection"} or str(thing.get("/Type")) == "/EmbeddedFile":
            yield "embedded"
        if "/XFA" in keys:
            yield "xfa"
        action = str(thing.get("/S")) if "/S" in keys else ""
        if action in _ACTIONS:
            yield "script" if action == "/JavaScript" else "action"
        for key in keys:
            yield from _inside(thing[key], depth)


def _inside(thing: Any, depth: int) -> Iterator[str]:
    if hasattr(thing, "is_indirect") and not thing.is_indirect:
        yield from _faults(thing, depth + 1)


def _main() -> None:
    try:
        import resource

        resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
        resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    except (ImportError, ValueError, OSError):
        # Elsewhere than on Linux the time limit alone must do.
        pass
    found = findings(sys.stdin.buffer.read())
    json.dump({"pages": found.pages, "faults": found.faults}, sys.stdout)


if __name__ == "__main__":
    _main()
