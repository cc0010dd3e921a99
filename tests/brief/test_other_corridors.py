"""A brief on a measure of one's own that follows another corridor: nothing of the packaged border stands on it."""

from __future__ import annotations

import pytest

from entrepot.brief.compose import brief

FILE = """
id = "order"
title = "Order on cars"
short = "Order"
jurisdiction = "GE"
kind = "export_control"
authority = "Ministry"
status = "in_force"
checked = 2026-11-30
direction = "export"
territory = []
countries = ["RU"]
summary = "Bars cars."
unknown = []

[[provision]]
id = "ban"
name = "Ban"
from = 2023-08-01
text = "Cars may not leave."
subject = "cars"
threshold = "any amount"
goods = "listed"
hs = [ { prefix = "8703", basis = "named" } ]
citation = "Order 201"
verified = "secondary"
sources = ["s-order-201"]
rows = []

[brief]
question = "Do cars go round the order?"
crossings = CROSSINGS
events = ["import_ban", "trade_remedy", "law"]

[[source]]
id = "s-order-201"
publisher = "Ministry"
title = "Order 201"
url_basis = "none"
source_kind = "original"
"""
TABLE = "The crossings and their last reported cargo"


def briefed(tmp_path, crossings):
    file = tmp_path / "order.toml"
    file.write_text(FILE.replace("CROSSINGS", crossings), encoding="utf-8")
    report = brief(str(file), as_of="2026-12-02")
    (chapter,) = (c for c in report.chapters if c.key == "crossings")
    return report, {g.title: g for g in chapter.grids}


def test_a_port_that_is_no_crossing_of_the_border_has_no_table_of_them(tmp_path):
    report, grids = briefed(tmp_path, '["baku"]')
    assert TABLE not in grids
    assert report.map is not None  # the dated events stand where no map can be drawn
    assert "crossing" not in report.map.title.casefold()


@pytest.mark.parametrize(("crossings", "is_drawn"), [('["irkeshtam", "torugart"]', True), ('["ahitubiek"]', False)])
def test_the_map_is_spoken_of_only_where_there_is_one(tmp_path, crossings, is_drawn):
    report, grids = briefed(tmp_path, crossings)
    if TABLE not in grids:  # of a crossing of which the record holds nothing
        assert not is_drawn
        return
    assert ("The map at the top" in grids[TABLE].note) == is_drawn
    assert (report.map is not None and "cargo" in report.map.title.casefold()) == is_drawn
