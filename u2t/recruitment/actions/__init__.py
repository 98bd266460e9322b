"""What can happen in recruitment; the only writers."""
