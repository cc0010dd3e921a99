"""Figures, dates and numbering of a text, one mention each."""
