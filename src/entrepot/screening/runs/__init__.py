"""A screening from file to results: whole, in parts, taken up again, done again."""
