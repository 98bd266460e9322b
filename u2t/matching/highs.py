"""The one door to HiGHS: linear and integer programs given column by column."""

from __future__ import annotations

from dataclasses import dataclass

import highspy
import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]


@dataclass(frozen=True)
class Columns:
    """Columns with their costs; ``start`` has one entry more than there are columns."""

    cost: Floats
    start: Ints
    index: Ints
    value: Floats

    def joined(self, more: Columns) -> Columns:
        """Both, these first."""
        return Columns(
            np.concatenate([self.cost, more.cost]),
            np.concatenate([self.start, self.start[-1] + more.start[1:]]),
            np.concatenate([self.index, more.index]),
            np.concatenate([self.value, more.value]),
        )


@dataclass(frozen=True)
class Answer:
    """Values of columns, dual values of rows, the objective; ``found`` is false if there are none."""

    found: bool
    objective: float
    column: Floats
    row_dual: Floats


class LinearProgram:
    """A program that can be solved again after columns were added; all columns are at least 0."""

    def __init__(self, columns: Columns, lower: Floats, upper: Floats) -> None:
        self._solver = _quiet()
        self._solver.setOptionValue("presolve", "off")
        self._solver.passModel(_model(columns, lower, upper))

    def add(self, columns: Columns) -> None:
        """Append columns."""
        count = len(columns.cost)
        self._solver.addCols(
            count, columns.cost, np.zeros(count), np.full(count, highspy.kHighsInf), len(columns.index),
            columns.start[:-1].astype(np.int32), columns.index.astype(np.int32), columns.value,
        )  # fmt: skip

    def solve(self) -> Answer:
        """The optimum."""
        self._solver.run()
        return _answer(self._solver)


def solve_whole(columns: Columns, lower: Floats, upper: Floats, target: float, nodes: int) -> Answer:
    """Best whole solution found within so many nodes, or the first that is not above ``target``."""
    solver = _quiet()
    for option, value in {"mip_rel_gap": 0.0, "mip_abs_gap": 0.5, "mip_max_nodes": nodes}.items():
        solver.setOptionValue(option, value)
    solver.setOptionValue("objective_target", target)
    model = _model(columns, lower, upper)
    model.integrality_ = [highspy.HighsVarType.kInteger] * len(columns.cost)
    solver.passModel(model)
    solver.run()
    return _answer(solver)


def _quiet() -> highspy.Highs:
    solver = highspy.Highs()
    solver.silent()
    solver.setOptionValue("threads", 1)
    return solver


def _model(columns: Columns, lower: Floats, upper: Floats) -> highspy.HighsLp:
    model = highspy.HighsLp()
    model.num_col_, model.num_row_ = len(columns.cost), len(lower)
    model.col_cost_ = columns.cost
    model.col_lower_ = np.zeros(len(columns.cost))
    model.col_upper_ = np.full(len(columns.cost), highspy.kHighsInf)
    model.row_lower_, model.row_upper_ = lower, upper
    model.a_matrix_.format_ = highspy.MatrixFormat.kColwise
    model.a_matrix_.start_ = columns.start.astype(np.int32)
    model.a_matrix_.index_ = columns.index.astype(np.int32)
    model.a_matrix_.value_ = columns.value
    return model


def _answer(solver: highspy.Highs) -> Answer:
    found = solver.getInfo().primal_solution_status == 2
    solution = solver.getSolution()
    objective = solver.getInfo().objective_function_value
    return Answer(found, float(objective), np.array(solution.col_value), np.array(solution.row_dual))
