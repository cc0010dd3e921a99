"""What descriptions of goods and shipping marks say of a region and of listed parties is noted, and flags nobody."""

from __future__ import annotations

import csv

import pytest

from entrepot.screening.runs.run import ScreenOptions, run_screening

LISTS = ScreenOptions(lists=("uflpa",), workers=1)


def notes(path, *rows):
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows(rows)
    run = run_screening(path, as_of="2026-11-26", options=LISTS)
    assert run.matches.num_rows == 0
    return [n for n in run.notes if "of goods" in n]


@pytest.mark.parametrize(
    "heading", ["Goods description", "Marks and numbers", "Description of goods", "商品名称", "Mô tả hàng hóa", "Cargo"]
)
def test_a_place_of_a_region_in_the_text_of_goods_is_noted(heading, tmp_path):
    rows = [["Alfa Mills", "Cotton yarn, grown at Korla, Xinjiang"], ["Beta Mills", "Cotton yarn of Izmir"]]
    (said,) = notes(tmp_path / "bills.csv", ["Shipper", heading], *rows)
    assert said.startswith(f"1 description of goods names a place of a region: row 2, {heading}:")
    assert "no party is flagged" in said


@pytest.mark.parametrize(
    ("text", "listed"),
    [
        ("YARN SPUN BY AKSU HUAFU COLOR SPINNING, LOT 4", "Aksu Huafu Color Spinning"),
        ("Tomato paste / Hubei Yinfeng Cotton Co Ltd", "Hubei Yinfeng Cotton"),
        ("棉纱，湖北银丰棉花股份有限公司", "湖北银丰棉花"),
    ],
)
def test_a_listed_name_in_the_text_of_goods_is_noted_as_it_stands(text, listed, tmp_path):
    said = notes(tmp_path / "bills.csv", ["Shipper", "Goods description"], ["Alfa Mills", text])
    assert any("holds the name of a listed party" in n and listed in n for n in said)


@pytest.mark.parametrize(
    "text", ["Hami melon", "Urumqi Road umbrella", "Color spinning yarn", "Cotton of Hubei", "Aksu Huafu yarn", ""]
)
def test_goods_that_are_called_so_and_parts_of_names_say_nothing(text, tmp_path):
    assert notes(tmp_path / "bills.csv", ["Shipper", "Goods description"], ["Alfa Mills", text]) == []


def test_further_cells_are_counted(tmp_path):
    rows = [["Alfa Mills", f"Lot {n} from Xinjiang, China"] for n in range(7)]
    (said,) = notes(tmp_path / "bills.csv", ["Shipper", "Marks"], *rows)
    assert said.startswith("7 descriptions")
    assert " and 2 more." in said


def test_what_a_document_says_beside_its_parties_is_looked_at(tmp_path):
    (tmp_path / "bill.txt").write_text(
        "SHIPPER: Alfa Mills\nCONSIGNEE: Beta Trade\n\nDescription of goods: raw cotton of Xinjiang origin\n", "utf-8"
    )
    run = run_screening(tmp_path / "bill.txt", as_of="2026-11-26", options=LISTS)
    assert any("row 1, remainder" in n for n in run.notes)
