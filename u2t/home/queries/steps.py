"""How far a round has come, step by step, and what to do next."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Count, Q
from django.urls import reverse
from django.utils.translation import gettext as _

from u2t.agencies.models import Coverage
from u2t.handover.models import Handover
from u2t.home.queries.briefing import Briefing
from u2t.placement.models import Run


@dataclass(frozen=True)
class Step:
    """One step of the main job: how many of how many, and where it is done."""

    label: str
    done: int
    total: int
    url: str
    hint: str = ""

    @property
    def is_done(self) -> bool:
        return bool(self.total) and self.done >= self.total

    @property
    def is_begun(self) -> bool:
        return self.done > 0


def steps(figures: Briefing, *, runs: bool) -> list[Step]:
    """The main job of a round in order; a constant number of queries beside the figures themselves.

    Steps lead to where they are done for whoever ``runs`` the round, to the list of their results for others.
    """
    round = figures.round
    handovers = Handover.objects.filter(round=round).aggregate(
        all=Count("id"),
        dated=Count("id", filter=Q(handed_on__isnull=False)),
        lettered=Count("id", filter=Q(letters__isnull=False, letters__cancelled_at=None), distinct=True),
        done=Count("id", filter=Q(done_at__isnull=False)),
    )
    hosted = Coverage.objects.filter(tambon__round=round, is_main=True).count()
    adopted = Run.objects.filter(round=round, adopted_at__isnull=False).exists()

    def where(listed: str) -> str:
        return reverse("rosters:rosters" if runs else listed, args=[round.code])

    placement = reverse("placement:placement", args=[round.code])
    handover = reverse("handover:handovers", args=[round.code])
    return [
        Step(
            _("Tambons of the round"),
            figures.tambons,
            max(figures.tambons, 1),
            where("home:tambons"),
            _("import their list"),
        ),
        Step(
            _("Host agency for every tambon"),
            hosted,
            max(figures.tambons, 1),
            where("home:tambons"),
            _("import the agencies"),
        ),
        Step(
            _("Lecturers"),
            figures.lecturers,
            max(figures.tambons * round.leaders_per_tambon, 1),
            where("home:lecturers"),
            _("import their list"),
        ),
        Step(
            _("Workers for every slot"),
            figures.workers,
            max(figures.slots, 1),
            where("home:workers"),
            _("import the people hired"),
        ),
        Step(
            _("Slots filled"),
            figures.placed,
            max(figures.slots, 1),
            placement,
            _("adopt or correct the plan") if adopted else _("compute a plan and adopt it"),
        ),
        Step(
            _("Handover dates set"),
            handovers["dated"],
            max(handovers["all"], 1),
            handover,
            _("set the dates"),
        ),
        Step(
            _("Letters issued"),
            handovers["lettered"],
            max(handovers["all"], 1),
            handover,
            _("issue the letters"),
        ),
        Step(
            _("Handed over"),
            handovers["done"],
            max(handovers["all"], 1),
            handover,
            _("note what was handed over"),
        ),
    ]
