"""Tariff lines of UN Comtrade, whose rows are all parts; and a list of partners with growth beside amounts by year.

Headings are those of the API for tariff lines and of the Global Trade Atlas; figures are invented.
"""

import csv
import io
import json

import pytest

from entrepot.core.errors import BadInputError
from entrepot.trade.loading import flow_file

LINE = (
    "typeCode", "freqCode", "refPeriodId", "refYear", "refMonth", "period", "reporterCode", "flowCode", "partnerCode",
    "partner2Code", "classificationCode", "isOriginalClassification", "cmdCode", "customsCode", "mosCode", "motCode",
    "qtyUnitCode", "qty", "altQtyUnitCode", "altQty", "netWgt", "grossWgt", "cifvalue", "fobvalue", "primaryValue",
)  # fmt: skip


def line(code, apart, value, kg):
    procedure, mode, second = apart
    at = ("C", "M", 20220501, 2022, 5, "202205", 36, "M", 156, second, "H6", True)
    return dict(zip(LINE, (*at, code, procedure, "0", mode, 8, kg, -1, 0, kg, 0, value, 0, value), strict=True))


LINES = [
    line("52010010", ("C01", "2100", 156), 100.0, 10.0),
    line("52010010", ("C01", "1000", 156), 50.0, 5.0),
    line("52010010", ("C02", "2100", 344), 25.0, 2.0),
    line("52010090", ("C00", "0", 0), 7.0, 1.0),
]


def as_csv(rows):
    out = io.StringIO()
    made = csv.DictWriter(out, LINE)
    made.writeheader()
    made.writerows(rows)
    return out.getvalue()


@pytest.mark.parametrize("kind", ["csv", "json"])
def test_tariff_lines_are_added_and_their_value_is_that_of_the_file(tmp_path, kind):
    file = tmp_path / f"lines.{kind}"
    file.write_text(as_csv(LINES) if kind == "csv" else json.dumps({"count": 4, "data": LINES}), encoding="utf-8")
    loaded = flow_file.read_flows(file)
    held = sorted((f["product"], f["value_usd"], f["net_kg"]) for f in loaded.table.to_pylist())
    assert held == [("52010010", 175, 17), ("52010090", 7, 1)]
    assert sum(f["count"] for f in loaded.faults.to_pylist() if f["kind"] == "duplicate") == 3
    assert loaded.losses.share() == 0


def test_details_without_their_flow_are_refused_where_they_are_no_tariff_lines(tmp_path):
    file = tmp_path / "details.csv"
    file.write_text(as_csv([{**row, "cmdCode": "520100"} for row in LINES[:3]]), encoding="utf-8")
    with pytest.raises(BadInputError, match="every row is a detail"):
        flow_file.read_flows(file)


def test_growth_between_two_years_is_no_amount_and_hides_no_heading(tmp_path):
    file = tmp_path / "atlas.csv"
    file.write_text(
        '"China Export Statistics"\n"Commodity: 854143, Photovoltaic Cells"\n\n'
        '"Partner Country","United States Dollars",,"% Share",,"% Change"\n,"2022","2023","2022","2023","2023/2022"\n'
        '"_World","2000000","3000000","100","100","50"\n"Kazakhstan","1500000","2500000","75","83","66.67"\n'
        '"Pakistan","500000","500000","25","17","0"\n',
        encoding="utf-8",
    )
    loaded = flow_file.read_flows(file)
    total: dict[str, float] = {}
    for flow in loaded.table.to_pylist():
        assert (flow["reporter"], flow["product"]) == ("CHN", "854143")
        if flow["importer"] != "+WLD":
            total[flow["period"]] = total.get(flow["period"], 0) + flow["value_usd"]
    assert total == {"2022": 2_000_000, "2023": 3_000_000}
