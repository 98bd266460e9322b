"""What is seen of people and accounts."""
