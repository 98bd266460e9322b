"""Who has a pass, and what stands on a badge."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import date
from pathlib import Path

from django.conf import settings
from django.db.models import OuterRef, Prefetch, QuerySet, Subquery
from django.utils.translation import override

from u2t.letters import badges, fonts
from u2t.orientation.models import Pass
from u2t.people.models import Worker
from u2t.people.queries import workers as found_workers
from u2t.programme.models import Round, RoundTambon, Tambon


def without_pass(round: Round) -> list[Worker]:
    """Everybody who works in the round and has no pass in force, by number."""
    have = Pass.objects.filter(worker__round=round, revoked_at=None).values("worker")
    return list(Worker.objects.current().filter(round=round).exclude(pk__in=have).order_by("number"))


def pass_of(worker: Worker) -> Pass | None:
    """The pass in force."""
    return Pass.objects.filter(worker=worker, revoked_at=None).first()


def pass_by(token: str) -> Pass | None:
    """The pass in force with this token, with its worker and round."""
    found = Pass.objects.filter(token=token.replace("\x00", ""), revoked_at=None, worker__left_on=None)
    return found.select_related("worker__round__institution", "worker__person").first()


def workers(round: Round, *, text: str = "", tambon: str = "", having: str = "") -> QuerySet[Worker]:
    """People of the round by number with ``passed_at``, when their pass in force was issued, or ``None``."""
    own = Pass.objects.filter(worker=OuterRef("pk"), revoked_at=None).values("issued_at")[:1]
    found = (
        found_workers(round, text)
        .filter(left_on=None)
        .select_related(
            "person",
            "category",
            "round",
            "fixed_tambon__tambon__district__province",
            "home_tambon__district__province",
        )
        .annotate(passed_at=Subquery(own))
        .order_by("number")
    )
    if tambon:
        found = in_tambon(found, tambon)
    if having:
        found = found.filter(passed_at__isnull=having == "no")
    return found


def in_tambon(found: QuerySet[Worker], code: str) -> QuerySet[Worker]:
    """Those selected for the tambon, or who live there where selection has decided no tambon."""
    return found.filter(fixed_tambon__tambon_id=code) | found.filter(fixed_tambon=None, home_tambon_id=code)


def tambons(round: Round) -> list[Tambon]:
    """The tambons of the round, to choose from."""
    rows = RoundTambon.objects.filter(round=round).with_places()
    return [row.tambon for row in rows]


def tambon_of(worker: Worker) -> Tambon | None:
    """The tambon for which selection has chosen the worker, else where the worker lives."""
    return worker.fixed_tambon.tambon if worker.fixed_tambon_id else worker.home_tambon


def badge_sheets(
    round: Round,
    chosen: QuerySet[Worker],
    *,
    address: str,
    on: date,
    progress: Callable[[int], None] | None = None,
) -> bytes:
    """Badges of those of ``chosen`` who have a pass, as PDF; ``address`` is that of a pass up to its token.

    Raises ``ValueError`` where nobody has one.
    """
    own = Pass.objects.filter(revoked_at=None)
    rows = chosen.filter(passed_at__isnull=False).prefetch_related(
        Prefetch("passes", queryset=own, to_attr="current_passes")
    )
    with override("th"):
        return badges.render(
            _badges(rows, address),
            folder=fonts.prepare(Path(settings.FONTS_DIR)),
            head=round.name_th,
            foot="แสดงรหัสนี้ที่จุดลงทะเบียน",
            on=on,
            progress=progress,
        )


def _badges(rows: Iterable[Worker], address: str) -> Sequence[badges.Badge]:
    return [
        badges.Badge(
            name=worker.person.full_name,
            place=place.full_name if (place := tambon_of(worker)) else "",
            kind=worker.category.name_th,
            number=f"ลำดับที่ {worker.number}",
            code=f"{address}{worker.current_passes[0].token}",
        )
        for worker in rows
    ]
