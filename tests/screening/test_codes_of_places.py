"""Codes of UN/LOCODE place a party, or its goods, in Xinjiang; those of other places in China do not.

Of the UNECE list's 40 codes of subdivision CN-65 (Xinjiang) each is tried; CNSHA is Shanghai, CNBJS Peking.
"""

from __future__ import annotations

import csv
from typing import TYPE_CHECKING

import pytest

from entrepot.desk.desk import Desk
from entrepot.vocabulary.regions.find_place import find_in_country, find_place
from entrepot.vocabulary.regions.region_files import region

if TYPE_CHECKING:
    from pathlib import Path

UNECE = "data/reference/unlocode_subset_locode_pkg.csv"  # on the data shelf
KNOWN = {
    "CNURC": "650100",
    "CNURM": "650100",
    "CNKHG": "653101",
    "CNKRL": "652801",
    "CNAKL": "652702",
    "CNHRS": "654004",
}


@pytest.mark.parametrize(("code", "place"), KNOWN.items())
@pytest.mark.parametrize("between", ["", " ", "-"])
def test_a_code_names_its_place_for_sure(code, place, between):
    written = f"{code[:2]}{between}{code[2:]}"
    for found in (find_place(region("xinjiang"), written), find_in_country(region("xinjiang"), written)):
        assert found is not None
        assert (found.place.place_id, found.strength) == (place, "certain")


@pytest.mark.parametrize("other", ["CNSHA", "CN BJS", "CNSZX", "PKKHI", "CNURCX", "ACNURC", "Beijing, CN MAN Trucks"])
def test_other_codes_name_no_place_of_it(other):
    assert find_place(region("xinjiang"), other) is None


@pytest.mark.shared
def test_every_code_of_the_region_on_the_list_is_known(shared: Path):
    with (shared / UNECE).open(encoding="utf-8", newline="") as file:
        rows = [r for r in csv.DictReader(file) if r["country"] == "CN"]
    inside = {r["unlocode"]: r["subdivision"] == "65" for r in rows}
    found = {code: find_place(region("xinjiang"), code) is not None for code in inside}
    assert sum(inside.values()) == 40
    assert found == inside


def test_a_file_of_orders_is_flagged_by_them(tmp_path):
    (tmp_path / "orders.csv").write_text(
        "Supplier,Country,Origin,Port of Loading,Place of Manufacture\n"
        "Acme Garment Ltd,CN,CNURC,CNSHA,\nBeta Garment Ltd,CN,CN,CN KHG,\nGamma Garment Ltd,CN,CN,CNSHA,Korla\n"
        "Delta Garment Ltd,CN,CN,CNSHA,Shanghai\n",
        encoding="utf-8",
    )
    found = Desk(store=tmp_path / "store").screen(tmp_path / "orders.csv", lists=["uflpa"], workers=1)
    flags = {(r["party"], r["place_id"]) for r in found.to_pylist() if r["kind"] == "region"}
    assert flags == {("Acme Garment Ltd", "650100"), ("Beta Garment Ltd", "653101"), ("Gamma Garment Ltd", "652801")}
