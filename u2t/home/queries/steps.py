"""How far a round has come, step by step, and what to do next."""

from __future__ import annotations

from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _

from u2t.agencies.models import Coverage
from u2t.handover.queries import standing
from u2t.home.queries.briefing import Briefing
from u2t.placement.models import Run
from u2t.placement.queries.taking_part import taking_part
from u2t.programme.models import Round


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
    return [*_rosters(figures, runs), _placing(figures), *_handing_over(figures.round)]


def _rosters(figures: Briefing, runs: bool) -> list[Step]:
    round = figures.round
    hosted = Coverage.objects.filter(tambon__in=taking_part(round), is_main=True).count()
    wanted = figures.tambons * round.leaders_per_tambon
    rows = [
        (_("Tambons of the round"), figures.tambons, figures.tambons, "home:tambons", _("import their list")),
        (
            _("Host agency for every tambon"),
            hosted,
            figures.tambons,
            "home:tambons",
            _("import the agencies"),
        ),
        (_("Lecturers"), figures.lecturers, wanted, "home:lecturers", _("import their list")),
        (
            _("Workers for every slot"),
            figures.workers,
            figures.slots,
            "home:workers",
            _("import the people hired"),
        ),
    ]
    return [
        Step(label, done, total, reverse("rosters:rosters" if runs else listed, args=[round.code]), hint)
        for label, done, total, listed, hint in rows
    ]


def _placing(figures: Briefing) -> Step:
    round = figures.round
    adopted = Run.objects.filter(round=round, adopted_at__isnull=False).exists()
    hint = _("adopt or correct the plan") if adopted else _("compute a plan and adopt it")
    url = reverse("placement:placement", args=[round.code])
    return Step(_("Slots filled"), figures.placed, figures.slots, url, hint)


def _handing_over(round: Round) -> list[Step]:
    numbers = standing.handover_numbers(round)
    dated = standing.wanted(round).filter(handed_on__isnull=False).count()
    url = reverse("handover:handovers", args=[round.code])
    rows = [
        (_("Handover dates set"), dated, _("set the dates")),
        (_("Letters issued"), numbers.letters, _("issue the letters")),
        (_("Handed over"), numbers.done, _("note what was handed over")),
    ]
    return [Step(label, done, numbers.total, url, hint) for label, done, hint in rows]
