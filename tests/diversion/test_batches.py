"""A scan of a file in batches of products: the same answer as of a table in one, however the batches are cut."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import numpy as np
import polars as pl
import pyarrow.parquet as pq
import pytest

from entrepot.core.errors import BadInputError, UnreadableFileError
from entrepot.diversion.flows.flow_source import Source, opened
from entrepot.diversion.modes.diverted import diverted, scanned
from entrepot.diversion.question import Question
from planted.worlds import Size, flows, world

AFTER = np.arange(10) >= 6
ASKED = Question("none", "CHN", "USA", date(2014, 1, 1))


def rerouted(a, b, k, values):
    if k % 3 or {a, b} - {"CHN", "USA", "KAZ"}:
        return values
    if (a, b) == ("CHN", "USA"):
        return 3e8 * values / values.mean() * np.where(AFTER, 0.5, 1)
    return values + np.where(AFTER, 1.5e8, 0) if (a, b) in {("CHN", "KAZ"), ("KAZ", "USA")} else values


@pytest.fixture(scope="module")
def table():
    return flows(world(1, rerouted, Size(places=8, products=7)))


@pytest.fixture(scope="module")
def file(table, tmp_path_factory):
    path = tmp_path_factory.mktemp("flows") / "flows.parquet"
    pq.write_table(table, path)
    return path


def in_batches(of, cells, supply=None):
    with opened(of) as source:
        # 56 pairs in 10 years are 560 cells a product
        assert len(source.batches(cells)) == {1: 7, 1200: 3, 2500: 2, 10_000: 1}[cells]
        return scanned(source, ASKED, supply, lambda _: None, cells)


@pytest.mark.parametrize("known", [False, True], ids=["output unknown", "output known"])
@pytest.mark.parametrize("drawn", [None, ("11", "13", "15")], ids=["learned of all", "learned of three"])
def test_the_answer_does_not_depend_on_the_batches(table, known, drawn, monkeypatch):
    if drawn:
        monkeypatch.setattr(Source, "sample", lambda *_, **__: drawn)
    made = [{"product": str(k), "hub": "KAZ", "period": str(2008 + t), "amount": 1e7 + t, "unit": "USD"}
            for k in range(10, 17) for t in range(10)]  # fmt: skip
    supply = pl.DataFrame(made).to_arrow() if known else None
    whole = in_batches(table, 10_000, supply).signals
    assert "possible hub" in whole.column("word").to_pylist()
    for cells in (1, 1200, 2500):
        assert in_batches(table, cells, supply).signals.equals(whole)


def test_a_file_is_read_as_a_table_is(table, file):
    assert diverted(file, ASKED).signals.equals(diverted(table, ASKED).signals)


def test_codes_that_are_compared_as_one_are_read_together():
    rows = [r | {"product": {"10": "854140", "11": "854141", "12": "854143", "13": "8541", "14": "90"}[r["product"]]}
            for r in world(1, size=Size(places=4, products=5))]  # fmt: skip
    with opened(flows(rows)) as source:
        cut = source.batches(1)
        drawn = source.sample(1)
    assert ("854140", "854141", "854143") in cut
    assert sorted(c for batch in cut for c in batch) == sorted({r["product"] for r in rows})
    assert set(drawn) & {"854140", "854141", "854143"} in ({"854140", "854141", "854143"}, set())


def test_a_sample_is_the_same_on_every_run_and_is_all_where_all_fit(table):
    with opened(table) as source:
        assert source.sample() == tuple(source.cells)
        one, two = source.sample(1200), source.sample(1200)
    assert one == two
    assert 0 < len(one) < 7


def test_a_file_of_something_else_is_named(tmp_path, table):
    wrong = tmp_path / "wrong.parquet"
    pq.write_table(table.drop_columns(["net_kg"]), wrong)
    with pytest.raises(UnreadableFileError, match="net_kg"):
        diverted(wrong, ASKED)
    text = tmp_path / "text.parquet"
    text.write_text("a,b\n1,2\n")
    with pytest.raises(UnreadableFileError):
        diverted(text, ASKED)
    empty = tmp_path / "empty.parquet"
    pq.write_table(table.slice(0, 0), empty)
    with pytest.raises(BadInputError, match="no flows"):
        diverted(empty, ASKED)


def test_what_does_not_fit_in_one_piece_is_cut_to_the_products_asked_for_or_refused(table):
    with opened(table) as source:
        every, size = tuple(source.cells), sum(source.cells.values())
        asked = replace(ASKED, products=every[:1])
        assert source.in_one_piece(ASKED, size) == every
        assert source.in_one_piece(asked, size - 1) == every[:1]
        with pytest.raises(BadInputError, match="--product"):
            source.in_one_piece(ASKED, size - 1)


def test_rows_of_another_length_are_left_out_and_told(table):
    rows = table.to_pylist()
    mixed = flows([*rows, {**rows[0], "period": "2010-06", "frequency": "month"}])
    assert scanned_told(mixed)[0] == "Read by years; rows of other lengths are left out: 1 of months."
    assert not any("left out" in line for line in scanned_told(table))


def scanned_told(of):
    return diverted(of, ASKED).told
