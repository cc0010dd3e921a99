"""The chapters of a brief; each is a function from a `Context` to a `Chapter`, or None where it does not apply."""
