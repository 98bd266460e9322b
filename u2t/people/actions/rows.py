"""Insert rows by the hundred thousand.

The ORM's ``bulk_create`` takes most of an import's time making and unmaking objects; here plain tuples go to the
database, many rows a statement (measured: half the time of a row a statement). Constraints are the database's as ever.
Used by this part's actions only, inside their transaction.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from itertools import chain

from django.db import connection, models

# Parameters a statement: what every version of SQLite takes.
_PARAMETERS = 990


def reserve_keys(model: type[models.Model], count: int) -> Sequence[int]:
    """So many primary keys that nobody else gets, in ascending order.

    SQLite's immediate transaction is the only writer, so the keys after the last ever given are free, and inserting
    them moves the counter on; PostgreSQL gives them out of the table's sequence.
    """
    table = model._meta.db_table
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(
                "SELECT nextval(pg_get_serial_sequence(%s, 'id')) FROM generate_series(1, %s)", [table, count]
            )
            return sorted(key for (key,) in cursor.fetchall())
        cursor.execute("SELECT seq FROM sqlite_sequence WHERE name = %s", [table])
        last = cursor.fetchone()
    start = (last[0] if last else 0) + 1
    return range(start, start + count)


def take_turn(model: type[models.Model]) -> None:
    """Let nobody else add rows until the transaction ends; readers go on.

    SQLite's immediate transaction already is the only writer; PostgreSQL locks the table against other writers.
    """
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            table = connection.ops.quote_name(model._meta.db_table)
            cursor.execute(f"LOCK TABLE {table} IN SHARE ROW EXCLUSIVE MODE")


def insert(model: type[models.Model], fields: Sequence[str], rows: Iterable[Sequence[object]]) -> None:
    """Insert ``rows`` of values in the order of ``fields``; every column without a default must be named.

    Dates are given as :func:`day_adapter` makes them; foreign keys are named as fields and given as keys.
    """
    quote = connection.ops.quote_name
    columns = ", ".join(quote(model._meta.get_field(name).column) for name in fields)
    # Names come from our own models and are quoted; values go as parameters.
    statement = f"INSERT INTO {quote(model._meta.db_table)} ({columns}) VALUES "  # noqa: S608
    marks = "(" + ", ".join(["%s"] * len(fields)) + ")"
    size = _PARAMETERS // len(fields)
    given = list(rows)
    full = len(given) - len(given) % size
    with connection.cursor() as cursor:
        if full:
            parts = (list(chain.from_iterable(given[at : at + size])) for at in range(0, full, size))
            cursor.executemany(statement + ", ".join([marks] * size), parts)
        if rest := given[full:]:
            cursor.execute(statement + ", ".join([marks] * len(rest)), list(chain.from_iterable(rest)))


def day_adapter() -> Callable[[object], object]:
    """A function that makes a date what the database takes."""
    adapt = connection.ops.adapt_datefield_value
    return lambda day: None if day is None else adapt(day)
