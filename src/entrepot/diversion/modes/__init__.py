"""The ways of a scan: two legs, partners only, along a chain."""
