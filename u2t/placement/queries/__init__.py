"""Reads of placement.

``teams`` says who is where, ``figures`` how full everything is, ``problem`` turns tables into the engine's
values, ``plans`` shows a stored plan.
"""
