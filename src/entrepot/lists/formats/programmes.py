"""Programme codes that the lists seen so far carried."""

from __future__ import annotations

import csv
from functools import cache
from importlib.resources import files


@cache
def known_programmes(publisher: str) -> frozenset[str]:
    """The programme codes of a publisher (ofac, un) in the files that the readers were proven on."""
    text = files("entrepot.lists.formats").joinpath("data/programmes.csv").read_text(encoding="utf-8")
    return frozenset(r["programme"] for r in csv.DictReader(text.splitlines()) if r["publisher"] == publisher)
