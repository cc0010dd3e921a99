"""Regions under a measure as data, and whether a text or a number places a party in one."""
