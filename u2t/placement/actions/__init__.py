"""What can happen in placement: ``plans`` are computed and adopted, ``changes`` are made by hand."""

from u2t.placement.actions.changes import change_leader, left_objections, move, swap, unplace
from u2t.placement.actions.leaving import leave
from u2t.placement.actions.plans import adopt, ask_for_plan, begin_run, compute

__all__ = [
    "adopt",
    "ask_for_plan",
    "begin_run",
    "change_leader",
    "compute",
    "leave",
    "left_objections",
    "move",
    "swap",
    "unplace",
]
