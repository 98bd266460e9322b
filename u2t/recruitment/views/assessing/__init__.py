"""Pages of screening, duplicates and interviews."""
