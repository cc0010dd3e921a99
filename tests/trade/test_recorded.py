"""The record's quarterly flows under the contract of all flows."""

import csv
import gzip
from importlib.resources import files

import pytest

from entrepot.trade.recorded import as_trade_flows

COLUMNS = {"value_usd": "value_usd", "net_kg": "net_kg", "capacity_mw": "estimated_quantity"}


@pytest.fixture(scope="module")
def printed():
    """The rows of flows.csv.gz as text, read without Entrepot."""
    text = gzip.decompress(files("entrepot.trade").joinpath("data", "flows.csv.gz").read_bytes()).decode()
    return list(csv.DictReader(text.splitlines()))


@pytest.fixture(scope="module")
def made(record):
    return as_trade_flows(record.tables["flows"]).to_pylist()


def test_every_row_stands_once_with_its_amounts(printed, made):
    def ours(r):
        return (r["importer"], r["product"], r["period"])

    def theirs(r):
        return (r["partner_iso3"], r["hs"], r["period"])

    then = {ours(r): r for r in made}
    assert len(then) == len(made) == len(printed)
    for row in printed:
        for column, name in COLUMNS.items():
            assert then[theirs(row)][name] == (pytest.approx(float(row[column])) if row[column] else None)


def test_megawatts_are_an_estimate_and_no_quantity(made):
    assert {r["quantity"] for r in made} == {None}
    assert {r["estimated_unit"] for r in made} == {"MW"}
    assert {(r["exporter"], r["reporter"], r["flow"]) for r in made} == {("CHN", "CHN", "export")}


def test_the_edition_is_that_of_the_codes(made):
    assert {r["hs_vintage"] for r in made if r["product"] == "85414020"} == {"HS2017"}
    assert {r["hs_vintage"] for r in made if r["product"] in {"85414200", "85414300"}} == {"HS2022"}
