"""Fiscal years beside calendar years are no mirror: what trade grew between them is neither freight nor a gap."""

import pyarrow.compute as pc
import pyarrow.parquet as pq
import pytest

from entrepot.core.errors import BadInputError
from entrepot.core.output import write
from entrepot.desk.load import load
from entrepot.desk.mirror import mirror
from entrepot.trade.loading import streamed
from entrepot.trade.loading.whole import fiscal_reporters

HEADING = "reporter,partner,flow,product,period,value_usd"
GROWTH = 1.4


def lines(fiscal, partner="France", period="{year}-{next}"):
    """Both sides' yearly reports of Germany and France with Thailand and one more, whose years are as said."""
    for exporter in ("Germany", partner):
        for importer in ("Thailand", fiscal):
            for n, year in enumerate((2018, 2019, 2020, 2021)):
                sent = 1e6 * GROWTH**n
                yield f"{exporter},{importer},export,850440,{year},{sent:.0f}"
                own = period.format(year=year, next=year + 1) if importer == fiscal else str(year)
                # Three months of the year after it: a quarter of it grew.
                landed = sent * 1.08 * (1 if own == str(year) else 0.75 + 0.25 * GROWTH)
                yield f"{importer},{exporter},import,850440,{own},{landed:.0f}"


@pytest.fixture
def file(tmp_path):
    def made(*args, **more):
        path = tmp_path / "flows.csv"
        path.write_text("\n".join([HEADING, *lines(*args, **more)]) + "\n", "utf-8")
        return path

    return made


@pytest.mark.parametrize(("who", "code"), [("India", "IND"), ("Pakistan", "PAK"), ("Nepal", "NPL")])
@pytest.mark.parametrize("period", ["{year}-{next}", "FY {year}-{next}", "July {year} - June {next}"])
def test_they_are_left_out_and_said(file, tmp_path, who, code, period):
    answer = mirror(file(who, period=period), store=tmp_path)
    assert {r["importer"] for r in answer.table.to_pylist()} == {"THA"}
    said = " ".join(answer.notes)
    # Two exporters, four years, both sides.
    assert "Not compared: 16 reports" in said
    assert f"between {code} and who counts" in said
    assert "all flows: 8.0%" in said


def test_a_parquet_file_of_them_keeps_it(file, tmp_path):
    kept = tmp_path / "kept.parquet"
    write(load(file("India")).table, kept, "parquet")
    assert {r["importer"] for r in mirror(kept, store=tmp_path).table.to_pylist()} == {"THA"}
    again = tmp_path / "again.parquet"  # and one that is made of it
    write(load(kept).table, again, "parquet")
    assert pq.read_schema(again).metadata == pq.read_schema(kept).metadata
    assert "Not compared: 16" in " ".join(mirror(again, store=tmp_path).notes)


@pytest.mark.parametrize("name", ["kept.csv", "kept.json", "kept.xlsx"])
def test_a_file_without_a_place_for_it_has_both_years(file, tmp_path, run_cli, name):
    kept = tmp_path / name
    assert run_cli("load", str(file("India")), "--out", str(kept)).code == 0
    answer = mirror(kept, store=tmp_path)
    assert {r["importer"] for r in answer.table.to_pylist()} == {"THA"}
    assert "Not compared: 16 reports" in " ".join(answer.notes)
    of_calendar = load(kept).table.filter(pc.field("reporter") == "THA")["period"].to_pylist()
    assert set(of_calendar) == {"2018", "2019", "2020", "2021"}


def test_a_file_too_large_to_be_held_keeps_it(file, tmp_path, monkeypatch):
    monkeypatch.setattr(streamed, "LARGE", 100)
    kept = tmp_path / "kept.parquet"
    assert load(file("India"), out=kept).written  # in blocks, and not as a table that is held
    for path in (file("India"), kept):
        answer = mirror(path, store=tmp_path)
        assert {r["importer"] for r in answer.table.to_pylist()} == {"THA"}
        assert "Not compared: 16 reports" in " ".join(answer.notes)


def test_who_asks_for_them_is_told_why_there_are_none(file, tmp_path):
    with pytest.raises(BadInputError, match=r"'India'.*Not compared: 16 reports.*fiscal"):
        mirror(file("India"), between=("India", "Germany"), store=tmp_path)


def test_before_and_after_a_day_it_is_said_too(file, tmp_path):
    answer = mirror(file("India"), since="2020-01-01", store=tmp_path)
    assert "IND" not in answer.table.column("importer").to_pylist()
    assert "Not compared: 16 reports" in " ".join(answer.notes)


@pytest.mark.parametrize("period", ["{year}", "{year}-12"])
def test_years_and_months_of_the_calendar_are_compared(file, tmp_path, period):
    assert "fiscal" not in " ".join(mirror(file("India", period=period), store=tmp_path).notes)


def test_two_fiscal_sides_are_compared(tmp_path):
    path = tmp_path / "flows.csv"
    rows = []
    for n, year in enumerate((2018, 2019, 2020, 2021)):
        rows += [
            f"Pakistan,Bangladesh,export,850440,{year}-{year + 1},{1000000 + n}",
            f"Bangladesh,Pakistan,import,850440,{year}-{year + 1},{1080000 + n}",
        ]
    path.write_text("\n".join([HEADING, *rows]) + "\n", "utf-8")
    assert mirror(path, store=tmp_path).table.num_rows == 4


def two_fiscal(one, other, own, others):
    """Both sides' yearly reports, each in years as said: the exporter's grow, the importer's lie 8 % above them."""
    for n, year in enumerate(range(2015, 2021)):
        for code, partner, flow, value, period in (
            (one, other, "export", 1e6 * GROWTH**n, own),
            (other, one, "import", 1.08e6 * GROWTH**n, others),
            (one, "Germany", "export", 1e6 * GROWTH**n, own),
            ("Germany", other, "export", 1e6 * GROWTH**n, "{year}"),
            ("Germany", "Thailand", "export", 1e6 * GROWTH**n, "{year}"),
            ("Thailand", "Germany", "import", 1.08e6 * GROWTH**n, "{year}"),
        ):
            yield f"{code},{partner},{flow},850440,{period.format(year=year, next=year + 1)},{value:.0f}"


BARE = "{year}-{next}"


@pytest.mark.parametrize(("title", "month"), [("JULY-JUNE 2022-2023", "07"), ("April - March, 2022-23", "04")])
def test_a_title_of_twelve_months_of_two_years_is_a_fiscal_year(tmp_path, title, month):
    path = tmp_path / "sheet.csv"
    rows = ["IMPORTS BY COUNTRY,,,", f'"{title}",,,', "(VALUE IN US DOLLARS),,,", "COMMODITY CODE,COUNTRY,VALUE,"]
    path.write_text("\n".join([*rows, "854143,CHINA,1000,", "854231,CHINA,2000,"]), "utf-8")
    how = tmp_path / "map.toml"
    how.write_text('[fixed]\nreporter = "NPL"\nflow = "import"\n', "utf-8")
    table = load(path, mapping=how).table
    assert {(r["period"], r["frequency"]) for r in table.to_pylist()} == {("2022", "year")}
    assert fiscal_reporters.of(table.schema) == {"NPL": {month}}


@pytest.mark.parametrize(
    ("sides", "are_compared"),
    [
        (("India", "Pakistan", BARE, BARE), False),  # April and July
        (("Pakistan", "Bangladesh", BARE, BARE), True),  # July both
        (("India", "Nepal", BARE, BARE), False),  # April, and what nothing says
        (("India", "Nepal", BARE, "April {year} - March {next}"), True),  # as printed
        (("Pakistan", "Bangladesh", BARE, "April {year} - March {next}"), False),  # print goes before what is on record
    ],
)
@pytest.mark.parametrize("ending", [None, "parquet", "csv"])
def test_two_fiscal_years_are_compared_where_they_begin_alike(tmp_path, sides, are_compared, ending):
    path = tmp_path / "flows.csv"
    path.write_text("\n".join([HEADING, *two_fiscal(*sides)]) + "\n", "utf-8")
    if ending:
        kept = tmp_path / f"kept.{ending}"
        write(fiscal_reporters.as_printed(load(path).table) if ending == "csv" else load(path).table, kept, ending)
        path = kept
    answer = mirror(path, store=tmp_path)
    pairs = {(r["exporter"], r["importer"]) for r in answer.table.to_pylist()}
    assert ("DEU", "THA") in pairs
    assert (len(pairs) == 2) == are_compared
    assert ("which count in fiscal years that begin in different months" in " ".join(answer.notes)) != are_compared
