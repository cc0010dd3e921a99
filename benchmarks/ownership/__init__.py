"""Ownership: the rule said plainly, and worlds of a million companies."""
