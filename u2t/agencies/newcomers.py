"""Agencies as a roster names them, before they are stored."""

from __future__ import annotations

from typing import NamedTuple

from u2t.people.newcomers import NewPerson


class NewAgency(NamedTuple):
    """An agency and its part in the round: kind is a code, places are DOPA codes (or empty).

    ``covers`` are codes of tambons of the round. ``receives_team`` says whether the team of those tambons is
    handed to it: ``None`` leaves it open, and then the first local authority that covers a tambon receives it.
    ``manager`` is the executive who co-manages as Area Manager.
    """

    name_th: str
    kind: str
    province: str
    district: str = ""
    tambon: str = ""
    is_host: bool = False
    is_data_agency: bool = False
    data_capacity: int | None = None
    covers: tuple[str, ...] = ()
    receives_team: bool | None = None
    letter_to_th: str = ""
    address_th: str = ""
    telephone: str = ""
    email: str = ""
    manager: NewPerson | None = None
    manager_post: str = ""
