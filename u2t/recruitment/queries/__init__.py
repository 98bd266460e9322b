"""Reads of recruitment, one module a stretch of the way."""
