"""Readers of publishers' list files: bytes in, rows under contract out. See docs/design/06-lists.md."""
