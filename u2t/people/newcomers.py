"""People as a roster names them, before they are stored: pure values that a checker makes and an action takes."""

from __future__ import annotations

from datetime import date
from typing import NamedTuple


class NewPerson(NamedTuple):
    """A human being; ``citizen_id`` is thirteen digits or empty where unknown.

    ``digest`` is the keyed digest of that number where the maker already has it. ``person_id`` names somebody
    who is stored already (in another round, perhaps) and is then used as stored.
    """

    title: str
    given_name: str
    surname: str
    citizen_id: str = ""
    birth_on: date | None = None
    telephone: str = ""
    email: str = ""
    digest: str = ""
    person_id: int | None = None


class NewWorker(NamedTuple):
    """Somebody hired: places are six-digit codes (or empty), category and skills are codes of the round.

    ``number`` is the wanted number in the round, or ``None`` for the next free one. ``wishes`` are in order.
    """

    person: NewPerson
    category: str
    number: int | None = None
    home_tambon: str = ""
    fixed_tambon: str = ""
    education: str = ""
    skills: tuple[str, ...] = ()
    wishes: tuple[str, ...] = ()


class NewLecturer(NamedTuple):
    """A lecturer who may lead: the district is a four-digit code, expertise are dimension codes of the round."""

    person: NewPerson
    faculty: str = ""
    base_district: str = ""
    max_tambons: int = 1
    expertise: tuple[str, ...] = ()
