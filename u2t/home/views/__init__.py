"""Pages that bring the stages together."""
