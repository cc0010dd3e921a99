"""Invented papers of chains with planted faults, written apart from the rules that look for them."""
