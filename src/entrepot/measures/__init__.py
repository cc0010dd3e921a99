"""Sanctions and trade rules as dated data."""
