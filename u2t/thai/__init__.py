"""What is particular to Thai papers: dates, digits, names, numbers of persons, money, places, search keys.

Pure functions without clock, settings or database. What cannot be understood comes back as a
:class:`u2t.thai.problem.Problem`, never as a guess and never as an exception.
"""
