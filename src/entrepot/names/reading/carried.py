"""What follows from the word tables and takes long to work out, carried in a file: data/lexicon.json.gz.

It holds the spellings in Latin letters of all words, places and legal forms, and the words that may be misspelt. It is
written by scripts/lexicon.py and counts only beside the very tables that it was worked out from: their hash stands in
it. Beside others it is passed over, and what it would say is worked out anew, which takes longer and gives the same.
"""

from __future__ import annotations

import gzip
import json
from functools import cache
from typing import Any

from entrepot.core.ids import digest
from entrepot.core.tables.packaged import packaged_content
from entrepot.vocabulary.regions import in_names

FILE = "lexicon.json.gz"  # packed: 0.7 MB unpacked, and a plain install has none to spare
# Words, places and forms; and the tables by which their Chinese is read as pinyin, and pinyin is known.
WORKED_OUT_FROM = ("legal_forms.csv", "words.csv", "places.csv", "han_readings.csv.gz",
                   "han_phrases.csv.gz", "han_simplified.csv.gz", "pinyin_syllables.csv")  # fmt: skip


@cache
def carried() -> dict[str, Any] | None:
    """What the file holds; None where it was worked out from other tables than these.

    Returns:
        `entries`, a list each: role, meaning, weight, further meanings, sort, and the spellings, `|` between;
        `typed`, the words that may be misspelt, a space between.
    """
    held: dict[str, Any] = json.loads(gzip.decompress(packaged_content("entrepot.names", FILE)))
    return held if held["of"] == tables() else None


def tables() -> str:
    """The hash of the tables as they lie in the package."""
    pieces = [packaged_content("entrepot.names", name) for name in WORKED_OUT_FROM]
    pieces += [packaged_content("entrepot.vocabulary.regions", name) for name in in_names.made_of()]
    return digest(piece for one in pieces for piece in (f"{len(one)}\0", one))
