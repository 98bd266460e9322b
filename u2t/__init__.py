"""University to Tambon: from hired people to handed-over teams, one chain of records."""
