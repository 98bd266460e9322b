"""A study as it is read: the rules side by side, and what each part of each rule costs."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from u2t.objections import Objection
from u2t.placement import rules
from u2t.placement.models import Policy, Run, Study
from u2t.placement.queries import plans, policies
from u2t.placement.queries.problem import problem_for
from u2t.placement.rules import Figures, Measure
from u2t.placement.words import policies as words
from u2t.sheets import write

# A floor may be impossible in sixty tambons; nobody reads sixty sentences.
REASONS = 5


@dataclass(frozen=True)
class Column:
    """One rule with what it would give. ``refused`` says why no plan keeps it; both empty: not computed yet."""

    run: Run
    policy: Policy | None
    figures: Figures | None
    refused: tuple[Objection, ...]
    is_in_force: bool

    @property
    def name(self) -> str:
        return self.policy.name if self.policy else _("The rule in force")


@dataclass(frozen=True)
class Cell:
    """One figure of one rule in words; ``is_best`` among rules that differ in it."""

    column: Column
    text: str
    is_best: bool


@dataclass(frozen=True)
class Row:
    measure: Measure
    name: str
    cells: tuple[Cell, ...]


@dataclass(frozen=True)
class Cost:
    """What one part of a rule does: ``pays`` are the figures that are worse with it, ``gains`` the better ones.

    ``frees``: without it a plan is possible, with it none. ``is_open``: not computed yet.
    """

    name: str
    run: Run
    pays: tuple[str, ...]
    gains: tuple[str, ...]
    refused: tuple[Objection, ...]
    frees: bool
    is_open: bool

    @property
    def is_idle(self) -> bool:
        """It makes no difference to these people."""
        return not (self.pays or self.gains or self.refused or self.frees or self.is_open)


@dataclass(frozen=True)
class Compared:
    """A whole study. ``is_stale``: people, slots or offices have changed since, or the rule in force has."""

    study: Study
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    costs: tuple[tuple[Column, tuple[Cost, ...]], ...]
    done: int
    total: int
    is_stale: bool

    @property
    def is_finished(self) -> bool:
        return self.study.finished_at is not None

    @property
    def has_figures(self) -> bool:
        return any(column.figures for column in self.columns)


def compared(study: Study) -> Compared:
    """The study read from its runs: two queries, and those that read the round to see whether it has changed."""
    runs = list(Run.objects.filter(study=study).defer("plan").select_related("policy__round", "round"))
    runs.sort(key=lambda run: run.number)
    now = plans.rule_of_round(study.round)
    columns = tuple(_column(run, now) for run in runs if not run.variant)
    skills = {skill.code: skill.name for skill in study.round.skills.all()}
    costs = tuple((column, tuple(_costs(column, runs, skills))) for column in columns)
    return Compared(
        study=study,
        columns=columns,
        rows=tuple(_rows(columns)),
        costs=costs,
        done=sum(policies.is_settled(run) for run in runs),
        total=len(runs),
        is_stale=_is_stale(study, columns),
    )


def _column(run: Run, now: Any) -> Column:
    return Column(run, run.policy, _figures(run), _refused(run), plans.rule_of_run(run) == now)


def _figures(run: Run) -> Figures | None:
    figures = (run.summary or {}).get("figures")
    return Figures.from_json(figures) if figures else None


def _refused(run: Run) -> tuple[Objection, ...]:
    why = (run.summary or {}).get("refused", ())
    found = [Objection(one["code"], one["about"]) for one in why]
    more = (
        [Objection("placement.more_reasons", {"count": len(found) - REASONS})] if len(found) > REASONS else []
    )
    return (*found[:REASONS], *more)


def _rows(columns: Sequence[Column]) -> Iterable[Row]:
    figures = [column.figures for column in columns]
    known = next((one for one in figures if one), None)
    for measure in rules.MEASURES:
        values = [measure.value(one) if one else None for one in figures]
        if not measure.in_table or not any(value is not None for value in values):
            continue
        best = rules.best_of(measure, figures)
        texts = [words.value_said(measure, value) for value in values]
        # Whoever reads the same number twice must not read "best" beside only one of them.
        shown = {texts[place] for place in best} if len(set(texts)) > 1 else set()
        cells = tuple(Cell(column, text, text in shown) for column, text in zip(columns, texts, strict=True))
        yield Row(measure, words.measure_name(measure, known), cells)


def _costs(column: Column, runs: Sequence[Run], skills: dict[str, str]) -> Iterable[Cost]:
    """What each part does; of a rule that no plan keeps only the parts that stand in the way."""
    for run in runs:
        if run.variant and run.policy_id == column.run.policy_id:
            cost = _cost(run, column, skills)
            if cost.frees or cost.is_open or not column.refused:
                yield cost


def _cost(run: Run, column: Column, skills: dict[str, str]) -> Cost:
    figures, whole = _figures(run), column.figures
    effects = words.seen(rules.effects_of(whole, figures)) if whole and figures else []
    return Cost(
        name=words.part_name(run.variant, skills),
        run=run,
        pays=tuple(words.effect_said(one, whole) for one in effects if one.is_cost),
        gains=tuple(words.effect_said(one, whole) for one in effects if not one.is_cost),
        refused=() if column.refused else _refused(run),
        frees=bool(column.refused and figures),
        is_open=not policies.is_settled(run),
    )


def _is_stale(study: Study, columns: Sequence[Column]) -> bool:
    given = {column.run.summary["given"] for column in columns if column.figures and column.run.summary}
    if not given:
        return False
    return given != {plans.given_digest(problem_for(study.round))} or not any(c.is_in_force for c in columns)


def run_name(run: Run, skills: dict[str, str]) -> str:
    """What a run of a study computes, in words."""
    name = run.policy.name if run.policy else _("The rule in force")
    if not run.variant:
        return name
    return _("%(rule)s, without: %(part)s") % {"rule": name, "part": words.part_name(run.variant, skills)}


def latest(round_studies: Sequence[Study]) -> Study | None:
    """The study whose figures stand on the page of rules: the newest that has come to an end."""
    return next((study for study in round_studies if study.finished_at), None)


def table_of(study: Compared, kind: str) -> bytes:
    """The rules side by side as a file, ``kind`` is ``xlsx`` or ``csv``: one row a rule, one column a figure."""
    header = [_("Rule"), *(row.name for row in study.rows), _("Remark")]
    lines = [
        [
            column.name,
            *(_cell(row.measure, column.figures) for row in study.rows),
            _("No plan keeps this rule") if column.refused else "",
        ]
        for column in study.columns
    ]
    if kind == "csv":
        return write.csv_bytes(header, lines)
    return write.xlsx_bytes(header, lines, sheet=_("Placement rules"))


def _cell(measure: Measure, figures: Figures | None) -> float | int | None:
    value = measure.value(figures) if figures else None
    if value is None or isinstance(value, int):
        return value
    return round(float(100 * value if measure.unit == "share" else value), 2)
