"""Country cells that name a region under a measure, from a file to the flag."""

from __future__ import annotations

import pytest

from entrepot.desk.desk import Desk
from entrepot.vocabulary.regions.region_files import regions


def flagged(folder, text):
    file = folder / "goods.csv"
    file.write_text(text, encoding="utf-8")
    rows = Desk(folder / "store").screen(file, lists=["uflpa"]).table.to_pylist()
    return {(r["row"], r["party"], r["strength"]) for r in rows if r["kind"] == "region"}


@pytest.mark.parametrize("at", regions(), ids=lambda at: at.id)
@pytest.mark.parametrize("heading", ["Country", "Country of origin", "Land"])
def test_a_country_cell_that_names_the_region_is_a_flag(tmp_path, at, heading):
    home = at.home[0].iso2
    cells = [f"{home} ({at.name})", f"{home}/{at.name}", at.name, home, "Portugal", f"{home} (mainland)"]
    rows = [f"{10 + i};Alfa Mill {chr(65 + i)};{cell}" for i, cell in enumerate(cells)]
    found = flagged(tmp_path, "\n".join([f"No;Supplier;{heading}", *rows]) + "\n")
    assert found == {(2 + i, f"Alfa Mill {chr(65 + i)}", "certain") for i in range(3)}


@pytest.mark.parametrize("at", regions(), ids=lambda at: at.id)
def test_the_origin_of_a_shipment_is_told_of_who_sent_it_and_only_makes_the_place_possible(tmp_path, at):
    text = f"Shipper;Consignee;Country of origin\nAlfa Mill;Beta Trade;{at.home[0].iso2} - {at.name}\n"
    assert flagged(tmp_path, text) == {(2, "Alfa Mill", "possible")}
