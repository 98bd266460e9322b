"""Top of the house: the public front page, each role's home, search, demo data."""
