"""Parties against listings."""
