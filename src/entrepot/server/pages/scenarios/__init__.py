"""Scenarios in the browser: what a measure would do, chosen or written by controls."""
