"""Findings made into a report."""
