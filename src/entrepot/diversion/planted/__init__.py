"""Planted truth: real flows with diversion of known size put into them, and with what only looks like it."""
