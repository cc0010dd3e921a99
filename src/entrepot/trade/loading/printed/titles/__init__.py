"""What the title of a printed sheet says of its figures."""
