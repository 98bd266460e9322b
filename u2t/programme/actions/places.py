"""Load provinces, districts and tambons from the tables of the Department of Provincial Administration."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import datetime
from typing import Any, NamedTuple

import geothai
from django.db import models, transaction

from u2t.audit import actions as audit
from u2t.programme.models import District, Province, Tambon
from u2t.thai import fold

_NAMES = ["name_th", "name_en"]


class Loaded(NamedTuple):
    """How many places there were to load."""

    provinces: int
    districts: int
    tambons: int


def load_places(*, at: datetime, by: Any = None, provinces: Collection[str] | None = None) -> Loaded:
    """Store the places of the whole country, or of the ``provinces`` given by two-digit code.

    Loading again mends names and adds what is new; it never takes a place away and keeps entered positions.
    """
    chosen = [p for p in geothai.provinces() if provinces is None or p.code in provinces]
    districts = [(p, d) for p in chosen for d in geothai.districts(p.code)]
    tambons = [(p, d, t) for p, d in districts for t in geothai.subdistricts(d.code)]
    with transaction.atomic():
        _store(
            Province, [Province(code=p.code, name_th=p.name_th, name_en=p.name_en) for p in chosen], _NAMES
        )
        _store(
            District,
            [
                District(code=d.code, name_th=d.name_th, name_en=d.name_en, province_id=p.code)
                for p, d in districts
            ],
            [*_NAMES, "province"],
        )
        _store(Tambon, (_tambon(p, d, t) for p, d, t in tambons), [*_NAMES, "district", "search_key"])
        loaded = Loaded(len(chosen), len(districts), len(tambons))
        audit.record(
            verb="programme.load_places", subject=Province(code="TH"), by=by, at=at, note=loaded._asdict()
        )
    return loaded


def _store(model: type[models.Model], rows: Iterable[models.Model], fields: list[str]) -> None:
    model._default_manager.bulk_create(
        rows, batch_size=500, update_conflicts=True, unique_fields=["code"], update_fields=fields
    )


def _tambon(province: Any, district: Any, tambon: Any) -> Tambon:
    return Tambon(
        code=tambon.code,
        name_th=tambon.name_th,
        name_en=tambon.name_en,
        district_id=district.code,
        search_key=search_key(tambon, district, province),
    )


def search_key(tambon: Any, district: Any, province: Any) -> str:
    """Every way in which the three names are usually written together, folded: one search finds all."""
    names = (tambon.name_th, district.name_th, province.name_th)
    ways = (
        tambon.code,
        "".join(names),
        "".join(f"{short}{name}" for short, name in zip(("ต", "อ", "จ"), names, strict=True)),
        "".join(f"{long}{name}" for long, name in zip(("ตำบล", "อำเภอ", "จังหวัด"), names, strict=True)),
        "".join((tambon.name_en, district.name_en, province.name_en)),
    )
    return "|".join(fold.fold(way) for way in ways)[:300]
