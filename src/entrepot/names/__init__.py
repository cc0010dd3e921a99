"""Parties and their names: normalising, transliteration, similarity."""
