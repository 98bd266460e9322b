"""What is true of placement: values in, values out. ``slots`` and who holds them, ``policies`` as rules under a
name."""

from u2t.placement.rules.policies import rule_of
from u2t.placement.rules.slots import (
    Lead,
    Move,
    Place,
    Standing,
    Tally,
    assumed_room,
    hundredths,
    lead_objections,
    move_objections,
)

__all__ = [
    "Lead",
    "Move",
    "Place",
    "Standing",
    "Tally",
    "assumed_room",
    "hundredths",
    "lead_objections",
    "move_objections",
    "rule_of",
]
