"""What is seen of placement."""
