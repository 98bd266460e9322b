"""What many tests take as given, made once a session and afterwards put back row by row.

The small world is built by some hundred actions, and thousands of tests begin with it. The first test that asks has it
built; what that changed in the tables is kept in memory, and every later test gets the very same rows. Nothing is
shared: each test has its own transaction or flushed database, and its own copies of the objects.
"""

from __future__ import annotations

import pickle
from collections.abc import Callable, Hashable, Iterator
from dataclasses import dataclass, field
from typing import Any, TypeVar

from django.apps import apps
from django.db import connection, models, transaction

from u2t.audit.models import Event

T = TypeVar("T")
Rows = dict[str, dict[Any, tuple[Any, ...]]]

# Django fills these by itself, with keys of its own whenever a database is flushed.
_DJANGOS = {"contenttypes", "auth", "sessions"}


@dataclass
class _Memory:
    """What was made, pickled, and the rows that it added, changed and removed, table by table."""

    value: bytes
    added: dict[str, list[tuple[Any, ...]]] = field(default_factory=dict)
    changed: dict[str, list[tuple[Any, ...]]] = field(default_factory=dict)
    removed: dict[str, list[Any]] = field(default_factory=dict)


MOST = 20
"""Flushed databases begin from ever new states, which are not worth keeping."""

_memories: dict[tuple[Hashable, ...], _Memory] = {}


def once(name: str, make: Callable[[], T], *given: Hashable) -> T:
    """What ``make`` makes: by itself the first time, from memory where it would begin from the same state again.

    The head of the audit chain tells one state from another, because every action leaves its mark there; ``given`` are
    keys of the rows that ``make`` starts from.
    """
    # Its key too: in a database that was flushed the same mark stands under another one, and rows follow in order.
    head = Event.objects.order_by("-pk").values_list("pk", "digest").first()
    key = (name, head, *given)
    memory = _memories.get(key)
    if memory is not None:
        _put_back(memory)
        value: T = pickle.loads(memory.value)
        return value
    if len(_memories) == MOST:
        return make()
    before = dict(_rows())
    value = make()
    after = dict(_rows())
    memory = _Memory(pickle.dumps(value))
    for table in after:
        old, new = before[table], after[table]
        memory.added[table] = [row for pk, row in new.items() if pk not in old]
        memory.changed[table] = [(*row, pk) for pk, row in new.items() if pk in old and old[pk] != row]
        memory.removed[table] = [pk for pk in old if pk not in new]
    _memories[key] = memory
    return value


def _tables() -> Iterator[tuple[str, str, list[str]]]:
    """Table, column of the key, all columns."""
    for model in apps.get_models(include_auto_created=True):
        options = model._meta
        if options.managed and not options.proxy and options.app_label not in _DJANGOS:
            columns = [one.column for one in options.local_concrete_fields]
            key: models.Field[Any, Any] = options.pk  # type: ignore[assignment]
            yield options.db_table, str(key.column), columns


def _rows() -> Iterator[tuple[str, dict[Any, tuple[Any, ...]]]]:
    # As an expression a column has no declared type, so that SQLite's converters leave its value as it is stored.
    plain = "+" if connection.vendor == "sqlite" else ""
    with connection.cursor() as cursor:
        for table, key, columns in _tables():
            cursor.execute(
                f"SELECT {', '.join(f'{plain}{_quoted(one)}' for one in columns)} FROM {_quoted(table)}"
            )
            place = columns.index(key)
            yield table, {row[place]: tuple(row) for row in cursor.fetchall()}


def _put_back(memory: _Memory) -> None:
    with transaction.atomic(), connection.cursor() as cursor:
        for table, key, columns in _tables():
            name, own = _quoted(table), _quoted(key)
            if memory.removed[table]:
                cursor.executemany(
                    f"DELETE FROM {name} WHERE {own} = %s", [(pk,) for pk in memory.removed[table]]
                )
            if memory.changed[table]:
                places = ", ".join(f"{_quoted(one)} = %s" for one in columns)
                cursor.executemany(f"UPDATE {name} SET {places} WHERE {own} = %s", memory.changed[table])
            if memory.added[table]:
                names, holes = ", ".join(map(_quoted, columns)), ", ".join(["%s"] * len(columns))
                cursor.executemany(f"INSERT INTO {name} ({names}) VALUES ({holes})", memory.added[table])


def _quoted(name: str) -> str:
    return str(connection.ops.quote_name(name))
