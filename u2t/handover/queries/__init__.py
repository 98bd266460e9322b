"""Reads of handover.

``standing`` says how far every handover is and what lacks one; ``letters`` gathers what a letter says and prints;
``register`` reads the numbers.
"""
