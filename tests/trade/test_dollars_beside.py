"""Offices that print a flow in their own currency and in dollars: the dollars are read, the other column is named."""

from __future__ import annotations

import pytest

from entrepot.trade.loading.flow_file import read_flows


@pytest.mark.parametrize(
    "heading",
    [
        'Value ("000" Rs),Value ("000" US$)',
        'Value ("000" US$),Value ("000" Rs)',
        "value_pkr_1000,value_usd_1000",
        "Стоимость тыс. руб.,Стоимость тыс. долл. США",
    ],
)
def test_in_two_columns(write, heading):
    rupees, dollars = 250_000, 1_000
    is_first = heading.split(",")[0].endswith(('US$)"', "US$)"))
    cells = (dollars, rupees) if is_first else (rupees, dollars)
    loaded = write(
        f"Reporter,Country,Flow,HS Code,Year,{heading.replace(chr(34), '')}\n"
        f"Pakistan,China,Export,5205,2022,{cells[0]},{cells[1]}\n"
    )
    assert loaded.table["value_usd"].to_pylist() == [1e6]
    assert loaded.losses.share() == 0
    (other,) = [
        h for h in heading.replace(chr(34), "").split(",") if "$" not in h and "usd" not in h and "долл" not in h
    ]
    assert f"column {other!r} is not read" in {f["what"] for f in loaded.faults.to_pylist()}


def test_of_each_year(tmp_path):
    path = tmp_path / "pbs.csv"
    path.write_text(
        "Reporter,Country,Flow,HS Code,2022 Rs. million,2022 US$ '000,2023 Rs. million,2023 US$ '000\n"
        "Pakistan,China,Export,5205,250,1000,300,1100\n"
    )
    loaded = read_flows(path)
    found = {r["period"]: r["value_usd"] for r in loaded.table.to_pylist()}
    assert found == {"2022": 1e6, "2023": 1.1e6}
    assert "'2022 Rs. million', '2023 Rs. million'" in " ".join(loaded.notes)
