"""Damaged files given to every reader of the product: see docs/design/34-fuzzing.md."""
