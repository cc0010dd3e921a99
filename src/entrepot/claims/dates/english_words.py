"""Words and patterns that dates in English are made of."""

from __future__ import annotations

import re

from entrepot.claims.dates.date_patterns import one_of
from entrepot.claims.wordlists import rows

_ROWS = [r for r in rows("periods") if r["language"] == "en"]
MONTHS = {r["word"]: int(r["value"]) for r in _ROWS if r["kind"] == "month"}
DAYS = {r["word"]: int(r["value"]) for r in _ROWS if r["kind"] == "weekday"}
ORDINALS = {r["word"]: int(r["value"]) for r in _ROWS if r["kind"] == "ordinal"}
COUNTS = {r["word"]: int(r["value"]) for r in _ROWS if r["kind"] == "count"} | {str(n): n for n in range(2, 12)}
HOLIDAYS = {r["word"]: r["value"] for r in _ROWS if r["kind"] == "holiday"}
M = rf"(?:{one_of(MONTHS)})\.?"
Y = r"(?:19|20)\d{2}"
D = r"\d{1,2}(?:st|nd|rd|th)?"
FISCAL = rf"(?:fiscal(?: year)?|FY)\s?\(?(?P<f>{Y}|\d{{2}})(?:[-–/](?P<g>\d{{2,4}}))?"


def month_of(word: str) -> int:
    """The number of a month."""
    return MONTHS[word.lower().rstrip(".")]


def digits(word: str) -> int:
    """The number that the digits of a word make: 3rd."""
    return int(re.sub(r"\D", "", word))
