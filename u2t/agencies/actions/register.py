"""The register of agencies, entered by hand: kinds, agencies, what they do in a round."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import datetime
from typing import Any

from django.db import transaction

from u2t.agencies import permissions, usual
from u2t.agencies.models import Agency, Coverage, Kind, Participation
from u2t.audit import actions as audit
from u2t.objections import Objection, Refused, refuse_if
from u2t.pages.declare import allow
from u2t.programme import permissions as programme
from u2t.programme.models import District, Institution, Round, RoundTambon, Tambon
from u2t.thai import fold

ROOM_AT_MOST = 999
TEXT_FIELDS = ("letter_to_th", "address_th", "telephone", "email")


def load_kinds(*, at: datetime, by: Any = None) -> None:
    """Enter the programme's usual kinds where they are missing; existing ones keep their names."""
    allow(by is None)
    with transaction.atomic():
        Kind.objects.bulk_create(
            (Kind(**row._asdict(), position=position) for position, row in enumerate(usual.KINDS)),
            ignore_conflicts=True,
        )
        first = Kind.objects.order_by("position").first()
        assert first is not None
        audit.record(verb="agencies.load_kinds", subject=first, by=by, at=at)


def add_agency(
    *,
    institution: Institution,
    name_th: str,
    kind: Kind,
    province: str,
    district: str = "",
    tambon: str = "",
    by: Any,
    at: datetime,
    **texts: str,
) -> Agency:
    """Register an agency at a place given by DOPA codes; ``texts`` are :data:`TEXT_FIELDS`."""
    allow(by is None or permissions.may_register(by, institution))
    agency = Agency(institution=institution, name_th=" ".join(name_th.split()), kind=kind)
    with transaction.atomic():
        _fill(agency, province, district, tambon, texts)
        agency.save()
        _record("add_agency", agency, by, at)
    return agency


def change_agency(
    *,
    agency: Agency,
    name_th: str,
    kind: Kind,
    province: str,
    district: str = "",
    tambon: str = "",
    by: Any,
    at: datetime,
    **texts: str,
) -> None:
    """Change what the register says of an agency; texts not given stay as they are."""
    allow(by is None or permissions.may_change_agency(by, agency))
    with transaction.atomic():
        before = {"name": agency.name_th, "letter_to": agency.letter_to_th}
        agency.name_th, agency.kind = " ".join(name_th.split()), kind
        _fill(agency, province, district, tambon, texts)
        agency.save()
        _record("change_agency", agency, by, at, {"before": before})


def _fill(agency: Agency, province: str, district: str, tambon: str, texts: dict[str, str]) -> None:
    unknown = set(texts) - set(TEXT_FIELDS)
    if unknown:
        raise TypeError(f"not texts of an agency: {sorted(unknown)}")
    found = _place_objections(province, district, tambon)
    if not agency.name_th:
        found.append(Objection("agencies.name_missing", {}, "name_th"))
    same = Agency.objects.filter(
        institution=agency.institution, province_id=province, name_th=agency.name_th
    ).exclude(pk=agency.pk)
    if same.exists():
        found.append(Objection("agencies.name_taken", {"name": agency.name_th}, "name_th"))
    refuse_if(found)
    agency.province_id, agency.district_id, agency.tambon_id = province, district or None, tambon or None
    for name, value in texts.items():
        setattr(agency, name, value.strip())
    agency.search_key = _search_key(agency)


def _place_objections(province: str, district: str, tambon: str) -> list[Objection]:
    """A district lies in its province and a tambon in its district, by their codes."""
    found = []
    if district and not District.objects.filter(code=district, province_id=province).exists():
        found.append(Objection("agencies.district_elsewhere", {"code": district}, "district"))
    if tambon and not (district and Tambon.objects.filter(code=tambon, district_id=district).exists()):
        found.append(Objection("agencies.tambon_elsewhere", {"code": tambon}, "tambon"))
    return found


def _search_key(agency: Agency) -> str:
    places = [p.name_th for p in (agency.tambon, agency.district, agency.province) if p is not None]
    return search_key(agency.name_th, places, agency.letter_to_th)


def search_key(name: str, places: Iterable[str], letter_to: str) -> str:
    """An agency is found by its name, its places and whom its letters go to."""
    return "|".join(fold.fold(text) for text in (name, " ".join(places), letter_to))[:400]


def take_part(
    *,
    round: Round,
    agency: Agency,
    is_host: bool,
    is_data_agency: bool,
    data_capacity: int | None = None,
    by: Any,
    at: datetime,
) -> Participation:
    """Let an agency take part in a round, or change as what; room that is not known is ``None``, not zero."""
    allow(by is None or programme.may_run_round(by, round))
    with transaction.atomic():
        found = []
        if agency.institution_id != round.institution_id:
            found.append(Objection("agencies.other_institution", {"agency": agency.name_th}))
        if not (is_host or is_data_agency):
            found.append(Objection("agencies.takes_no_part", {}, "is_host"))
        if data_capacity is not None and not 0 <= data_capacity <= ROOM_AT_MOST:
            found.append(Objection("agencies.room_out_of_range", {"most": ROOM_AT_MOST}, "data_capacity"))
        if data_capacity is not None and not is_data_agency:
            found.append(Objection("agencies.room_without_data", {}, "data_capacity"))
        now = Participation.objects.filter(round=round, agency=agency).first()
        if now and not is_host and now.coverage.exists():
            found.append(Objection("agencies.still_covers", {"count": now.coverage.count()}, "is_host"))
        refuse_if(found)
        values = {"is_host": is_host, "is_data_agency": is_data_agency, "data_capacity": data_capacity}
        participation, _ = Participation.objects.update_or_create(round=round, agency=agency, defaults=values)
        _record("take_part", agency, by, at, values, round.code)
    return participation


def set_coverage(*, participation: Participation, tambons: Collection[str], by: Any, at: datetime) -> None:
    """Say which tambons of the round (six-digit codes) a host serves; it stays main host where it was."""
    round = participation.round
    allow(by is None or programme.may_run_round(by, round))
    with transaction.atomic():
        known = {t.tambon_id: t for t in RoundTambon.objects.filter(round=round)}
        found = [
            Objection("agencies.tambon_not_in_round", {"code": code}) for code in tambons if code not in known
        ]
        if tambons and not participation.is_host:
            found.append(Objection("agencies.not_host", {"agency": participation.agency.name_th}))
        refuse_if(found)
        wanted = {known[code].pk for code in tambons}
        participation.coverage.exclude(tambon_id__in=wanted).delete()
        kept = set(participation.coverage.values_list("tambon_id", flat=True))
        Coverage.objects.bulk_create(
            Coverage(participation=participation, tambon_id=pk) for pk in sorted(wanted - kept)
        )
        _record("set_coverage", participation.agency, by, at, {"tambons": sorted(tambons)}, round.code)


def set_main_host(*, tambon: RoundTambon, participation: Participation, by: Any, at: datetime) -> None:
    """Let a host receive the tambon's team instead of whoever did so far."""
    allow(by is None or programme.may_run_round(by, tambon.round))
    with transaction.atomic():
        mine = Coverage.objects.filter(participation=participation, tambon=tambon).first()
        if mine is None:
            about = {"agency": participation.agency.name_th, "tambon": str(tambon)}
            raise Refused([Objection("agencies.does_not_cover", about)])
        Coverage.objects.filter(tambon=tambon, is_main=True).update(is_main=False)
        Coverage.objects.filter(pk=mine.pk).update(is_main=True)
        note = {"tambon": tambon.tambon_id}
        _record("set_main_host", participation.agency, by, at, note, tambon.round.code)


def change_part(
    *,
    round: Round,
    agency: Agency,
    is_host: bool,
    is_data_agency: bool,
    data_capacity: int | None,
    covers: Collection[str],
    receives: Collection[str],
    by: Any,
    at: datetime,
) -> None:
    """Everything about an agency in a round at once, all or nothing.

    ``covers`` and ``receives`` are codes of the round's tambons: those it serves and those whose team is handed
    to it. A tambon that it no longer receives has no main host until another agency takes it.
    """
    allow(by is None or programme.may_run_round(by, round))
    with transaction.atomic():
        # One at a time: two agencies may want the same tambon's team, and placement reads who has room.
        Round.objects.select_for_update().get(pk=round.pk)
        refuse_if(
            Objection("agencies.receives_uncovered", {"code": code}, "receives")
            for code in sorted(set(receives) - set(covers))
        )
        now = (
            Participation.objects.filter(round=round, agency=agency).select_related("agency", "round").first()
        )
        if now and not is_host:
            set_coverage(participation=now, tambons=covers, by=by, at=at)
        values = {"is_host": is_host, "is_data_agency": is_data_agency, "data_capacity": data_capacity}
        part = take_part(round=round, agency=agency, **values, by=by, at=at)
        set_coverage(participation=part, tambons=covers, by=by, at=at)
        part.coverage.filter(is_main=True).exclude(tambon__tambon__in=list(receives)).update(is_main=False)
        for row in part.coverage.filter(tambon__tambon__in=list(receives), is_main=False):
            set_main_host(tambon=row.tambon, participation=part, by=by, at=at)


def _record(
    verb: str, agency: Agency, by: Any, at: datetime, note: dict[str, Any] | None = None, round_code: str = ""
) -> None:
    audit.record(verb=f"agencies.{verb}", subject=agency, by=by, at=at, note=note, round_code=round_code)
