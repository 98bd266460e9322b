"""Placement: one university, the nation, a resignation, the verifier; beside the best solvers there are."""
