"""A flow that a file gives at two valuations is one flow, counted in two ways: it is neither lost nor added up."""

from __future__ import annotations

import openpyxl
import pyarrow.parquet as pq
import pytest

from entrepot.trade.loading import streamed
from entrepot.trade.loading.flow_file import read_flows

HEADING = "Data Type,HTS Number,Country,Year,Value"
CUSTOMS = {("Vietnam", 2022): 1000, ("Vietnam", 2023): 1200, ("Malaysia", 2023): 700}
CIF = {flow: value * 1.08 for flow, value in CUSTOMS.items()}
MAP = '[fixed]\nreporter = "USA"\nflow = "import"\n'


def lines(kinds):
    return [
        f"{kind},8541430010,{country},{year},{value}"
        for kind, values in kinds.items()
        for (country, year), value in values.items()
    ]


@pytest.fixture
def read(tmp_path):
    def made(kinds, more=""):
        (tmp_path / "m.toml").write_text(MAP + more)
        (tmp_path / "dataweb.csv").write_text("\n".join([HEADING, *lines(kinds)]) + "\n")
        return read_flows(tmp_path / "dataweb.csv", mapping=tmp_path / "m.toml")

    return made


@pytest.mark.parametrize("more", ["", '[file]\nrows = "parts"\n'])
@pytest.mark.parametrize("kinds", [("Customs Value", "CIF Import Value"), ("CIF Import Value", "Customs Value")])
def test_the_usual_one_is_read_and_none_is_lost_or_added(read, kinds, more):
    loaded = read({kind: CIF if kind.startswith("CIF") else CUSTOMS for kind in kinds}, more)
    assert sorted(loaded.table["value_usd"].to_pylist()) == pytest.approx(sorted(CIF.values()))
    assert set(loaded.table["valuation"].to_pylist()) == {"CIF"}
    assert loaded.losses.share() == 0
    (fault,) = [f for f in loaded.faults.to_pylist() if f["kind"] == "duplicate"]
    assert (fault["count"], fault["done"]) == (3, "set_aside")
    assert "FOB" in fault["what"]
    assert "rows of CIF" in fault["what"]


def test_a_value_that_stands_once_is_read_at_the_valuation_that_it_has(read):
    once = {("Thailand", 2023): 55}
    loaded = read({"Customs Value": CUSTOMS | once, "CIF Import Value": CIF})
    assert {(r["exporter"], r["valuation"]) for r in loaded.table.to_pylist() if r["exporter"] == "THA"} == {
        ("THA", "FOB")
    }
    assert sum(loaded.table["value_usd"].to_pylist()) == pytest.approx(sum(CIF.values()) + 55)


def test_a_large_file_is_read_alike(read, tmp_path):
    held = read({"Customs Value": CUSTOMS, "CIF Import Value": CIF})
    manner = streamed.Manner(mapping=tmp_path / "m.toml", accepted=0.01)
    found = streamed.load_to((tmp_path / "dataweb.csv",), tmp_path / "x.parquet", manner)
    assert pq.read_table(tmp_path / "x.parquet").to_pylist() == held.table.to_pylist()
    assert found.faults.to_pylist() == held.faults.to_pylist()


def test_shipments_with_their_terms_of_delivery_are_parts(tmp_path):
    """Of most goods the shipments do not come in pairs; a pair of them by chance is no flow counted twice."""
    (tmp_path / "m.toml").write_text('[file]\nrows = "parts"\n')
    rows = [
        f"USA,China,import,{code},2023-01,{value},{terms}"
        for code, value, terms in (
            (854143, 100, "FOB"), (854143, 110, "CIF"),
            (850440, 50, "FOB"), (850440, 60, "FOB"), (850760, 30, "CIF"), (870380, 20, "CIF"), (870380, 9, "FOB"),
        )
    ]  # fmt: skip
    (tmp_path / "own.csv").write_text("\n".join(["reporter,partner,flow,product,period,value_usd,incoterm", *rows]))
    loaded = read_flows(tmp_path / "own.csv", mapping=tmp_path / "m.toml")
    assert sum(loaded.table["value_usd"].to_pylist()) == 379


def test_sheets_of_two_values_each_have_the_quantities_of_a_third(tmp_path):
    (tmp_path / "m.toml").write_text(MAP)
    book = openpyxl.Workbook()
    book.remove(book.active)
    quantity = {flow: 10 * n for n, flow in enumerate(CUSTOMS, 1)}
    sheets = {"Customs Value": CUSTOMS, "CIF Import Value": CIF, "First Unit of Quantity": quantity}
    for name, values in sheets.items():
        sheet = book.create_sheet(name)
        more = ["Quantity Description"] if values is quantity else []
        sheet.append(["Data Type", "HTS Number", "Country", *more, "2022", "2023"])
        for country in ("Vietnam", "Malaysia"):
            years = [values.get((country, year)) for year in (2022, 2023)]
            sheet.append([name, "8541430010", country, *(["number"] * len(more)), *years])
    book.save(tmp_path / "dataweb.xlsx")
    loaded = read_flows(tmp_path / "dataweb.xlsx", mapping=tmp_path / "m.toml")
    found = {(r["exporter"], r["period"]): (r["value_usd"], r["quantity"]) for r in loaded.table.to_pylist()}
    codes = {"Vietnam": "VNM", "Malaysia": "MYS"}
    assert found == {(codes[c], str(y)): (pytest.approx(value), quantity[c, y]) for (c, y), value in CIF.items()}
