"""Insert rows by the hundred thousand.

The ORM's ``bulk_create`` takes most of an import's time making and unmaking objects; here plain tuples go to the
database with one ``executemany`` a table. Constraints are the database's as ever. Used by this part's actions only,
inside their transaction.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from django.db import connection, models


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


def insert(model: type[models.Model], fields: Sequence[str], rows: Iterable[Sequence[object]]) -> None:
    """Insert ``rows`` of values in the order of ``fields``; every column without a default must be named.

    Dates are given as :func:`stored_day` makes them; foreign keys are named as fields and given as keys.
    """
    quote = connection.ops.quote_name
    columns = ", ".join(quote(model._meta.get_field(name).column) for name in fields)
    marks = ", ".join(["%s"] * len(fields))
    # Names come from our own models and are quoted; values go as parameters.
    statement = f"INSERT INTO {quote(model._meta.db_table)} ({columns}) VALUES ({marks})"  # noqa: S608
    with connection.cursor() as cursor:
        cursor.executemany(statement, list(rows))


def stored_day(day: object) -> object:
    """A date as the database takes it; ``None`` stays ``None``."""
    return connection.ops.adapt_datefield_value(day) if day is not None else None
