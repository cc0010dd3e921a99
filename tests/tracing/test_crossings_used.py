"""The crossing of a supply: as a declaration names it, else what is on record between the two countries."""

from __future__ import annotations

from entrepot.desk.desk import Desk

LINKS = """supplier,buyer,material,product,date,document,supplier_country
"Xinjiang Junggar Cotton and Linen Co., Ltd.",Example Trading LLP,lint,lint,2024-10-20,INV-1,China
"Xinjiang Junggar Cotton and Linen Co., Ltd.",Sample Trading LLP,lint,thread,2024-10-20,INV-2,China
Example Trading LLP,Model Spinning,lint,yarn,2024-10-25,INV-3,Kazakhstan
Sample Trading LLP,Model Spinning,thread,yarn,2024-10-25,INV-4,Kazakhstan
"""
TOLD = """exporter,importer,goods,date,document,invoice,border point
Xinjiang Junggar Cotton and Linen Co. Ltd,Example Trading LLP,lint,2024-10-21,CD-1,INV-1,霍尔果斯
"""


def test_a_path_says_over_which_crossing_or_which_are_on_record(tmp_path):
    desk = Desk(tmp_path / "store")
    (tmp_path / "l.csv").write_text(LINKS, encoding="utf-8")
    (tmp_path / "d.csv").write_text(TOLD, encoding="utf-8")
    desk.load_supply(tmp_path / "l.csv")
    desk.load_supply(tmp_path / "d.csv", form="shipments", columns={"crossing": "border point"})
    assert len(desk.supply_links().to_pylist()) == 4  # the exporter is the supplier, a point and a comma aside
    (row,) = desk.trace("yarn", as_of="2026-11-01").to_pylist()
    assert row["path"][0].endswith(", INV-1, over Khorgos, between CN and KZ on record, by CD-1")
    assert "crossing" not in row["path"][1]
    desk.remove_supply(next(f["file_id"] for f in desk.supply_files().to_pylist() if f["kind"] == "shipments"))
    (row,) = desk.trace("yarn", as_of="2026-11-01").to_pylist()
    assert ", crossing not declared; on record between them: Khorgos, Alashankou, " in row["path"][0]
