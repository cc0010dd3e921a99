"""Mirrors before and after a day: what is compared, and what of a difference is more than chance."""
