"""Take agencies into a round, a whole roster at once."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.db import transaction

from u2t.agencies.actions.register import search_key
from u2t.agencies.models import Agency, Contact, Coverage, Kind, Participation
from u2t.agencies.newcomers import NewAgency
from u2t.audit import actions as audit
from u2t.objections import Objection, refuse_if
from u2t.pages.declare import allow
from u2t.people.actions import hiring
from u2t.programme import permissions
from u2t.programme.models import District, Province, Round, RoundTambon, Tambon
from u2t.thai import fold

Key = tuple[str, str]


def add_agencies(*, round: Round, agencies: Sequence[NewAgency], by: Any, at: datetime) -> int:
    """Enter all of them in the register and in the round or, with every objection, none; answers how many.

    An agency that the institution already has under this name in the province is used as it is stored and only
    takes part in this round as well. Of several hosts that cover a tambon, one receives the team: the one that
    says so, else the first local authority.
    """
    allow(by is None or permissions.may_run_round(by, round))
    with transaction.atomic():
        kinds = {kind.code: kind for kind in Kind.objects.all()}
        tambons = dict(RoundTambon.objects.filter(round=round).values_list("tambon_id", "pk"))
        refuse_if(_objections(agencies, kinds, tambons))
        keys = _stored_agencies(round, agencies, kinds)
        there = set(Participation.objects.filter(round=round).values_list("agency_id", flat=True))
        refuse_if(
            Objection("agencies.already_in_round", {"agency": new.name_th})
            for new, key in zip(agencies, keys, strict=True)
            if key in there
        )
        parts = Participation.objects.bulk_create(
            Participation(
                round=round,
                agency_id=key,
                is_host=new.is_host,
                is_data_agency=new.is_data_agency,
                data_capacity=new.data_capacity if new.is_data_agency else None,
            )
            for new, key in zip(agencies, keys, strict=True)
        )
        _cover(round, agencies, parts, kinds, tambons)
        _add_managers(agencies, keys)
        note = {"count": len(agencies)}
        audit.record(
            verb="agencies.add_agencies", subject=round, by=by, at=at, round_code=round.code, note=note
        )
    return len(agencies)


def _objections(
    agencies: Sequence[NewAgency], kinds: dict[str, Kind], tambons: dict[str, int]
) -> list[Objection]:
    found = []
    for new in agencies:
        if new.kind not in kinds:
            found.append(Objection("agencies.unknown_kind", {"agency": new.name_th, "kind": new.kind}))
        if not (new.is_host or new.is_data_agency):
            found.append(Objection("agencies.no_part", {"agency": new.name_th}))
        for code in new.covers:
            if code not in tambons:
                about = {"agency": new.name_th, "code": code}
                found.append(Objection("agencies.tambon_not_in_round", about))
    return found


def _stored_agencies(round: Round, agencies: Sequence[NewAgency], kinds: dict[str, Kind]) -> list[int]:
    """Primary keys in order; agencies that the register does not have are entered."""
    register = Agency.objects.filter(institution_id=round.institution_id).order_by()
    known: dict[Key, int] = {
        (province, fold.fold(name)): key
        for key, province, name in register.values_list("pk", "province_id", "name_th")
    }
    fresh: dict[Key, Agency] = {}
    for new in agencies:
        key = (new.province, fold.fold(new.name_th))
        if key not in known and key not in fresh:
            fresh[key] = Agency(
                institution_id=round.institution_id,
                name_th=new.name_th,
                kind=kinds[new.kind],
                province_id=new.province,
                district_id=new.district or None,
                tambon_id=new.tambon or None,
                letter_to_th=new.letter_to_th,
                address_th=new.address_th,
                telephone=new.telephone,
                email=new.email,
            )
    _keep_search_keys(list(fresh.values()))
    stored = Agency.objects.bulk_create(fresh.values())
    known.update((key, agency.pk) for key, agency in zip(fresh, stored, strict=True))
    return [known[new.province, fold.fold(new.name_th)] for new in agencies]


def _keep_search_keys(agencies: Sequence[Agency]) -> None:
    """Three questions for the names of all places; codes of provinces, districts and tambons never meet."""
    names: dict[str, str] = {}
    for model, field in ((Tambon, "tambon_id"), (District, "district_id"), (Province, "province_id")):
        codes = {code for agency in agencies if (code := getattr(agency, field))}
        names.update(model.objects.filter(pk__in=codes).order_by().values_list("code", "name_th"))
    for agency in agencies:
        places = [names[c] for c in (agency.tambon_id, agency.district_id, agency.province_id) if c in names]
        agency.search_key = search_key(agency.name_th, places, agency.letter_to_th)


def _cover(
    round: Round,
    agencies: Sequence[NewAgency],
    parts: list[Participation],
    kinds: dict[str, Kind],
    tambons: dict[str, int],
) -> None:
    has_receiver = set(
        Coverage.objects.filter(participation__round=round, is_main=True).values_list(
            "tambon__tambon_id", flat=True
        )
    )
    receiver: dict[str, int] = {}
    hosts = [(new, part) for new, part in zip(agencies, parts, strict=True) if new.is_host]
    for is_wanted in (
        lambda new: new.receives_team is True,
        lambda new: new.receives_team is None and kinds[new.kind].is_local_authority,
    ):
        for new, part in hosts:
            for code in new.covers:
                if code not in has_receiver and is_wanted(new):
                    receiver.setdefault(code, part.pk)
    Coverage.objects.bulk_create(
        Coverage(participation=part, tambon_id=tambons[code], is_main=receiver.get(code) == part.pk)
        for new, part in hosts
        for code in dict.fromkeys(new.covers)
    )


def _add_managers(agencies: Sequence[NewAgency], keys: list[int]) -> None:
    """Contacts for the executives; somebody who is a contact there under the same name already stays that."""
    named = [(new, key) for new, key in zip(agencies, keys, strict=True) if new.manager is not None]
    there = {
        (agency, fold.fold(f"{given}{surname}"))
        for agency, given, surname in Contact.objects.filter(agency_id__in=keys, ended_at=None).values_list(
            "agency_id", "person__given_name", "person__surname"
        )
    }
    wanted = [
        (new.manager, new.manager_post, key)
        for new, key in named
        if new.manager and (key, fold.fold(new.manager.given_name + new.manager.surname)) not in there
    ]
    persons = hiring.store_persons([person for person, _, _ in wanted])
    Contact.objects.bulk_create(
        Contact(agency_id=key, person_id=person, post_th=post, is_area_manager=True)
        for person, (_, post, key) in zip(persons, wanted, strict=True)
    )
