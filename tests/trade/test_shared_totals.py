"""Every file of flows on the data shelf adds up to what it holds: by year and by unit, beside sums of the test's own.

The sums are made with the csv module, openpyxl and Arrow straight from the files. What is not in the loaded table has
to be what the load says it set aside: as many rows, and the share of the value by reason.
"""

import csv
import gzip
from collections import defaultdict
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import pyarrow.compute as pc
import pytest

from entrepot.core.errors import BadInputError
from entrepot.core.periods import parse
from entrepot.trade.loading import flow_file
from entrepot.trade.loading.printed.printed_periods import period_of
from entrepot.vocabulary import currencies

MAPS = Path(__file__).parent / "maps"
MOST_LINES = 10  # of a map, for a file as its publisher made it
NEAR = 1e-9  # sums of a million doubles in another order


@dataclass(frozen=True)
class Sheet:
    """A file of the shelf: its map, the column of its period, and what each column of figures counts."""

    name: str
    units: dict[str, str]  # USD, EUR, kg, … to the heading
    period: str = ""  # heading, or the one period of the file behind an equals sign
    map: str = ""
    read: str = "csv"
    foreign: bool = False  # whether it has codes that are none of the HS


SHEETS = (
    Sheet("comtrade_hs2_partner_selected_reporters.csv.gz", {"USD": "value_usd"}, "year"),
    Sheet("ember_china_solar_exports_monthly.csv.gz", {"USD": "Amount (USD)", "kg": "Amount (kg)"}, "Date"),
    Sheet("eu_exports_sanctioned_cn8_monthly_2020_2022.csv.gz", {"EUR": "value_eur"}, "month", "eu_sanctioned_cn8"),
    Sheet("two_leg_panel.csv.gz", {"USD": "value_usd", "kg": "net_kg"}, "period", foreign=True),
    Sheet(
        "us_exports_to_vietnam_hs10_monthly.parquet", {"USD": "ALL_VAL_MO"}, "time", "us_exports_hs10", "parquet", True
    ),
    Sheet(
        "us_imports_naics3_monthly_2013_2025.parquet", {"USD": "imports"}, "time", "us_imports_naics3", "parquet", True
    ),
    Sheet("us_imports_uflpa_goods_hts10_2024.csv.gz", {"USD": "value_usd"}, "=2024", "us_imports_hts10"),
    Sheet("eurostat_cn8_spreadsheet_as_downloaded.xlsx", {"EUR": ""}, read="book"),
    *(
        Sheet(f"eurostat_yearly_as_downloaded/eu27_exports_{year}.csv", {"EUR": "VALUE_IN_EUR"}, f"={year}")
        for year in range(2015, 2024)
    ),
)


def rows_of(path, sheet):
    """The rows of a file: period as ours, and the figure of each unit, 0 for a blank cell."""
    if sheet.read == "book":
        yield from cells_of(path)
        return
    if sheet.read == "parquet":
        import pyarrow.parquet as pq

        printed = pq.read_table(path, columns=[sheet.period, *sheet.units.values()]).to_pylist()
    else:
        yield from lines_of(path, sheet)
        return
    for row in printed:
        yield str(row[sheet.period])[:7], {u: float(row[h]) for u, h in sheet.units.items()}


def lines_of(path, sheet):
    """The rows of a CSV."""
    with (gzip.open if path.suffix == ".gz" else open)(path, "rt", encoding="utf-8-sig", newline="") as handle:
        lines = csv.reader(handle)
        heading = next(lines)
        units = {unit: heading.index(name) for unit, name in sheet.units.items()}
        when = None if sheet.period.startswith("=") else heading.index(sheet.period)
        for line in lines:
            figures = {unit: float(line[at]) if line[at] else 0.0 for unit, at in units.items()}
            yield sheet.period[1:] if when is None else line[when][:7], figures


def cells_of(path):
    """The figures of Eurostat's workbook: a row of periods, and under the labels a row a pair of countries."""
    import openpyxl

    for sheet in openpyxl.load_workbook(path, read_only=True).worksheets:
        sheet.reset_dimensions()
        periods = ()
        for row in sheet.iter_rows(values_only=True):
            if row[:1] == ("TIME",):
                periods = tuple(str(c or "") for c in row)
            elif periods and len(row) > 2 and row[0] and row[1] and not str(row[0]).startswith(("FREQ", "REPORTER")):
                figures = [(p, c) for p, c in zip(periods, row, strict=False) if isinstance(c, int | float)]
                yield from ((period, {"EUR": float(value)}) for period, value in figures)


def sums_of(path, sheet):
    """Rows, and year to unit to sum; euros in dollars at the mean rate of each period."""
    by_period, rows = defaultdict(lambda: defaultdict(float)), 0
    for period, figures in rows_of(path, sheet):
        rows += 1
        for unit, value in figures.items():
            by_period[period][unit] += value
    by_year = defaultdict(lambda: defaultdict(float))
    for period, units in by_period.items():
        for unit, value in units.items():
            rate = currencies.mean_rate("EUR", "USD", parse(period_of(period))).value if unit == "EUR" else 1.0
            by_year[period[:4]]["USD" if unit == "EUR" else unit] += value * rate
    return rows, {year: dict(units) for year, units in by_year.items()}


def of_the_file(table):
    """Without the rests of totals, which are rows that no file has."""
    return table.filter(pc.invert(pc.ends_with(table["product"], "~")))


def loaded_sums(table):
    by_year = defaultdict(lambda: defaultdict(float))
    table = of_the_file(table)
    sums = table.group_by("period").aggregate([("value_usd", "sum"), ("net_kg", "sum")])
    for row in sums.to_pylist():
        by_year[row["period"][:4]]["USD"] += row["value_usd_sum"] or 0
        by_year[row["period"][:4]]["kg"] += row["net_kg_sum"] or 0
    return by_year


@cache
def read(path, name):
    """A file of the shelf as it is loaded; one of them serves two tests."""
    return flow_file.read_flows(path, mapping=MAPS / f"{name}.toml" if name else None)


def emptied_weights(path, sheet, loaded):
    """Year to the kilograms of rows whose weight the load emptied, by the numbers of rows that the fault names."""
    found = [f for f in loaded.faults.to_pylist() if (f["kind"], f["done"]) == ("unit_suspect", "set_aside")]
    assert all(f["count"] == len(f["rows"]) for f in found)  # all are named, so they can be looked up
    numbers = {int(n) for f in found for n in f["rows"]}
    lost = defaultdict(float)
    for number, (period, figures) in enumerate(rows_of(path, sheet), 1):
        if number in numbers:
            lost[period[:4]] += figures["kg"]
    return lost


@pytest.mark.shared
@pytest.mark.parametrize(
    "sheet",
    [pytest.param(s, marks=pytest.mark.slow if s.read == "book" else ()) for s in SHEETS],  # openpyxl reads it twice
    ids=[s.name.rpartition("/")[2].partition(".")[0] for s in SHEETS],
)
@pytest.mark.filterwarnings("ignore:Workbook contains no default style")
def test_totals_are_those_of_the_file(shared, sheet):
    path = shared / "data/trade" / sheet.name
    if sheet.map:
        assert len((MAPS / f"{sheet.map}.toml").read_text(encoding="utf-8").splitlines()) <= MOST_LINES
    loaded = read(path, sheet.map)
    rows, printed = sums_of(path, sheet)
    ours, lost = loaded_sums(loaded.table), loaded.losses.of()
    assert of_the_file(loaded.table).num_rows + sum(one.rows for one in lost) == rows
    emptied = emptied_weights(path, sheet, loaded) if "kg" in sheet.units else {}
    for year, units in printed.items():
        aside = sum(one.share for one in lost) * units["USD"]  # a file that loses anything here is of one year
        assert not lost or len(printed) == 1
        assert ours[year]["USD"] + aside == pytest.approx(units["USD"], rel=NEAR, abs=1e-6)
        if "kg" in units:
            assert ours[year]["kg"] + emptied.get(year, 0) == pytest.approx(units["kg"], rel=NEAR)
    assert {*printed} == {*ours}
    assert ("not_hs" in loaded.faults["kind"].to_pylist()) == sheet.foreign


@pytest.mark.shared
def test_the_growth_of_exports_of_the_european_union_is_the_published_one(shared):
    """Growth from 2021 to 2022 as the data shelf's page prints it, in euros."""
    folder = shared / "data/trade/eurostat_yearly_as_downloaded"
    loaded = flow_file.load([folder / f"eu27_exports_{y}.csv" for y in (2021, 2022)])
    euros = {
        (r["importer"], r["period"]): r["value_usd"] / currencies.mean_rate("EUR", "USD", parse(r["period"])).value
        for r in loaded.table.to_pylist()
    }
    growth = {c: round(100 * (euros[c, "2022"] / euros[c, "2021"] - 1), 1) for c in ("KGZ", "ARM", "TTO", "KAZ", "UZB")}
    assert growth == {"KGZ": 344.8, "ARM": 148.9, "TTO": 122.6, "KAZ": 88.6, "UZB": 63.8}


@pytest.mark.shared
def test_headings_that_are_sums_of_codes_are_not_added_to_them(shared):
    """114 four-digit codes of the table by CN8 are sums of its rows; each has another name than its parts."""
    path = shared / "data/trade/eu_exports_sanctioned_cn8_monthly_2020_2022.csv.gz"
    loaded = read(path, "eu_sanctioned_cn8")
    with gzip.open(path, "rt", encoding="utf-8", newline="") as handle:
        printed = {line[2] for line in csv.reader(handle)} - {"cn8"}
    eight = {c for c in printed if len(c) == 8}
    sums = {c for c in printed if len(c) == 4 and any(e.startswith(c) for e in eight)}
    ours = {c for c in loaded.table["product"].unique().to_pylist() if c.startswith("+")}
    assert len(sums) == 114
    assert ours == {f"+{c}" for c in sums}


@pytest.mark.shared
@pytest.mark.parametrize("name", ["eu_sanctioned_cn_codes.csv"])
def test_what_holds_no_flows_is_refused(shared, name):
    with pytest.raises(BadInputError, match="no format of flows"):
        flow_file.read_flows(shared / "data/trade" / name)


def test_baci_adds_up_in_thousands_of_dollars(constructed):
    """BACI prints thousands of dollars; a row of a place that nobody knows is the rest."""
    path = constructed / "BACI_HS17_Y2020_V202401b.csv"
    loaded = flow_file.read_flows(path)
    with path.open(encoding="utf-8", newline="") as handle:
        printed = 1000 * sum(float(row["v"]) for row in csv.DictReader(handle))
    kept = sum(r["value_usd"] for r in loaded.table.to_pylist())
    assert kept + loaded.losses.share() * printed == pytest.approx(printed)
