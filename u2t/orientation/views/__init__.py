"""Pages of orientation."""
