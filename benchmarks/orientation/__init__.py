"""Measures of orientation."""
