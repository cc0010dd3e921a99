"""Planted truth in real panels, and what detection makes of it."""
