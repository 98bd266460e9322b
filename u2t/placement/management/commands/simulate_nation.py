"""``manage.py simulate_nation``: draw a whole nation from a seed, place it, prove it, and say what it took."""

from __future__ import annotations

import json
import resource
import sys
from concurrent.futures import ProcessPoolExecutor
from dataclasses import replace
from multiprocessing import get_context
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import translation
from django.utils.translation import gettext as _

from u2t.matching import Rule
from u2t.matching.nation import (
    HOMES,
    Design,
    add_up,
    design_objections,
    draw_nation,
    listing,
    place,
    place_share,
    proving,
)
from u2t.matching.pool.compiled import numba_is_there
from u2t.matching.problem import ORDERS
from u2t.objections import Objection
from u2t.pages import words
from u2t.placement.actions.nation import country
from u2t.placement.management import tasking, telling
from u2t.placement.rules import nation as policies

DEMANDS = {"excess": (10, 3), "balanced": (1, 1), "shortage": (4, 5)}
"""Applicants for each seat, as a fraction: 200,000 for 60,000, as many as seats, and one in five missing."""

LARGE = 50_000
"""From so many applicants on the compiled kernel is worth its start."""


class Command(BaseCommand):
    help = "Draw institutions, tambons and applicants of a whole nation from a seed, place them and prove it."
    requires_system_checks = ()

    def add_arguments(self, parser: CommandParser) -> None:
        usual = Design()
        number: dict[str, Any] = {"type": int, "metavar": "N"}
        parser.add_argument("--seed", default=usual.seed, **number)
        parser.add_argument("--institutions", default=usual.institutions, **number)
        parser.add_argument("--tambons", default=usual.tambons, **number)
        parser.add_argument("--applicants", **number, help="default: by --demand")
        parser.add_argument("--demand", choices=DEMANDS, default="excess")
        parser.add_argument("--homes", choices=HOMES, default=usual.homes, help="how near applicants live")
        parser.add_argument("--order", choices=ORDERS, default="merit", help="what counts after filled seats")
        parser.add_argument("--score-weight", default=10, help="km a point is worth (weighted)", **number)
        parser.add_argument("--max-km", default=None, help="nobody is sent farther", **number)
        parser.add_argument("--backend", choices=("auto", "compiled", "kernel", "hub"), default="auto")
        parser.add_argument("--processes", default=1, help="processes of this machine", **number)
        parser.add_argument(
            "--tasks", action="store_true", help="queue it for the workers (needs the database)"
        )
        parser.add_argument("--workers", default=0, help="with --tasks: start so many workers", **number)
        parser.add_argument("--per-task", default=1, help="with --tasks: institutions a task", **number)
        parser.add_argument("--policies", action="store_true", help="compare several rules for these people")
        parser.add_argument("--certificate", type=Path, metavar="FILE", help="write what anybody can verify")
        parser.add_argument("--csv", type=Path, metavar="FILE", help="write the applicants and their seats")
        parser.add_argument("--json", action="store_true", help="figures for programs")
        parser.add_argument("--language", choices=("th", "en"), default=settings.LANGUAGE_CODE)

    def handle(self, *args: Any, **options: Any) -> None:
        with translation.override(options["language"]):
            design = self._design(options)
            refused = tuple(
                Objection(f"placement.{o.code.partition('.')[2]}", o.about) for o in design_objections(design)
            )
            if refused:
                raise CommandError("\n".join(words.say_all(refused)))
            if options["policies"]:
                self._policies(design, options)
                return
            backend = self._backend(design, options["backend"])
            if options["tasks"]:
                chosen = {name: options[name] for name in ("per_task", "workers")}
                took = tasking.run(design, backend=backend, note=self._note, **chosen)
            elif options["processes"] > 1:
                took = self._in_processes(design, backend, options["processes"])
            else:
                files = {name: options[name] for name in ("csv", "certificate") if options[name] is not None}
                took = self._here(design, backend, files)
            self._tell(design, took, as_json=options["json"])

    def _design(self, options: dict[str, Any]) -> Design:
        rule = replace(
            Rule(), order=options["order"], score_weight=options["score_weight"], max_km=options["max_km"]
        )
        design = Design(
            seed=options["seed"],
            institutions=options["institutions"],
            tambons=options["tambons"],
            homes=options["homes"],
            rule=rule,
        )
        more, less = DEMANDS[options["demand"]]
        usual = design.seats * more // less
        return replace(design, applicants=usual if options["applicants"] is None else options["applicants"])

    def _note(self, text: str) -> None:
        self.stderr.write(text)

    def _backend(self, design: Design, chosen: str) -> str:
        """The one for all shares, so that a small share does not choose another than a large one."""
        if chosen != "auto":
            return chosen
        if design.applicants < LARGE:
            return "hub"
        if numba_is_there():
            return "compiled"
        self._note(
            _("Without numba this takes about twenty times as long: pip install numba (extra 'nation').")
        )
        return "hub"

    def _here(self, design: Design, backend: str, files: dict[str, Path]) -> tasking.Took:
        """In this process; what is asked for besides is written to ``files``."""
        clock, codes = tasking.Clock(), country()
        # Loading a compiled kernel takes seconds whatever the size; it is told apart.
        place(draw_nation(replace(design, institutions=1, tambons=1, applicants=1), codes), backend)
        clock.stop("load")
        nation = draw_nation(design, codes)
        pool = nation.pool()
        clock.stop("draw")
        tally, found = place(nation, backend, pool)
        clock.stop("solve")
        for name, path in files.items():
            lines = listing.rows(nation, found) if name == "csv" else proving.lines(nation, pool, found)
            with path.open("w", encoding="utf-8", newline="\n") as file:
                file.writelines(lines)
            clock.stop(name)
        return tasking.Took(tally, clock.cpu, clock.wall, _peak())

    def _in_processes(self, design: Design, backend: str, processes: int) -> tasking.Took:
        """In several processes of this machine, each drawing and placing its own shares."""
        clock, codes = tasking.Clock(), country()
        many = design.institutions
        pieces = min(many, processes if backend == "compiled" else 4 * processes)
        shares = [(many * i // pieces, many * (i + 1) // pieces - many * i // pieces) for i in range(pieces)]
        with ProcessPoolExecutor(processes, mp_context=get_context("spawn")) as executor:
            waiting = [executor.submit(place_share, design, codes, *share, backend) for share in shares]
            tally = add_up(one.result()[0] for one in waiting)
        clock.stop("whole")
        spent = resource.getrusage(resource.RUSAGE_CHILDREN)
        cpu = {"whole": round(clock.cpu["whole"] + spent.ru_utime + spent.ru_stime, 4)}
        return tasking.Took(tally, cpu, clock.wall, _peak())

    def _tell(self, design: Design, took: tasking.Took, *, as_json: bool) -> None:
        if as_json:
            self.stdout.write(json.dumps({"design": design.to_json(), **took.to_json()}, ensure_ascii=False))
        else:
            for label, value in telling.lines(design, took):
                self.stdout.write(f"{label}: {value}")
        if not took.tally.proven:
            raise CommandError(_("This result is not proved."))

    def _policies(self, design: Design, options: dict[str, Any]) -> None:
        backend = self._backend(design, options["backend"])
        rows = policies.compare(draw_nation(design, country()), backend)
        if options["json"]:
            self.stdout.write(json.dumps([row.to_json() for row in rows], ensure_ascii=False))
            return
        for line in telling.table(rows):
            self.stdout.write(line)


def _peak() -> int:
    """The most memory that this process, or the largest of its children, has had, in MB."""
    unit = 2**20 if sys.platform == "darwin" else 2**10
    both = (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)
    return max(resource.getrusage(who).ru_maxrss for who in both) // unit
