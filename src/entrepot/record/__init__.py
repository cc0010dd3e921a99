"""The record: one door to the tables of the rooms below."""
