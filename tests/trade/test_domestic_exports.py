"""Domestic exports and re-exports that an office prints apart: what it sells is both together."""

from __future__ import annotations

import pytest
from tests.trade.both_ways import alike

from entrepot.trade.loading.printed.printed_units import said

HEAD = "reporter,partner,flow,product,period,value_usd,net_kg"


def read(folder, *lines, how=None):
    path = folder / "flows.csv"
    path.write_text("\n".join([HEAD, *lines]), encoding="utf-8")
    loaded = alike(path, folder, how)
    found = {(f["flow"], f["importer"], f["product"], f["period"]): f for f in loaded.table.to_pylist()}
    return loaded, {key: f["value_usd"] for key, f in found.items()}, found


def told(loaded):
    return [(f["done"], f["rows"]) for f in loaded.faults.to_pylist() if "domestic" in f["what"]]


def test_both_parts_are_an_export_and_re_exports_stay_beside_it(tmp_path):
    loaded, values, rows = read(
        tmp_path,
        "Hong Kong,Russia,Domestic exports,8542,2023,50,1",
        "Hong Kong,Russia,Re-exports,8542,2023,12000,200",
        "Hong Kong,Viet Nam,Re-exports,8542,2023,700,9",  # nothing of it was made there
        "Hong Kong,Thailand,Domestic exports,8542,2023,30,2",
        "Hong Kong,China,Imports,8542,2023,20000,500",
    )
    assert values == {
        ("export", "RUS", "8542", "2023"): 12050,
        ("export", "VNM", "8542", "2023"): 700,
        ("export", "THA", "8542", "2023"): 30,
        ("re-export", "RUS", "8542", "2023"): 12000,
        ("re-export", "VNM", "8542", "2023"): 700,
        ("import", "HKG", "8542", "2023"): 20000,
    }
    assert rows["export", "RUS", "8542", "2023"]["net_kg"] == 201
    assert told(loaded) == [("converted", ["1", "4"])]
    assert loaded.losses.share() == 0


def test_beside_the_exports_the_domestic_ones_are_a_part_of_them(tmp_path):
    loaded, values, _ = read(
        tmp_path,
        "USA,Russia,Total Exports,8542,2022,9200,",
        "USA,Russia,Domestic Exports,8542,2022,9100,",
        "USA,Russia,Foreign Exports,8542,2022,100,",
    )
    assert values == {("export", "RUS", "8542", "2022"): 9200, ("re-export", "RUS", "8542", "2022"): 100}
    assert told(loaded) == [("set_aside", ["2"])]
    assert loaded.losses.share() == 0


def test_domestic_exports_alone_are_said_to_be_no_more(tmp_path):
    loaded, values, _ = read(
        tmp_path,
        "Canada,Russia,Domestic exports,8542,2022,5,",
        "Canada,Russia,Domestic exports,8542,2023,7,",
        "Canada,Russia,Re-exports,8542,2023,1,",
    )
    assert values["export", "RUS", "8542", "2022"] == 5
    assert values["export", "RUS", "8542", "2023"] == 8
    assert told(loaded) == [("converted", ["2"]), ("kept", ["1"])] or told(loaded) == [
        ("kept", ["1"]),
        ("converted", ["2"]),
    ]


def test_parts_by_province_are_added_and_no_two_figures_of_a_part_are(tmp_path):
    lines = (
        "Canada,Russia,Domestic exports,8542,2023,5,",
        "Canada,Russia,Domestic exports,8542,2023,7,",
        "Canada,Russia,Re-exports,8542,2023,1,",
    )
    how = tmp_path / "map.toml"
    how.write_text('[file]\nrows = "parts"\n', encoding="utf-8")
    assert read(tmp_path, *lines, how=how)[1]["export", "RUS", "8542", "2023"] == 13
    loaded, values, _ = read(tmp_path, *lines)  # two figures of one part, and nothing says that they are two parts
    assert ("export", "RUS", "8542", "2023") not in values
    assert loaded.losses.share() > 0.9


@pytest.mark.parametrize(
    ("text", "flow"),
    [
        ("Domestic exports", "domestic-export"),
        ("Domestic exports, value in Canadian dollars", "domestic-export"),
        ("港產品出口", "domestic-export"),
        ("Foreign Exports", "re-export"),
        ("Exports, in domestic currency", "export"),
        ("Domestic exports and re-exports by country", ""),
        ("Domestic output and imports", "import"),
    ],
)
def test_words_of_domestic_exports(text, flow):
    assert said(text).flow == flow
