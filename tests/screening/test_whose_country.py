"""Where goods come from says nothing of who takes them; a bill's number is no address, and addresses are no names."""

from __future__ import annotations

import csv

import pytest

from entrepot.screening.parties.parties import read_parties


def read(folder, *rows):
    path = folder / "list.csv"
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows(rows)
    return read_parties(path)


@pytest.mark.parametrize(
    "head",
    [
        # As a broker's software exports declarations of ATLAS.
        ("Versender/Ausführer", "Versender Land", "Empfänger", "Ursprungsland"),
        ("Ausführer", "Land Ausführer", "Empfänger", "Ursprungsland"),
        ("Foreign Exporter (as declared)", "Exporter Country", "Importer", "Country of Origin"),
    ],
)
def test_the_country_of_origin_is_not_that_of_who_takes_the_goods(head, tmp_path):
    parties = {p.name: p.country for p in read(tmp_path, head, ("Golden Trade", "HK", "Muster GmbH", "CN")).each()}
    assert parties == {"Golden Trade": "HK", "Muster GmbH": None}


@pytest.mark.parametrize("ref", ["House Ref", "House Waybill", "House Reference"])
def test_the_number_of_a_house_bill_is_nobodys_address(ref, tmp_path):
    head = ("Consignor Name", "Consignor City", "Consignee Name", "Consignee City", "Notify Party", ref)
    row = ("Hotan Yarn Mill", "Hotan", "Example Corp", "New York", "Bright Brokers LLC", "HBL001")
    parties = list(read(tmp_path, head, row).each())
    assert {p.name: p.address for p in parties}["Bright Brokers LLC"] is None


def test_addresses_and_countries_of_a_hit_are_told_of_it_and_are_no_names(tmp_path):
    # As a vendor of due diligence exports the hits of a list.
    head = ("Query Name", "Matched Name", "Entity ID", "Entity Countries", "Entity Addresses")
    row = ("Zhongtai Intl", "XINJIANG ZHONGTAI CHEMICAL CO LTD", "kd8-2", "CHN", "3 Foo Rd, Urumqi")
    parties = list(read(tmp_path, head, row).each())
    assert {p.name for p in parties} == {"Zhongtai Intl", "XINJIANG ZHONGTAI CHEMICAL CO LTD"}
    assert {p.address for p in parties} == {"3 Foo Rd, Urumqi"}


@pytest.mark.parametrize(
    ("head", "row", "countries"),
    [
        # India's shipping bills, China's and Russia's declarations, and a list of a supplier's markets.
        (
            ("EXPORTER_NAME", "EXPORTER_ADDRESS", "FOREIGN_IMPORTER_NAME", "COUNTRY_OF_DESTINATION"),
            ("Green Spinners", "Kuqa", "Delta Knit", "BANGLADESH"),
            {"Green Spinners": None, "Delta Knit": "BANGLADESH"},
        ),
        (
            ("出口商", "出口商地址", "进口商", "最终目的国(地区)"),
            ("红星纺织厂", "阿克苏", "Delta Knit", "孟加拉国"),
            {"红星纺织厂": None, "Delta Knit": "孟加拉国"},
        ),
        (
            ("Отправитель", "Получатель", "Страна назначения", "Страна происхождения"),
            ("Green Spinners", "Delta Knit", "Узбекистан", "Китай"),
            {"Green Spinners": "Китай", "Delta Knit": "Узбекистан"},
        ),
        (("Supplier", "Address", "Destination Country"), ("Green Spinners", "Kuqa", "US"), {"Green Spinners": None}),
        (
            ("Shipper", "Consignee", "Consignee Country", "Country of Destination", "Notify Party"),
            ("Green Spinners", "Delta Knit", "BD", "IN", "Bright Brokers"),
            {"Green Spinners": None, "Delta Knit": "BD", "Bright Brokers": None},
        ),
    ],
)
def test_where_goods_go_is_the_country_of_nobody_but_who_takes_them(head, row, countries, tmp_path):
    assert {p.name: p.country for p in read(tmp_path, head, row).each()} == countries
