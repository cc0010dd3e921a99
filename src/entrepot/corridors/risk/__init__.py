"""Attacks and closures as a dated hazard of each corridor, and the hours that they cost a route."""
