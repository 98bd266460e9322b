"""What every roster of persons shares, beside the columns of ``u2t.sheets.persons``."""

from __future__ import annotations

from u2t.people.newcomers import NewPerson
from u2t.rosters.rules.known import Here, Known
from u2t.sheets.persons import (
    CITIZEN_ID,
    EMAIL,
    FULL_NAME,
    GIVEN,
    NAME,
    SURNAME,
    TELEPHONE,
    TITLE,
    birth_column,
    find_twice,
    lone_name,
    name_key,
    table_field,
    text_column,
)
from u2t.sheets.tables import Table
from u2t.thai import names

__all__ = [
    "CITIZEN_ID",
    "EMAIL",
    "FULL_NAME",
    "GIVEN",
    "NAME",
    "SURNAME",
    "TELEPHONE",
    "TITLE",
    "already_here",
    "as_person",
    "birth_column",
    "digests",
    "find_twice",
    "lone_name",
    "name_key",
    "table_field",
    "text_column",
]


def as_person(
    name: object, citizen_id: object, birth_on: object, telephone: object, email: object, digest: str
) -> NewPerson:
    """The newcomer of one row whose cells are all readable."""
    assert isinstance(name, names.PersonName)
    return NewPerson(
        title=name.title,
        given_name=name.given,
        surname=name.surname,
        citizen_id=citizen_id or "",  # type: ignore[arg-type]
        birth_on=birth_on,  # type: ignore[arg-type]
        telephone=telephone or "",  # type: ignore[arg-type]
        email=email or "",  # type: ignore[arg-type]
        digest=digest,
    )


def digests(table: Table, known: Known) -> list[str]:
    """The keyed digest of every row's ID number, empty where there is none."""
    return [known.digest(value) if type(value) is str else "" for value in table.column("citizen_id")]


def already_here(table: Table, index: int, digest: str, known: Known) -> Here | None:
    """The person of this row as the round already has them, by ID number, else by name and date of birth."""
    if digest:
        return known.people_by_digest.get(digest)
    name = table.values["name"][index]
    if not isinstance(name, names.PersonName):
        return None
    return known.people_by_name.get(name_key(name, table.value("birth_on", index)))
