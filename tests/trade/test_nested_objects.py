"""Answers of APIs in which an object stands within each row: what is joined is read as columns."""

import json

import pytest

from entrepot.core.periods import parse
from entrepot.trade.loading import flow_file
from entrepot.vocabulary import currencies

# Invented figures in the shape of https://api.uktradeinfo.com/OTS?$expand=Country,Commodity
ROW = {"MonthId": 202301, "FlowTypeId": 4, "CommodityId": 85414300, "CountryId": 75, "Value": 1000, "NetMass": 50}
COUNTRY = {"CountryId": 75, "Area1": "Other Asia", "CountryName": "Russia", "CountryCodeAlpha": "RU"}
GOODS = {"CommodityId": 85414300, "Cn8Code": "85414300", "Hs6Code": "854143"}


def written(folder, *rows):
    path = folder / "answer.json"
    path.write_text(json.dumps({"@odata.context": "OTS", "value": rows}), "utf-8")
    return path


def test_a_country_that_is_joined_to_each_row_is_the_partner(tmp_path):
    path = written(
        tmp_path,
        ROW | {"Country": COUNTRY, "Commodity": GOODS},
        ROW | {"CountryId": 79, "Value": 2000, "Commodity": GOODS}
        | {"Country": {"CountryId": 79, "CountryName": "Kazakhstan", "CountryCodeAlpha": "KZ"}},
    )  # fmt: skip
    rows = flow_file.read_flows(path).table.to_pylist()
    rate = currencies.mean_rate("GBP", "USD", parse("2023-01")).value
    assert {r["importer"]: (r["exporter"], r["product"], r["value_usd"]) for r in rows} == {
        "RUS": ("GBR", "85414300", pytest.approx(1000 * rate)),
        "KAZ": ("GBR", "85414300", pytest.approx(2000 * rate)),
    }


def test_a_text_that_begins_like_an_object_is_a_text(tmp_path):
    row = {"reporter": "KAZ", "partner": "CHN", "flow": "export", "year": 2022, "value": 5, "note": "{see below"}
    (flow,) = flow_file.read_flows(written(tmp_path, row | {"of": {"office": "A"}})).table.to_pylist()
    assert (flow["importer"], flow["value_usd"]) == ("CHN", 5)
