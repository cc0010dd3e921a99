"""BACI of CEPII: one balanced figure of both sides' reports, a file a year (t, i, j, k, v, q).

Values are thousands of current dollars FOB, quantities tonnes (CEPII, BACI, "Description of the variables",
https://www.cepii.fr/CEPII/en/bdd_modele/bdd_modele_item.asp?id=37). The numbers of countries are Comtrade's; the list
`country_codes_V....csv` beside the files names them where it is there.
"""

from __future__ import annotations

import csv
import re
from typing import TYPE_CHECKING

from entrepot.core.words.translate import tr
from entrepot.trade.formats import by_key, key, our_columns
from entrepot.trade.loading.codes import mapped
from entrepot.trade.loading.draft import Draft
from entrepot.trade.loading.faults import EXAMPLE
from entrepot.vocabulary import partners

if TYPE_CHECKING:
    import polars as pl

    from entrepot.trade.loading.faults import Faults
    from entrepot.trade.loading.opening import Opened

_COLUMNS = {"t": "period", "i": "exporter", "j": "importer", "k": "product", "v": "value", "q": "net_kg"}
_FIVE = r"^\d{5}$"  # a code of six digits whose first, a zero, is not written


def fits(keys: frozenset[str]) -> bool:
    """Whether this is the heading of BACI."""
    return keys >= _COLUMNS.keys()


def draft(opened: Opened, faults: Faults) -> Draft:
    """BACI's columns under our names; the vintage stands in the name of its files (BACI_HS17_Y2020_V202401b.csv)."""
    names = by_key(opened.heading)
    for heading in (h for k, h in names.items() if k not in _COLUMNS):
        faults.column("unread_column", f"column {heading!r} is not read")
    frame = opened.frame.select(our_columns({ours: names[k] for k, ours in _COLUMNS.items()}))
    listed = _countries(opened.beside)
    for side in ("exporter", "importer"):
        frame = mapped(frame, side, lambda n: listed.get(n.strip().lstrip("0"), "") or n)
    frame = _six_digits(frame, faults)
    vintage = re.search(r"_HS(\d\d)_", opened.name)
    constants = {
        "valuation": "FOB",
        "hs_vintage": f"HS{vintage[1]}" if vintage else "unknown",
        "status": "estimated",
    }
    return Draft(frame, constants, scale={"value": 1000.0, "net_kg": 1000.0}, balanced="BACI")


def _six_digits(frame: pl.DataFrame, faults: Faults) -> pl.DataFrame:
    """Codes with the zero that a spreadsheet or a table of numbers took: those of BACI have six digits, all of them."""
    import polars as pl

    code = pl.col("product").cast(pl.String()).str.strip_chars().str.replace(r"\.0$", "")
    frame = frame.with_columns(code.alias("product"))
    short = frame.filter(pl.col("product").str.contains(_FIVE))
    if not short.height:
        return frame
    what = tr("product {example}: an odd number of digits; its leading zero put back", example=EXAMPLE)
    faults.add("unreadable", short["row"], what, "converted", repr(short["product"][0]))
    faults.losses.zeroed.update("0" + one for one in short["product"].unique())
    return frame.with_columns(pl.col("product").str.replace(_FIVE, "0$0"))


def _countries(beside: dict[str, bytes]) -> dict[str, str]:
    """Number to our code, from the list that CEPII ships; what we do not know stays its number."""
    found: dict[str, str] = {}
    for data in beside.values():
        for row in csv.DictReader(data.decode("utf-8-sig", errors="replace").splitlines()):
            cells = {key(k or ""): str(v or "") for k, v in row.items()}
            number = cells.get("countrycode", "").lstrip("0")
            printed = (cells.get("countryiso3") or cells.get("iso3digitalpha") or "", cells.get("countryname") or "")
            code = next((c for c in map(partners.code_of, printed) if c), "")
            if number and code:
                found[number] = code
    return found
