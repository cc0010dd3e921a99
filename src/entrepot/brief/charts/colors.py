"""Colours of all charts."""

from __future__ import annotations

INK, MUTED, ACCENT, SECOND, HOLLOW = "#1d2733", "#6b7785", "#0b6e75", "#b4531f", "#a9c6c9"
