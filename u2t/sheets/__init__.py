"""Spreadsheets as people really send them: read safely into located, typed rows, and written safely.

``reading.read`` makes bytes a :class:`workbook.Workbook`; ``tables.read_table`` finds the header and makes
every cell a value or a :class:`u2t.thai.problem.Problem`; ``report.Report`` gathers what was found;
``write`` makes templates and exports. Nothing here knows what the rows mean; nothing here raises on bad input
but :class:`workbook.Unreadable`.
"""
