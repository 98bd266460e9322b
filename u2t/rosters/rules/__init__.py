"""What a roster may hold, and what is wrong with one: pure, from bytes and known facts to newcomers and findings.

``checking.check`` is the whole way; ``workers``, ``lecturers``, ``agencies`` and ``tambons`` each say their
columns (``layout``), what stands against their rows, and what the rows come to (``newcomers``).
"""
