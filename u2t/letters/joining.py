"""Several finished PDFs of letters as one, still PDF/A-2b.

The tags of a page belong to one tree for the whole file. That of a joined file would have to be grown together, and
PDF/A-2b does not ask for it, so the joined file has none; each letter by itself keeps its own.
"""

from __future__ import annotations

import io
from collections.abc import Sequence
from typing import Any

import pikepdf


def joined(files: Sequence[bytes]) -> bytes:
    """All pages of ``files`` in order, with the side bars of all; the first lends its title, dates and colours."""
    with pikepdf.open(io.BytesIO(files[0])) as whole:
        entries = _entries(whole, 0)
        for content in files[1:]:
            with pikepdf.open(io.BytesIO(content)) as part:
                entries.extend(_entries(part, len(whole.pages)))
                whole.pages.extend(part.pages)
        for name in ("/StructTreeRoot", "/MarkInfo", "/PageLabels"):
            if name in whole.Root:
                del whole.Root[name]
        for page in whole.pages:
            if "/StructParents" in page:
                del page["/StructParents"]
        with whole.open_outline() as outline:
            outline.root.clear()
            outline.root.extend(pikepdf.OutlineItem(title, page) for title, page in entries)
        target = io.BytesIO()
        whole.save(target, deterministic_id=True)
    return target.getvalue()


def _entries(file: pikepdf.Pdf, before: int) -> list[tuple[str, int]]:
    """Title and page of each entry of the side bar, with ``before`` pages in front."""
    places: dict[Any, int] = {page.objgen: number for number, page in enumerate(file.pages)}
    found = []
    with file.open_outline() as outline:
        for item in outline.root:
            # Typst writes a destination as an array that begins with its page.
            assert isinstance(item.destination, pikepdf.Array)
            found.append((item.title, before + places[item.destination[0].objgen]))
    return found
