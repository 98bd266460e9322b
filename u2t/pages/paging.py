"""Lists in pages: bounded, in a stable order, keeping the filters of the address."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from django.db.models import QuerySet
from django.http import HttpRequest, QueryDict

Row = TypeVar("Row")
SIZES = (25, 50, 100)


@dataclass(frozen=True)
class Page(Generic[Row]):
    """One page of a list; iterating it gives the rows.

    ``number`` counts from 1 and always lies within the list; ``first`` and ``last`` count rows from 1 and are 0
    in an empty list.
    """

    rows: Sequence[Row]
    number: int
    size: int
    total: int
    query: str
    sizes: tuple[int, ...] = SIZES

    def __iter__(self) -> Any:
        return iter(self.rows)

    def __len__(self) -> int:
        return len(self.rows)

    def __bool__(self) -> bool:
        return bool(self.total)

    @property
    def pages(self) -> int:
        return max(1, -(-self.total // self.size))

    @property
    def first(self) -> int:
        return (self.number - 1) * self.size + 1 if self.total else 0

    @property
    def last(self) -> int:
        return min(self.number * self.size, self.total)

    @property
    def previous(self) -> int | None:
        return self.number - 1 if self.number > 1 else None

    @property
    def next(self) -> int | None:
        return self.number + 1 if self.number < self.pages else None

    def address(self, number: int | None = None, size: int | None = None) -> str:
        """The query string of another page, or of this list in another size from its start."""
        query = QueryDict(self.query, mutable=True)
        if size:
            query["size"] = str(size)
        if number and number > 1:
            query["page"] = str(number)
        return "?" + query.urlencode()

    @property
    def previous_address(self) -> str:
        return self.address(self.previous)

    @property
    def next_address(self) -> str:
        return self.address(self.next)

    @property
    def numbers(self) -> list[tuple[int | None, str, bool]]:
        """Numbers to offer: ``(number, address, is far)``; ``None`` stands for a gap."""
        near = {self.number - 1, self.number, self.number + 1}
        shown = sorted({1, self.pages, *near} & set(range(1, self.pages + 1)))
        links: list[tuple[int | None, str, bool]] = []
        for before, number in zip([0, *shown], shown, strict=False):
            if number - before == 2:
                links.append((number - 1, self.address(number - 1), True))
            elif number - before > 2:
                links.append((None, "", True))
            links.append((number, self.address(number), number not in near))
        return links

    @property
    def size_links(self) -> list[tuple[int, str]]:
        """Other sizes worth offering: none where everything fits into the smallest page."""
        return (
            [(size, self.address(size=size)) for size in self.sizes] if self.total > min(self.sizes) else []
        )


def page_of(
    request: HttpRequest,
    rows: QuerySet[Any] | Sequence[Row],
    *,
    size: int = SIZES[0],
    sizes: tuple[int, ...] = SIZES,
    load: Callable[[Sequence[Any]], Sequence[Row]] | None = None,
) -> Page[Row]:
    """The page that the address asks for with ``page`` and ``size``; nonsense falls back, it never fails.

    A queryset gets its primary key as last order, so that no row shows twice or never. ``load`` turns the rows
    of this page alone into what the page shows (say, one query more for twenty-five rows instead of 1,200).
    """
    wanted = _whole(request.GET.get("size"))
    size = wanted if wanted in sizes else size
    if isinstance(rows, QuerySet):
        order = rows.query.order_by or rows.model._meta.ordering or ()
        rows = rows.order_by(*order, "pk") if not {"pk", "-pk"} & set(map(str, order)) else rows
        total = rows.count()
    else:
        total = len(rows)
    last = max(1, -(-total // size))
    number = min(max(_whole(request.GET.get("page")) or 1, 1), last)
    found: Sequence[Any] = list(rows[(number - 1) * size : number * size])
    query = request.GET.copy()
    query.pop("page", None)
    return Page(load(found) if load else found, number, size, total, query.urlencode(), sizes)


def chosen(request: HttpRequest, name: str, allowed: Collection[str], default: str = "") -> str:
    """The filter ``name`` of the address if it is one of ``allowed``, otherwise ``default``."""
    value = request.GET.get(name, "")
    return value if value in allowed else default


def typed(request: HttpRequest, name: str = "q", limit: int = 100) -> str:
    """What was typed into a search box: trimmed, bounded, without null characters (PostgreSQL refuses them)."""
    return " ".join(request.GET.get(name, "").replace("\x00", "").split())[:limit]


def _whole(text: str | None) -> int | None:
    """A small whole number or nothing; digits beyond nine are nonsense, not an overflow."""
    return int(text) if text and text.isascii() and text.isdigit() and len(text) <= 9 else None
