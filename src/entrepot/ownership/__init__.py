"""Shares held against listings: who is blocked by ownership, as an interval. See docs/design/39-ownership.md."""
