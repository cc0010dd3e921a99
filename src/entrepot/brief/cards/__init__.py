"""The card of a figure in words."""
