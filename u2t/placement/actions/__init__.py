"""What can happen in placement: ``plans`` are computed and adopted, ``changes`` are made by hand."""

from u2t.placement.actions.changes import change_leader, left_objections, move, swap, unplace
from u2t.placement.actions.holds import hold, hold_leader, release, release_leader, release_ticked
from u2t.placement.actions.leaving import leave
from u2t.placement.actions.plans import adopt, ask_for_plan, begin_run, compute, discard
from u2t.placement.actions.policies import (
    ask_for_study,
    begin_study,
    compute_of_study,
    finish_study,
    make_policy,
    put_policy_aside,
)
from u2t.placement.actions.refills import drop_tambon, refill_place

__all__ = [
    "adopt",
    "ask_for_plan",
    "ask_for_study",
    "begin_run",
    "begin_study",
    "change_leader",
    "compute",
    "compute_of_study",
    "discard",
    "drop_tambon",
    "finish_study",
    "hold",
    "hold_leader",
    "leave",
    "left_objections",
    "make_policy",
    "move",
    "put_policy_aside",
    "refill_place",
    "release",
    "release_leader",
    "release_ticked",
    "swap",
    "unplace",
]
