"""What is typed in orientation, cleaned."""
