"""Host agencies (หน่วยงานภาคี) and data agencies: kinds, coverage, capacity, Area Managers (AM).

An agency is an organization; a tambon is a place. Which tambons an agency serves is its *coverage*: one
tambon may have two local authorities, one municipality may cover several tambons.
"""
