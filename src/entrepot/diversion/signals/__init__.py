"""Signals of a scan: evidence, rivals, false discovery rates, findings."""
