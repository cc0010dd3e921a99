"""Rows that are parts of one flow by what they are called, added up."""
