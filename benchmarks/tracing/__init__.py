"""Tracing by size: invented worlds of supply, the work that is timed, and the same by peers."""
