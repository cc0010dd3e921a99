"""Places of one's own: those that rows of one's own are of and the record does not hold.

A place that is not on record is a slip of the pen until a row says what sort of place it is. It lies in no table of its
own: the rows carry it, and it goes with the last of them. See docs/design/44-a-record-of-ones-own.md.
"""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING, Any

from entrepot.core.ids import digest
from entrepot.core.words.translate import tr

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

BEGINS = "own-"  # of their ids
# The sorts of places that an observation tells apart; whatever is none of the others is a region.
KINDS = ("crossing", "port", "corridor", "country_pair", "programme", "region")
_SHORTEST = 3  # letters and digits of a name that make an id: of fewer it is made of a hash

Place = dict[str, Any]


def place_of(name: str, kind: str) -> Place:
    """A place of one's own as the cells of a place on record."""
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().casefold()
    slug = re.sub(r"[^a-z0-9]+", "-", plain).strip("-")
    known = slug if len(slug) >= _SHORTEST else digest(name.casefold(), 8)
    return {"place_id": f"{BEGINS}{known}", "name": name, "kind": kind}


def is_own(place_id: object) -> bool:
    """Whether a place is one of one's own, by its id."""
    return str(place_id).startswith(BEGINS)


def by_name(places: Iterable[Place]) -> dict[str, Place]:
    """Places by their ids and their names, in small letters."""
    held = list(places)
    return {p["name"].casefold(): p for p in held} | {p["place_id"]: p for p in held}


def held_in(rows: Iterable[Mapping[str, Any]]) -> list[Place]:
    """The places of one's own that rows are of, each once."""
    found: dict[str, Place] = {}
    for row in rows:
        if is_own(row["place_id"]):
            place = {"place_id": row["place_id"], "name": row["place"], "kind": row["place_type"]}
            found.setdefault(str(row["place_id"]), place)
    return list(found.values())


def on_record(rows: Iterable[Mapping[str, Any]], mark: str) -> list[dict[str, object]]:
    """The same as rows of the table of places, each with the source of the first row that is of it."""
    held = list(rows)
    sources: dict[object, object] = {}
    for row in held:
        sources.setdefault(row["place_id"], row["source_id"])
    return [{**p, "source_id": sources[p["place_id"]], "note": mark} for p in held_in(held)]


def kinds_in_words() -> str:
    """How a row says that a place is one of its own."""
    return tr("or, of a place of your own, place_kind: {kinds}", kinds=", ".join(KINDS))
