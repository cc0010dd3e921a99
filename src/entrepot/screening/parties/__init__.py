"""Parties as a file holds them: which columns, which names, addresses and numbers in a cell."""
