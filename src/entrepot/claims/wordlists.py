"""The word lists of the reader: CSV files in `data`, each row a word of a language with what it means."""

from __future__ import annotations

import csv
from functools import cache
from importlib.resources import files


@cache
def rows(table: str) -> list[dict[str, str]]:
    """The rows of `data/<table>.csv`; not to be changed, for they are read once a process."""
    text = files("entrepot.claims").joinpath("data", f"{table}.csv").read_text(encoding="utf-8")
    return list(csv.DictReader(text.splitlines()))
