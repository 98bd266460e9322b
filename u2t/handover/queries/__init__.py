"""Reads of handover.

``standing`` says how far every handover is and what lacks one; ``letters`` gathers what a letter says, what was
issued, and what is printed.
"""
