"""Derives names/data/lexicon.json.gz: all spellings of the word tables in Latin letters, which take long to work out.

Run: python scripts/lexicon.py

After a change of legal_forms.csv, words.csv, places.csv, the readings of Chinese characters or the places of a region
that is read in names, and after a change of code that reads them.
"""

from __future__ import annotations

import gzip
import json
from pathlib import Path
from typing import TYPE_CHECKING

from entrepot.names.reading import carried, lexicon

if TYPE_CHECKING:
    from entrepot.names.reading.lexicon import Entry

FILE = Path(__file__).parent.parent / "src/entrepot/names/data" / carried.FILE


def text() -> str:
    """The file, worked out from the tables: an entry a line."""
    table = lexicon.worked_out()
    spellings: dict[Entry, list[str]] = {}
    for spelling, entry in table.items():
        spellings.setdefault(entry, []).append(spelling)
    said = {
        "source": "scripts/lexicon.py, from the tables beside it and the places of regions in names",
        "of": carried.tables(),
        "typed": " ".join(lexicon.typed_of(table)),
    }
    head = json.dumps(said, indent=0).removesuffix("\n}")
    lines = [json.dumps([e.role, e.meaning, e.weight, e.also, e.sort, "|".join(s)]) for e, s in spellings.items()]
    return head + ',\n"entries": [\n' + ",\n".join(lines) + "\n]\n}\n"


if __name__ == "__main__":
    FILE.write_bytes(gzip.compress(text().encode("utf-8"), 9, mtime=0))
