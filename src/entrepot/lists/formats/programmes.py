"""Programme codes that the lists seen so far carried."""

from __future__ import annotations

from functools import cache

from entrepot.core.tables.packaged import packaged_rows
from entrepot.lists.contract import PROGRAMMES


@cache
def known_programmes(publisher: str) -> frozenset[str]:
    """The programme codes of a publisher (ofac, un) in the files that the readers were proven on."""
    return frozenset(r["programme"] for r in packaged_rows(PROGRAMMES) if r["publisher"] == publisher)
