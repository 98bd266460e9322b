"""What can happen in orientation; the only writers."""
