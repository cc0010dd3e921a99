"""Verdicts: what there is to say of a party, as a row, in words, and what stands behind it."""
