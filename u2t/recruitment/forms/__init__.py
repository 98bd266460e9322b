"""What is typed in recruitment, cleaned."""
