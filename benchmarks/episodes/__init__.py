"""Invented episodes: trade of invented places in which a measure moves some of it, and what a scan makes of them."""
