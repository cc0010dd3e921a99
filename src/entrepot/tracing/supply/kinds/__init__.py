"""Kinds of tables of supply: which columns each has, and what a row of it says."""
