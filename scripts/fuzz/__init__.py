"""Damaged files given to every reader of the product: see docs/design/32-fuzzing.md."""
