"""Flows made ready for a scan: read, grouped, recoded, cut into windows and legs."""
