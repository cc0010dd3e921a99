"""Matches gathered into cases: what a person decides on."""
