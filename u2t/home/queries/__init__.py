"""Reads that need several stages at once, each in a constant number of queries."""
