"""Every row names all files that its figures rest on, in each way of a scan."""

from dataclasses import replace
from datetime import date

import pytest

from entrepot.diversion.modes.diverted import diverted
from entrepot.diversion.question import Question
from planted.worlds import Size, flows, world

ASKED = Question("none", "CHN", "USA", date(2014, 1, 1))
YEARS = [f"y{2008 + t}.csv" for t in range(10)]
ROWS = [r | {"source_id": f"y{r['period']}.csv", "net_kg": r["value_usd"]} for r in world(1, size=Size(10, 2))]
CODES = {"10": "854142", "11": "854143"}


def sources(rows, question=ASKED):
    return {tuple(r["source_ids"] or ()) for r in diverted(flows(rows), question).signals.to_pylist()}


@pytest.mark.parametrize("mode", ["direct", "partner", "chain", "weight"])
def test_a_file_a_year_is_ten_files(mode):
    rows, question = ROWS, ASKED
    if mode == "partner":
        rows = [r for r in ROWS if r["exporter"] == "CHN"]
    if mode == "chain":
        rows, question = [r | {"product": CODES[r["product"]]} for r in ROWS], replace(ASKED, chain="solar")
    if mode == "weight":
        question = replace(ASKED, counted="kg")
    assert sources(rows, question) == {tuple(YEARS)}


def test_a_file_a_reporter_and_a_file_a_product_are_all_named():
    by_both = [r | {"source_id": f"{r['exporter']}-{r['product']}.csv"} for r in ROWS]
    assert sources(by_both) == {tuple(sorted({r["source_id"] for r in by_both}))}


def test_one_file_stays_one():
    assert sources([r | {"source_id": "all.csv"} for r in ROWS]) == {("all.csv",)}


def test_a_file_of_another_length_of_period_that_was_not_read_is_not_named():
    months = [
        r | {"period": "2013-01", "frequency": "month", "source_id": "months.csv"}
        for r in ROWS
        if r["period"] == "2013"
    ]
    assert sources([*ROWS, *months[:5]]) == {tuple(YEARS)}
