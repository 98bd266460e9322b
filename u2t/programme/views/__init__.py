"""What is seen of the givens."""
