"""Rows in place of a partner that are none: sums of some rows above, parts of the row above; and flows together."""

from __future__ import annotations

import pytest

from entrepot.core.errors import BadInputError
from entrepot.desk.load import load


@pytest.fixture
def loaded(tmp_path):
    def read(text, more):
        (tmp_path / "own.csv").write_text(text, "utf-8")
        (tmp_path / "own.toml").write_text(more, "utf-8")
        return load(tmp_path / "own.csv", mapping=tmp_path / "own.toml" if more else None)

    return read


@pytest.mark.parametrize("word", ["Sub-total", "SUBTOTAL:", "Подытог", "小计"])
def test_a_subtotal_is_a_sum_and_no_place(loaded, word):
    text = (
        "Canadian Total Imports\nHS 854143 - Photovoltaic cells\nValue in Thousands of Canadian Dollars\n\n"
        f'Country,2022,2023\nChina,1000.5,2000.5\n"Viet Nam",500.5,700.5\n{word},1501,2701\nOthers,100.5,200.5\n'
        "Total All Countries,1601.5,2901.5\n"
    )
    found = loaded(text, '[fixed]\nreporter = "CAN"\n')
    assert {r["exporter"] for r in found.table.to_pylist()} == {"CHN", "VNM", "+NES", "+WLD"}
    assert any("sum of others" in n and "3" in n for n in found.notes)
    values = {r["exporter"]: r["value_usd"] for r in found.table.to_pylist() if r["period"] == "2023"}
    assert values.pop("+WLD") == pytest.approx(sum(values.values()))


def test_re_exports_in_place_of_a_partner_are_named_for_what_they_are(loaded):
    text = (
        "Exports of Georgia, thousand USD\nCountry,2022,2023\nAzerbaijan,672000,860000\nof which re-exports,400000,1\n"
    )
    with pytest.raises(BadInputError, match="goods sent on, which the row above holds too"):
        loaded(text, '[fixed]\nreporter = "GEO"\n')


@pytest.mark.parametrize("word", ["Total trade", "Total Trade", "Trade turnover"])
def test_total_trade_in_a_column_of_flows_is_no_flow_and_no_loss(loaded, word):
    rows = [f"Kazakhstan,China,{flow},2023,8703,{v}" for flow, v in (("Export", 700), ("Import", 300), (word, 1000))]
    found = loaded("\n".join(["Reporter,Partner,Flow,Year,HS Code,Value (USD)", *rows]), "")
    assert {r["flow"]: r["value_usd"] for r in found.table.to_pylist()} == {"export": 700, "import": 300}
    assert any("0 % of the value is set aside" in n for n in found.notes)
