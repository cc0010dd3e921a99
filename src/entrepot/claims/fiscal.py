"""Fiscal years in English: where one begins, and whose it is."""

from __future__ import annotations

import re


def start(m: re.Match[str]) -> int:
    """The calendar year in which the fiscal year of a match begins; group `f` is its year, `g` the second of two."""
    first = int(m["f"]) if len(m["f"]) > len("24") else 2000 + int(m["f"])
    return first if m["g"] else first - 1  # fiscal 2024 ends in 2024


def country(text: str) -> str:
    """Whose fiscal year a sentence means."""
    return "US" if re.search(r"\b(?:CBP|US|U\.S\.|UFLPA)\b", text) else "PK"
