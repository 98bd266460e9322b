"""Benchmarks of recruitment: the selection beside its peers, and the last hour of a call."""
