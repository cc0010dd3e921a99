"""Net weights that stand among quantities: by the unit beside them, in whichever of two numbered columns."""

from __future__ import annotations

import pytest

from entrepot.trade.loading import flow_file

HEAD = "数据年月,商品编码,贸易伙伴编码,贸易伙伴名称,第一数量,第一计量单位,第二数量,第二计量单位,美元"
MAP = '[fixed]\nreporter = "CHN"\nflow = "export"\n'


def read(folder, text):
    path, its = folder / "flows.csv", folder / "map.toml"
    path.write_text(text, encoding="utf-8")
    its.write_text(MAP, encoding="utf-8")
    return flow_file.read_flows(path, mapping=its)


@pytest.mark.parametrize(
    ("cells", "quantity", "weight"),
    [
        ('"7,000",个,"1,500",千克', (7000, "个"), 1500),
        ('"1,500",千克,"7,000",个', (1500, "千克"), 1500),
        ('"7,000",个,"1,500",吨', (7000, "个"), 1_500_000),
        ('"7,000",个,"1,500",克', (7000, "个"), 1.5),
        ('"1,500",千克,0,', (1500, "千克"), 1500),
        ('"7,000",个,"1,500",克拉', (7000, "个"), None),
    ],
)
def test_the_weight_is_the_quantity_whose_unit_is_one_of_weight(tmp_path, cells, quantity, weight):
    (row,) = read(tmp_path, f'{HEAD}\n202301,85414300,145,哈萨克斯坦,{cells},"5,000"\n').table.to_pylist()
    assert (row["quantity"], row["quantity_unit"]) == quantity
    assert row["net_kg"] == weight


def test_units_differ_from_row_to_row(tmp_path):
    rows = ('85414300,145,哈萨克斯坦,7,个,"1,500",千克,"5,000"', '25010011,145,哈萨克斯坦,"2,000",吨,0,,"5,000"')
    table = read(tmp_path, f"{HEAD}\n" + "".join(f"202301,{row}\n" for row in rows)).table
    assert {r["product"]: r["net_kg"] for r in table.to_pylist()} == {"85414300": 1500, "25010011": 2_000_000}


OWN = "reporter,partner,flow,product,period,value_usd,quantity,unit"


@pytest.mark.parametrize(
    ("unit", "weight"), [("Tấn", 70_000), ("kg", 70), ("pcs", None), ("gross kg", None), ("KG/ADET", None)]
)
def test_a_quantity_in_a_unit_of_weight_is_the_weight_where_no_column_is_and_is_told(tmp_path, unit, weight):
    path = tmp_path / "flows.csv"
    path.write_text(f"{OWN}\nVNM,USA,export,100630,2023-03,200,70,{unit}\n", encoding="utf-8")
    found = flow_file.read_flows(path)
    (row,) = found.table.to_pylist()
    assert (row["quantity"], row["quantity_unit"], row["net_kg"]) == (70, unit, weight)
    assert any("net weight too" in f["what"] for f in found.faults.to_pylist()) == (weight is not None)


def test_beside_a_column_of_weights_a_quantity_is_none(tmp_path):
    path = tmp_path / "flows.csv"
    path.write_text(f"{OWN},net_kg\nVNM,USA,export,100630,2023-03,200,70,kg,\n", encoding="utf-8")
    assert flow_file.read_flows(path).table["net_kg"].to_pylist() == [None]
