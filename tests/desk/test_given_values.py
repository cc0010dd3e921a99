"""What a program gives a verb is taken, or refused by an error of Entrepot: no other library's error comes through."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path

import pandas as pd
import polars as pl
import pyarrow as pa
import pytest

import entrepot
from entrepot.core.errors import BadDateError, BadInputError
from entrepot.desk.desk import Desk
from entrepot.desk.given_values import as_taken
from entrepot.trade.contract import TRADE_FLOWS

NAME = "Hetian Taida Apparel Co., Ltd."


@pytest.fixture
def desk(tmp_path):
    return Desk(tmp_path / "store")


def met(answer):
    return [(r["row"], r["list_id"]) for r in answer.to_pylist() if r["kind"] == "listing"]


@pytest.mark.parametrize(
    ("parties", "row"),
    [
        (pd.DataFrame({"vendor_no": [1001, "V1002"], "name": ["Quiet Harbour Bakery", NAME]}), 2),
        (pd.DataFrame({"name": [12345, NAME, None]}), 2),
        (pd.DataFrame({"name": [NAME, "Quiet"], "since": [date(2024, 1, 1), "x"]}), 1),
        (pd.DataFrame([["Quiet Harbour Bakery", NAME]], columns=["name", "name"]), 1),
        (pd.DataFrame({"vendor_no": [1, "V2"], "name": [NAME, "Quiet"]}).set_index("name"), 1),
        (pd.Series([NAME], name="supplier"), 1),
        (pd.Series(["Quiet", NAME]), 2),
        (pl.Series([NAME]), 1),
        (pl.DataFrame({"name": [NAME]}), 1),
        (pa.table({"name": [NAME]}).to_reader(), 1),
    ],
)
def test_tables_of_other_libraries_are_taken(desk, parties, row):
    assert set(met(desk.screen(parties, lists="uflpa", workers=1))) == {(row, "uflpa")}


def test_a_cell_of_a_mixed_column_is_its_text(desk):
    parties = pd.DataFrame({"vendor no": [1001.0, "V1002", None], "name": [NAME, NAME, NAME]})
    found = desk.screen(parties, lists="uflpa", workers=1).to_pylist()
    assert {(r["row"], r["party_key"]) for r in found if r["kind"] == "listing"} == {
        (1, "1001"),
        (2, "V1002"),
        (3, None),
    }


@pytest.mark.parametrize("parties", [pa.chunked_array([[NAME]]), {"name": [NAME]}, b"name\n", 3, [NAME]])
def test_what_is_no_table_is_refused(desk, parties):
    with pytest.raises(BadInputError, match="Arrow, polars or pandas table"):
        desk.screen(parties)


@pytest.mark.parametrize(
    "day", [datetime(2024, 11, 25, 12, tzinfo=UTC), pd.Timestamp("2024-11-25"), date(2024, 11, 25), "2024-11-25"]
)
def test_a_time_is_its_day(desk, day):
    parties = pa.table({"name": [NAME]})
    assert {r["as_of"] for r in desk.screen(parties, as_of=day, workers=1).to_pylist()} == {"2024-11-25"}
    assert desk.search(NAME, as_of=day).num_rows


@pytest.mark.parametrize("day", [pd.NaT, 20241125, "soon", ["2024-11-25"]])
def test_what_is_no_day_is_refused(desk, day):
    with pytest.raises(BadDateError):
        desk.screen(pa.table({"name": [NAME]}), as_of=day)


def test_one_text_stands_for_a_list_of_one(desk):
    parties = pa.table({"name": [NAME], "seller": ["Quiet Harbour Bakery"]})
    assert met(desk.screen(parties, lists="uflpa", name_columns="seller", regions="xinjiang", workers=1)) == []
    assert met(desk.screen(parties, lists=["uflpa"], name_columns=("name",), workers=1)) == [(1, "uflpa")]
    with pytest.raises(BadInputError, match="unknown list 'uflp'"):
        desk.screen(parties, lists="uflp")


def test_numbers_and_paths_that_are_none_are_refused(desk):
    parties = pa.table({"name": [NAME]})
    for given in ("0.8", True, [0.8]):
        with pytest.raises(BadInputError, match="min_score is no number"):
            desk.screen(parties, min_score=given)
    with pytest.raises(BadInputError, match=r"results is no path: 'Table'.* Write it to a file first"):
        desk.rescreen(parties)
    with pytest.raises(BadInputError, match="results is no path"):
        entrepot.rescreen(parties)
    with pytest.raises(BadInputError, match="results is no path"):
        desk.review(3)
    with pytest.raises(TypeError, match="scoer"):
        desk.screen(parties, scoer=1)


def test_flows_in_memory_without_their_columns_are_refused(desk):
    for given in (pd.DataFrame({"a": [1]}), pl.DataFrame({"exporter": ["DEU"]}), pa.table({"a": [1]})):
        for call, said in ((desk.mirror, {}), (desk.flows, {}), (desk.divert, ASKED), (desk.event_study, ASKED)):
            with pytest.raises(BadInputError, match=r"a table of flows lacks .*period"):
                call(given, **said)
    whole = pa.table({c: pa.array([], pa.string()) for c in TRADE_FLOWS.names if c != "valuation"})
    with pytest.raises(BadInputError, match="a table of flows lacks valuation"):
        desk.mirror(whole)
    with pytest.raises(BadInputError, match="neither a path nor a table"):
        desk.mirror(3)


ASKED = {"measure": "none", "origin": "DEU", "destination": "RUS", "since": "2022-07-01", "hubs": "KGZ"}


def test_what_is_taken_as_it_stands_is_passed_on():
    def verb(place: Path, names: Sequence[str] = (), lowest: float | None = None, *, day: str | date | None = None):  # noqa: F821
        return place, names, lowest, day

    taking = as_taken(verb)
    assert taking("a.csv", ["x"], 1, day="2024") == (Path("a.csv"), ["x"], 1, "2024")
    assert taking(Path("a"), {"x"}, None) == (Path("a"), {"x"}, None, None)
    assert taking("a", "xy", 0.5, day=None) == (Path("a"), ("xy",), 0.5, None)
