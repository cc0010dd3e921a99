"""Writes the panels of flows that lie in the package: `python scripts/demo_panels.py SHELF`.

SHELF holds the files as their publishers made them (`../shared/data/trade`). What is written is sorted and packed
without a time of day, so the same files give the same bytes.
"""

from __future__ import annotations

import csv
import gzip
import io
import re
import sys
from collections.abc import Iterable, Iterator
from datetime import date
from pathlib import Path

import polars as pl

from entrepot.trade.contract import PANEL_FLOWS
from entrepot.vocabulary import countries
from entrepot.vocabulary.groups import members

DATA = Path(__file__).parents[1] / "src" / "entrepot" / "trade" / "data"
Row = tuple[str, str, str, str, float, str]  # exporter, importer, product, period, value, source

# Goods of solar modules, from silicon on, as the tariff of the United States counts them.
SOLAR = ("280461", "381800", "854142", "854143")
APPAREL = ("313", "314", "315")
# Names of Eurostat's files that no table of names has; what is in brackets is cut off first.
EUROSTAT = {
    "Belarus": "BY",
    "Biélorussie": "BY",
    "Congo, Democratic Republic of": "CD",
    "Congo, République démocratique du": "CD",
    "Corée, République de": "KR",
    "Corée, République populaire démocratique de": "KP",
    "Korea, Democratic People’s Republic of": "KP",
    "Korea, Republic of": "KR",
    "Côte d’Ivoire": "CI",
    "Lao People’s Democratic Republic": "LA",
    "République démocratique populaire lao": "LA",
    "Moldavie, République de": "MD",
    "Occupied Palestinian Territory": "PS",
    "Territoire palestinien occupé": "PS",
    "Russian Federation": "RU",
    "Russie, Fédération de": "RU",
    "République arabe syrienne": "SY",
    "Syrian Arab Republic": "SY",
    "Tanzanie, République unie de": "TZ",
    "Saint Helena, Ascension and Tristan da Cunha": "SH",
    "Sainte-Hélène, Ascension et Tristan da Cunha": "SH",
    "Saint-Christophe-et-Nevis": "KN",
    "St Kitts and Nevis": "KN",
    "St Pierre and Miquelon": "PM",
    "St Vincent and the Grenadines": "VC",
    "Holy See": "VA",
    "Saint-Siège": "VA",
    "Sint-Maarten": "SX",
    "Virgin Islands, United States": "VI",
    "Virgin Islands, British": "VG",
    "Wallis and Futuna": "WF",
    "Iles Vierges britanniques": "VG",
    "Iles Turks-et-Caïcos": "TC",
    "Falkland Islands": "FK",
    "Iles Falkland": "FK",
    "Cocos Islands": "CC",
    "Iles Cocos": "CC",
    "Iles Heard et McDonald": "HM",
    "Heard Island and McDonald Islands": "HM",
    "South Georgia and South Sandwich Islands": "GS",
    "Iles Géorgie du Sud et Sandwich du Sud": "GS",
}
# The file of 2016 has Guinée and, among French names, Guinea; that it is Guinea-Bissau, without a row, is not said.
UNCLEAR, TWICE = ("Guinea",), ("Guinée",)
KOSOVO = "XKX"  # ISO lists none; Eurostat and the World Bank write so
# Places of Eurostat's files that are no partners of a customs territory: groups, seas, stores, places not told.
NO_PARTNER = re.compile(
    r"extra|intra|not specified|non précisés|non déterminés|stores|avitaillement|high seas|haute mer|"
    r"ceuta|melilla",
    re.IGNORECASE,
)


def main(shelf: Path) -> None:
    """Write every panel and say how many rows each has."""
    for name, rows in (
        ("panel_us_naics3.csv.gz", us_naics3(shelf)),
        ("panel_us_solar_2024.csv.gz", us_solar(shelf)),
        ("panel_eu_exports.csv.gz", eu_exports(shelf)),
    ):
        print(name, *written(DATA / name, rows))


def written(path: Path, rows: Iterable[Row]) -> tuple[int, int]:
    """Rows and bytes of a panel that is written."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(PANEL_FLOWS.names)
    found = sorted(rows)
    writer.writerows((*row[:4], f"{row[4]:.0f}", row[5]) for row in found)
    path.write_bytes(gzip.compress(out.getvalue().encode(), 9, mtime=0))
    return len(found), path.stat().st_size


def us_naics3(shelf: Path) -> Iterator[Row]:
    """US imports for consumption of textiles and apparel, a row a country and month; the total as +WLD."""
    frame = pl.read_parquet(shelf / "us_imports_naics3_monthly_2013_2025.parquet")
    for r in frame.filter(pl.col("NAICS").is_in(APPAREL)).iter_rows(named=True):
        place = "+WLD" if r["CTY_NAME"].startswith("TOTAL") else _alpha3(r["CTY_NAME"])
        if place:
            yield place, "USA", f"NAICS {r['NAICS']}", f"{r['time']:%Y-%m}", r["imports"], "s-census-imports-naics3"


def us_solar(shelf: Path) -> Iterator[Row]:
    """US imports for consumption in 2024 of the goods of `SOLAR`, a row a country and line of ten digits."""
    with gzip.open(shelf / "us_imports_uflpa_goods_hts10_2024.csv.gz", "rt", encoding="utf-8") as file:
        for r in csv.DictReader(file):
            place = "+EU27" if r["country"] == "EUROPEAN UNION" else _alpha3(r["country"])
            if place and r["hts10"].startswith(SOLAR):
                yield place, "USA", r["hts10"], "2024", float(r["value_usd"]), "s-census-imports-hts10"


def eu_exports(shelf: Path) -> Iterator[Row]:
    """Exports of the EU of 27 to each partner by year, in euros as printed."""
    for path in sorted((shelf / "eurostat_yearly_as_downloaded").glob("*.csv")):
        union = set(members("EU", date(2023, 1, 1)))
        with path.open(encoding="utf-8-sig") as file:
            rows = list(csv.DictReader(file))
            unclear = UNCLEAR if any(r["PARTNER"] in TWICE for r in rows) else ()
            for r in rows:
                place = "" if r["PARTNER"] in unclear else _eurostat(r["PARTNER"])
                if place and place not in union and r["VALUE_IN_EUR"].strip(" :"):
                    year = path.stem[-4:]
                    yield "+EU27", place, "TOTAL", year, float(r["VALUE_IN_EUR"]), "s-eurostat-eu27-exports"


def _eurostat(name: str) -> str:
    if NO_PARTNER.search(name):
        return ""
    bare = re.sub(r"\s*\(.*", "", name).strip()
    code = EUROSTAT.get(bare) or countries.code_of(name) or countries.code_of(bare)
    if not code:
        print("not a place that is known:", name)
    if code == "XK":
        return KOSOVO
    return countries.alpha3(code) if code else ""


def _alpha3(name: str) -> str:
    code = countries.code_of(name)
    return countries.alpha3(code) if code else ""


if __name__ == "__main__":
    main(Path(sys.argv[1] if len(sys.argv) > 1 else "../shared/data/trade"))
