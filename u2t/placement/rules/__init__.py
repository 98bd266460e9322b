"""What is true of placement: values in, values out. ``slots`` and who holds them, ``policies`` as rules under a
name, ``figures`` by which plans are laid beside each other."""

from u2t.placement.rules.figures import MEASURES, Effect, Figures, Measure, best_of, effects_of, figures_of
from u2t.placement.rules.policies import parts_of, policy_json, rule_objections, rule_of, unreadable, without
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
    "MEASURES",
    "Effect",
    "Figures",
    "Lead",
    "Measure",
    "Move",
    "Place",
    "Standing",
    "Tally",
    "assumed_room",
    "best_of",
    "effects_of",
    "figures_of",
    "hundredths",
    "lead_objections",
    "move_objections",
    "parts_of",
    "policy_json",
    "rule_objections",
    "rule_of",
    "unreadable",
    "without",
]
