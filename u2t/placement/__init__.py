"""Who goes where: runs, plans, adoption, later moves.

A *run* computes a plan and never changes anything; adopting it begins *engagements* (การจ้างในอัตรา: a person
in a slot from–to) and *leaderships* (lecturers who lead a tambon). A change by hand ends one and begins
another: history stays.
"""
