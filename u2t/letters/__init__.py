"""Official letters and their lists, from values to PDF; knows no database and no framework.

* :mod:`letter` — what a letter says: ``Letter`` and its parts;
* :mod:`wording` — an officer's sentences with ``{field}`` places, filled without running them;
* :mod:`checking` — everything that stands against printing a letter;
* :mod:`press` — ``render`` (many letters, one PDF) and ``render_each`` (a PDF for each);
* :mod:`fonts` — the typeface, made ready at set-up for letters and for the web;
* :mod:`words`, :mod:`setting`, :mod:`joining` — where lines may break, how they are cut, how PDFs are joined.

Promises: the text layer is letter for letter what was put in; the same letters give the same bytes; nothing that is
put in is ever read as source; a character that the typeface lacks is an objection, never a gap.
"""
