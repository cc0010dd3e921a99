"""A cell that leads to the name of another, such as SAME AS CONSIGNEE, is never a firm of the supply links."""

from __future__ import annotations

import pytest

from entrepot.desk.desk import Desk

HEAD = "bill of lading no,shipper,consignee,notify party,description of goods,arrival date"


def loaded(tmp_path, column, cell):
    parties = {"consignee": "Model Importer LLC", "notify party": "Example Forwarder Inc", "shipper": "Sample Mill Co"}
    parties[column] = f'"{cell}"'
    row = f"BL-1,{parties['shipper']},{parties['consignee']},{parties['notify party']},Cotton fabric,2025-03-05"
    plain = "BL-2,Sample Mill Co,Other Importer LLC,Other Importer LLC,Cotton fabric,2025-03-06"
    (tmp_path / "bills.csv").write_text(f"{HEAD}\n{row}\n{plain}\n", encoding="utf-8")
    desk = Desk(tmp_path / "store")
    given = {"importer": column} if column != "shipper" else {}
    answer = desk.load_supply(tmp_path / "bills.csv", form="shipments", columns=given)
    links = desk.supply_links().table.to_pylist()
    return answer, {r["buyer"] for r in links} | {r["supplier"] for r in links}


NOBODY = [
    "SAME AS CONSIGNEE",
    "Same as consignee.",
    "SAME AS THE CNEE",
    "SAME AS NOTIFY PARTY",
    "same as 1st notify party",
    "SAME AS CONSIGNEE / SHIPPER",
    "SAME AS CONSIGNEE, TEL 555 0100",
    "SAME AS ABOVE",
    "SAME",
    "Ditto",
    "Igual al consignatario",
    "Même que le destinataire",
    "Wie Empfänger",
    "同收货人",
    "то же что и получатель",
]


@pytest.mark.parametrize("column", ["notify party", "consignee", "shipper"])
@pytest.mark.parametrize("cell", NOBODY)
def test_what_leads_to_another_cell_is_no_firm_and_is_told(tmp_path, column, cell):
    answer, parties = loaded(tmp_path, column, cell)
    assert parties == {"Sample Mill Co", "Other Importer LLC"}
    (row,) = answer.table.to_pylist()
    assert (row["taken"], row["refused"]) == (1, 1)
    assert "no name" in answer.notes[0]


@pytest.mark.parametrize(
    "cell",
    ["Same Again Trading Ltd", "Same As Ever Ltd", "Wie Handels GmbH", "Ditto Fashion Ltd", "Idem Group SA",
     "Same Shipper Ltd", "As Per Nilsson AB", "同仁示例有限公司", "Consignee Services LLC"],
)  # fmt: skip
def test_a_firm_whose_name_begins_alike_is_one(tmp_path, cell):
    _, parties = loaded(tmp_path, "notify party", cell)
    assert cell in parties
