"""Accuracy of placing addresses in a region under a measure, on addresses that the US lists print.

An address that names the region is in it. The name and the postcodes are struck out before it is asked, so that the
city alone has to tell; what is left of some is a street that stands in any town, and those are missed.
"""

from __future__ import annotations

import csv
import gzip
import re
from typing import TYPE_CHECKING

from entrepot.vocabulary.regions.find_place import find_place
from entrepot.vocabulary.regions.region_files import region
from screening import data

if TYPE_CHECKING:
    from collections.abc import Iterable

    from accuracy.floors import Figures
    from entrepot.vocabulary.regions.region import Region

XINJIANG = re.compile(r"xinjiang|xuar|uighur|uygh?ur|uyhgur", re.IGNORECASE)
XINJIANG_POSTCODE = re.compile(r"(?<!\d)8[34]\d{4}(?!\d)")
# Cities of Xinjiang that stand in an address without its name: read one by one on 2026-11-26, seven addresses.
ITS_CITIES = re.compile(r"urumqi|akesu|shihezi", re.IGNORECASE)
CRIMEA = re.compile("crimea", re.IGNORECASE)
CRIMEA_POSTCODE = re.compile(r"(?<!\d)(?:29[5-9]|9[5-9])\d{3}(?!\d)")


def xinjiang() -> Figures:
    """Addresses of the consolidated US lists, each of a cell that joins several."""
    path = data.shelf() / "data/lists/us_csl/us_lists_2022-05-05.csv.gz"
    with gzip.open(path, "rt", encoding="utf-8", newline="") as file:
        cells = {r["address"] for r in csv.DictReader(file)}
    parts = sorted({p.strip() for cell in cells for p in cell.split(";")})
    chinese = [p for p in parts if p.endswith(("CN", "China"))]
    inside = [p for p in chinese if XINJIANG.search(p)]
    rest = [p for p in chinese if not XINJIANG.search(p)]
    there, where = region("xinjiang"), "CN"
    abroad = [p for p in parts if p[-2:].isupper() and not p.endswith(("CN", "China"))]
    elsewhere = [(p, where) for p in rest if not ITS_CITIES.search(p)] + [(p, p[-2:]) for p in abroad]
    struck = [XINJIANG_POSTCODE.sub(" ", XINJIANG.sub(" ", p)) for p in inside]
    return {
        "found by name": _certain(there, ((p, where) for p in inside)),
        "found by the city alone": _certain(there, ((p, where) for p in struck)),
        "found by a city of an address without the name": _certain(
            there, ((p, where) for p in rest if ITS_CITIES.search(p))
        ),
        "flagged elsewhere": _flagged(there, elsewhere),
    }


def crimea() -> Figures:
    """Addresses of OFAC's programme on Crimea; those of Russia and of all other countries are elsewhere."""
    folder = data.shelf() / "data/lists/ofac_official_2021-07"
    with (folder / "sdn.csv").open(encoding="latin-1", newline="") as file:
        programme = {row[0] for row in csv.reader(file) if len(row) > 3 and "UKRAINE-EO13685" in row[3]}
    with (folder / "add.csv").open(encoding="latin-1", newline="") as file:
        rows = [[c.strip().replace("-0-", "") for c in row] for row in csv.reader(file) if len(row) > 4]
    listed = [(r[0], ", ".join(filter(None, r[2:4])), r[4]) for r in rows]
    inside = [
        (text, country)
        for entry, text, country in listed
        if entry in programme and (CRIMEA.search(text) or CRIMEA_POSTCODE.search(text))
    ]
    there = region("crimea")
    struck = [(CRIMEA_POSTCODE.sub(" ", CRIMEA.sub(" ", text)), country) for text, country in inside]
    elsewhere = [(text, country) for _, text, country in listed if country not in {"Ukraine", "Region: Crimea"}]
    return {
        "found by name": _certain(there, inside),
        "found by the city alone": _certain(there, struck),
        "flagged elsewhere": _flagged(there, elsewhere),
    }


def _certain(there: Region, addresses: Iterable[tuple[str, str]]) -> tuple[float, int]:
    found = [find_place(there, text, country=country) for text, country in addresses]
    return sum(f is not None and f.strength == "certain" for f in found) / len(found), len(found)


def _flagged(there: Region, addresses: Iterable[tuple[str, str]]) -> tuple[float, int]:
    found = [find_place(there, text, country=country) for text, country in addresses]
    return sum(f is not None for f in found) / len(found), len(found)


SETS = {"places/xinjiang": xinjiang, "places/crimea": crimea}
