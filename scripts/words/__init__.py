"""The catalogue of every sentence for people, and what the code says past it."""
